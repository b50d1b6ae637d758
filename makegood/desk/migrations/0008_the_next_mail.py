"""Why: an idle desk asks each second for the next mail, and SQLite read the whole outbox to answer.

What is owed is counted by who said it, too, without a look at the promises themselves. Indexes only; no row changes.
"""

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
        migrations.RemoveIndex(model_name='promise', name='promise_owed'),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(
                condition=models.Q(('outstanding', True)),
                fields=['state', 'shown', 'source', 'case'],
                name='promise_owed',
            ),
        ),
    ]
