"""Why: money waits before it goes to a new place until a second person has asked, and a choice may be changed first."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0013_incidents'),
    ]

    operations = [
        migrations.AddField(
            model_name='addresschange',
            name='checked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='addresschange',
            name='checked_by',
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name='paymentmeans',
            name='checked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='paymentmeans',
            name='checked_by',
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name='remedy',
            name='order_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='remedy',
            index=models.Index(
                condition=models.Q(('order_at__isnull', False)), fields=['order_at', 'id'], name='remedy_to_order'
            ),
        ),
    ]
