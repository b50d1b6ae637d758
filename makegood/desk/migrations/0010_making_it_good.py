"""Why: wishes, remedies with their options, what we hold of a customer's, and books in which every cent balances.

Tables only; no row changes. What was booked is like what happened: the database refuses to change or remove it.
"""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

BOOKED = ("desk_transfer", "desk_posting")


def guard(apps, schema_editor):
    for table in BOOKED:
        for verb in ("UPDATE", "DELETE"):
            name = f"{table}_no_{verb.lower()}"
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'the books are append-only'); END"
                )
            else:
                schema_editor.execute(
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ "
                    f"BEGIN RAISE EXCEPTION 'the books are append-only'; END $$ LANGUAGE plpgsql"
                )
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
                )


def unguard(apps, schema_editor):
    for table in BOOKED:
        for verb in ("update", "delete"):
            on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0009_files_that_wait'),
    ]

    operations = [
        migrations.CreateModel(
            name='AddressChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField()),
                ('address', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desk.customeraddress')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='address_changes', to='desk.customer')),
            ],
            options={
                'ordering': ['changed_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Budget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('period', models.CharField(max_length=40)),
                ('currency', models.CharField(max_length=3)),
                ('amount', models.BigIntegerField()),
                ('left', models.BigIntegerField()),
                ('owner_role', models.CharField(blank=True, max_length=12)),
                ('policy', models.PositiveIntegerField()),
                ('opened_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['name', 'period'],
                'constraints': [models.UniqueConstraint(fields=('name', 'period'), name='budget_period'), models.CheckConstraint(condition=models.Q(('left__gte', 0)), name='no_budget_is_overspent')],
            },
        ),
        migrations.CreateModel(
            name='Remedy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('key', models.UUIDField(unique=True)),
                ('step', models.CharField(max_length=12)),
                ('kind', models.CharField(max_length=20)),
                ('failure', models.CharField(max_length=20)),
                ('currency', models.CharField(max_length=3)),
                ('cost', models.BigIntegerField()),
                ('value', models.BigIntegerField()),
                ('counted', models.BigIntegerField(null=True)),
                ('gives', models.BooleanField(default=True)),
                ('needs', models.CharField(blank=True, max_length=12)),
                ('above_first', models.BooleanField(default=False)),
                ('proposed_at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(null=True)),
                ('given_at', models.DateTimeField()),
                ('offered_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('late', models.BooleanField(default=False)),
                ('chosen', models.CharField(blank=True, max_length=60)),
                ('chosen_words', models.TextField(blank=True)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('ordered_at', models.DateTimeField(null=True)),
                ('reference', models.CharField(blank=True, max_length=200)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('weak', models.BooleanField(default=False)),
                ('moved_at', models.DateTimeField()),
                ('evidence', models.CharField(blank=True, max_length=300)),
                ('words', models.TextField(blank=True)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('ended_why', models.CharField(blank=True, max_length=300)),
                ('custom', models.BooleanField(default=False)),
                ('before_wish', models.BooleanField(default=False)),
                ('ancestor', models.PositiveIntegerField(null=True)),
                ('incident', models.PositiveBigIntegerField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='approved_remedies', to=settings.AUTH_USER_MODEL)),
                ('budget', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to='desk.budget')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to='desk.case')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='desk.contact')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to='desk.customer')),
                ('given_by', models.ForeignKey(null=True, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposed_remedies', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['case', 'number'],
            },
        ),
        migrations.CreateModel(
            name='RemedyOption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nth', models.PositiveSmallIntegerField()),
                ('key', models.CharField(max_length=60)),
                ('catalogue', models.CharField(blank=True, max_length=60)),
                ('kind', models.CharField(max_length=20)),
                ('connector', models.CharField(blank=True, max_length=20)),
                ('evidence_by', models.CharField(blank=True, max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('description', models.TextField(blank=True)),
                ('cost', models.BigIntegerField()),
                ('value', models.BigIntegerField()),
                ('arrives_by', models.DateTimeField(null=True)),
                ('stock', models.PositiveIntegerField(null=True)),
                ('means', models.CharField(blank=True, max_length=200)),
                ('remedy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='desk.remedy')),
            ],
            options={
                'ordering': ['remedy', 'nth'],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('at', models.DateTimeField()),
                ('remedy', models.PositiveIntegerField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='desk.case')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(max_length=80)),
                ('currency', models.CharField(max_length=3)),
                ('minor', models.BigIntegerField()),
                ('transfer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='desk.transfer')),
            ],
            options={
                'ordering': ['transfer', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField()),
                ('words_hash', models.CharField(max_length=64)),
                ('said_at', models.DateTimeField()),
                ('door', models.CharField(max_length=60)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='desk.case')),
                ('staff', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['said_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=200)),
                ('where', models.CharField(blank=True, max_length=200)),
                ('currency', models.CharField(blank=True, max_length=3)),
                ('value', models.BigIntegerField(null=True)),
                ('since', models.DateTimeField()),
                ('returned_at', models.DateTimeField(null=True)),
                ('evidence', models.CharField(blank=True, max_length=300)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='desk.case')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='desk.customer')),
                ('returned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['since', 'id'],
                'indexes': [models.Index(condition=models.Q(('returned_at__isnull', True)), fields=['case'], name='holding_held')],
            },
        ),
        migrations.CreateModel(
            name='PaymentMeans',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=200)),
                ('noted_at', models.DateTimeField()),
                ('changed', models.BooleanField(default=False)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='means', to='desk.customer')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['noted_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('customer', 'reference'), name='means_of_customer')],
            },
        ),
        migrations.AddIndex(
            model_name='remedy',
            index=models.Index(condition=models.Q(('step', 'proposed')), fields=['proposed_at', 'id'], name='remedy_waiting'),
        ),
        migrations.AddIndex(
            model_name='remedy',
            index=models.Index(condition=models.Q(('gives', True)), fields=['customer', 'counted'], name='remedy_given'),
        ),
        migrations.AddIndex(
            model_name='remedy',
            index=models.Index(condition=models.Q(('gives', True), ('incident__isnull', True)), fields=['given_by', 'given_at', 'counted'], name='remedy_given_by'),
        ),
        migrations.AddIndex(
            model_name='remedy',
            index=models.Index(fields=['step', 'moved_at', 'id'], name='remedy_step'),
        ),
        migrations.AddIndex(
            model_name='remedy',
            index=models.Index(condition=models.Q(('incident__isnull', False)), fields=['incident', 'id'], name='remedy_incident'),
        ),
        migrations.AddConstraint(
            model_name='remedy',
            constraint=models.UniqueConstraint(fields=('case', 'number'), name='remedy_number'),
        ),
        migrations.AddConstraint(
            model_name='remedy',
            constraint=models.UniqueConstraint(condition=models.Q(('ancestor__isnull', True), ('gives', True), ('incident__isnull', False)), fields=('incident', 'customer'), name='one_remedy_an_affected'),
        ),
        migrations.AddConstraint(
            model_name='remedyoption',
            constraint=models.UniqueConstraint(fields=('remedy', 'key'), name='option_of_remedy'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['case', 'remedy'], name='transfer_of_remedy'),
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(fields=['account', 'currency', 'minor'], name='posting_account'),
        ),
        migrations.AddIndex(
            model_name='remedyoption',
            index=models.Index(
                django.db.models.functions.text.Lower('title'),
                condition=models.Q(('kind', 'custom')),
                name='option_custom',
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
