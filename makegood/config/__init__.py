"""Every environment setting: name, default, help. Read once, when the program starts.

A value may also come from a file: `MAKEGOOD_SECRET_KEY_FILE=/run/secrets/key`
reads the setting `MAKEGOOD_SECRET_KEY` from there. `docs/settings.md` lists
the same table, and a test holds the two together.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


class SettingError(Exception):
    """A setting has a value the program can't use. Says which, what it was and what to write."""


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("MAKEGOOD_HOME", "./var", "Folder for everything the desk keeps: database, keys, sent mail."),
    Setting(
        "MAKEGOOD_DATABASE_URL",
        "",
        "Empty for SQLite in MAKEGOOD_HOME, or postgresql://user:password@host:port/name.",
    ),
    Setting(
        "MAKEGOOD_SECRET_KEY",
        "",
        "Signs sessions and reply addresses. Empty: made once and kept in MAKEGOOD_HOME.",
    ),
    Setting("MAKEGOOD_HOST", "127.0.0.1", "Address the web desk listens on."),
    Setting("MAKEGOOD_PORT", "8000", "Port the web desk listens on."),
    Setting(
        "MAKEGOOD_BASE_URL",
        "",
        "Public address of the desk, as links in mails name it. Empty: http://HOST:PORT.",
    ),
    Setting("MAKEGOOD_ALLOWED_HOSTS", "", "Further host names the desk answers to, separated by commas."),
    Setting("MAKEGOOD_TRUSTED_PROXIES", "", "Addresses of reverse proxies whose X-Forwarded-For is believed."),
    Setting("MAKEGOOD_SMTP_HOST", "127.0.0.1", "Address the mail door listens on."),
    Setting("MAKEGOOD_SMTP_PORT", "2525", "Port the mail door listens on; 0 closes it."),
    Setting("MAKEGOOD_LMTP", "no", "yes: the mail door speaks LMTP instead of SMTP."),
    Setting(
        "MAKEGOOD_SMTP_URL",
        "",
        "Where mail goes out: smtp://user:password@host:587?tls=starttls (or tls=yes, tls=no). "
        "Empty: kept in MAKEGOOD_HOME/sent, nothing leaves.",
    ),
    Setting("MAKEGOOD_MAIL_DOMAIN", "", "Domain of our reply addresses. Empty: that of the first mail door."),
    Setting(
        "MAKEGOOD_IMAP_URL",
        "",
        "A mailbox to poll: imaps://user:password@host/INBOX?door=mail. Several, separated by spaces.",
    ),
    Setting(
        "MAKEGOOD_AUTHSERV_ID",
        "",
        "Name our own mail server writes into Authentication-Results. "
        "Set it, and staff who answer by mail must pass DMARC.",
    ),
    Setting(
        "MAKEGOOD_MAX_MAIL_MB",
        "25",
        "Largest mail read in full. A larger one is kept whole and set aside for a person.",
    ),
    Setting(
        "MAKEGOOD_ACKNOWLEDGEMENTS_AN_HOUR",
        "300",
        "Above this, somebody may be using the desk to bomb others, and further letters get no acknowledgement. "
        "Set it to what your busiest hour brings.",
    ),
    Setting(
        "MAKEGOOD_CARD_NUMBERS",
        "seal",
        "seal: the original of a mail that holds a card number is kept encrypted; "
        "mask: it is masked before it is kept.",
    ),
    Setting("MAKEGOOD_POLICY", "", "The house's policy file. Empty: the policy of the demo house."),
    Setting("MAKEGOOD_DEMO", "yes", "yes: load the demo cast into an empty database."),
    Setting("MAKEGOOD_HEARTBEAT_URL", "", "Outside address the watch calls every minute (a dead man's switch)."),
    Setting(
        "MAKEGOOD_ALARM_URL",
        "",
        "Second path for alarms about the desk itself: a JSON POST goes there when mail does not.",
    ),
    Setting(
        "MAKEGOOD_CANARY_MINUTES",
        "15",
        "How often a canary complaint goes round through real mail; 0 for never.",
    ),
    Setting(
        "MAKEGOOD_READER_URL",
        "",
        "Base address of an OpenAI-compatible API that also reads messages, such as http://127.0.0.1:11434/v1. "
        "Empty: nobody but the rules reads them, and no message leaves. What leaves is in docs/second-reader.md.",
    ),
    Setting(
        "MAKEGOOD_READER_KEY",
        "",
        "Key of that API, sent to it and nowhere else. Empty for a server that wants none.",
    ),
    Setting("MAKEGOOD_READER_MODEL", "", "Name of the model that is asked there; needed when there is an address."),
    Setting(
        "MAKEGOOD_STRIPE_KEY",
        "",
        "Secret or restricted key of Stripe's API (sk_… or rk_…), for refunds and codes; better from a file. "
        "Empty: no order goes there.",
    ),
    Setting("MAKEGOOD_STRIPE_URL", "https://api.stripe.com", "Where Stripe's API is."),
    Setting(
        "MAKEGOOD_SHOPIFY_URL",
        "",
        "The shop's own address, such as https://larkfield.myshopify.com, for refunds and codes. "
        "Empty: no order goes there.",
    ),
    Setting("MAKEGOOD_SHOPIFY_TOKEN", "", "Access token of the shop's admin API (shpat_…); better from a file."),
)

_TABLE = {setting.name: setting for setting in SETTINGS}


def get(name: str) -> str:
    """Return a setting as text. Raises KeyError for a name that is not in the table."""
    setting = _TABLE[name]
    from_file = os.environ.get(f"{name}_FILE")
    if from_file:
        try:
            return _text_of(Path(from_file))
        except OSError as error:
            raise SettingError(f"{name}_FILE: {from_file} can't be read ({error.strerror}).") from None
    return os.environ.get(name, "").strip() or setting.default


def number(name: str) -> int:
    """Return a setting as a whole number, or raise SettingError."""
    value = get(name)
    try:
        return int(value)
    except ValueError:
        raise SettingError(f"{name} is “{value}”; write a whole number, such as {_TABLE[name].default}.") from None


def yes(name: str) -> bool:
    """Return a setting that is yes or no, or raise SettingError."""
    value = get(name).lower()
    if value in ("yes", "true", "1", "on"):
        return True
    if value in ("no", "false", "0", "off", ""):
        return False
    raise SettingError(f"{name} is “{value}”; write yes or no.")


def home() -> Path:
    """Return the folder everything is kept in, made if it is missing."""
    path = _resolved(get("MAKEGOOD_HOME"), os.getcwd())
    if path.is_dir():
        return path
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"MAKEGOOD_HOME: {path} can't be made a folder ({error.strerror}).") from None
    return path


@lru_cache(maxsize=16)
def _resolved(path: str, at: str) -> Path:
    return Path(at, path).resolve()


def base_url() -> str:
    """Return the address of the desk as links name it, without a slash at the end."""
    return get("MAKEGOOD_BASE_URL").rstrip("/") or f"http://{get('MAKEGOOD_HOST')}:{get('MAKEGOOD_PORT')}"


def secret_key() -> str:
    """Return the signing key; the first start makes one and keeps it readable to the owner only."""
    given = get("MAKEGOOD_SECRET_KEY")
    if given:
        return given
    return kept_secret("secret-key", make=lambda: secrets.token_urlsafe(48))


def kept_secret(name: str, *, make: Callable[[], str]) -> str:
    """Return the secret kept under this name in MAKEGOOD_HOME/keys, made on first use."""
    folder = home() / "keys"
    path = folder / name
    if path in _known:
        with suppress(FileNotFoundError):
            return _kept(path)
    folder.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        _keep(path, make())
    return _kept(path)


def _keep(path: Path, secret: str) -> None:
    """Write it whole or not at all: a disk that is full, or a power cut, leaves no key that nobody knows."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        # Of two processes that start together, the first one's key stays.
        with suppress(FileExistsError):
            os.link(part, path)
    finally:
        part.unlink(missing_ok=True)


def _kept(path: Path) -> str:
    text = _text_of(path)
    if not text:
        raise SettingError(f"{path} is empty. Delete it, and a new key is made; old links and sessions then end.")
    return text


_known: dict[Path, tuple[tuple[int, int, int], str]] = {}
"""What small files said, and by what it is seen that they are still the same."""


def _text_of(path: Path) -> str:
    """Return what a file says, read anew only when it is another file or was written since."""
    seen = path.stat()
    mark = (seen.st_ino, seen.st_mtime_ns, seen.st_size)
    known = _known.get(path)
    if known is None or known[0] != mark:
        known = _known[path] = (mark, path.read_text(encoding="utf-8").strip())
    return known[1]
