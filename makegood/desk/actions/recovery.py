"""The customer says on his own page that it is right again.

Closed is not recovered: he was asked, and this is his answer. It joins the
case as a message of his own that wants no answer, so it opens nothing, keeps
nothing, and stands in the record in his own words.
"""

from __future__ import annotations

from datetime import datetime

from makegood.desk import models
from makegood.desk.queries.customer_page import CONFIRMED
from makegood.rules import refusals

from . import contacts


def confirm(link: models.Link, *, text: str, once: str = "", now: datetime) -> models.Contact:
    """Record that the customer says it is right again. Raises CaseIsOpen where nobody has closed it yet."""
    if models.Case.objects.filter(pk=link.case_id, open=True).exists():
        raise refusals.CaseIsOpen
    return contacts.write_from_page(link, text=text, wants_answer=False, kinds=(CONFIRMED,), once=once, now=now)
