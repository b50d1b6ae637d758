"""Where an audit reads from and writes to: files and folders, our own database, and object stores by address."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from . import guards
from .words import gettext as _

if TYPE_CHECKING:
    from .command import Asked
    from .progress import Steps

OURS = ("postgres://", "postgresql://")
STORE = "s3://"


def named(typed: str) -> dict[str, Any]:
    """Return what `Asked` is to know of the file, folder or address that somebody typed."""
    if "://" not in typed:
        return {"file": Path(typed)}
    # A password may stand in an address, so that no report may name it.
    path = urlsplit(typed).path.strip("/")
    return {"file": Path(Path(path).name if typed.startswith(STORE) else path or "postgresql"), "address": typed}


def placed(typed: str | None) -> dict[str, Any]:
    """Return what `Asked` is to know of the folder or address that somebody typed behind --out."""
    if typed is None:
        return {}
    return {"out_address": typed} if "://" in typed else {"out": Path(typed)}


def refusal(asked: Asked) -> str | None:
    """Return why the audit can't read from or write to where it is asked to; None where it can."""
    for typed, known in ((asked.address, (*OURS, STORE)), (asked.out_address, (STORE,))):
        if typed and not typed.startswith(known):
            return _(
                "{address} is an address of a kind that the audit does not know: it reads and writes files, folders "
                "and s3://BUCKET/NAME. Copy it here first, or mount it as a folder."
            ).format(address=guards.for_a_terminal(typed))
    if asked.out_address and asked.engine == "spark" and not asked.master.startswith("local"):
        return _(
            "The workers of a cluster have to see the folder of --out while they work, and an object store is "
            "written to at the end. Name a folder that all of them see."
        )
    for typed in (asked.address, asked.out_address):
        if typed.startswith(STORE):
            _address(typed)
    return None


def _address(typed: str) -> Any:
    from makegood.readers import stores

    return stores.address_of(typed)


@contextmanager
def folder(asked: Asked) -> Iterator[Path]:
    """The folder on this machine that the audit writes into. For an object store it is there only meanwhile."""
    if not asked.out_address:
        yield asked.out or Path(f"{_stem(asked.file)}-audit")
        return
    with tempfile.TemporaryDirectory(prefix="makegood-audit-") as meanwhile:
        yield Path(meanwhile)


@contextmanager
def source(asked: Asked, steps: Steps) -> Iterator[Path | str]:
    """What the readers are to read: the file, our own database's address, or what an object store held there.

    Raises NotReadable. What was fetched goes away again.
    """
    if not asked.address.startswith(STORE):
        yield asked.address or asked.file
        return
    from makegood.readers import stores

    with tempfile.TemporaryDirectory(prefix="makegood-export-") as meanwhile:
        steps.begin(_("Fetching {file}").format(file=guards.for_a_terminal(asked.file.name)))
        yield stores.fetch(_address(asked.address), Path(meanwhile), _in_bytes(steps))


def deliver(asked: Asked, out: Path, steps: Steps) -> None:
    """Put what was written where it was asked for, if that is an object store. Raises NotReadable."""
    if not asked.out_address:
        return
    from makegood.readers import stores

    steps.begin(_("Putting the tables and the report into the store"))
    stores.put(out, _address(asked.out_address), earlier=guards.is_conclusion, last=guards.ENDED, told=_in_bytes(steps))


def _in_bytes(steps: Steps) -> Any:
    """A store counts bytes, and a step rows: only the share is told."""
    return lambda _bytes, share: steps.tell(0, share)


def shown(asked: Asked, out: Path, name: str) -> str:
    """Return where somebody finds one of the files that were written."""
    return f"{asked.out_address.rstrip('/')}/{name}" if asked.out_address else str(out / name)


def written_over(asked: Asked, out: Path) -> Path | None:
    """Return what the audit is to read and would write over."""
    if asked.address.startswith(STORE) and asked.out_address:
        return guards.written_over(Path(asked.out_address), [Path(asked.address)])
    return guards.written_over(out, [asked.file, *filter(None, [asked.mapping]), *asked.policies])


def _stem(file: Path) -> str:
    """The file's name without its endings: `log.xes.gz` is `log`."""
    return file.name.split(".")[0] or "log"
