"""The outside addresses that hear of us without any mail: a dead man's switch, and an alarm about the desk.

Only the two configured addresses are ever called, five seconds each at most,
and wherever they point to is not followed. An address may be a secret in
itself, so no trouble and no log line names more of it than its host.
"""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from makegood import config

TIMEOUT = 5.0
"""Seconds for one call."""


def call_heartbeat() -> str:
    """Tell the outside watcher that we are alive. Returns trouble as words, or nothing."""
    return _call(config.get("MAKEGOOD_HEARTBEAT_URL"), None)


def sound_alarm(what: str, told: Mapping[str, Any], *, now: datetime) -> str:
    """Post an alarm about the desk itself as JSON. Returns trouble as words, or nothing.

    The body: `{"alarm": "canary.missed", "at": "2026-03-02T16:00:00+00:00", "desk": URL, "facts": {…}}`.
    """
    body = {"alarm": what, "at": now.isoformat(), "desk": config.base_url(), "facts": dict(told)}
    return _call(config.get("MAKEGOOD_ALARM_URL"), json.dumps(body).encode())


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows nobody anywhere."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _call(url: str, body: bytes | None) -> str:
    if not url:
        return ""
    host = urlsplit(url).hostname
    if urlsplit(url).scheme not in ("http", "https") or not host:
        return "the outside address must begin with https:// or http://"
    kind = {"Content-Type": "application/json"} if body is not None else {}
    request = urllib.request.Request(url, data=body, headers={"User-Agent": "Makegood", **kind})  # noqa: S310
    # Without the proxies of the environment: what is called is what is configured.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())
    try:
        with opener.open(request, timeout=TIMEOUT) as answer:
            answer.read(1024)
    except urllib.error.HTTPError as error:
        error.close()
        return f"{host} answered {error.code}"
    except (OSError, ValueError, http.client.HTTPException) as error:
        return f"{host} can't be reached: {type(error).__name__}"
    return ""
