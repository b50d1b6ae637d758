"""Files and originals: always saved, never shown; and a message as it was sent, in a frame where nothing runs."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin

from makegood import config
from makegood.desk import access, models
from makegood.notify.email import reply_address

from .door import StaffRequest, staff_only

NOTHING_RUNS = "sandbox; default-src 'none'; frame-ancestors 'none'"
ONLY_ITS_OWN_STYLE = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


@staff_only("GET")
def attachment(request: StaffRequest, pk: int) -> HttpResponse:
    """A file that came with a message."""
    file = access.attachment_for(request.user, pk)
    path = config.home() / "attachments" / Path(file.stored_as).name
    if not path.is_file():
        raise Http404
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=harmless(file.name), content_type="application/octet-stream"
    )
    return as_download(response)


@staff_only("GET")
def contact_raw(request: StaffRequest, number: str, contact: int) -> HttpResponse:
    """The original of a message, byte for byte as it may be read (card numbers masked)."""
    found = _contact(request, number, contact)
    if found.item is None:
        raise Http404
    return raw(found.item, name=f"{number}-{contact}.txt")


@staff_only("GET")
def item_raw(request: StaffRequest, pk: int) -> HttpResponse:
    """The original of an item of the ledger."""
    item = access.items_for(request.user).filter(pk=pk).first()
    if item is None:
        raise Http404
    return raw(item, name=f"item-{pk}.txt")


def raw(item: models.InboxItem, *, name: str) -> HttpResponse:
    """Return the kept bytes of an item as a download, signed reply addresses cut short."""
    kept = models.RawItem.objects.filter(item=item).first()
    if kept is None:
        raise Http404
    shown = reply_address.hidden(bytes(kept.body).decode("utf-8", "surrogateescape"))
    response = HttpResponse(shown.encode("utf-8", "surrogateescape"), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return as_download(response)


@xframe_options_sameorigin
@staff_only("GET")
def contact_html(request: StaffRequest, number: str, contact: int) -> HttpResponse:
    """A message as it was sent, sanitised on reading; shown in a sandboxed frame that may load nothing."""
    found = _contact(request, number, contact)
    if not found.html:
        raise Http404
    response = HttpResponse(_PAPER.format(body=found.html))
    response.headers["Content-Security-Policy"] = ONLY_ITS_OWN_STYLE
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


_PAPER = (
    '<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
    "<style>body{{margin:1rem;font:1rem/1.5 Georgia,serif;color:#16191d;background:#fff;overflow-wrap:anywhere}}"
    "img{{max-width:100%}}table{{max-width:100%}}</style>{body}"
)


def harmless(name: str) -> str:
    """Return a file name without what makes it look like another: controls, direction marks, odd spaces, paths."""
    kept = "".join(c for c in name if unicodedata.category(c)[0] != "C" and c not in '/\\:*?"<>|')
    return " ".join(kept.split()).strip(". ")[:120] or "file"


def as_download(response: FileResponse | HttpResponse) -> HttpResponse:
    """Return a file so that nothing in it runs and nobody keeps a copy."""
    response.headers["Content-Security-Policy"] = NOTHING_RUNS
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response  # type: ignore[return-value]  # a streaming answer is an answer


def _contact(request: StaffRequest, number: str, pk: int) -> models.Contact:
    contact = access.contact_for(request.user, pk)
    if contact.case.number != number:
        raise Http404
    return contact
