"""Why: an idle desk asks each second for the next mail, and SQLite read the whole outbox to answer. Indexes only."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0007_a_million_cases'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='outboxitem', name='outbox_due'),
        migrations.AddIndex(
            model_name='outboxitem',
            index=models.Index(fields=['state', 'next_at'], name='outbox_next'),
        ),
    ]
