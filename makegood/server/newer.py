"""Web pages of an older program on a newer database: none is shown, since it would be misread (F-36)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from makegood import config
from makegood.desk.queries import schema

log = logging.getLogger(__name__)

COME_BACK_IN = 30
"""Seconds after which it is worth asking again: by then a proxy has found a process that was started anew."""


class RefuseNewer:
    """Answers 503 as soon as a newer Makegood has changed the database; looks every ten seconds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            # A database that does not answer is for the page itself to meet.
            with suppress(DatabaseError):
                schema.refuse_newer_at_work()
        except config.SettingError as error:
            log.warning("a page was refused: %s", error)
            page = render(request, "503.html", status=503)
            page.headers["Retry-After"] = str(COME_BACK_IN)
            return page
        return self.get_response(request)
