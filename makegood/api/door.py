"""What every call passes through: its method, its token, its JSON, and one shape for whatever goes wrong.

An error is `{"error": {"code": …, "sentence": …, "reasons": […]}}`, with the status that fits: 400 for a body that
can't be read, 401 without a good token, 403 for a token without the right, 404 for a code that isn't there, 409 for
what is refused (nothing was changed), 429 for too many wrong codes, with `Retry-After` in seconds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from makegood.desk import models
from makegood.desk.queries import tokens
from makegood.rules.codes import CodeUnknown, TooManyWrongCodes
from makegood.rules.money import Money, NotMoney, read
from makegood.rules.refusals import Refusal

LARGEST = 64 * 1024
"""Bytes of a body; the largest call there is has a few hundred."""
Body = dict[str, Any]
Call = Callable[[models.Token, Body], Mapping[str, Any]]


class BadBody(Exception):  # noqa: N818 - said as what it is
    """The body can't be read. `sentence` says which part of it, and what to write instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def call(right: str) -> Callable[[Call], Callable[[HttpRequest], HttpResponse]]:
    """Let only a POST with JSON and a token that has this right through; the answer is JSON, whatever happens."""

    def guard(view: Call) -> Callable[[HttpRequest], HttpResponse]:
        @csrf_exempt  # no cookie is looked at: whoever sends a token means it
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            answer = _answered(request, right, view)
            answer["Cache-Control"] = "no-store"
            return answer

        return guarded

    return guard


def _answered(request: HttpRequest, right: str, view: Call) -> HttpResponse:
    if request.method != "POST":
        answer = error(405, "method_not_allowed", "This address takes a POST.")
        answer["Allow"] = "POST"
        return answer
    token = tokens.by_secret(_bearer(request))
    if token is None:
        answer = error(401, "no_good_token", "Send a token of this house: Authorization: Bearer mg_…")
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    if right not in token.may:
        return error(403, "no_right", f"This token may not do that; it needs the right {right}.")
    try:
        return JsonResponse(dict(view(token, _json(request))))
    except BadBody as bad:
        return error(400, "bad_body", bad.sentence)
    except Refusal as refusal:
        return _refused(refusal)


def _refused(refusal: Refusal) -> HttpResponse:
    status = 404 if isinstance(refusal, CodeUnknown) else 429 if isinstance(refusal, TooManyWrongCodes) else 409
    answer = error(status, refusal.code, refusal.sentence, refusal.reasons)
    if status == 429:
        answer["Retry-After"] = "900"
    return answer


def error(status: int, code: str, sentence: str, reasons: Sequence[str] = ()) -> HttpResponse:
    """Return an error in the one shape that all have."""
    told = {"code": code, "sentence": sentence, "reasons": list(reasons)}
    return JsonResponse({"error": told}, status=status)


def _bearer(request: HttpRequest) -> str:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def _json(request: HttpRequest) -> Body:
    if request.content_type != "application/json":
        raise BadBody("Send JSON: Content-Type: application/json.")
    raw = request.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise BadBody(f"The body is larger than {LARGEST} bytes.")
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        raise BadBody("The body is no JSON.") from None
    if not isinstance(body, dict):
        raise BadBody("The body is a JSON object.")
    return body


# ── what a body holds ────────────────────────────────────────────────────────


def only(body: Body, *names: str) -> None:
    """Refuse a body with a name that the call doesn't know: a slip of the pen must not be read as a default."""
    if unknown := sorted(set(body) - set(names)):
        raise BadBody(f"There is no “{unknown[0][:50]}” in this call; there are {', '.join(names)}.")


def text(body: Body, name: str, *, longest: int) -> str:
    """Return a text that must be there."""
    found = body.get(name)
    if not isinstance(found, str) or not found.strip() or len(found) > longest or not _keepable(found):
        raise BadBody(f"“{name}” is a text of 1 to {longest} characters.")
    return found.strip()


def _keepable(found: str) -> bool:
    """Return whether a database takes a text: no NUL in it, and no half of a pair that JSON can spell out."""
    return "\x00" not in found and not any("\ud800" <= sign <= "\udfff" for sign in found)


def texts(body: Body, name: str, *, most: int, longest: int) -> frozenset[str]:
    """Return a list of texts that may be missing."""
    found = body.get(name, [])
    if not isinstance(found, list) or len(found) > most:
        raise BadBody(f"“{name}” is a list of at most {most} texts.")
    return frozenset(text({name: each}, name, longest=longest) for each in found)


def money(body: Body, name: str, currency: str) -> Money:
    """Return an amount that must be there, written as a text: floating numbers are no money."""
    written = body.get(name)
    if not isinstance(written, str):
        raise BadBody(f'“{name}” is an amount written as a text, such as "219.00".')
    try:
        return read(written, currency)
    except NotMoney as not_money:
        raise BadBody(f"“{name}”: {not_money.why}") from None
