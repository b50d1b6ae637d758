"""What a page does that nobody asked it to: dialogs, code that ran, requests that left; and what it could still do."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Dialog, Error, Page, Route

BARE = "http://bare.example/"
"""An address without any policy of ours; nothing is asked of the network for it."""

#: Everything in a document that could act when a hand, a second parser or a later script comes by.
_ARMED = r"""ours => [...document.querySelectorAll('*')].flatMap(element => {
  const name = element.localName, found = [];
  for (const attribute of element.attributes) {
    const value = attribute.value.replace(/[\s\u0000-\u0020]/g, '').toLowerCase();
    if (/^on/.test(attribute.name)) found.push(attribute.name);
    if (/^(href|xlink:href|src|action|formaction|data|to|values|ping|srcdoc|background)$/.test(attribute.name)
        && /^(javascript|vbscript|data):|evil\.example/.test(value) && !(name === 'a' && /^https?:/.test(value)))
      found.push(attribute.name);
    if (attribute.name === 'style' && /url\(|position/.test(value)) found.push('style');
  }
  const src = element.src || element.href || '';
  if (/^(object|embed|applet|base|frame|frameset|portal|fencedframe|marquee|template)$/.test(name)) found.push(name);
  if (name === 'script' && !(ours && String(src).startsWith(location.origin + '/static/'))) found.push(name);
  if (name === 'link' && !(ours && String(src).startsWith(location.origin + '/static/'))) found.push(name);
  if (name === 'meta' && element.httpEquiv) found.push('meta ' + element.httpEquiv);
  if (name === 'iframe' && !(ours && element.sandbox !== null && element.hasAttribute('sandbox'))) found.push(name);
  return found.length ? [found.join(' ') + ': ' + element.outerHTML.slice(0, 120)] : [];
})"""


class Watched:
    """A browser of a stranger's words: what happens in any page or frame of it is noted with the payload's number."""

    def __init__(self, browser: Browser, *, ours: str = "", policy: bool = True) -> None:
        """`ours` is the address of our own server. Without `policy` the browser ignores what our headers forbid."""
        self._ours = urlsplit(ours).netloc
        self.context: BrowserContext = browser.new_context(base_url=ours or None, bypass_csp=not policy)
        self._browser = browser.new_browser_cdp_session()
        self.happened: set[str] = set()
        self.complaints: list[str] = []
        self.context.expose_binding("RAN", lambda _, number=0: self.happened.add(f"ran {number}"))
        self.context.route("**/*", self._route)
        self.context.set_default_timeout(120_000)
        self._ours_to_open = False
        self.context.on("page", self._opened)
        self.page = self._new_page()

    def _new_page(self) -> Page:
        self._ours_to_open = True
        page = self.context.new_page()
        self._ours_to_open = False
        page.on("dialog", self._dialog)
        page.on("console", lambda said: self._heard(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _opened(self, page: Page) -> None:
        if not self._ours_to_open:
            self.happened.add(f"opened {page.url}")

    def _heard(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def _dialog(self, dialog: Dialog) -> None:
        self.happened.add(f"dialog {dialog.message}")
        # A frame that has moved on takes its dialog along.
        with suppress(Error):
            dialog.dismiss()

    def _route(self, route: Route) -> None:
        url = route.request.url
        if url == BARE:
            route.fulfill(status=200, content_type="text/html; charset=utf-8", body=self._body)
        elif urlsplit(url).netloc == self._ours or url.startswith("data:"):
            route.continue_()
        else:
            self.happened.add(f"left {url}")
            route.abort()

    # ── looking ─────────────────────────────────────────────────────────────

    def show(self, texts: Iterable[str]) -> list[str]:
        """Show each text as a document of its own without any policy; returns what in them is armed."""
        frames = "".join(f'<iframe srcdoc="{html.escape(text)}"></iframe>' for text in texts)
        self._body = f"<!doctype html><meta charset=utf-8><title>bare</title>{frames}"
        # What the document before led its page to may still be on its way; it ends with that page.
        self._leave(self.page)
        self.page = self._new_page()
        self.page.goto(BARE, wait_until="load")
        return self.armed(self.page.frames[1:], ours=False)

    def _leave(self, page: Page) -> None:
        """End a page without asking it: one that holds a dialog open never answers `Page.close`."""
        target = self.context.new_cdp_session(page).send("Target.getTargetInfo")["targetInfo"]["targetId"]
        self._browser.send("Target.closeTarget", {"targetId": target})

    def visit(self, path: str) -> list[str]:
        """Open a page of ours with everything that is folded unfolded; returns what in it is armed."""
        self.page.goto(path, wait_until="load")
        unfold(self.page)
        # Nothing can be asked of a frame in a sandbox; what stands in it is looked at as a document of its own.
        return self.armed(self.page.frames[:1], ours=True)

    def source(self, path: str) -> str:
        """Return what our server answers, unrendered."""
        return self.context.request.get(path).text()

    def armed(self, frames: Sequence[object], *, ours: bool) -> list[str]:
        """Return every element that could still act."""
        armed: list[str] = []
        for frame in frames:
            try:
                armed += frame.evaluate(_ARMED, ours)  # type: ignore[attr-defined]
            except Error as left:
                armed.append(f"went away while it was looked at: {left}")
        return armed

    def numbers(self) -> set[int]:
        """The payloads to which something happened."""
        return {int(number) for what in self.happened for number in re.findall(r"(\d+)\W*$", what)}

    def close(self) -> None:
        self.context.close()


def unfold(page: Page) -> None:
    """Open everything that is folded, and wait until the frames in it have come."""
    frames = page.evaluate(
        """() => { document.querySelectorAll('details').forEach(one => { one.open = true; });
          const frames = [...document.querySelectorAll('details iframe')];
          frames.forEach(frame => { frame.loading = 'eager'; });
          return frames.length; }"""
    )
    if frames:
        page.wait_for_load_state("networkidle")
