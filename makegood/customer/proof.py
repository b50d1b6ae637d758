"""That a form was sent from the page it stands on, by somebody who has the link, without a cookie.

Django's own protection keeps its secret in a cookie, and this page sets none:
a customer is asked to accept nothing, and a mail program's built-in browser
that drops cookies must not lock him out. What protects a form here:

* Its address is itself the secret. Who can't read the page doesn't know where to send a forged form.
* A hidden word, made for this one form: random, and signed together with the link's own hash. A link
  scanner that posts to addresses it found in a mail has none; one link's word is worth nothing on another.
* What the browser says of itself: `Sec-Fetch-Site` must be our own site, and `Origin`, where it is not
  `null`, must be ours. (It *is* `null` from this page in most browsers, because the page sends no referrer.)

The views are exempt from Django's check for these reasons; `door` asks `refuses` before any POST.
"""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from makegood import config
from makegood.desk import models

SALT = "makegood.customer.form"
OWN_SITE = ("same-origin", "none")
"""`none` is a person's own doing, such as loading a sent form again."""


def make(link: models.Link) -> str:
    """Return the hidden word for one new form of this link."""
    name = secrets.token_urlsafe(12)
    return f"{name}.{_seal(link, name)}"


def name_of(link: models.Link, word: str) -> str:
    """Return the name of the form whose hidden word this is; empty if we never made it for this link."""
    name, _, seal = word.partition(".")
    return name if name and constant_time_compare(seal, _seal(link, name)) else ""


def from_our_site(request: HttpRequest) -> bool:
    """Return whether what the browser says of itself allows that the form stood on a page of ours."""
    site, origin = request.headers.get("Sec-Fetch-Site", ""), request.headers.get("Origin", "")
    if site and site not in OWN_SITE:
        return False
    return origin in ("", "null", f"{request.scheme}://{request.get_host()}", _public_origin())


def _public_origin() -> str:
    parts = urlsplit(config.base_url())
    return f"{parts.scheme}://{parts.netloc}"


def _seal(link: models.Link, name: str) -> str:
    return salted_hmac(SALT, f"{link.digest}\n{name}", algorithm="sha256").hexdigest()
