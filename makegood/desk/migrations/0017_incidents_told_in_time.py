"""Why: whom an incident hit hears of it by a time, or an alarm climbs; and its cases are closed together."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0016_asked_for_a_link'),
    ]

    operations = [
        migrations.AddField(
            model_name='incident',
            name='closes_after',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='incident',
            name='closes_by',
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name='incident',
            name='closes_since',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='incident',
            name='closes_why',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='incident',
            name='had_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='incident',
            name='had_by',
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name='incident',
            name='late_since',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='incident',
            name='rang_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='incident',
            name='rings_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='incident',
            name='rung',
            field=models.SmallIntegerField(default=-1),
        ),
        migrations.AddField(
            model_name='incident',
            name='told_by',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(
                condition=models.Q(('rings_at__isnull', False)), fields=['rings_at'], name='incident_rings'
            ),
        ),
    ]
