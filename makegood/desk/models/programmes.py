"""Programmes with every version of their terms, who entered on which, and what those people hold.

A published version and the pin of an entrant are append-only: the database refuses to change or remove one
(migration 0012), since what the public was told is a fact.
"""

from __future__ import annotations

from django.db import models

from .cases import Case
from .people import Customer, Staff
from .remedies import Holding


class Programme(models.Model):
    """Public terms that customers enter on."""

    name = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="programmes")
    """Who hears before something of it ends."""
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class ProgrammeVersion(models.Model):
    """One version of the terms, word for word. It is in force until the next one is published."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    terms = models.JSONField()
    """The same as a program compares it (`rules.programmes.Terms.plain`)."""
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    where = models.CharField(max_length=300, blank=True)
    """Where the public read it."""

    class Meta:
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programme_version"),
            models.UniqueConstraint(fields=["programme", "published_at"], name="one_version_at_a_time"),
        ]


class Entrant(models.Model):
    """A customer who entered, held to the version he saw."""

    version = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="entrants")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="entries")
    reference = models.CharField(max_length=100)
    """What tells his entries apart: an order, a parcel, a form."""
    entered_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["entered_at", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "customer", "reference"], name="entrant_once")]
        indexes = [models.Index(fields=["customer", "version"], name="entrant_customer")]


class Entitlement(models.Model):
    """Something a customer may still claim. Its end stands still while a case of his about it is open."""

    class State(models.TextChoices):
        OPEN = "open"
        USED = "used"
        LAPSED = "lapsed"
        REPLACED = "replaced"
        """An equal substitute stands in its place."""
        TAKEN_BACK = "taken back"

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="entitlements")
    entrant = models.ForeignKey(Entrant, null=True, on_delete=models.PROTECT, related_name="entitlements")
    programme = models.ForeignKey(Programme, null=True, on_delete=models.PROTECT, related_name="entitlements")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="entitlements")
    """The case from which it came, if one did."""
    title = models.CharField(max_length=200)
    terms = models.JSONField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(null=True)
    frozen_at = models.DateTimeField(null=True)
    frozen_case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="frozen")
    """The case about it, as long as the end stands still."""
    warned = models.PositiveSmallIntegerField(null=True)
    """How many days before the end somebody last heard of it."""
    next_at = models.DateTimeField(null=True)
    """When time will next do something to it. The watch polls this column."""
    over_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=12, blank=True)
    """What he got when the programme ended: `extension` or `substitute`."""
    successor = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="ancestor")
    """The substitute that stands in its place."""

    class Meta:
        ordering = ["issued_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(frozen_at__isnull=True)
                | models.Q(next_at__isnull=True, frozen_case__isnull=False, expires_at__isnull=False),
                name="what_stands_still_has_its_case",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="open")
                | models.Q(expires_at__isnull=True)
                | models.Q(frozen_at__isnull=False)
                | models.Q(next_at__isnull=False),
                name="an_end_that_runs_has_a_clock",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="entitlement_wakes", condition=models.Q(next_at__isnull=False)),
            models.Index(fields=["programme", "id"], name="entitlement_open", condition=models.Q(state="open")),
            models.Index(
                fields=["frozen_case"], name="entitlement_frozen", condition=models.Q(frozen_at__isnull=False)
            ),
        ]


class Mismatch(models.Model):
    """Somebody was about to get less than the terms he saw. It was stopped, and stands here until it is dealt with."""

    version = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="mismatches")
    wanted = models.JSONField()
    """What was about to be given."""
    reasons = models.JSONField()
    found_at = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    times = models.PositiveIntegerField(default=1)
    incident = models.PositiveBigIntegerField(null=True)
    """The incident that was opened for everybody on this version."""
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    settled_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["found_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"], name="one_open_mismatch_a_version", condition=models.Q(settled_at__isnull=True)
            )
        ]


class Imbalance(models.Model):
    """We held something of his while he held nothing of ours. Told once; over when he holds something, or has it."""

    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="imbalances")
    since = models.DateTimeField()
    told_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["holding"], name="one_open_imbalance", condition=models.Q(over_at__isnull=True)
            )
        ]
