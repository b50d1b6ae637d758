"""The URL of a mailbox, read: MAKEGOOD_IMAP_URL, one word for one mailbox."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from makegood import config

CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A mailbox as its URL names it."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    door: str
    #: yes: TLS from the first byte; starttls; no: a server on this machine only.
    tls: str
    #: nothing, seen, or move:FOLDER.
    then: str

    @property
    def name(self) -> str:
        """What the cursor calls it: without the password, and the same whatever else the URL says."""
        return f"{self.user}@{self.host}:{self.port}/{self.folder}"[:200]


def read_place(url: str) -> Place:
    """Read `imaps://user:password@host:port/FOLDER?door=mail&then=seen`. Raises SettingError with what to write.

    Control characters in any part are refused, the encoded ones too: they would be commands (A-20).
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        # What Python says of it repeats what stands in the port's place, and that may be half a password.
        raise wrong(
            None, "it names no port from 1 to 65535, or no host; write / # ? @ in a password as %2F %23 %3F %40"
        ) from None
    asked = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    tls = asked.get("tls", "yes" if parts.scheme == "imaps" else "starttls")
    then = asked.get("then", "nothing")
    unknown = set(asked) - {"door", "tls", "then"}
    if parts.scheme not in ("imap", "imaps") or not parts.hostname or unknown:
        raise wrong(parts.hostname, "write imaps://user:password@host/INBOX?door=mail")
    if tls not in ("yes", "starttls", "no") or not (then in ("nothing", "seen") or then.startswith("move:")):
        raise wrong(parts.hostname, "tls is yes, starttls or no; then is nothing, seen or move:FOLDER")
    place = Place(
        host=parts.hostname,
        port=port or (993 if tls == "yes" else 143),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.lstrip("/")) or "INBOX",
        door=asked.get("door", ""),
        tls=tls,
        then=then,
    )
    if any(CONTROL.search(text) for text in (place.user, place.password, place.folder, place.then, place.door)):
        raise wrong(parts.hostname, "it holds a control character")
    return place


def wrong(host: str | None, what: str) -> config.SettingError:
    return config.SettingError(f"MAKEGOOD_IMAP_URL for {host or 'a mailbox'}: {what}.")
