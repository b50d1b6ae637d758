"""Why: what others are to do for us, each with a key of its own, so that nothing is done twice and none forgotten."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0010_making_it_good'),
    ]

    operations = [
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('connector', models.CharField(max_length=20)),
                ('kind', models.CharField(max_length=20)),
                ('currency', models.CharField(blank=True, max_length=3)),
                ('minor', models.BigIntegerField(null=True)),
                ('title', models.CharField(max_length=200)),
                ('means', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Sending'), ('taken', 'Taken'), ('unknown', 'Unknown'), ('by hand', 'By Hand'), ('done', 'Done'), ('failed', 'Failed'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=10)),
                ('code', models.CharField(blank=True, max_length=40)),
                ('answer', models.CharField(blank=True, max_length=300)),
                ('reference', models.CharField(blank=True, max_length=200)),
                ('evidence', models.CharField(blank=True, max_length=300)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('held_by', models.CharField(blank=True, max_length=60)),
                ('placed_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('doubted_at', models.DateTimeField(null=True)),
                ('stuck_since', models.DateTimeField(null=True)),
                ('told', models.PositiveSmallIntegerField(default=0)),
                ('settled_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='desk.case')),
                ('remedy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='desk.remedy')),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='desk.order')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['placed_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='OrderProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proofs', to='desk.order')),
            ],
            options={
                'ordering': ['added_at', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at', 'id'], name='order_due'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('state', 'by hand')), fields=['placed_at', 'id'], name='order_by_hand'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('stuck_since__isnull', False)), fields=['stuck_since'], name='order_stuck'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', False), ('state__in', ['waiting', 'sending', 'taken', 'unknown'])), models.Q(('due_at__isnull', True), ('state__in', ['by hand', 'done', 'failed', 'withdrawn'])), _connector='OR'), name='an_order_under_way_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.UniqueConstraint(condition=models.Q(('reverses__isnull', True)), fields=('remedy',), name='one_order_a_remedy'),
        ),
    ]
