"""What is typed about codes: one that a customer holds up, the order it is for, and why one is taken back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from makegood.desk.actions.redeeming import Order
from makegood.notify import recorded
from makegood.rules import codes
from makegood.rules.code_text import LONGEST_TYPED
from makegood.rules.money import Money, NotMoney
from makegood.ui import money


class HeldUp(forms.Form):
    """A code as somebody reads it out."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=LONGEST_TYPED,
        help_text=gettext_lazy("Seven groups of four. Dashes, spaces and small letters don’t matter."),
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code-in"}
        ),
    )


class AmountField(forms.CharField):
    """An amount in the currency of the code, exactly as typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=30, widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}), **kwargs
        )


class Redeem(forms.Form):
    """The order from which a code takes something off. The code is typed once and sent along."""

    code = forms.CharField(max_length=LONGEST_TYPED, widget=forms.HiddenInput({"autocomplete": "off"}))
    order = forms.CharField(label=gettext_lazy("Number of the order"), max_length=100)
    total = AmountField(label=gettext_lazy("What it costs"))
    amount = AmountField(
        label=gettext_lazy("Take off"),
        required=False,
        help_text=gettext_lazy("Empty: as much as the code gives."),
    )
    items = forms.CharField(
        label=gettext_lazy("What is in it"),
        max_length=2_000,
        required=False,
        help_text=gettext_lazy("This code is for some products only. Write theirs, separated by commas."),
    )
    his = forms.BooleanField(label=gettext_lazy("I have seen that it is the customer’s own"))

    def __init__(self, *args: Any, card: codes.Card, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._currency = card.left.currency
        if not card.worth.scope:
            del self.fields["items"]
        if card.worth.single:
            self.fields["amount"].help_text = _("Empty: as much as the code gives. It is for one order: the rest ends.")

    def _money(self, name: str) -> Money | None:
        typed = str(self.cleaned_data.get(name) or "")
        if not typed:
            return None
        try:
            return money.typed(typed, self._currency)
        except NotMoney as not_money:
            raise forms.ValidationError(recorded.say(not_money.why)) from None

    def clean_total(self) -> Money | None:
        return self._money("total")

    def clean_amount(self) -> Money | None:
        return self._money("amount")

    def order_of(self) -> Order:
        """Return the order that was typed."""
        typed = self.cleaned_data
        items = frozenset(each for each in str(typed.get("items") or "").split(",") if each.strip())
        return Order(number=typed["order"], total=typed["total"], amount=typed["amount"], items=items)


class Why(forms.Form):
    """A reason, since whoever reads the record later asks for one."""

    why = forms.CharField(label=gettext_lazy("Why"), max_length=300)
