"""The form that proposes a remedy: what went wrong, what each option is and costs, and the words with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from string import ascii_uppercase
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from makegood.desk.actions.wanted import Choice, Wanted
from makegood.notify import recorded
from makegood.rules.catalogue import CEILING, Entry, Failure, RemedyKind, Suggestion, suggest
from makegood.rules.item_events import Item
from makegood.rules.money import EXPONENTS, Money, NotMoney
from makegood.rules.policy import Policy
from makegood.ui import money
from makegood.ui.remedies import KINDS

from .remedy_words import FAILURES
from .replying import EARLIEST, LATEST

CUSTOM = "custom"
EVENING = time(20, 0)
"""What arrives "by" a day is there by the evening."""
DATE = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
AMOUNT = {"inputmode": "decimal", "autocomplete": "off"}


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """Something on the form that can't stay as it is, and the field to mend."""

    field: str
    """The id of the field."""
    name: str
    text: str


class Asked(forms.Form):
    """What went wrong and what was paid: the questions whose answers order the suggestions. Changes nothing."""

    failure = forms.ChoiceField(choices=list(FAILURES.items()), required=False)
    kept = forms.ChoiceField(
        choices=[("yes", gettext_lazy("They keep it")), ("no", gettext_lazy("They give it back"))], required=False
    )
    price = forms.CharField(required=False, max_length=24)
    currency = forms.CharField(required=False, max_length=3)

    def __init__(self, typed: QueryDict, policy: Policy) -> None:
        super().__init__(typed, auto_id="q-%s")
        self.policy = policy
        self.is_valid()

    @property
    def what(self) -> Failure:
        found = self.cleaned_data.get("failure") or ""
        return Failure(found) if found in FAILURES else Failure.OUTCOME

    @property
    def keeps(self) -> bool:
        return self.cleaned_data.get("kept") != "no"

    @property
    def money(self) -> str:
        """The currency of what was paid: the house's unless another one is named."""
        found = str(self.cleaned_data.get("currency") or "").upper()
        return found if found in EXPONENTS else self.policy.currency

    @property
    def paid(self) -> Money | None:
        """What was paid, where it could be read."""
        text = str(self.cleaned_data.get("price") or "").strip()
        try:
            found = money.typed(text, self.money) if text else None
        except NotMoney:
            return None
        return found if found is not None and found.minor >= 0 else None

    @property
    def trouble(self) -> str:
        """What is wrong with the price or its currency as it was typed."""
        named = str(self.cleaned_data.get("currency") or "").upper()
        if (named and named not in EXPONENTS) or "currency" in self.errors:
            return recorded.say(f"“{named or self.data.get('currency', '')[:9]}” is no currency.")
        text = str(self.cleaned_data.get("price") or "").strip()
        bad = (text and self.paid is None) or "price" in self.errors
        return _("That is no amount in {currency}.").format(currency=self.money) if bad else ""


class OptionForm(forms.Form):
    """One thing the customer may choose."""

    take = forms.BooleanField(required=False)
    title = forms.CharField(required=False, max_length=200, label=gettext_lazy("What they get"))
    about = forms.CharField(required=False, max_length=1_000, label=gettext_lazy("A line about it"))
    kind = forms.ChoiceField(
        required=False, label=gettext_lazy("Kind"), choices=[(k, t) for k, t in KINDS.items() if k != "choice"]
    )
    cost = forms.CharField(
        required=False, max_length=24, widget=forms.TextInput(AMOUNT), label=gettext_lazy("Costs us")
    )
    value = forms.CharField(
        required=False, max_length=24, widget=forms.TextInput(AMOUNT), label=gettext_lazy("Worth to them")
    )
    arrives = forms.DateField(required=False, widget=DATE, label=gettext_lazy("There by"))
    means = forms.CharField(required=False, max_length=200, label=gettext_lazy("The payment it goes back to"))
    stock = forms.IntegerField(required=False, min_value=0, max_value=1_000_000, label=gettext_lazy("In stock"))

    def __init__(
        self,
        typed: QueryDict | None,
        *,
        name: str,
        currency: str,
        zone: str,
        suggestion: Suggestion | None,
        initial: dict[str, Any],
    ) -> None:
        super().__init__(typed, prefix=f"o-{name}", auto_id="id-%s", initial=initial)
        self.name, self.currency, self.zone, self.suggestion = name, currency, ZoneInfo(zone), suggestion
        for amount in ("cost", "value"):
            self.fields[amount].label = f"{self.fields[amount].label} ({currency})"

    @property
    def heading(self) -> str:
        entry = self.suggestion.entry if self.suggestion else None
        return entry.title_in((get_language() or "en").partition("-")[0]) if entry else _("Something else")

    @property
    def pays(self) -> bool:
        """Whether money goes back, and so has to go back the way it came."""
        return self.suggestion is None or self.suggestion.entry.kind is RemedyKind.REFUND

    @property
    def reasons(self) -> Sequence[str]:
        return self.suggestion.reasons if self.suggestion else ()

    def clean_cost(self) -> Money | None:
        return self._money("cost")

    def clean_value(self) -> Money | None:
        return self._money("value")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("take") and self.name == CUSTOM and not self.errors:
            if not cleaned.get("title"):
                self.add_error("title", _("Say what they get."))
            if cleaned.get("cost") is None:
                self.add_error("cost", _("Say what it costs us; 0 if nothing."))
        return cleaned

    def _money(self, name: str) -> Money | None:
        text = str(self.cleaned_data.get(name) or "").strip()
        if not text:
            return None
        try:
            found = money.typed(text, self.currency)
        except NotMoney as wrong:
            raise forms.ValidationError(recorded.say(wrong.why)) from wrong
        if found.minor < 0:
            raise forms.ValidationError(_("Nothing costs less than nothing."))
        return found

    def reaches_at(self, *, now: datetime) -> datetime | None:
        """Return when they would have it: by the day that was typed, else as the catalogue says; None if nobody knows.

        The rest of the form needn't be right yet.
        """
        self.is_valid()
        day: date | None = self.cleaned_data.get("arrives") if self.is_bound else None
        if day is not None:
            return self._evening(day)
        entry = self.suggestion.entry if self.suggestion else None
        return now + timedelta(days=entry.within_days) if entry else None

    def _evening(self, day: date) -> datetime:
        return datetime.combine(min(max(day, EARLIEST), LATEST), EVENING, tzinfo=self.zone).astimezone(UTC)

    def choice(self) -> Choice:
        """Return what was filled in, once the form is valid."""
        said = self.cleaned_data
        day: date | None = said.get("arrives")
        by = self._evening(day) if day else None
        entry = self.suggestion.entry if self.suggestion else None
        return Choice(
            catalogue=entry.key if entry else "",
            title=said.get("title") or (entry.title if entry else ""),
            description=said.get("about") or "",
            kind=str(entry.kind) if entry else said.get("kind") or str(RemedyKind.CUSTOM),
            cost=said.get("cost"),
            value=said.get("value"),
            arrives_by=by,
            stock=said.get("stock"),
            means=said.get("means") or "",
        )


class Proposing(forms.Form):
    """The whole proposal. Nothing is ticked beforehand unless the address of the page names it."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        required=False,
        max_length=4_000,
        label=gettext_lazy("What they read with it"),
        widget=forms.Textarea({"rows": 4}),
    )
    why = forms.CharField(required=False, max_length=300, label=gettext_lazy("Why this"))
    although_late = forms.BooleanField(
        required=False, label=gettext_lazy("They know that it comes after they need it, and want it all the same")
    )
    budget = forms.ChoiceField(required=False, label=gettext_lazy("Out of"))
    item = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=gettext_lazy("What it is for"))

    def __init__(
        self,
        typed: QueryDict | None,
        *,
        asked: Asked,
        policy: Policy,
        zone: str,
        language: str,
        taken: Iterable[str] = (),
        things: Iterable[Item] = (),
        item: str = "",
    ) -> None:
        """`language` is the customer's: what he gets is proposed in his words. `things` are what the case is about."""
        super().__init__(typed, auto_id="p-%s", initial={"key": uuid4(), "item": item})
        self.fields["item"].choices = [  # type: ignore[attr-defined]  # as a field with choices has it
            ("", _("Everything")), *((str(each.number), each.what) for each in things)
        ]  # fmt: skip
        self.asked, self.policy, self.language = asked, policy, language
        self.fields["budget"].choices = [(b.name, b.title_in(get_language() or "en")) for b in policy.budgets.values()]  # type: ignore[attr-defined]
        taken = set(taken)
        self.options = [
            self._option(typed, s.entry, s, zone=zone, taken=s.entry.key in taken) for s in self._suggestions()
        ]
        self.options.append(self._option(typed, None, None, zone=zone, taken=CUSTOM in taken))

    def _suggestions(self) -> list[Suggestion]:
        found = suggest(
            self.asked.what,
            kept=self.asked.keeps,
            price=self.asked.paid,
            entries=self.policy.remedies,
            currency=self.policy.currency,
        )
        return [one for one in found if one.entry.kind is not RemedyKind.CUSTOM]

    def _option(
        self, typed: QueryDict | None, entry: Entry | None, suggestion: Suggestion | None, *, zone: str, taken: bool
    ) -> OptionForm:
        first: dict[str, Any] = {"take": taken, "kind": str(RemedyKind.CUSTOM)}
        if suggestion is not None:
            first["title"] = suggestion.entry.title_in(self.language)
            first["cost"], first["value"] = self._field(suggestion.cost), self._field(suggestion.value)
        return OptionForm(
            typed,
            name=entry.key if entry else CUSTOM,
            currency=self.asked.money,
            zone=zone,
            suggestion=suggestion,
            initial=first,
        )

    def _field(self, amount: Money | None) -> str:
        """An amount as its field has it; the catalogue's own currency isn't another one's."""
        return money.field(amount) if amount is not None and amount.currency == self.asked.money else ""

    def is_valid(self) -> bool:
        """Whether everything can be read; options that nobody took don't count."""
        whole = super().is_valid()
        if self.asked.trouble:
            self.add_error(None, self.asked.trouble)
            return False
        # Every one is looked at, so that every mistake is shown at once.
        good = not [option for option in self.options if not option.is_valid() and option in self.taken]
        if whole and good and not self.taken:
            self.add_error(None, _("Take at least one thing to offer, or write one of your own."))
            return False
        return whole and good

    @property
    def taken(self) -> list[OptionForm]:
        """The options that were ticked."""
        return [option for option in self.options if option["take"].value() in (True, "on", "True")]

    def late(self, need_by: datetime | None, *, now: datetime) -> list[tuple[str, datetime]]:
        """Return which of the things taken would come after the customer needs them, and when."""
        if need_by is None:
            return []
        reach = [(option, option.reaches_at(now=now)) for option in self.taken]
        return [(option.heading, at) for option, at in reach if at is not None and at > need_by]

    @property
    def wrong(self) -> list[Wrong]:
        """Every field that can't stay as it is, in the order of the page."""
        found = [
            Wrong(field=field.id_for_label, name=f"{letter}, {field.label}", text=str(text))
            for letter, option in zip(ascii_uppercase, self.options, strict=False)
            if option in self.taken
            for field in option
            for text in field.errors
        ]
        own = (field for field in self.visible_fields() if field.errors)
        mine = [Wrong(field=f.id_for_label, name=str(f.label), text=str(text)) for f in own for text in f.errors]
        return found + mine

    def wanted(self) -> Wanted:
        """Return the proposal, once the form is valid."""
        key: UUID = self.cleaned_data["key"]
        return Wanted(
            key=key,
            failure=str(self.asked.what),
            choices=tuple(option.choice() for option in self.taken),
            words=self.cleaned_data["words"].strip(),
            why=self.cleaned_data["why"].strip(),
            price=self.asked.paid,
            budget=self.cleaned_data.get("budget") or "",
            item=self.cleaned_data.get("item"),
        )

    @property
    def ceiling(self) -> int:
        return CEILING
