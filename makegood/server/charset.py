"""Bodies in UTF-8 only. Another charset is the sender's choice of a decoder, and some of Python's make no text."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

READ = frozenset({"", "utf-8", "utf8", "us-ascii", "ascii"})


class OnlyUtf8:
    """Refuses a body in any other charset with 400. Browsers send forms in the charset of our pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (request.content_params or {}).get("charset", "").strip().lower() not in READ:
            raise BadRequest("A body in a charset other than UTF-8.")
        request.encoding = "utf-8"
        return self.get_response(request)
