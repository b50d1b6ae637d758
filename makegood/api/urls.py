"""Addresses of the program door. The version is in them, so that a till needn't be changed on the desk's day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from . import codes, door


@csrf_exempt
def _nothing(_: HttpRequest, **__: str) -> HttpResponse:
    """Answer what isn't there like everything else here: as JSON, without repeating what was asked."""
    return door.error(404, "not_there", "There is no such call. docs/api.md lists those there are.")


urlpatterns = [
    path("v1/codes/look-up", codes.look_up, name="api-code-look-up"),
    path("v1/codes/redeem", codes.redeem, name="api-code-redeem"),
    path("<path:anything>", _nothing),
]
