"""Reminders of codes, for customers who want them: a column that the watch polls, and which of them were sent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0017_incidents_told_in_time")]

    operations = [
        migrations.AddField("customer", "reminders_at", models.DateTimeField(null=True)),
        migrations.AddField("code", "remind_at", models.DateTimeField(null=True)),
        migrations.AddField("code", "end_reminded_at", models.DateTimeField(null=True)),
        migrations.AddField("code", "unused_reminded_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "code",
            models.Index(fields=["remind_at"], name="code_reminders", condition=models.Q(remind_at__isnull=False)),
        ),
    ]
