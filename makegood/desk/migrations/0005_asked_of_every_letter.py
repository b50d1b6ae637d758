"""Why: who wrote before, and how many we acknowledged lately, is asked of every letter; no search through all."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0004_second_readings'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(fields=['from_address', 'received_at'], name='contact_sender'),
        ),
        migrations.AddIndex(
            model_name='outboxitem',
            index=models.Index(fields=['purpose', 'written_at'], name='outbox_purpose'),
        ),
    ]
