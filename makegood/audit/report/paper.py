"""The PDF and the pictures, made by PlutoPrint from the same markup as the page. No browser, no network."""

from __future__ import annotations

import math
import re
from pathlib import Path

import plutoprint

from ..gather import Report
from ..words import gettext as _
from ..words import language
from . import sections, sides
from .content import content
from .markup import Html, filled, tag
from .sheet import SPRITE, paper

WIDE = 960
"""Pixels of a picture's width, of which a screen shows each twice as fine (`SCALE`)."""
SCALE = 2


class _Nowhere(plutoprint.ResourceFetcher):
    """Fetches nothing: a report of other people's files must not read what a team calls itself."""

    def fetch_url(self, url: str) -> plutoprint.ResourceData:
        raise OSError(f"a report fetches nothing, so not {url[:80]}")


def write_pdf(report: Report, path: Path) -> None:
    """Write the report for A4. The long lists stay in the files beside it."""
    book = _book(_document(report, _sheets(report)), plutoprint.MEDIA_TYPE_PRINT)
    title = _("Audit of {source}").format(source=report.facts.source)
    book.set_metadata(plutoprint.PDF_METADATA_TITLE, title)
    book.set_metadata(plutoprint.PDF_METADATA_CREATOR, "Makegood")
    moment = report.facts.written_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    book.set_metadata(plutoprint.PDF_METADATA_CREATION_DATE, moment)
    book.write_to_pdf(str(path))


def write_plots(report: Report, folder: Path) -> list[Path]:
    """Write each plot as a PNG of its own, named for what it shows."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, picture in plots(report).items():
        path = folder / f"{name}.png"
        _draw(_document(report, tag("div", picture, class_="picture report")), path)
        written.append(path)
    return written


def plots(report: Report) -> dict[str, Html]:
    """Return what becomes a picture: every figure of the page, without its links."""
    if not report.cases:
        return {}
    parts = [
        sections.slips(report),
        sections.silence(report),
        sections.handoffs(report),
        sections.when(report),
        sides.teams(report),
    ]
    found = {}
    for part in filter(None, parts):
        for match in re.finditer(r'<figure id="fig-([\w-]+)">.*?</figure>', part, flags=re.DOTALL):
            found[match[1]] = Html(match[0])
    waits = sections.waits(report)
    if waits:
        found["waits"] = waits
    return {name: _unlinked(picture) for name, picture in found.items()}


def _sheets(report: Report) -> Html:
    return _unfolded(content(report))


def _unfolded(markup: Html) -> Html:
    """Open what is folded on the screen."""
    opened = re.sub(r"<details>", '<div class="details">', markup).replace("</details>", "</div>")
    return _unlinked(Html(opened.replace("<summary>", '<p class="summary">').replace("</summary>", "</p>")))


def _unlinked(markup: Html) -> Html:
    """On paper there is nothing to open."""
    return Html(re.sub(r"</?a\b[^>]*>", "", markup))


def _document(report: Report, body: Html) -> str:
    title = filled(_("Audit of {source}"), source=report.facts.source)
    head = (tag("meta", charset="utf-8"), tag("title", title), tag("style", Html(paper())))
    return f"<!doctype html>{tag('html', tag('head', head), tag('body', body, SPRITE), lang=language())}"


def _book(text: str, media: plutoprint.MediaType) -> plutoprint.Book:
    size = plutoprint.PAGE_SIZE_A4
    book = plutoprint.Book(size, media=media)
    book.custom_resource_fetcher = _Nowhere()
    book.load_html(text, base_url="about:blank")
    return book


def _draw(text: str, path: Path) -> None:
    size = plutoprint.PageSize(WIDE * plutoprint.UNITS_PX, 4000 * plutoprint.UNITS_PX)
    book = plutoprint.Book(size, plutoprint.PAGE_MARGINS_NONE, media=plutoprint.MEDIA_TYPE_SCREEN)
    book.custom_resource_fetcher = _Nowhere()
    book.load_html(text, base_url="about:blank")
    height = math.ceil(book.get_document_height())
    with plutoprint.ImageCanvas(WIDE * SCALE, height * SCALE) as canvas:
        canvas.clear_surface(1, 1, 1)
        canvas.scale(SCALE, SCALE)
        book.render_document(canvas)
        canvas.write_to_png(str(path))
