"""`makegood audit --serve`: the report on this machine alone, until somebody presses Ctrl-C."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

SHOWN = ("report.html", "report.pdf", "report.json", "rejected.csv", "cases.csv", "findings.csv")


class Handler(SimpleHTTPRequestHandler):
    """Shows the report's files and nothing else of the folder."""

    def send_head(self):  # type: ignore[no-untyped-def]  # the base class says a type that is its own
        """Answer 404 for what is no file of the report; `/` is the report. 421 for who calls this machine by another
        name: a page elsewhere could have its own name lead here, and read the report."""
        if self.headers.get("Host", "") not in self._names():
            self.send_error(421)
            return None
        name = unquote(urlsplit(self.path).path).lstrip("/") or "report.html"
        plot = name.startswith("plots/") and name.endswith(".png") and "/" not in name[6:]
        if name not in SHOWN and not plot:
            self.send_error(404)
            return None
        self.path = f"/{name}"
        return super().send_head()

    def _names(self) -> tuple[str, ...]:
        port = self.connection.getsockname()[1]
        return tuple(f"{name}:{port}" for name in ("127.0.0.1", "localhost"))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: whoever looks at a report looks at the report."""


def server_for(folder: Path, port: int = 0) -> ThreadingHTTPServer:
    """Return a server of the folder's report on this machine; port 0 takes a free one."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, directory=str(folder)))


def serve(folder: Path, *, say: Callable[[str], None], open_browser: bool = True) -> None:
    """Show the report until somebody stops it."""
    with server_for(folder) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        say(address)
        if open_browser:
            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return
