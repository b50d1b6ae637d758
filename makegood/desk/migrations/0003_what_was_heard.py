"""Why: what reading a message proposed is kept with what a person said to it, and the board shows what we asked twice."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0002_the_journal_is_append_only'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='apologised_twice',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='case',
            name='asks',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name='Heard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.CharField(choices=[('kind', 'Kind'), ('promise', 'Promise'), ('label', 'Label'), ('need_by', 'Need By'), ('wish', 'Wish'), ('reference', 'Reference'), ('earlier', 'Earlier')], max_length=10)),
                ('reader', models.CharField(choices=[('rules', 'Rules'), ('second', 'Second')], default='rules', max_length=6)),
                ('label', models.CharField(max_length=200)),
                ('due_at', models.DateTimeField(null=True)),
                ('words', models.TextField(blank=True)),
                ('start', models.PositiveIntegerField(default=0)),
                ('end', models.PositiveIntegerField(default=0)),
                ('rule', models.CharField(max_length=80)),
                ('sure', models.FloatField()),
                ('language', models.CharField(blank=True, max_length=8)),
                ('verdict', models.CharField(choices=[('open', 'Open'), ('confirmed', 'Confirmed'), ('overruled', 'Overruled'), ('missed', 'Missed')], default='open', max_length=9)),
                ('read_at', models.DateTimeField()),
                ('judged_at', models.DateTimeField(null=True)),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='heard', to='desk.contact')),
                ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['start', 'id'],
                'indexes': [models.Index(fields=['verdict', 'task', 'label'], name='heard_verdict')],
            },
        ),
    ]
