"""Why: a case that is the same matter as another of its customer's goes on in that one, and can be found under both."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0014_money_to_a_new_place'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='merged_into',
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged',
                to='desk.case',
            ),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(
                condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='case_merged'
            ),
        ),
    ]
