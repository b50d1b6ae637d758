"""Why: a disk without room for a file kept its letter from becoming a case. Now the case opens, and the file waits."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0008_the_next_mail'),
    ]

    operations = [
        migrations.AddField(model_name='attachment', name='waits_since', field=models.DateTimeField(null=True)),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(
                condition=models.Q(('waits_since__isnull', False)), fields=['contact'], name='attachment_waits'
            ),
        ),
    ]
