"""Why: a customer whose private link is lost asks for a new one, and is answered by mail, whoever he says he is."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0015_merged_cases'),
    ]

    operations = [
        migrations.CreateModel(
            name='LinkRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=320)),
                ('network', models.CharField(max_length=32)),
                ('asked_at', models.DateTimeField()),
                ('looked_at', models.DateTimeField(null=True)),
                ('sent', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [
                    models.Index(
                        condition=models.Q(('looked_at', None)), fields=['id'], name='link_request_waits'
                    ),
                    models.Index(fields=['network', 'asked_at'], name='link_request_from'),
                    models.Index(fields=['address', 'asked_at'], name='link_request_for'),
                ],
            },
        ),
    ]
