"""Cases: a row that shows what the case's journal adds up to."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Coalesce

from .people import Customer, Staff, Team
from .policies import PolicyVersion


class Case(models.Model):
    """One complaint from its first contact on.

    The journal is the truth; these columns are what it adds up to (`facts.case`), kept so that
    lists are one query. `doctor` compares the two.
    """

    number = models.CharField(max_length=16, unique=True)
    """What people say on the telephone: 2026-0412."""
    subject = models.CharField(max_length=300, blank=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="cases")
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="owned")
    # Without an index of its own: a team's cases are nearly all there are, and planners believe otherwise.
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="cases", db_index=False)
    offered_to = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="offered")
    policy = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT)
    door = models.CharField(max_length=60)
    language = models.CharField(max_length=8, default="en")
    open = models.BooleanField(default=True)
    quarantined = models.BooleanField(default=False)
    ball = models.CharField(max_length=10, default="us")
    ball_until = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    unanswered_at = models.DateTimeField(null=True)
    substantive_at = models.DateTimeField(null=True)
    need_by = models.DateTimeField(null=True)
    """When the customer needs it, as a person read it."""
    next_due_at = models.DateTimeField(null=True)
    """When the next promise that the customer would notice falls due; a broken one counts as it did."""
    rung = models.SmallIntegerField(default=-1)
    """The highest rung that has heard of a promise still owed; -1 when nothing rang."""
    asks = models.PositiveSmallIntegerField(default=0, db_default=0)
    """Asks of ours since the last substantive reply; from two on, the customer is being asked twice."""
    apologised_twice = models.BooleanField(default=False, db_default=False)
    """Whether we said sorry again without a new fact."""
    slipped_at = models.DateTimeField(null=True)
    """When it first slipped. Never cleared: a case that was saved had slipped all the same."""
    wakes_at = models.DateTimeField(null=True)
    """When time will next do something to it. The watch polls this column, and nothing else."""
    crashed_until = models.DateTimeField(null=True)
    """A case that made the watch's rules fail steps aside until then, so that the others are heard."""
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged", db_index=False)
    """The case in which this one goes on, because both are one matter. It is closed under its own number."""
    head_seq = models.PositiveIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default="")

    class Meta:
        indexes = [
            # The one query of the watch.
            models.Index(fields=["wakes_at"], name="case_wakes", condition=models.Q(wakes_at__isnull=False)),
            # The board, its sums and who may see it, without a look at the rows; cases are many, the open ones few.
            models.Index(
                fields=["next_due_at", "id", "team", "owner", "offered_to", "door", "quarantined"],
                name="case_waiting",
                condition=models.Q(open=True),
            ),
            # Who waits longest.
            models.Index(
                Coalesce("unanswered_at", "substantive_at", "received_at"),
                "id",
                name="case_longest",
                condition=models.Q(open=True),
            ),
            # All cases, the open ones first; for a team that has few of them, too.
            models.Index(fields=["-open", "next_due_at", "-id", "team", "owner", "offered_to"], name="case_list"),
            models.Index(fields=["customer", "open"], name="case_customer"),
            models.Index(fields=["owner", "open"], name="case_owner"),
            models.Index(fields=["merged_into"], name="case_merged", condition=models.Q(merged_into__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(open=False) | models.Q(wakes_at__isnull=False),
                name="open_case_has_a_clock",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}".strip()
