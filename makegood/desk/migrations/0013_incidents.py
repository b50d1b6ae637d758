"""Why: one cause hits many customers: the incident, the people it hit, and the lists they come from."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0012_codes_and_programmes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Affected',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=200)),
                ('address', models.CharField(blank=True, max_length=320)),
                ('language', models.CharField(blank=True, max_length=8)),
                ('order', models.CharField(blank=True, max_length=60)),
                ('item', models.CharField(blank=True, max_length=120)),
                ('amount', models.BigIntegerField(null=True)),
                ('named', models.PositiveIntegerField(default=1)),
                ('told_us', models.BooleanField(default=False)),
                ('telling', models.CharField(default='waiting', max_length=11)),
                ('told_at', models.DateTimeField(null=True)),
                ('partner_told_at', models.DateTimeField(null=True)),
                ('giving', models.CharField(default='waiting', max_length=10)),
                ('remedy', models.PositiveIntegerField(null=True)),
                ('cost', models.BigIntegerField(null=True)),
                ('standing', models.CharField(default='under_way', max_length=11)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='affected', to='desk.case')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desk.contact')),
                ('customer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desk.customer')),
            ],
            options={
                'ordering': ['incident', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('cause', models.TextField(blank=True)),
                ('origin', models.CharField(choices=[('case', 'Case'), ('terms', 'Terms'), ('list', 'List'), ('query', 'Query'), ('spike', 'Spike')], max_length=6)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('told_back', models.TextField(blank=True)),
                ('letters', models.JSONField(default=dict)),
                ('partner', models.CharField(blank=True, max_length=120)),
                ('partner_told_at', models.DateTimeField(null=True)),
                ('remedy', models.JSONField(default=dict)),
                ('currency', models.CharField(blank=True, max_length=3)),
                ('dry_run', models.JSONField(default=dict)),
                ('dry_run_at', models.DateTimeField(null=True)),
                ('dry_run_total', models.BigIntegerField(default=0)),
                ('needs', models.CharField(blank=True, max_length=12)),
                ('approved', models.BigIntegerField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('given', models.BigIntegerField(default=0)),
                ('job', models.CharField(choices=[('idle', 'Idle'), ('running', 'Running'), ('paused', 'Paused'), ('stopped', 'Stopped')], default='idle', max_length=8)),
                ('job_why', models.CharField(blank=True, max_length=300)),
                ('opens_since', models.DateTimeField(null=True)),
                ('tells_since', models.DateTimeField(null=True)),
                ('gives_since', models.DateTimeField(null=True)),
                ('run_since', models.DateTimeField(null=True)),
                ('run_done', models.PositiveIntegerField(default=0)),
                ('run_at', models.DateTimeField(null=True)),
                ('wakes_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dry_run_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desk.case')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-opened_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='AffectedList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('stored_as', models.CharField(max_length=64, unique=True)),
                ('encoding', models.CharField(max_length=12)),
                ('delimiter', models.CharField(max_length=1)),
                ('columns', models.JSONField(default=list)),
                ('size', models.PositiveBigIntegerField()),
                ('read', models.PositiveBigIntegerField(default=0)),
                ('line', models.PositiveIntegerField(default=0)),
                ('taken', models.PositiveIntegerField(default=0)),
                ('again', models.PositiveIntegerField(default=0)),
                ('rejected', models.PositiveIntegerField(default=0)),
                ('uploaded_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lists', to='desk.incident')),
            ],
            options={
                'ordering': ['uploaded_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='AffectedKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=340)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keys', to='desk.affected')),
                ('incident', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='desk.incident')),
            ],
        ),
        migrations.AddField(
            model_name='affected',
            name='incident',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='desk.incident'),
        ),
        migrations.CreateModel(
            name='RejectedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField()),
                ('cells', models.JSONField(default=list)),
                ('why', models.CharField(max_length=300)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rejects', to='desk.affectedlist')),
            ],
            options={
                'ordering': ['source', 'line', 'id'],
            },
        ),
        migrations.CreateModel(
            name='WavedOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(condition=models.Q(('wakes_at__isnull', False)), fields=['wakes_at'], name='incident_wakes'),
        ),
        migrations.AddIndex(
            model_name='affectedlist',
            index=models.Index(condition=models.Q(('done_at__isnull', True)), fields=['id'], name='list_unread'),
        ),
        migrations.AddConstraint(
            model_name='affectedkey',
            constraint=models.UniqueConstraint(fields=('incident', 'key'), name='one_person_a_key'),
        ),
        migrations.AddIndex(
            model_name='affected',
            index=models.Index(condition=models.Q(('case__isnull', True)), fields=['incident', 'id'], name='affected_new'),
        ),
        migrations.AddIndex(
            model_name='affected',
            index=models.Index(fields=['incident', 'telling', 'id'], name='affected_telling'),
        ),
        migrations.AddIndex(
            model_name='affected',
            index=models.Index(fields=['incident', 'giving', 'id'], name='affected_giving'),
        ),
        migrations.AddIndex(
            model_name='affected',
            index=models.Index(fields=['incident', 'standing', 'id'], name='affected_standing'),
        ),
        migrations.AddConstraint(
            model_name='affected',
            constraint=models.UniqueConstraint(condition=models.Q(('case__isnull', False)), fields=('incident', 'case'), name='one_affected_a_case'),
        ),
        migrations.AddIndex(
            model_name='wavedoff',
            index=models.Index(fields=['at'], name='waved_off'),
        ),
    ]
