"""Incidents: one cause, the list of people it hit, and how far the house is with each."""

from __future__ import annotations

from django.db import models

from makegood.rules.affected import Giving, Standing, Telling

from .cases import Case
from .contacts import Contact
from .people import Customer, Staff


class Incident(models.Model):
    """One cause, many customers. What was decided for all of them, and the job that does it once each."""

    class Origin(models.TextChoices):
        CASE = "case"
        TERMS = "terms"
        LIST = "list"
        QUERY = "query"
        SPIKE = "spike"

    class Job(models.TextChoices):
        IDLE = "idle"
        RUNNING = "running"
        PAUSED = "paused"
        STOPPED = "stopped"
        """By itself: it would have given more than was approved, or something else that a person must look at."""

    title = models.CharField(max_length=200)
    cause = models.TextField(blank=True)
    origin = models.CharField(max_length=6, choices=Origin.choices)
    opened_from = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=200, blank=True)
    """Where the list came from in words: the version of the terms, the words searched for, the spike's word."""
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="incidents")
    opened_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    """None where the desk itself saw it: an entitlement narrower than its terms."""
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    told_back = models.TextField(blank=True)
    """What was done about the cause, written when the incident is closed."""

    # By when they are told.
    told_by = models.DateTimeField(null=True)
    """When the last of them should have heard it from us, as the policy said; None for incidents before 0.6.0."""
    rings_at = models.DateTimeField(null=True)
    """When the watch looks next whether somebody is untold; None once the incident is closed."""
    late_since = models.DateTimeField(null=True)
    """Since when the alarm has rung over those who are untold; None while everybody is told."""
    rung = models.SmallIntegerField(default=-1)
    """The rung of the house's ladder that heard last."""
    rang_at = models.DateTimeField(null=True)
    had_at = models.DateTimeField(null=True)
    """When somebody said that he has it; the next rung hears when the ladder's grace is over."""
    had_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    # What they are told.
    letters = models.JSONField(default=dict)
    """Language → subject and text, with blanks."""
    partner = models.CharField(max_length=120, blank=True)
    """Who else tells these people: the booking site, the post office."""
    partner_told_at = models.DateTimeField(null=True)
    """When the partner told the first of them, unless a person's own row says otherwise."""

    # What they are given.
    remedy = models.JSONField(default=dict)
    """What everybody is given, as `actions.incident_remedies` reads it; empty where word is all that is owed."""
    currency = models.CharField(max_length=3, blank=True)
    dry_run = models.JSONField(default=dict)
    dry_run_at = models.DateTimeField(null=True)
    dry_run_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    dry_run_total = models.BigIntegerField(default=0)
    needs = models.CharField(max_length=12, blank=True)
    """The role that must approve the sum; empty where it is within the authority of whoever made the dry run."""
    approved = models.BigIntegerField(null=True)
    """Not a cent more than this is given."""
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    given = models.BigIntegerField(default=0)
    """What the remedies granted so far cost at most."""

    # The job.
    job = models.CharField(max_length=8, choices=Job.choices, default=Job.IDLE)
    job_why = models.CharField(max_length=300, blank=True)
    opens_since = models.DateTimeField(null=True)
    """When a person let it open cases, write letters, give remedies; None while nobody has."""
    tells_since = models.DateTimeField(null=True)
    gives_since = models.DateTimeField(null=True)
    closes_since = models.DateTimeField(null=True)
    """When a person let it close the cases of whoever is settled."""
    closes_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    closes_why = models.CharField(max_length=300, blank=True)
    closes_after = models.BigIntegerField(default=0)
    """The last person whose case it looked at; whoever comes after is still to be looked at."""
    run_since = models.DateTimeField(null=True)
    """When it began to run without a stop; with what it did since, that is its rate."""
    run_done = models.PositiveIntegerField(default=0)
    run_at = models.DateTimeField(null=True)
    """When it did something last."""
    wakes_at = models.DateTimeField(null=True)
    """When the watch looks at it next; None while there is nothing to do."""

    class Meta:
        ordering = ["-opened_at", "-id"]
        indexes = [
            models.Index(fields=["wakes_at"], name="incident_wakes", condition=models.Q(wakes_at__isnull=False)),
            models.Index(fields=["rings_at"], name="incident_rings", condition=models.Q(rings_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.title}"


class Affected(models.Model):
    """One person whom an incident hit."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="people", db_index=False)
    name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=320, blank=True)
    """Where we write to him; empty where nobody knows."""
    language = models.CharField(max_length=8, blank=True)
    order = models.CharField(max_length=60, blank=True)
    item = models.CharField(max_length=120, blank=True)
    amount = models.BigIntegerField(null=True)
    """What he paid, in minor units of the incident's currency, where the list says it."""
    named = models.PositiveIntegerField(default=1)
    """How many rows named him."""
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="affected")
    told_us = models.BooleanField(default=False)
    """He wrote before we did."""
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    """The letter in which we told him."""
    telling = models.CharField(max_length=11, default=str(Telling.WAITING))
    told_at = models.DateTimeField(null=True)
    """When his server accepted it, or a person reached him another way."""
    partner_told_at = models.DateTimeField(null=True)
    giving = models.CharField(max_length=10, default=str(Giving.WAITING))
    remedy = models.PositiveIntegerField(null=True)
    """The number of his remedy on his case."""
    cost = models.BigIntegerField(null=True)
    """What it costs at most, in minor units; as the dry run saw it."""
    standing = models.CharField(max_length=11, default=str(Standing.UNDER_WAY))
    why = models.CharField(max_length=300, blank=True)
    """Why a person is needed, or what a person wrote when he told him by hand or gave up."""
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["incident", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "case"], name="one_affected_a_case", condition=models.Q(case__isnull=False)
            ),
        ]
        indexes = [
            # What the job does next, and the lists of people. Full ones: SQLite sees through no condition of words.
            models.Index(fields=["incident", "id"], name="affected_new", condition=models.Q(case__isnull=True)),
            models.Index(fields=["incident", "telling", "id"], name="affected_telling"),
            models.Index(fields=["incident", "giving", "id"], name="affected_giving"),
            models.Index(fields=["incident", "standing", "id"], name="affected_standing"),
        ]


class AffectedKey(models.Model):
    """One name under which a list names somebody; unique in its incident, so that nobody is on it twice."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=340)
    person = models.ForeignKey(Affected, on_delete=models.PROTECT, related_name="keys")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "key"], name="one_person_a_key")]


class AffectedList(models.Model):
    """A list somebody uploaded, and how far it is read. The file lies outside anything that is served."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="lists")
    name = models.CharField(max_length=120)
    """What whoever uploaded it called it."""
    stored_as = models.CharField(max_length=64, unique=True)
    """Random; the file lies under it in MAKEGOOD_HOME/incidents, as UTF-8."""
    encoding = models.CharField(max_length=12)
    """As it came."""
    delimiter = models.CharField(max_length=1)
    columns = models.JSONField(default=list)
    """What each column means; empty for one that says nothing to us."""
    size = models.PositiveBigIntegerField()
    read = models.PositiveBigIntegerField(default=0)
    """Bytes; what stands before is in the tables, and nothing after it."""
    line = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    """Rows that named somebody new."""
    again = models.PositiveIntegerField(default=0)
    """Rows that named somebody who is on the list already."""
    rejected = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["uploaded_at", "id"]
        indexes = [models.Index(fields=["id"], name="list_unread", condition=models.Q(done_at__isnull=True))]


class RejectedRow(models.Model):
    """A row of a list that names nobody we can be sure of, and why."""

    source = models.ForeignKey(AffectedList, on_delete=models.CASCADE, related_name="rejects")
    line = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    why = models.CharField(max_length=300)

    class Meta:
        ordering = ["source", "line", "id"]


class WavedOff(models.Model):
    """A spike that somebody looked at and found to be none; it is not proposed again for a while."""

    word = models.CharField(max_length=60)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="waved_off")]
