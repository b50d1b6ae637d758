"""The customer's page and its forms: open the link, read the form, call one action, render.

Every form is a POST that ends with a redirect back to the page; a form that
can't be taken gives the page back with everything that was typed.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext

from makegood.desk.actions import contacts, customers, links, promises, recovery
from makegood.desk.queries import customer_page
from makegood.notify import recorded
from makegood.rules.refusals import Refusal

from . import proof, shown, speech, typed
from .door import Visit, closed_to_the_world, gone, known_zone, private
from .shown import Unsent
from .typed import Typed


@private("GET")
def page(visit: Visit) -> HttpResponse:
    """Who has the case, what we promised, everything said, and the forms. Opening it changes nothing."""
    return shown.render(visit)


@private("POST")
def write(visit: Visit) -> HttpResponse:
    """He writes, and may add files."""

    def send(sent: Typed, once: str) -> HttpResponse:
        contacts.write_from_page(visit.link, text=sent.text, files=sent.files, once=once, now=visit.now)
        return visit.to_page("sent")

    return take(visit, send, needs_words=True)


@private("POST")
def not_resolved(visit: Visit) -> HttpResponse:
    """He says that it is not resolved, at any time, with or without words."""

    def send(sent: Typed, once: str) -> HttpResponse:
        text = sent.text or gettext("This is not resolved.")
        contacts.write_from_page(visit.link, text=text, unresolved=True, once=once, now=visit.now)
        return visit.to_page("not-resolved")

    return take(visit, send, place="not-resolved")


@private("POST")
def right_again(visit: Visit) -> HttpResponse:
    """After closing, he says that it is right again."""

    def send(sent: Typed, once: str) -> HttpResponse:
        recovery.confirm(visit.link, text=sent.text or gettext("It is right again."), once=once, now=visit.now)
        return visit.to_page("right-again")

    return take(visit, send)


@private("POST")
def manager(visit: Visit) -> HttpResponse:
    """He asks for a manager."""

    def send(_sent: Typed, _once: str) -> HttpResponse:
        contacts.ask_for_manager(visit.link, now=visit.now)
        return visit.to_page("manager")

    return take(visit, send, place="manager", counts=False)


@private("GET", "POST")
def release(visit: Visit, number: int) -> HttpResponse:
    """He lets us off a promise: first the page that says what that means, then the button."""
    try:
        promise = customer_page.promise(visit.link, number, now=visit.now)
    except Http404:
        return gone()
    if visit.request.method != "POST":
        said = {"one": shown.draw(promise, visit), "action": visit.url("release", number)}
        return _small_page(visit, "customer/release.html", said)

    def let_go(_sent: Typed, _once: str) -> HttpResponse:
        promises.release_by_customer(visit.link, number, now=visit.now)
        return visit.to_page("released")

    return take(visit, let_go, place="promises", counts=False)


@private("GET", "POST")
def zone(visit: Visit) -> HttpResponse:
    """He says in which time zone he lives; his page and his mails then use it."""
    if visit.request.method != "POST":
        return _small_page(visit, "customer/zone.html", {"zones": shown.zones(), "action": visit.url("zone")})

    def move(_sent: Typed, _once: str) -> HttpResponse:
        name = visit.request.POST.get("zone", "")
        if not known_zone(name) or visit.link.customer is None:
            reasons = (gettext("That is no time zone we know. Choose one from the list."),)
            return shown.render(visit, unsent=Unsent(reasons=reasons))
        customers.note_zone(visit.link.customer, name)
        return visit.to_page("zone")

    return take(visit, move, counts=False)


def nowhere(_request: HttpRequest, anything: str) -> HttpResponse:
    """Answer every other address of this door as one that opens nothing, with the same headers."""
    del anything
    return closed_to_the_world(gone())


def take(
    visit: Visit,
    act: Callable[[Typed, str], HttpResponse],
    *,
    place: str = "write",
    needs_words: bool = False,
    counts: bool = True,
) -> HttpResponse:
    """Let a form do its one action, or give the page back with everything typed and every reason.

    `counts`: it adds a message, so the day's quota holds.
    """
    sent = typed.read(visit.request)
    form = proof.name_of(visit.link, sent.proof)
    reasons, status = _why_not(visit, sent, form, needs_words=needs_words, counts=counts)
    if not reasons:
        try:
            answer = act(sent, sent.once(form))
        except Refusal as refusal:
            sentence = gettext(speech.REFUSED.get(refusal.code, refusal.sentence))
            reasons, status = (sentence, *map(recorded.say, refusal.reasons)), 409
        else:
            if answer.status_code < 400:
                links.opened(visit.link, now=visit.now)
            return answer
    return shown.render(visit, unsent=Unsent(reasons=reasons, status=status, place=place, text=sent.text))


def _why_not(visit: Visit, sent: Typed, form: str, *, needs_words: bool, counts: bool) -> tuple[tuple[str, ...], int]:
    """Return every reason why this form is not taken, and the status that says so; no reason when it is."""
    if typed.too_often(visit.link, now=visit.now):
        return (gettext("That was a lot at once. Wait a minute, then press the button again."),), 429
    if sent.wrong:
        return sent.wrong, sent.status
    if not form or not proof.from_our_site(visit.request):
        return (gettext("We could not see that this came from your page. Press the button again."),), 403
    if needs_words and not sent.text and not sent.files:
        return (gettext("There is nothing in it yet. Write something, or add a file."),), 400
    over = typed.over_quota(visit.link, sent, now=visit.now) if counts else ()
    return over, 429


def _small_page(visit: Visit, template: str, more: dict[str, object]) -> HttpResponse:
    around = shown.around(visit, customer_page.house_name(visit.link))
    return HttpResponse(render_to_string(template, {**around, **more, "proof": lambda: proof.make(visit.link)}))
