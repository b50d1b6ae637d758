"""What is typed about incidents: a new one, its letter, its remedy, who else told them. Nothing is preselected."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from makegood.desk import models
from makegood.desk.actions.incident_remedies import FAILURES, Gift
from makegood.desk.actions.incidents import LANGUAGES
from makegood.desk.actions.wanted import Choice
from makegood.rules.money import NotMoney
from makegood.rules.policy import Policy
from makegood.ui import money as writing

from .replying import DATE, TIME

LANGUAGE_NAMES = {"en": gettext_lazy("English"), "es": gettext_lazy("Spanish")}
FAILURE_NAMES = {
    "outcome": gettext_lazy("What they got was wrong"),
    "process": gettext_lazy("How they were treated was wrong"),
}


class New(forms.Form):
    """A new incident; where its people come from is said beside it."""

    title = forms.CharField(
        label=gettext_lazy("What happened, in a few words"),
        max_length=200,
        help_text=gettext_lazy("The customers see it as the subject of their case."),
    )
    case = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput())
    word = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput())
    cause = forms.CharField(
        label=gettext_lazy("The cause, as far as it is known"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    words = forms.CharField(
        label=gettext_lazy("Take the customers of all cases with these words"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Empty: the list comes later, as a file or case by case."),
    )


class Letter(forms.Form):
    """What everybody is told, in one language."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=[(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("Letter"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 8}),
        help_text=gettext_lazy(
            "Blanks: {name} {order} {item} {amount} {case} {owner} {house}. Nothing else in braces."
        ),
    )


class Partner(forms.Form):
    """Who else told these people, and when first."""

    partner = forms.CharField(label=gettext_lazy("Who told them"), max_length=120)
    on_date = forms.DateField(label=gettext_lazy("First on"), widget=DATE)
    at_time = forms.TimeField(label=gettext_lazy("at"), widget=TIME)

    def moment(self, zone: str) -> datetime:
        """Return when, read on the reader's clock."""
        day, hour = self.cleaned_data["on_date"], self.cleaned_data["at_time"]
        return datetime.combine(day, hour, tzinfo=ZoneInfo(zone)).astimezone(UTC)


class Remedy(forms.Form):
    """What everybody is given: an entry of the catalogue, or something else with its cost for each."""

    catalogue = forms.ChoiceField(label=gettext_lazy("From the catalogue"))
    failure = forms.ChoiceField(
        label=gettext_lazy("What went wrong"), choices=[(one, FAILURE_NAMES[one]) for one in FAILURES]
    )
    title = forms.CharField(label=gettext_lazy("Or something else"), max_length=200, required=False)
    cost = forms.CharField(label=gettext_lazy("What that costs us for each"), max_length=20, required=False)
    words = forms.CharField(
        label=gettext_lazy("What they read beside it"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, policy: Policy, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._currency = currency
        language = get_language() or "en"
        titles = [(key, entry.title_in(language)) for key, entry in policy.remedies.items() if key != "custom"]
        self.fields["catalogue"].choices = [*titles, ("", _("Something else"))]  # type: ignore[attr-defined]  # a choice field, as above
        self.fields["catalogue"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["money"] = None
        if cleaned.get("catalogue"):
            return cleaned
        if not cleaned.get("title"):
            self.add_error("title", _("Say what it is."))
        try:
            cleaned["money"] = writing.typed(cleaned.get("cost", ""), self._currency)
        except NotMoney:
            self.add_error("cost", _("Write the amount in digits."))
        return cleaned

    def choice(self) -> Choice:
        """Return what was chosen."""
        if key := self.cleaned_data["catalogue"]:
            return Choice(catalogue=key)
        return Choice(title=self.cleaned_data["title"], kind="custom", cost=self.cleaned_data["money"])

    def gift(self) -> Gift:
        """Return it as the one thing that everybody is given."""
        data = self.cleaned_data
        return Gift(failure=data["failure"], choices=(self.choice(),), words=data["words"])


class Upload(forms.Form):
    """A list of people."""

    file = forms.FileField(
        label=gettext_lazy("A list as CSV"),
        help_text=gettext_lazy(
            "With headings: email, order or customer number; also name, item, amount, language. Any delimiter."
        ),
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,text/csv"}),
    )


def letter_of(incident: models.Incident, language: str) -> Letter:
    """Return the form of the letter in one language, with what was written already."""
    kept = incident.letters.get(language, {})
    return Letter(initial={"language": language, **kept}, auto_id=f"letter-{language}-%s")
