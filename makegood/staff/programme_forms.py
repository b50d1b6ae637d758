"""What is typed about programmes: terms, word for word and as a program compares them; entrants; answers."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from makegood.desk import models
from makegood.notify import recorded
from makegood.rules.codes import named
from makegood.rules.money import EXPONENTS, Money, NotMoney
from makegood.rules.programmes import Terms
from makegood.ui import money

from .replying import DATE, EARLIEST, LATEST, TIME

ONE_CENTURY = 36_500


class TermsForm(forms.Form):
    """What somebody gets, as a program can compare it."""

    percent = forms.IntegerField(label=gettext_lazy("Percent off"), min_value=0, max_value=100, required=False)
    value = forms.CharField(
        label=gettext_lazy("Worth, or at most"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("Empty beside a percentage: without a limit."),
        widget=forms.TextInput({"inputmode": "decimal"}),
    )
    currency = forms.CharField(label=gettext_lazy("Currency"), max_length=3, widget=forms.TextInput({"size": "4"}))
    scope = forms.CharField(
        label=gettext_lazy("Only for these products"),
        max_length=2_000,
        required=False,
        help_text=gettext_lazy("Separated by commas. Empty: anything we sell."),
    )
    excluded = forms.CharField(label=gettext_lazy("Not for these products"), max_length=2_000, required=False)
    least = forms.CharField(label=gettext_lazy("From an order of"), max_length=30, required=False)
    days = forms.IntegerField(
        label=gettext_lazy("Lasts so many days"),
        min_value=1,
        max_value=ONE_CENTURY,
        required=False,
        help_text=gettext_lazy("Empty: it never ends."),
    )

    def clean_currency(self) -> str:
        currency = str(self.cleaned_data["currency"]).strip().upper()
        if currency not in EXPONENTS:
            raise forms.ValidationError(_("Write a currency of ISO 4217, such as USD."))
        return currency

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("value", "least"):
            cleaned[name] = self._money(name, str(cleaned.get(name) or ""), str(cleaned.get("currency") or ""))
        if not self.errors and not cleaned.get("percent") and cleaned["value"] is None:
            self.add_error("value", _("Say what it is worth: a percentage, or a sum."))
        return cleaned

    def _money(self, name: str, typed: str, currency: str) -> Money | None:
        if not typed.strip() or not currency:
            return None
        try:
            amount = money.typed(typed, currency)
        except NotMoney as not_money:
            self.add_error(name, recorded.say(not_money.why))
            return None
        if amount.minor <= 0:
            self.add_error(name, _("Write a sum above nought."))
            return None
        return amount

    def terms(self) -> Terms:
        """Return the terms that were typed."""
        typed = self.cleaned_data
        return Terms(
            percent=typed["percent"] or 0,
            value=typed["value"],
            scope=named(str(typed["scope"]).split(",")),
            excluded=named(str(typed["excluded"]).split(",")),
            least=typed["least"],
            days=typed["days"],
        )


class Publish(TermsForm):
    """A version of the terms, word for word."""

    text = forms.CharField(
        label=gettext_lazy("The terms, word for word as the public reads them"),
        max_length=100_000,
        strip=False,
        widget=forms.Textarea({"rows": 8}),
    )
    where = forms.CharField(label=gettext_lazy("Where they stand"), max_length=300, required=False)
    field_order = ("name", "title", "text", "where")

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        if not text.strip():
            raise forms.ValidationError(_("Write the terms."))
        return text


class Start(Publish):
    """A new programme with its first terms."""

    name = forms.SlugField(
        label=gettext_lazy("Short name"), max_length=60, help_text=gettext_lazy("Small letters, digits and dashes.")
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).lower()
        if models.Programme.objects.filter(name=name).exists():
            raise forms.ValidationError(_("There is a programme of this name already."))
        return name


class Enter(forms.Form):
    """Somebody who entered, and when: it decides which terms he is held to."""

    customer = forms.EmailField(label=gettext_lazy("Mail address of the customer"), max_length=254)
    reference = forms.CharField(
        label=gettext_lazy("Order, parcel or form"),
        max_length=100,
        help_text=gettext_lazy("What tells two entries of one customer apart."),
    )
    entered_on = forms.DateField(label=gettext_lazy("Entered on"), widget=DATE)
    entered_time = forms.TimeField(label=gettext_lazy("at"), required=False, widget=TIME)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zone = ZoneInfo(zone)

    def entered_at(self) -> datetime:
        """Return the moment on the reader's clock; without an hour, the day's last: it can't be before the terms."""
        day: date = min(max(self.cleaned_data["entered_on"], EARLIEST), LATEST)
        hour: time = self.cleaned_data.get("entered_time") or time(23, 59, 59)
        return datetime.combine(day, hour, tzinfo=self._zone).astimezone(UTC)


class Issue(TermsForm):
    """What an entrant is given."""

    title = forms.CharField(label=gettext_lazy("What the customer gets"), max_length=200)
    as_code = forms.BooleanField(label=gettext_lazy("As a code of ours, worth that sum"), required=False, initial=True)
    field_order = ("title", "as_code")


class Extend(forms.Form):
    """How long it lasts from now on."""

    until = forms.DateField(
        label=gettext_lazy("Good until"),
        widget=DATE,
        required=False,
        help_text=gettext_lazy("Empty: without end."),
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zone = ZoneInfo(zone)

    def until_at(self) -> datetime | None:
        """Return the end of that day on the reader's clock, or None without one."""
        day: date | None = self.cleaned_data["until"]
        if day is None:
            return None
        day = min(max(day, EARLIEST), LATEST)
        return datetime.combine(day, time(23, 59, 59), tzinfo=self._zone).astimezone(UTC)
