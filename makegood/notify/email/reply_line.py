"""The line at the very top of a mail that may be answered: an answer is written above it.

A mail program quotes our whole mail below the answer, so whoever cuts at this
line keeps the answer and nothing of ours. The intake must know the line in
every language, whatever language the reader has now; so it is a table, and
no text of the catalogue.
"""

from __future__ import annotations

REPLY_LINES: dict[str, str] = {
    "en": "--- reply above this line ---",
    "es": "--- responda por encima de esta línea ---",
}
