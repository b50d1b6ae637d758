"""Why: codes that customers hold, programmes with every version of their terms, and what people hold from them.

Tables only; no row changes. What was published, who saw it and what was redeemed is like what happened: the database
refuses to change or remove it.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


KEPT = ("desk_programmeversion", "desk_entrant", "desk_redemption")


def guard(apps, schema_editor):
    for table in KEPT:
        for verb in ("UPDATE", "DELETE"):
            name = f"{table}_no_{verb.lower()}"
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'this is kept as it was'); END"
                )
            else:
                schema_editor.execute(
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ "
                    f"BEGIN RAISE EXCEPTION 'this is kept as it was'; END $$ LANGUAGE plpgsql"
                )
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
                )


def unguard(apps, schema_editor):
    for table in KEPT:
        for verb in ("update", "delete"):
            on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0011_orders'),
    ]

    operations = [
        migrations.CreateModel(
            name='Entitlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('terms', models.JSONField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('used', 'Used'), ('lapsed', 'Lapsed'), ('replaced', 'Replaced'), ('taken back', 'Taken Back')], default='open', max_length=12)),
                ('issued_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(null=True)),
                ('frozen_at', models.DateTimeField(null=True)),
                ('warned', models.PositiveSmallIntegerField(null=True)),
                ('next_at', models.DateTimeField(null=True)),
                ('over_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, max_length=12)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='desk.case')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='desk.customer')),
                ('frozen_case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='frozen', to='desk.case')),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('successor', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ancestor', to='desk.entitlement')),
            ],
            options={
                'ordering': ['issued_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Code',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('seed', models.BinaryField(max_length=16)),
                ('title', models.CharField(max_length=200)),
                ('nth', models.PositiveSmallIntegerField(default=1)),
                ('currency', models.CharField(max_length=3)),
                ('value', models.BigIntegerField()),
                ('left', models.BigIntegerField()),
                ('cost', models.BigIntegerField()),
                ('percent', models.PositiveSmallIntegerField(default=100)),
                ('scope', models.JSONField(default=list)),
                ('single', models.BooleanField(default=True)),
                ('state', models.CharField(default='open', max_length=12)),
                ('made_at', models.DateTimeField()),
                ('over_at', models.DateTimeField(null=True)),
                ('over_why', models.CharField(blank=True, max_length=300)),
                ('ancestor', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successor', to='desk.code')),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='desk.case')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='desk.customer')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('over_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('remedy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='desk.remedy')),
                ('entitlement', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='code', to='desk.entitlement')),
            ],
            options={
                'ordering': ['-made_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Entrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=100)),
                ('entered_at', models.DateTimeField()),
                ('noted_at', models.DateTimeField()),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='desk.customer')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['entered_at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='entitlement',
            name='entrant',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='desk.entrant'),
        ),
        migrations.CreateModel(
            name='Imbalance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('told_at', models.DateTimeField()),
                ('over_at', models.DateTimeField(null=True)),
                ('holding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imbalances', to='desk.holding')),
            ],
            options={
                'ordering': ['since', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.SlugField(max_length=60, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['title'],
            },
        ),
        migrations.AddField(
            model_name='entitlement',
            name='programme',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entitlements', to='desk.programme'),
        ),
        migrations.CreateModel(
            name='ProgrammeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('terms', models.JSONField()),
                ('published_at', models.DateTimeField()),
                ('where', models.CharField(blank=True, max_length=300)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='desk.programme')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['programme', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Mismatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wanted', models.JSONField()),
                ('reasons', models.JSONField()),
                ('found_at', models.DateTimeField()),
                ('times', models.PositiveIntegerField(default=1)),
                ('incident', models.PositiveBigIntegerField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('settled_why', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mismatches', to='desk.programmeversion')),
            ],
            options={
                'ordering': ['found_at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='entrant',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entrants', to='desk.programmeversion'),
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('may', models.JSONField(default=list)),
                ('made_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name', 'made_at'],
            },
        ),
        migrations.CreateModel(
            name='Redemption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.CharField(max_length=100)),
                ('amount', models.BigIntegerField()),
                ('total', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('code', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redemptions', to='desk.code')),
                ('token', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desk.token')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='code',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['currency', 'made_at', 'left'], name='code_owed'),
        ),
        migrations.AddConstraint(
            model_name='code',
            constraint=models.UniqueConstraint(condition=models.Q(('ancestor__isnull', True)), fields=('remedy', 'nth'), name='code_of_remedy'),
        ),
        migrations.AddConstraint(
            model_name='code',
            constraint=models.CheckConstraint(condition=models.Q(('left__gte', 0), ('left__lte', models.F('value'))), name='code_left_within_value'),
        ),
        migrations.AddConstraint(
            model_name='code',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), _negated=True), ('left__gt', 0), _connector='OR'), name='open_code_is_worth_something'),
        ),
        migrations.AddConstraint(
            model_name='imbalance',
            constraint=models.UniqueConstraint(condition=models.Q(('over_at__isnull', True)), fields=('holding',), name='one_open_imbalance'),
        ),
        migrations.AddIndex(
            model_name='entitlement',
            index=models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='entitlement_wakes'),
        ),
        migrations.AddIndex(
            model_name='entitlement',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['programme', 'id'], name='entitlement_open'),
        ),
        migrations.AddIndex(
            model_name='entitlement',
            index=models.Index(condition=models.Q(('frozen_at__isnull', False)), fields=['frozen_case'], name='entitlement_frozen'),
        ),
        migrations.AddConstraint(
            model_name='entitlement',
            constraint=models.CheckConstraint(condition=models.Q(('frozen_at__isnull', True), models.Q(('expires_at__isnull', False), ('frozen_case__isnull', False), ('next_at__isnull', True)), _connector='OR'), name='what_stands_still_has_its_case'),
        ),
        migrations.AddConstraint(
            model_name='entitlement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), _negated=True), ('expires_at__isnull', True), ('frozen_at__isnull', False), ('next_at__isnull', False), _connector='OR'), name='an_end_that_runs_has_a_clock'),
        ),
        migrations.AddConstraint(
            model_name='programmeversion',
            constraint=models.UniqueConstraint(fields=('programme', 'number'), name='programme_version'),
        ),
        migrations.AddConstraint(
            model_name='programmeversion',
            constraint=models.UniqueConstraint(fields=('programme', 'published_at'), name='one_version_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='mismatch',
            constraint=models.UniqueConstraint(condition=models.Q(('settled_at__isnull', True)), fields=('version',), name='one_open_mismatch_a_version'),
        ),
        migrations.AddIndex(
            model_name='entrant',
            index=models.Index(fields=['customer', 'version'], name='entrant_customer'),
        ),
        migrations.AddConstraint(
            model_name='entrant',
            constraint=models.UniqueConstraint(fields=('version', 'customer', 'reference'), name='entrant_once'),
        ),
        migrations.AddIndex(
            model_name='redemption',
            index=models.Index(fields=['order'], name='redemption_order'),
        ),
        migrations.AddConstraint(
            model_name='redemption',
            constraint=models.UniqueConstraint(fields=('code', 'order'), name='code_once_an_order'),
        ),
        migrations.AddConstraint(
            model_name='redemption',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('amount__lte', models.F('total'))), name='redeemed_within_the_order'),
        ),
        migrations.RunPython(guard, unguard),
    ]
