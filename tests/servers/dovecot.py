"""A real IMAP server for tests: Debian's dovecot, run by a user without rights, in a folder of its own."""

from __future__ import annotations

import contextlib
import imaplib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

PASSWORD = "secret"

_SETTINGS = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{home}/mail/%u
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/home/%u
}}
auth_failure_delay = 0
service anvil {{
  chroot =
  # Nobody tries passwords here, so nobody is made to wait.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


@dataclass(frozen=True, kw_only=True)
class Dovecot:
    """A server that runs, seen by one of its users. It takes any name with the one password."""

    home: Path
    port: int
    user: str = "rosa"

    def seen_by(self, user: str) -> Dovecot:
        """The same server with the mailbox of somebody else, empty if nobody used that name yet."""
        return replace(self, user=user)

    def url(self, options: str = "", *, folder: str = "INBOX", password: str = PASSWORD) -> str:
        """The mailbox as MAKEGOOD_IMAP_URL names it."""
        return f"imap://{self.user}:{password}@127.0.0.1:{self.port}/{folder}?tls=no{options}"

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        """Somebody else's mail program, on the same mailbox."""
        program = imaplib.IMAP4("127.0.0.1", self.port)
        program.login(self.user, PASSWORD)
        try:
            yield program
        finally:
            program.logout()

    def append(self, raw: bytes, *, at: datetime | None = None, flags: str = "", folder: str = "INBOX") -> None:
        """Put a mail into the mailbox; `at` is when the server says it came."""
        stamp = imaplib.Time2Internaldate(at) if at else ""
        with self.client() as program:
            kind, said = program.append(folder, flags, stamp, raw)  # type: ignore[arg-type]
            assert kind == "OK", said

    def number_anew(self) -> None:
        """Make the server forget how it had numbered the mails: a new UIDVALIDITY, UIDs from 1."""
        folder = self.home / "mail" / self.user
        names = folder / "dovecot-uidlist"
        version, old, _, *rest = names.read_text("ascii").partition("\n")[0].split()
        names.write_text(f"{version} V{int(old[1:]) + 1000} N1 {' '.join(rest)}\n", "ascii")
        for file in folder.glob("dovecot.index*"):
            file.unlink()


@contextmanager
def running() -> Iterator[Dovecot]:
    """Run a dovecot while the body runs; skips the test where the package is missing."""
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if program is None:
        pytest.skip("needs Debian's package dovecot-imapd")
    # Dovecot will not read mail as root, so root lends it the user that owns nothing.
    who = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    # Not pytest's own folder, which nobody else may enter; and short, since sockets' paths must be.
    home = Path(tempfile.mkdtemp(prefix="dovecot-"))
    port = free_port()
    try:
        _furnish(home, who, port)
        demoted = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
        process = subprocess.Popen(
            [program, "-F", "-c", str(home / "dovecot.conf")], cwd=home, start_new_session=True, **demoted
        )
        try:
            _wait_until_it_answers(port, process, home)
            yield Dovecot(home=home, port=port)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _furnish(home: Path, who: pwd.struct_passwd, port: int) -> None:
    import grp

    group = grp.getgrgid(who.pw_gid).gr_name
    settings = _SETTINGS.format(
        home=home, user=who.pw_name, group=group, uid=who.pw_uid, gid=who.pw_gid, port=port, password=PASSWORD
    )
    (home / "dovecot.conf").write_text(settings, "utf-8")
    for folder in ("", "run", "state", "mail", "home"):
        (home / folder).mkdir(exist_ok=True)
        if os.getuid() == 0:
            os.chown(home / folder, who.pw_uid, who.pw_gid)


def _wait_until_it_answers(port: int, process: subprocess.Popen[bytes], home: Path) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            imaplib.IMAP4("127.0.0.1", port, timeout=5).logout()
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
            break
    log = home / "log"
    raise RuntimeError(f"dovecot did not start: {log.read_text() if log.exists() else 'it wrote no log'}")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
