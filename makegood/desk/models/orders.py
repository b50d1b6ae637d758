"""What others are to do for us, each once: refunds, codes in a shop, parcels, tasks for a person."""

from __future__ import annotations

from django.db import models

from .cases import Case
from .people import Staff
from .remedies import Remedy


class Order(models.Model):
    """One thing to be done, once. Written in the transaction that orders it; carried out outside of any.

    Its key is known to whoever does it, so that whatever was sent can be asked for. Once it was sent, nothing of
    what is asked for changes any more.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        """Nothing of it has happened. `due_at` is when it is tried."""
        SENDING = "sending"
        """A worker is at it. If the worker dies, it may have happened: it is asked for first."""
        TAKEN = "taken"
        """They have it and will finish it; asked for again at `due_at`."""
        UNKNOWN = "unknown"
        """It may have happened; asked for again at `due_at`."""
        BY_HAND = "by hand"
        """A task for a person."""
        DONE = "done"
        FAILED = "failed"
        """They refuse it for good; nothing happened."""
        WITHDRAWN = "withdrawn"
        """Taken back before anything left."""

    key = models.CharField(max_length=64, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="orders")
    remedy = models.ForeignKey(Remedy, on_delete=models.PROTECT, related_name="orders")
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    """The order that this one undoes."""
    connector = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    currency = models.CharField(max_length=3, blank=True)
    minor = models.BigIntegerField(null=True)
    title = models.CharField(max_length=200)
    means = models.JSONField(default=dict)
    """References that the connector needs, by name: `payment`, `customer`."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    code = models.CharField(max_length=40, blank=True)
    """For programs: what was heard of it last."""
    answer = models.CharField(max_length=300, blank=True)
    """For people: the same, and what to do about it."""
    reference = models.CharField(max_length=200, blank=True)
    """Theirs."""
    evidence = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    """How often a worker took hold of it; whoever did last holds it until `due_at`."""
    held_by = models.CharField(max_length=60, blank=True)
    placed_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    """When a worker next does something about it; empty where none will: it is over, or a person's."""
    sent_at = models.DateTimeField(null=True)
    """When its first byte was about to go out, unless we know that nothing came of it. As long as this stands, it is
    asked for before it is sent again.
    """
    doubted_at = models.DateTimeField(null=True)
    """When it was sent by a worker that never came back, or answered in a way that says nothing."""
    stuck_since = models.DateTimeField(null=True)
    """Since when nobody has known whether it was done, or something of ours keeps it from being done."""
    told = models.PositiveSmallIntegerField(default=0)
    """Who heard of that: 1 the owner, 2 somebody higher."""
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    """Who said that it was done or was not; empty where the connector did."""

    class Meta:
        ordering = ["placed_at", "id"]
        constraints = [
            # Whatever a machine still has to do has its time; whatever is a person's or over has none.
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "sending", "taken", "unknown"], due_at__isnull=False)
                | models.Q(state__in=["by hand", "done", "failed", "withdrawn"], due_at__isnull=True),
                name="an_order_under_way_has_its_time",
            ),
            models.UniqueConstraint(
                fields=["remedy"], name="one_order_a_remedy", condition=models.Q(reverses__isnull=True)
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="order_due", condition=models.Q(due_at__isnull=False)),
            models.Index(fields=["placed_at", "id"], name="order_by_hand", condition=models.Q(state="by hand")),
            models.Index(fields=["stuck_since"], name="order_stuck", condition=models.Q(stuck_since__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.connector} {self.kind} {self.state}"


class OrderProof(models.Model):
    """A file that shows that something was done by hand: a receipt, a photograph."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="proofs")
    name = models.CharField(max_length=200)
    """As whoever brought it calls it, and nothing more."""
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["added_at", "id"]
