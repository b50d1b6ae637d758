"""Why: one case may be about several things, and a remedy says which of them it is for."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0018_reminders_of_codes'),
    ]

    operations = [
        migrations.AddField(
            model_name='remedy',
            name='about',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='remedy',
            name='item',
            field=models.PositiveIntegerField(null=True),
        ),
    ]
