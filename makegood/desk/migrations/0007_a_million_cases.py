"""Why: at a million cases the pages stay as fast as at a thousand. Indexes only; no row changes.

Most of them hold the open cases, or what is owed, alone, so they stay small however many cases were closed.
The index on a case's team goes: a team's cases are nearly all there are, and SQLite, which does not know
that, gathered them all to show fifty.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Coalesce


def forget_team(apps, schema_editor):
    # By hand: Django would write the whole table anew, and the triggers of the search would stay behind.
    with schema_editor.connection.cursor() as cursor:
        found = schema_editor.connection.introspection.get_constraints(cursor, "desk_case")
    for name, what in found.items():
        if what["columns"] == ["team_id"] and what["index"] and not what["unique"]:
            schema_editor.execute(f'DROP INDEX "{name}"')


def know_team(apps, schema_editor):
    schema_editor.execute("CREATE INDEX desk_case_team_id ON desk_case (team_id)")


TEAM = models.ForeignKey(
    db_index=False,
    null=True,
    on_delete=django.db.models.deletion.PROTECT,
    related_name='cases',
    to='desk.team',
)


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0006_words_to_search'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='case', name='case_board'),
        migrations.RemoveIndex(model_name='alarm', name='alarm_ringing'),
        migrations.RemoveIndex(model_name='inboxitem', name='inbox_door'),
        migrations.SeparateDatabaseAndState(
            [migrations.RunPython(forget_team, know_team)],
            [migrations.AlterField(model_name='case', name='team', field=TEAM)],
        ),
        migrations.AddIndex(
            model_name='alarm',
            index=models.Index(
                condition=models.Q(('over_at__isnull', True)),
                fields=['case', '-rung', '-told_at', '-id'],
                name='alarm_unanswered',
            ),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(
                condition=models.Q(('open', True)),
                fields=['next_due_at', 'id', 'team', 'owner', 'offered_to', 'door', 'quarantined'],
                name='case_waiting',
            ),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(
                Coalesce('unanswered_at', 'substantive_at', 'received_at'),
                models.F('id'),
                condition=models.Q(('open', True)),
                name='case_longest',
            ),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(
                fields=['-open', 'next_due_at', '-id', 'team', 'owner', 'offered_to'], name='case_list'
            ),
        ),
        migrations.AddIndex(
            model_name='inboxitem',
            index=models.Index(fields=['stored_at', 'id'], name='inbox_stored'),
        ),
        migrations.AddIndex(
            model_name='inboxitem',
            index=models.Index(fields=['door', 'stored_at', 'id'], name='inbox_by_door'),
        ),
        migrations.AddIndex(
            model_name='inboxitem',
            index=models.Index(fields=['state', 'stored_at', 'id'], name='inbox_by_state'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(
                condition=models.Q(('outstanding', True)), fields=['state', 'shown', 'case'], name='promise_owed'
            ),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(
                condition=models.Q(('said', True)), fields=['kind', 'due_at', 'state'], name='promise_said'
            ),
        ),
    ]
