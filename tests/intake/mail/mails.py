"""Mails for the tests of reading: written as one would read them, sent as machines send them."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"

HEAD = """\
From: Ann Hart <ann@mail.example>
To: Care <care@shop.example>
Subject: My bag
Date: Tue, 3 Mar 2026 10:12:00 +0100
Message-ID: <one@mail.example>
MIME-Version: 1.0
"""


def mail(body: str = "The strap broke.\n", *, head: str = HEAD, more: str = "") -> bytes:
    """A mail in the bytes of the wire: the usual head, more header lines, a body."""
    return (head + more + "\n" + body).replace("\n", "\r\n").encode("utf-8", "surrogateescape")


def typed(content_type: str, body: str, *, more: str = "") -> bytes:
    """The usual mail with a content type of its own."""
    return mail(body, more=f"Content-Type: {content_type}\n" + more)


def parted(*parts: str, kind: str = "mixed") -> bytes:
    """A multipart mail; each part is its header lines, a blank line and its body."""
    body = "".join(f"--b0undary\n{part}\n" for part in parts) + "--b0undary--\n"
    return typed(f'multipart/{kind}; boundary="b0undary"', body)


def corpus(name: str) -> Path:
    """A folder or file of the shared corpora; skips the test where they are absent."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the shared corpora are not at {SHARED}")
    return path
