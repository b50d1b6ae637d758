"""Why: the second reader is asked about each message once, whatever it answers."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0003_what_was_heard'),
    ]

    operations = [
        migrations.AddField(
            model_name='contact',
            name='second_read_at',
            field=models.DateTimeField(null=True),
        ),
    ]
