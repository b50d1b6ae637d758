"""The verbs of making it right on a case: the wish, what we hold, and each step of a remedy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from makegood.config import clock
from makegood.desk import access, facts, models
from makegood.desk.actions import approvals, holdings, items, remedies, wishes
from makegood.notify import recorded
from makegood.rules.money import NotMoney
from makegood.rules.refusals import Refusal
from makegood.ui import money

from .door import StaffRequest, staff_only, to_case, to_page
from .remedy_words import DONE, LEADS_TO

LONGEST = 300


def said(typed: str, *, most: int = LONGEST) -> str:
    """Return what was typed into a field, without space around it."""
    return typed.strip()[:most]


@staff_only("POST")
def wish_ask(request: StaffRequest, number: str) -> HttpResponse:
    """Ask the customer what would make it right."""
    now, row = clock.now(), access.case_for(request.user, number)
    wishes.ask(row.pk, by=request.user, now=now)
    messages.success(request, _("Asked. Their page asks it, too; write it into your next mail."))
    return to_case(number, "wish")


@staff_only("POST")
def wish_say(request: StaffRequest, number: str) -> HttpResponse:
    """Keep the wish word for word, as somebody of ours heard it."""
    now, row = clock.now(), access.case_for(request.user, number)
    words = said(request.POST.get("words", ""), most=wishes.LONGEST)
    if not words:
        raise Refusal(sentence=_("Write down what they would like to have happen, in their words."))
    wishes.say(row.pk, words=words, door=row.door, by=request.user, now=now)
    messages.success(request, _("Kept, word for word. Offers are open."))
    return to_case(number, "wish")


@staff_only("POST")
def wish_pass(request: StaffRequest, number: str) -> HttpResponse:
    """Go on without the wish, with a reason."""
    now, row = clock.now(), access.case_for(request.user, number)
    why = said(request.POST.get("why", ""))
    if not why:
        raise Refusal(sentence=_("Say why you offer without knowing the wish. It is counted."))
    wishes.pass_gate(row.pk, why=why, by=request.user, now=now)
    messages.success(request, _("Offers are open without the wish. Your reason stays on the record."))
    return to_case(number, "remedies")


# ── what we hold ─────────────────────────────────────────────────────────────


@staff_only("POST")
def holding_take(request: StaffRequest, number: str) -> HttpResponse:
    """We have something of the customer's from now on."""
    now, row = clock.now(), access.case_for(request.user, number)
    what = said(request.POST.get("what", ""), most=200)
    if not what:
        raise Refusal(sentence=_("Say what it is that we hold."))
    typed = said(request.POST.get("value", ""), most=24)
    try:
        value = money.typed(typed, facts.policy(row.policy).currency) if typed else None
    except NotMoney as wrong:
        raise Refusal(sentence=recorded.say(wrong.why)) from wrong
    if value is not None and value.minor < 0:
        raise Refusal(sentence=_("Nothing is worth less than nothing."))
    where = said(request.POST.get("where", ""), most=200)
    holdings.take(row.pk, what=what, where=where, value=value, by=request.user, now=now)
    messages.success(request, _("On the record: we hold it. They see it on their page, and the case stays open."))
    return to_case(number, "holdings")


@staff_only("POST")
def holding_return(request: StaffRequest, number: str, holding: int) -> HttpResponse:
    """The customer has it back."""
    now, row = clock.now(), access.case_for(request.user, number)
    if not row.holdings.filter(pk=holding).exists():
        raise Http404
    evidence = said(request.POST.get("evidence", ""))
    if not evidence:
        raise Refusal(sentence=_("Say what shows that they have it back."))
    holdings.give_back(row.pk, holding, evidence=evidence, by=request.user, now=now)
    messages.success(request, _("They have it back."))
    return to_case(number, "holdings")


# ── several things in one case ───────────────────────────────────────────────


@staff_only("POST")
def item_name(request: StaffRequest, number: str) -> HttpResponse:
    """The case is about this, too."""
    now, row = clock.now(), access.case_for(request.user, number)
    what = said(request.POST.get("what", ""), most=items.LONGEST)
    if not what:
        raise Refusal(sentence=_("Say what it is."))
    items.name(row.pk, what=what, by=request.user, now=now)
    messages.success(request, _("It is one of the things of this case. Say of each remedy which of them it is for."))
    return to_case(number, "things")


@staff_only("POST")
def item_settle(request: StaffRequest, number: str, item: int) -> HttpResponse:
    """One of the things needs nothing."""
    now, row = clock.now(), access.case_for(request.user, number)
    why = said(request.POST.get("why", ""))
    if not why:
        raise Refusal(sentence=_("Say why it needs nothing."))
    items.settle(row.pk, item, why=why, by=request.user, now=now)
    messages.success(request, _("It needs nothing, and your reason is on the record."))
    return to_case(number, "things")


# ── one remedy ───────────────────────────────────────────────────────────────

Act = Callable[[int, int, str, models.Staff, datetime], object]


@staff_only("POST")
def act(request: StaffRequest, number: str, remedy: int, verb: str) -> HttpResponse:
    """Take a remedy to its next step. Every refusal says why, and nothing was changed."""
    now, row = clock.now(), access.case_for(request.user, number)
    do = _ACTS.get(verb)
    if do is None or not row.remedies.filter(number=remedy).exists():
        raise Http404
    words = said(request.POST.get("said", ""))
    if verb in _NEED_WORDS and not words:
        raise Refusal(sentence=_("Say a few words with it: whoever reads the record later will ask."))
    try:
        do(row.pk, remedy, words, request.user, now)
        messages.success(request, str(DONE[verb]))
    except Refusal:
        # The second press of a button finds done what the first one did.
        if not row.remedies.filter(number=remedy, step=LEADS_TO[verb]).exists():
            raise
        messages.info(request, _("That was done already. Nothing was done twice."))
    if request.POST.get("back") == "approvals":
        return to_page("remedies")
    return to_case(number, f"remedy-{remedy}")


@staff_only("POST")
def offer(request: StaffRequest, number: str, remedy: int) -> HttpResponse:
    """Offer an approved remedy on the customer's page and, with a letter, by mail."""
    now, row = clock.now(), access.case_for(request.user, number)
    if not row.remedies.filter(number=remedy).exists():
        raise Http404
    text = said(request.POST.get("text", ""), most=20_000)
    late = bool(request.POST.get("although_late"))
    remedies.offer(row.pk, remedy, by=request.user, text=text, although_late=late, now=now)
    messages.success(request, offered(text))
    return to_case(number, f"remedy-{remedy}")


@staff_only("POST")
def choose(request: StaffRequest, number: str, remedy: int) -> HttpResponse:
    """Write down what the customer chose by telephone or by letter."""
    now, row = clock.now(), access.case_for(request.user, number)
    offered_one = row.remedies.filter(number=remedy).first()
    if offered_one is None:
        raise Http404
    option = said(request.POST.get("option", ""), most=60)
    if not offered_one.options.filter(key=option).exists():
        raise Refusal(sentence=_("Say which of them they chose."))
    words = said(request.POST.get("words", ""), most=500)
    remedies.choose(row.pk, remedy, option, words=words, by=request.user, now=now)
    messages.success(request, _("Written down. What can be ordered is ordered."))
    return to_case(number, f"remedy-{remedy}")


def offered(text: str) -> str:
    """Return what is said once something was offered, with a letter or without."""
    return _("Offered on their page and by mail.") if text else _("Offered. It stands on their page.")


_NEED_WORDS = frozenset(("deny", "ship", "deliver", "confirm", "decline", "fail", "reverse"))
_ACTS: dict[str, Act] = {
    "approve": lambda case, n, _words, by, now: approvals.approve(case, n, by=by, now=now),
    "deny": lambda case, n, words, by, now: approvals.deny(case, n, why=words, by=by, now=now),
    "order": lambda case, n, _words, by, now: remedies.order(case, n, by=by, now=now),
    "ship": lambda case, n, words, by, now: remedies.ship(case, n, reference=words, by=by, now=now),
    "deliver": lambda case, n, words, by, now: remedies.deliver(case, n, evidence=words, by=by, now=now),
    "confirm": lambda case, n, words, by, now: remedies.confirm(case, n, evidence=words, by=by, now=now),
    "decline": lambda case, n, words, by, now: remedies.decline(case, n, why=words, by=by, now=now),
    "fail": lambda case, n, words, by, now: remedies.fail(case, n, why=words, by=by, now=now),
    "reverse": lambda case, n, words, by, now: remedies.reverse(case, n, why=words, by=by, now=now),
}
