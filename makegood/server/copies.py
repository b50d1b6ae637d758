"""The commands `makegood backup` and `makegood restore`, in words."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from makegood.config import clock

from . import backup
from . import restore as restoring

GOOD, FOUND = 0, 1
MEGABYTE = 1024 * 1024
out = Console(highlight=False, soft_wrap=True)


def back_up(folder: Path | None) -> int:
    """Make a copy and say where it is. Returns 1 where files of messages were missing already."""
    now = clock.now()
    copy = backup.make(folder or backup.default_folder(now), now=now)
    out.print(
        f"Copied everything up to {copy.made_at:%Y-%m-%d %H:%M:%S} UTC into {copy.folder}: "
        f"{copy.size / MEGABYTE:.1f} MB, {copy.files} files of messages.",
        markup=False,
    )
    if copy.missing:
        out.print(f"{copy.missing} files that the record names are missing on this disk, and so in the copy.")
        return FOUND
    return GOOD


def put_back(folder: Path) -> int:
    """Put a copy in place and say what is not on record."""
    done = restoring.restore(folder, now=clock.now())
    gap = done.gap
    for path in done.aside:
        out.print(f"What was there before is kept as {path}.", markup=False)
    out.print(
        f"Restored. Gap: {gap.since:%Y-%m-%d %H:%M:%S} to {gap.until:%Y-%m-%d %H:%M:%S} UTC is not on record.\n"
        "Mail that came into a mailbox in these hours comes in again at the next poll, each once. What came over "
        "SMTP or LMTP does not: hand it in again from your mail server's own copies (`makegood intake mail`).\n"
        f"Of the mails that waited when the copy was made, {gap.uncertain} may have gone out since: they are "
        f"uncertain, and a person must say. {gap.arrived} were looked up and had arrived. "
        f"{gap.told_anew} to staff are written anew."
    )
    return GOOD
