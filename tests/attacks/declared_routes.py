"""What each address of the desk is, and for whom it is there. A new one is declared here, or a test of A-33 fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

READS = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, kw_only=True)
class Case:
    """An address below a case: there for who may see the case, by the case's own numbers only."""

    method: str = "GET"
    typed: dict[str, Any] | None = None
    shows: bool = False
    """Whether an address that takes a form shows it, too."""
    there: int = 200
    """The answer to the owner."""


def _post(there: int, **typed: Any) -> Case:
    return Case(method="POST", typed=typed, there=there)


CASES = {
    "cases/<str:number>/": Case(),
    "cases/<str:number>/reply/": _post(409, text="Hello.", kinds="answer", seen=0),
    "cases/<str:number>/note/": _post(302, text="x"),
    "cases/<str:number>/composing/": _post(200),
    "cases/<str:number>/draft/": _post(200, text="x"),
    "cases/<str:number>/draft/second/": _post(200, text="x"),
    "cases/<str:number>/acknowledge/": _post(302),
    "cases/<str:number>/offer/": _post(409, to=1, note="x"),
    "cases/<str:number>/accept/": _post(409),
    "cases/<str:number>/return/": _post(302, why="x"),
    "cases/<str:number>/close/": _post(409),
    "cases/<str:number>/reopen/": _post(409),
    "cases/<str:number>/judge/": _post(409, genuine="no", why="x"),
    "cases/<str:number>/promises/<int:promise>/keep/": _post(302, why="x"),
    "cases/<str:number>/page-link/": _post(200),
    "cases/<str:number>/page-link/end/": _post(302),
    "cases/<str:number>/contacts/<int:contact>/read/": _post(302, labels="complaint"),
    "cases/<str:number>/contacts/<int:contact>/join/": _post(302),
    "cases/<str:number>/contacts/<int:contact>/part/": _post(302),
    "cases/<str:number>/contacts/<int:contact>/no-answer/": _post(302, word="thanks"),
    "cases/<str:number>/contacts/<int:contact>/split/": _post(302),
    "cases/<str:number>/contacts/<int:contact>/went/": _post(409, why="x"),
    "cases/<str:number>/contacts/<int:contact>/again/": _post(409),
    "cases/<str:number>/merge/": _post(409, other="2026-0001", why="x"),
    "cases/<str:number>/part/": _post(409),
    "cases/<str:number>/contacts/<int:contact>/html/": Case(),
    "cases/<str:number>/contacts/<int:contact>/raw/": Case(),
    "attachments/<int:pk>/": Case(),
    "cases/<str:number>/wish/ask/": _post(302),
    "cases/<str:number>/wish/say/": _post(302, words="x"),
    "cases/<str:number>/wish/pass/": _post(302, why="x"),
    "cases/<str:number>/holdings/": _post(302, what="x"),
    "cases/<str:number>/holdings/<int:holding>/return/": _post(302, evidence="x"),
    "cases/<str:number>/address/": _post(302, address="somewhere@else.example"),
    "cases/<str:number>/payment/": _post(302, reference="pi_1"),
    "cases/<str:number>/change-checked/": _post(409),  # his owner may not: it takes a team lead
    "cases/<str:number>/things/": _post(302, what="x"),
    "cases/<str:number>/things/<int:item>/settle/": _post(409, why="x"),  # no thing was named
    "cases/<str:number>/remedies/new/": Case(method="POST", typed={"failure": "outcome"}, shows=True, there=422),
    "cases/<str:number>/remedies/new/late/": _post(200),
    "cases/<str:number>/remedies/<int:remedy>/offer/": _post(302),
    "cases/<str:number>/remedies/<int:remedy>/choose/": _post(409, option="x"),
    "cases/<str:number>/remedies/<int:remedy>/<slug:verb>/": _post(302),  # `order`
}
PROPOSED = {"cases/<str:number>/contacts/<int:contact>/join/", "cases/<str:number>/contacts/<int:contact>/part/"}

EVERYBODY = frozenset({"priya", "wen", "marta", "ned", "ruth", "grace", "sam"})
LEADS = frozenset({"marta", "ned", "ruth", "grace", "sam"})
ABOVE = frozenset({"ruth", "grace", "sam"})
GIVERS = frozenset({"ruth", "grace"})
"""Who may publish terms: an administrator gives nothing."""


@dataclass(frozen=True, kw_only=True)
class Room:
    """An address of the house: there for some, and not for the others."""

    who: frozenset[str]
    methods: frozenset[str] = READS
    there: int = 200
    typed: dict[str, Any] | None = None
    given: str = ""
    """Whose number stands in it."""


def _button(who: frozenset[str], there: int, given: str = "", **typed: Any) -> Room:
    return Room(who=who, methods=frozenset({"POST"}), there=there, typed=typed, given=given)


def _form(who: frozenset[str], there: int, **typed: Any) -> Room:
    return Room(who=who, methods=READS | {"POST"}, there=there, typed=typed)


HIRED = {"name": "Eve", "email": "eve@larkfield.example", "password": "seven larks at noon", "role": "admin"}
TERMS = {"text": "x", "value": "5.00", "currency": "USD"}
ROOMS = {
    "": Room(who=EVERYBODY),
    "newer/": Room(who=EVERYBODY),
    "in-doubt/": _button(EVERYBODY, 409, mail="1", said="arrived"),
    "cases/": Room(who=EVERYBODY),
    "doors/": Room(who=EVERYBODY),
    "doors/items/": Room(who=LEADS),
    "doors/items/<int:pk>/raw/": Room(who=ABOVE | {"marta"}, given="item"),
    "doors/set-aside/": Room(who=EVERYBODY),
    "people/": Room(who=EVERYBODY),
    "people/hire/": _form(ABOVE, 302, **HIRED),
    "people/<int:pk>/": Room(who=EVERYBODY, given="tom"),
    "people/<int:pk>/absence/": _button(ABOVE | {"marta"}, 302, "tom", from_date="2026-03-05"),
    "people/absences/<int:pk>/end/": _button(ABOVE | {"marta"}, 302, "absence"),
    "people/<int:pk>/role/": _button(ABOVE, 302, "tom", role="admin"),
    "people/<int:pk>/leave/": _button(ABOVE, 302, "tom"),
    "understood/": Room(who=EVERYBODY),
    "understood/messages/": Room(who=frozenset()),  # without a task and a verdict
    "incidents/": Room(who=LEADS),
    "incidents/new/": _form(LEADS, 302, title="Lot 25-K"),
    "incidents/wave-off/": _button(LEADS, 302, word="buckle"),
    "incidents/<int:pk>/": Room(who=ABOVE, given="incident"),
    "incidents/<int:pk>/people/": Room(who=ABOVE, given="incident"),
    "incidents/<int:pk>/people/<int:person>/": _button(ABOVE, 302, "incident", what="told", why="rang her"),
    "incidents/<int:pk>/upload/": _button(ABOVE, 422, "incident"),
    "incidents/<int:pk>/lists/<int:source>/rejected/": Room(who=ABOVE, given="incident"),
    "incidents/<int:pk>/add/": _button(ABOVE, 302, "incident", number="2026-0001"),
    "incidents/<int:pk>/letter/": _button(ABOVE, 302, "incident", language="en", subject="x", text="x"),
    "incidents/<int:pk>/partner/": _button(ABOVE, 302, "incident", partner="x", on_date="2026-03-01", at_time="09:00"),
    "incidents/<int:pk>/remedy/": _button(ABOVE, 302, "incident", catalogue="credit", failure="process"),
    "incidents/<int:pk>/option/": _button(ABOVE, 409, "incident", granted="0"),
    "incidents/<int:pk>/dry-run/": _button(ABOVE, 409, "incident"),
    "incidents/<int:pk>/approve/": _button(ABOVE, 409, "incident", total="1"),
    "incidents/<int:pk>/start/": _button(ABOVE, 302, "incident", task="opens"),
    "incidents/<int:pk>/pause/": _button(ABOVE, 409, "incident"),
    "incidents/<int:pk>/go-on/": _button(ABOVE, 409, "incident"),
    "incidents/<int:pk>/have-it/": _button(ABOVE, 409, "incident"),
    "incidents/<int:pk>/open-cases/": Room(who=ABOVE, given="incident"),
    "incidents/<int:pk>/close-cases/": _button(ABOVE, 302, "incident", why="x"),
    "incidents/<int:pk>/close/": _button(ABOVE, 409, "incident", told_back="x"),
    "codes/": _form(EVERYBODY, 409, code="x"),
    "codes/redeem/": _button(EVERYBODY, 409, code="x"),
    "codes/<int:pk>/": Room(who=ABOVE | {"priya", "marta"}, given="code"),
    "codes/<int:pk>/end/": _button(ABOVE | {"marta"}, 302, "code", why="x", how="revoke"),
    "remedies/": Room(who=EVERYBODY),
    "remedies/budgets/": Room(who=LEADS),
    "remedies/behind/": Room(who=frozenset()),  # without a word for which of them
    "remedies/orders/": Room(who=EVERYBODY),
    "remedies/orders/<int:pk>/<slug:verb>/": _button(frozenset(), 404, "item"),  # a verb that there isn't
    "remedies/orders/proofs/<int:pk>": Room(who=frozenset(), given="item"),  # test_orders.py has a file
    "programmes/": Room(who=EVERYBODY),
    "programmes/new/": _form(GIVERS, 302, name="x", title="x", **TERMS),
    "programmes/held/<int:pk>/": Room(
        who=GIVERS, methods=READS | {"POST"}, there=302, typed={"how": "extend", "until": ""}, given="held"
    ),
    "programmes/stopped/<int:pk>/": _button(GIVERS, 302, "stopped", why="x"),
    "programmes/of/<slug:programme>/": Room(who=EVERYBODY),
    "programmes/of/<slug:programme>/publish/": _button(GIVERS, 409, **TERMS),
    "programmes/of/<slug:programme>/enter/": _button(EVERYBODY, 422, customer="x"),
    "programmes/of/<slug:programme>/entrants/<int:pk>/": Room(
        who=LEADS - {"sam"}, methods=READS | {"POST"}, there=302, typed={"title": "x", **TERMS}, given="entrant"
    ),
    "programmes/of/<slug:programme>/end/": _button(GIVERS, 409),
    "settings/": _form(EVERYBODY, 302, time_zone="UTC", language="en"),
    "settings/theme/": _button(EVERYBODY, 302, theme="dark"),
    "settings/password/": _button(EVERYBODY, 422, old="x", new="y"),
    "sent/": Room(who=frozenset({"ruth", "sam"})),
    "sent/<str:name>/": Room(who=frozenset(), given="name"),
}
OPEN = {"sign-in/", "sign-in/code/", "sign-out/", "a/<str:secret>/"}
"""Addresses that need no sign-in; the second has no number, and the last is a secret by itself."""

FORM = frozenset({"POST"})
CUSTOMER = {
    "c/new-link/": READS | FORM,
    "c/<str:secret>/": READS,
    "c/<str:secret>/write/": FORM,
    "c/<str:secret>/not-resolved/": FORM,
    "c/<str:secret>/right-again/": FORM,
    "c/<str:secret>/manager/": FORM,
    "c/<str:secret>/release/<int:number>/": READS | FORM,
    "c/<str:secret>/wish/": FORM,
    "c/<str:secret>/remedies/<int:number>/choose/": FORM,
    "c/<str:secret>/remedies/<int:number>/decline/": FORM,
    "c/<str:secret>/remedies/<int:number>/right/": FORM,
    "c/<str:secret>/remedies/<int:number>/not-right/": FORM,
    "c/<str:secret>/reminders/": FORM,
    "c/<str:secret>/zone/": READS | FORM,
    "c/<str:secret>/copy/": READS,
    "c/<str:secret>/files/<int:pk>/": READS,
    "c/<path:anything>": frozenset(),
}
API = {"api/v1/codes/look-up", "api/v1/codes/redeem", "api/<path:anything>"}
"""Addresses for programs with a token; tests/api asks them for everything that they must not do."""


def allowed(where: str) -> frozenset[str]:
    """Return the methods that an address has."""
    if where in CASES:
        case = CASES[where]
        return READS if case.method == "GET" else READS | FORM if case.shows else FORM
    if where in CUSTOMER:
        return CUSTOMER[where]
    if where in ROOMS:
        return ROOMS[where].methods
    return FORM if where == "sign-out/" or where in API else READS | FORM
