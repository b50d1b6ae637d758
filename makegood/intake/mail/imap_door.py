"""The mail door that fetches: IMAP mailboxes, read by UID and nothing else.

Flags mean nothing here: somebody may have looked at a mail, or a phone may have marked all as read. There is
no window of time either: whatever lies above the cursor is fetched, be it from last year. The cursor moves
only after the commit of what it passes; a mail is marked or moved only after that, and only if asked.
"""

import imaplib
import re
import ssl
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from makegood.desk.actions import certificates, mailboxes
from makegood.desk.crashpoints import crashpoint
from makegood.desk.turns import turn

from .arrivals import from_mailbox, hard_limit
from .imap_place import CONTROL, Place, read_place, wrong
from .our_addresses import read_ours

#: Mails of one poll; the caller polls again at once while there are more.
BATCH = 200
#: Numbers asked for in one search, so that the answer of a huge mailbox stays small.
WINDOW = 50_000
#: Bytes kept of a mail that is larger than everything we store; it stays in the mailbox.
BEGINNING = 256 * 1024
SECONDS = 60

_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,15})")
_DATE = re.compile(rb'INTERNALDATE "([^"]{10,40})"')
_UID = re.compile(rb"\bUID (\d{1,10})")


#: How often the server may refuse one mail before the others no longer wait for it.
TRIES = 3

_refusals: Counter[str] = Counter()


class MailboxTrouble(Exception):  # noqa: N818  (the house's word)
    """A mailbox could not be read. The sentence says which and why, without its password."""


class _Refused(MailboxTrouble):
    """The server would not hand out one mail."""


def poll(url: str, now: datetime, *, stopping: Callable[[], bool] = lambda: False) -> int:
    """Fetch what is new in a mailbox, at most `BATCH` mails; returns how many it passed.

    Ends after the mail at hand once `stopping`. A mailbox that another process reads just now is left to it.
    Raises SettingError for a URL that says nothing, and MailboxTrouble, which stands on the cursor by then.
    Mails committed before the trouble stay committed.
    """
    place = read_place(url)
    ours = read_ours()
    door = place.door or ours.first
    if door not in ours.doors:
        raise wrong(place.host, f"the policy has no door called “{door}”")
    with turn(f"mailbox {place.name}", wait=False) as ours_to_read:
        return _poll(place, door, now=now, stopping=stopping) if ours_to_read else 0


def _poll(place: Place, door: str, *, now: datetime, stopping: Callable[[], bool]) -> int:
    mailboxes.cursor(place.name)
    try:
        with _open(place) as box:
            passed = _read(box, place, door, now=now, stopping=stopping)
            certificates.saw(f"{place.host}:{place.port}", _certificate(box), now=now)
    except (ImapToolsError, imaplib.IMAP4.error, OSError, MailboxTrouble) as error:
        trouble = f"{place.name}: {_said(error, place)}"
        mailboxes.in_trouble(place.name, door=door, trouble=trouble, now=now)
        raise MailboxTrouble(trouble) from None
    mailboxes.polled(place.name, now=now)
    return passed


def _certificate(box: BaseMailBox) -> Mapping[str, object]:
    line = box.client.sock
    return (line.getpeercert() or {}) if isinstance(line, ssl.SSLSocket) else {}


def _said(error: Exception, place: Place) -> str:
    """What went wrong, in one line; servers and libraries repeat what they were sent, the password too."""
    words = " ".join(f"{type(error).__name__}: {error}".split())
    raw = place.password.encode()
    told = (raw, b"\0" + place.user.encode() + b"\0" + raw)  # as LOGIN and as AUTHENTICATE PLAIN say it
    for spelt in (place.password, repr(raw)[2:-1], *(b64encode(each).decode() for each in told)) if raw else ():
        words = words.replace(spelt, "…")
    return words[:250]


@contextmanager
def _open(place: Place) -> Iterator[BaseMailBox]:
    box: BaseMailBox
    if place.tls == "no":
        box = MailBoxUnencrypted(place.host, place.port, timeout=SECONDS)
    else:
        kind = MailBox if place.tls == "yes" else MailBoxStartTls
        box = kind(place.host, place.port, timeout=SECONDS, ssl_context=ssl.create_default_context())
    try:
        login = box.login if (place.user + place.password).isascii() else box.login_utf8
        login(place.user, place.password, initial_folder=None)
        box.folder.set(place.folder, readonly=place.then == "nothing")
        yield box
    finally:
        try:
            box.logout()
        except (ImapToolsError, imaplib.IMAP4.error, OSError):
            # A line that is gone already must not hide why it went.
            with suppress(OSError):
                box.client.shutdown()


def _read(box: BaseMailBox, place: Place, door: str, *, now: datetime, stopping: Callable[[], bool]) -> int:
    uidvalidity = _number(box, "UIDVALIDITY")
    mailboxes.begin_numbering(place.name, uidvalidity=uidvalidity)
    passed = 0
    for uid in _new(box, mailboxes.cursor(place.name).uid):
        _take_or_set_aside(box, place, door, uidvalidity=uidvalidity, uid=uid, now=now)
        crashpoint("imap.before_cursor")
        mailboxes.advance(place.name, uidvalidity=uidvalidity, uid=uid)
        crashpoint("imap.after_cursor")
        _then(box, place, uid)
        crashpoint("imap.after_marking")
        passed += 1
        if passed == BATCH or stopping():
            break
    return passed


def _take_or_set_aside(box: BaseMailBox, place: Place, door: str, *, uidvalidity: int, uid: int, now: datetime) -> None:
    """Take one mail; one that the server refuses again and again becomes a letter that says so."""
    name = f"{place.name}:{uidvalidity}:{uid}"[-200:]
    try:
        _take(box, door, uid=uid, name=name, now=now)
    except _Refused:
        _refusals[name] += 1
        if _refusals[name] < TRIES:
            raise
        words = (
            f"Subject: A message the mail server does not hand out\r\n\r\nMessage {uid} in {place.folder} of "
            f"{place.user}: the server refused it {TRIES} times. It still lies there; please look at it.\r\n"
        )
        from_mailbox(words.encode(), door=door, source_id=name, size=0, received_at=now, now=now)
    _refusals.pop(name, None)


def _number(box: BaseMailBox, name: str) -> int:
    _, values = box.client.response(name)
    for value in values or ():
        if isinstance(value, bytes) and value.isdigit():
            return int(value)
    raise MailboxTrouble(f"the server names no {name}")


def _new(box: BaseMailBox, after: int) -> Iterator[int]:
    """The UIDs above the cursor, lowest first."""
    end = _end(box)
    start = after + 1
    while start < end:
        last = min(start + WINDOW, end) - 1
        answers = _command(box, "SEARCH", None, "UID", f"{start}:{last}")
        found = {int(number) for answer in answers if isinstance(answer, bytes) for number in answer.split()}
        # "5:4" means "4:5" to a server, and "9:*" the last mail even if it is older: look again ourselves.
        yield from sorted(uid for uid in found if start <= uid <= last)
        start = last + 1


def _end(box: BaseMailBox) -> int:
    """One above the highest UID."""
    try:
        return _number(box, "UIDNEXT")
    except MailboxTrouble:
        # RFC 3501 lets a server keep quiet about it; then the last mail tells.
        _, answers = box.client.fetch("*", "(UID)")
        found = _UID.search(b" ".join(a for a in answers if isinstance(a, bytes)))
        return int(found[1]) + 1 if found else 1


def _take(box: BaseMailBox, door: str, *, uid: int, name: str, now: datetime) -> None:
    about = _fetch(box, uid, "(UID INTERNALDATE RFC822.SIZE)")
    if about is None:
        return  # removed since the search; it was never ours to lose
    size = int(found[1]) if (found := _SIZE.search(about[0])) else 0
    whole = size <= hard_limit()
    fetched = _fetch(box, uid, "(UID BODY.PEEK[])" if whole else f"(UID BODY.PEEK[]<0.{BEGINNING}>)")
    if fetched is None:
        return
    crashpoint("imap.after_fetch")
    from_mailbox(
        fetched[1],
        door=door,
        source_id=name,
        size=size,
        received_at=_received(about[0], now=now),
        now=now,
    )


def _received(about: bytes, *, now: datetime) -> datetime:
    """When our own server took the mail. What the sender says of the time is not asked."""
    found = _DATE.search(about)
    if found is None:
        return now
    try:
        return parsedate_to_datetime(found[1].decode("ascii", "replace").strip().replace("-", " ", 2)).astimezone(UTC)
    except ValueError:
        return now


def _fetch(box: BaseMailBox, uid: int, what: str) -> tuple[bytes, bytes] | None:
    """What the server says about one mail, and its bytes; None if the mail is gone."""
    said = b""
    content = b""
    for answer in _command(box, "FETCH", str(uid), what):
        if isinstance(answer, tuple):
            said += answer[0] + b" "
            content = answer[1]
        elif isinstance(answer, bytes):
            said += answer
    named = _UID.search(said)
    return (said, content) if named and int(named[1]) == uid else None


def _then(box: BaseMailBox, place: Place, uid: int) -> None:
    """What the house asked for once a mail is safe."""
    if place.then == "seen":
        _command(box, "STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")
    elif place.then.startswith("move:"):
        # Asked anew: what a server can do it says in full only after the login.
        if b"MOVE" not in b" ".join(box.client.capability()[1]).upper().split():
            raise MailboxTrouble("the server can't move mail (RFC 6851); use then=seen or then=nothing")
        folder = place.then.removeprefix("move:").replace("\\", "\\\\").replace('"', '\\"')
        _command(box, "MOVE", str(uid), f'"{folder}"')


def _command(box: BaseMailBox, name: str, *arguments: str | None) -> list[bytes | tuple[bytes, bytes]]:
    """Send a UID command. No argument with a control character leaves this house (A-20; CVE-2025-15366)."""
    if any(CONTROL.search(argument) for argument in arguments if argument):
        raise MailboxTrouble(f"a control character in an argument of {name}")
    kind, answers = box.client.uid(name, *arguments)  # type: ignore[arg-type]
    if kind != "OK":
        trouble = _Refused if name == "FETCH" else MailboxTrouble
        raise trouble(f"the server answered {kind} to UID {name}")
    return list(answers)
