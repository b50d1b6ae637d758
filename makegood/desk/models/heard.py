"""What reading a message proposed, and what a person said to it."""

from __future__ import annotations

from django.db import models

from .contacts import Contact
from .people import Staff


class Heard(models.Model):
    """One proposal about one message. It decides nothing; with its verdict it says how well we read."""

    class Task(models.TextChoices):
        KIND = "kind"
        """Of ours: what kind of message it is."""
        PROMISE = "promise"
        """Of ours: a promise with its date."""
        LABEL = "label"
        """Of the customer's: what he writes."""
        NEED_BY = "need_by"
        WISH = "wish"
        REFERENCE = "reference"
        EARLIER = "earlier"
        """He mentions an earlier case."""

    class Reader(models.TextChoices):
        RULES = "rules"
        SECOND = "second"

    class Verdict(models.TextChoices):
        OPEN = "open"
        CONFIRMED = "confirmed"
        OVERRULED = "overruled"
        MISSED = "missed"
        """A person said it where reading had proposed nothing."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="heard")
    task = models.CharField(max_length=10, choices=Task.choices)
    reader = models.CharField(max_length=6, choices=Reader.choices, default=Reader.RULES)
    label = models.CharField(max_length=200)
    """The kind, the label, the type and value of a reference."""
    due_at = models.DateTimeField(null=True)
    """The instant, of a promise and of a need-by."""
    words = models.TextField(blank=True)
    """The words it rests on, as they stand in the message."""
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    """Where these words stand in the contact's text; 0, 0 where the whole text is the reason."""
    rule = models.CharField(max_length=80)
    sure = models.FloatField()
    language = models.CharField(max_length=8, blank=True)
    verdict = models.CharField(max_length=9, choices=Verdict.choices, default=Verdict.OPEN)
    read_at = models.DateTimeField()
    judged_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["start", "id"]
        indexes = [models.Index(fields=["verdict", "task", "label"], name="heard_verdict")]
