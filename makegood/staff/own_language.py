"""Every page in the language its reader chose, whatever his browser asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from makegood.desk import models


class OwnLanguage:
    """Stands after the sign-in is known. The language goes back to what it was when the answer is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reader = request.user
        if not isinstance(reader, models.Staff) or reader.language not in dict(settings.LANGUAGES):
            return self.get_response(request)
        with translation.override(reader.language):
            response = self.get_response(request)
            response.headers["Content-Language"] = reader.language
        return response
