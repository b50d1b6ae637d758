"""Somebody at a browser behind two web processes: what one does not answer, the other is asked."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class NobodyAnswers(Exception):  # noqa: N818  (not an error of ours)
    """Neither web process could be reached."""


@dataclass
class Visitor:
    """Asks one port, then the other, as a reverse proxy does; keeps its cookies."""

    ports: tuple[int, ...]
    cookies: dict[str, str] = field(default_factory=dict)
    tried_again: int = 0

    def get(self, path: str) -> tuple[int, str]:
        """Return the status and the page."""
        return self._ask("GET", path, "")

    def post(self, path: str, page: str, **fields: str) -> tuple[int, str]:
        """Send the form of this page; the answer to a redirect is its status and where it leads."""
        found = TOKEN.search(page)
        assert found, page[:500]
        return self._ask("POST", path, urlencode({"csrfmiddlewaretoken": found[1], **fields}))

    def sign_in(self, email: str, password: str) -> None:
        """Sign in by the form."""
        _, page = self.get("/sign-in/")
        status, _ = self.post("/sign-in/", page, username=email, password=password)
        assert status == 302, status

    def _ask(self, method: str, path: str, body: str) -> tuple[int, str]:
        for port in self.ports:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            try:
                line.request(method, path, body or None, self._headers(bool(body)))
                answer = line.getresponse()
                text = answer.read().decode("utf-8", "replace")
            except (OSError, http.client.HTTPException):
                self.tried_again += 1
                continue
            finally:
                line.close()
            for header in answer.headers.get_all("Set-Cookie") or ():
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
            return answer.status, answer.headers.get("Location") or text
        raise NobodyAnswers(path)

    def _headers(self, form: bool) -> dict[str, str]:
        kept = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        return {**kept, "Content-Type": "application/x-www-form-urlencoded"} if form else kept
