"""Keeps secrets out of every log: private links (the customer's page, "I have it" in a mail), and codes."""

from __future__ import annotations

import logging
import re
from typing import Any

SECRET = re.compile(r"/(c|a)/[^/\s?#\"'<>]+")
CODE = re.compile(r"(?<![\w-])[0-9A-Z]{4}(?:[-\u2013]?[0-9A-Z]{4}){6}(?![\w-])", re.IGNORECASE | re.ASCII)
"""Seven groups of four: what people type as a code, whatever its dashes."""


class HidePrivateLinks(logging.Filter):
    """Writes `/c/…/` where a record, its arguments or its traceback name a private address. Drops nothing."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = hidden(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(hidden(arg) for arg in record.args)
        elif isinstance(record.args, dict):
            record.args = {key: hidden(value) for key, value in record.args.items()}
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = hidden(record.exc_text)
        return True


def hidden(value: Any) -> Any:
    """Return text with the secrets of private addresses and codes taken out; anything else as it is."""
    return CODE.sub("…", SECRET.sub(r"/\1/…", value)) if isinstance(value, str) else value
