"""The reply form: words, kinds, one dated promise, what it keeps. Nothing is chosen beforehand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from unicodedata import category
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from makegood.desk import models
from makegood.desk.actions.hearing import SAME_MOMENT
from makegood.desk.actions.promises import Words
from makegood.rules.outgoing import OUTGOING_KINDS, SUBSTANTIVE

from . import words as said

DATE = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
TIME = forms.TimeInput({"type": "time"}, format="%H:%M")
EARLIEST, LATEST = date(1970, 1, 2), date(2200, 1, 1)
"""Days that every calendar and every zone can count; what makes sense is decided by the desk."""
MOST_CLOCKS = 10
"""So many promises one letter may hold; more than that, nobody keeps."""


LONGEST_CLOCK = 4_096
"""Characters of a box's value; a promise of 500 characters fits several times."""


def clock_of(words: Words) -> str:
    """Return a promise found in the text as the value of its box."""
    plain = {"words": one_line(words.words), "due_at": words.due_at.isoformat(), "near_at": None}
    if words.near_at is not None:
        plain["near_at"] = words.near_at.isoformat()
    return json.dumps(plain, ensure_ascii=False)


def read_clock(value: str) -> Words | None:
    """Return the promise that `clock_of` wrote; None for anything else."""
    if len(value) > LONGEST_CLOCK:
        return None
    try:
        plain = json.loads(value)
        words, near = plain["words"], plain["near_at"]
        read = Words(words=words, due_at=_utc(plain["due_at"]), near_at=_utc(near) if near else None)
        legible = isinstance(words, str) and not any(category(sign) in ("Cc", "Cs") for sign in words)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    return read if legible and 0 < len(words) <= 500 else None


def _utc(value: str) -> datetime:
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise ValueError(value)
    return at.astimezone(UTC)


def one_line(text: str) -> str:
    """Return a text with every run of white space made one space."""
    return " ".join(text.split())


def still_taken(found: Words, taken: Iterable[str]) -> str:
    """Return the box's value that was taken for this promise; empty if none was. The first date given stands."""
    for value in taken:
        clock = read_clock(value)
        same = clock is not None and one_line(clock.words) == one_line(found.words)
        if clock is not None and same and abs(clock.due_at - found.due_at) <= SAME_MOMENT:
            return value
    return ""


class Reply(forms.Form):
    """What somebody writes to a customer. `says` holds the dated promise once the form is valid."""

    text = forms.CharField(
        label=gettext_lazy("Your reply"),
        max_length=100_000,
        error_messages={"required": gettext_lazy("There is nothing to send: write something first.")},
        widget=forms.Textarea({"rows": 9}),
    )
    kinds = forms.MultipleChoiceField(required=False, choices=[(kind, kind) for kind in OUTGOING_KINDS])
    words = forms.CharField(label=gettext_lazy("The promise, in your words"), required=False, max_length=500)
    due_date = forms.DateField(label=gettext_lazy("Due on"), required=False, widget=DATE)
    due_time = forms.TimeField(label=gettext_lazy("Due at"), required=False, widget=TIME)
    near_date = forms.DateField(label=gettext_lazy("Not before"), required=False, widget=DATE)
    near_time = forms.TimeField(label=gettext_lazy("Not before, at"), required=False, widget=TIME)
    replaces = forms.TypedChoiceField(label=gettext_lazy("It replaces"), required=False, coerce=int, empty_value=None)
    keeps = forms.TypedMultipleChoiceField(required=False, coerce=int)
    clocks = forms.MultipleChoiceField(required=False)
    """Promises found in the text and taken by the writer, each as `clock_of` wrote it."""
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        typed: QueryDict | None = None,
        *,
        promises: Iterable[models.Promise],
        zone: str,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(typed, auto_id="r-%s", initial=initial)
        self.zone = ZoneInfo(zone)
        self.says: tuple[Words, ...] = ()
        self.written_meanwhile: list[models.Contact] = []
        self.owed = [p for p in promises if p.said and p.outstanding]
        numbers = [(p.number, p.words) for p in self.owed]
        self.fields["keeps"].choices = numbers  # type: ignore[attr-defined]  # a choice field, as above
        # What was found in a text is known only to the page that showed it; `clean` reads it strictly.
        self.fields["clocks"].choices = [(c, c) for c in typed.getlist("clocks")] if typed else []  # type: ignore[attr-defined]
        self.fields["replaces"].choices = [("", _("no other promise")), *numbers]  # type: ignore[attr-defined]

    @property
    def kind_choices(self) -> list[dict[str, Any]]:
        """The kinds as boxes: name, title, whether it moves anything, whether it is ticked."""
        ticked = set(self["kinds"].value() or ())
        return [
            {"name": k, "title": said.kind(k), "substantive": k in SUBSTANTIVE, "ticked": k in ticked}
            for k in OUTGOING_KINDS
        ]

    @property
    def kept_numbers(self) -> set[int]:
        """The promises whose box is ticked, also when the form is not valid."""
        return {int(n) for n in self["keeps"].value() or () if str(n).isdigit()}

    @property
    def promises_something(self) -> bool:
        """Whether anything of the promise was filled in, so that its fields stay open."""
        return any(self[name].value() for name in ("words", "due_date", "due_time", "near_date", "near_time"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        promise_words = cleaned.get("words", "")
        due_at = self._moment("due_date", "due_time", needed=bool(promise_words))
        near_at = self._moment("near_date", "near_time", needed=False)
        if due_at and not promise_words and not self.errors:
            self.add_error("words", _("Write the promise as the customer will read it, or take its date away."))
        found = self._found(cleaned.get("clocks") or (), cleaned.get("text", ""))
        if promise_words and due_at and not self.errors:
            replaces = cleaned.get("replaces")
            typed = Words(words=promise_words, due_at=due_at, near_at=near_at, replaces=replaces)
            others = [f for f in found if (one_line(f.words), f.due_at) != (one_line(promise_words), due_at)]
            found = (typed, *others)
        self.says = () if self.errors else found
        return cleaned

    def _found(self, clocks: Sequence[str], text: str) -> tuple[Words, ...]:
        """Return the promises that were taken from the text, each once. Its words must still stand in it."""
        taken = [clock for clock in map(read_clock, clocks) if clock is not None]
        if len(taken) != len(clocks):
            self.add_error(None, _("A promise found in the text could not be read. Set its date by hand."))
        once = {(one_line(c.words).casefold(), c.due_at.replace(second=0, microsecond=0)): c for c in taken}
        if len(once) > MOST_CLOCKS:
            self.add_error(None, _("These are more promises than anybody keeps: take at most ten."))
        letter = one_line(text)
        for clock in once.values():
            if one_line(clock.words) not in letter:
                changed = _("“{words}” does not stand in the text any more. Take the promise again.")
                self.add_error(None, changed.format(words=clock.words))
        return tuple(once.values())

    def _moment(self, day_field: str, hour_field: str, *, needed: bool) -> datetime | None:
        """Return a date and a time on the writer's clock as one moment, or say what is missing."""
        if day_field in self.errors or hour_field in self.errors:
            return None
        day: date | None = self.cleaned_data.get(day_field)
        hour: time | None = self.cleaned_data.get(hour_field)
        if day is None and (hour is not None or needed):
            self.add_error(day_field, _("Give the day as well: a promise without a date is none."))
            return None
        if day is None:
            return None
        if not EARLIEST <= day <= LATEST:
            self.add_error(day_field, self.fields[day_field].error_messages["invalid"])
            return None
        if hour is None:
            self.add_error(hour_field, _("Give the hour as well: “on Friday” ends at a different time for everybody."))
            return None
        return self._on_our_clock(day, hour, hour_field)

    def _on_our_clock(self, day: date, hour: time, field: str) -> datetime | None:
        local = datetime.combine(day, hour, tzinfo=self.zone)
        # Where the clocks go forward an hour is missing; a round trip through UTC moves such a time.
        if local.astimezone(ZoneInfo("UTC")).astimezone(self.zone).replace(tzinfo=None) != local.replace(tzinfo=None):
            self.add_error(field, _("This hour does not exist: the clocks go forward that night. Take another."))
            return None
        return local.astimezone(ZoneInfo("UTC"))


class Kept(forms.Form):
    """What shows that a promise was kept."""

    why = forms.CharField(max_length=300)


class Offer(forms.Form):
    """To whom a case is offered. Only people who are in."""

    to = forms.TypedChoiceField(label=gettext_lazy("Offer to"), coerce=int)
    note = forms.CharField(label=gettext_lazy("What should they know?"), required=False, max_length=4000)

    def __init__(self, *args: Any, people: Iterable[models.Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [  # type: ignore[attr-defined]  # a choice field, as above
            (person.pk, f"{person.name}, {said.role(person.role)}") for person in people
        ]
