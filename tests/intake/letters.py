"""Letters that tests of the mail door send: written out, on invented addresses."""

from __future__ import annotations

from email.message import EmailMessage

HELP = "help@larkfield.example"
GRACE = "grace@larkfield.example"
ROSA = "rosa@quiet.example"
MALLORY = "mallory@else.example"


def letter(
    text: str = "The buckle of my bag snapped on the second day. What will you do about it?",
    *,
    sender: str = f"Rosa Quist <{ROSA}>",
    to: str = HELP,
    subject: str = "Broken buckle",
    message_id: str = "<one@quiet.example>",
    headers: dict[str, str] | None = None,
) -> bytes:
    """Return a plain letter as it travels, with CR LF at the end of every line."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = "Mon, 02 Mar 2026 15:59:00 +0000"
    if message_id:
        mail["Message-ID"] = message_id
    for name, value in (headers or {}).items():
        mail[name] = value
    mail.set_content(text)
    return bytes(mail).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
