"""Object stores: an export brought here by its address, and a folder put under one. S3, and what speaks as it does.

Whatever is read is first a file on this machine, so that every kind of export is read by address as it is read by
name, and an audit that is stopped leaves nothing half written in a store. Who is asking, and where the store is, is
told by the environment as AWS's own tools take it (`AWS_ACCESS_KEY_ID`, `AWS_PROFILE`, a machine's role, …,
`AWS_ENDPOINT_URL`), never by the address: addresses are kept by shells and shown on screens.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from .named_exports import is_table
from .reading import NotReadable

SCHEME = "s3://"
_CHUNK = 8 << 20
_LEAST_FREE = 1 << 30
"""Bytes that stay free on the disk beside what is fetched: the audit writes there, too."""
_TRIES, _CONNECT, _ANSWER = 3, 10, 60
"""How often a store is asked, and the seconds that it has to be reached and to answer."""
_REFUSING = ("ACCESS_DENIED", "INVALID_ACCESS_KEY_ID", "SIGNATURE_DOES_NOT_MATCH", "INVALID_CLIENT_TOKEN_ID",
             "MISSING_AUTHENTICATION_TOKEN", "EXPIRED_TOKEN", "UNRECOGNIZED_CLIENT")  # fmt: skip
_CODE = re.compile(r"AWS Error (\w+)")

Told = Callable[[int, float | None], None]
"""Called with the bytes that have come, and the share of all."""


@dataclass(frozen=True)
class Address:
    """Where something lies in a store."""

    bucket: str
    key: str
    """Without a slash at either end; blank for the whole bucket."""

    @property
    def path(self) -> str:
        return f"{self.bucket}/{self.key}".rstrip("/")

    @property
    def name(self) -> str:
        """What its file or folder is called."""
        return PurePosixPath(self.path).name

    def __str__(self) -> str:
        return SCHEME + self.path


def address_of(typed: str) -> Address:
    """Return the address. Raises NotReadable for one without a bucket, or with a key in it."""
    bucket, _, key = typed.removeprefix(SCHEME).strip("/").partition("/")
    if "@" in bucket or ":" in bucket:
        raise NotReadable(
            "key_in_address",
            "An address names a bucket and what lies in it, and no key: put who you are into the environment"
            " (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE).",
        )
    if not bucket or any(part in ("", ".", "..") for part in key.split("/") if key):
        raise NotReadable("no_address", "{address} names nothing in a store: s3://BUCKET/NAME.", address=typed)
    return Address(bucket, key)


def fetch(address: Address, into: Path, told: Told) -> Path:
    """Bring a file, or the tables of a folder, into a folder here. Returns where it is. Raises NotReadable."""
    from pyarrow import fs

    with _asked(address) as store:
        info = store.get_file_info(address.path)
        if info.type == fs.FileType.File:
            found = {address.name: info}
        elif info.type == fs.FileType.Directory and address.key:
            inside = store.get_file_info(fs.FileSelector(address.path))
            found = {f"{address.name}/{each.base_name}": each for each in inside if _is_wanted(each)}
        else:
            found = {}
        if not found:
            raise _nothing(store, address)
        _refuse_without_room(address, sum(each.size for each in found.values()), into)
        _copy(store, {into / name: each for name, each in found.items()}, told)
    return into / address.name


def put(folder: Path, address: Address, *, earlier: Callable[[str], bool], last: str, told: Told) -> None:
    """Put all files of a folder under an address. Raises NotReadable.

    Where `last` stands there already, what `earlier` says is an older one's of its kind goes away first; `last` is
    put there when everything else is. So where it stands, everything beside it is whole and of one making.
    """
    from pyarrow import fs

    files = sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: (path.name == last, path))
    total = max(1, sum(path.stat().st_size for path in files))
    with _asked(address) as store:
        if store.get_file_info(f"{address.path}/{last}").type == fs.FileType.File:
            store.delete_file(f"{address.path}/{last}")
            for each in store.get_file_info(fs.FileSelector(address.path, recursive=True)):
                if each.type == fs.FileType.File and earlier(each.path.removeprefix(f"{address.path}/")):
                    store.delete_file(each.path)
        done = 0
        for path in files:
            name = path.relative_to(folder).as_posix()
            with path.open("rb") as source, store.open_output_stream(f"{address.path}/{name}") as target:
                while chunk := source.read(_CHUNK):
                    target.write(chunk)
                    done += len(chunk)
                    told(done, done / total)


def _is_wanted(info: Any) -> bool:
    """Return whether this is a table that a reader of exports by name would open: a folder may hold anything else."""
    return info.is_file and is_table(Path(info.base_name))


def _copy(store: Any, files: dict[Path, Any], told: Told) -> None:
    total = max(1, sum(each.size for each in files.values()))
    done = 0
    for target, info in files.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        # Packed files stay packed: what reads them knows how far they may grow.
        with store.open_input_stream(info.path, compression=None) as source, target.open("wb") as file:
            while chunk := source.read(_CHUNK):
                file.write(chunk)
                done += len(chunk)
                told(done, done / total)
        if target.stat().st_size != info.size:
            raise OSError(f"{info.base_name} did not come whole")


def _refuse_without_room(address: Address, size: int, into: Path) -> None:
    into.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(into).free
    if size + _LEAST_FREE > free:
        raise NotReadable(
            "no_room",
            "{address} is {size} MB, and there is not enough room for it here: {free} MB are free.",
            address=address,
            size=size >> 20,
            free=free >> 20,
        )


@contextmanager
def _asked(address: Address) -> Iterator[Any]:
    """Open the store that an address is in. What it refuses is told in our words: its own may hold who asked."""
    try:
        yield _store(address)
    except OSError as error:
        found = _CODE.search(str(error))
        code = found[1] if found else error.strerror or str(error)[:120]
        if code in _REFUSING:
            raise NotReadable(
                "store_refuses",
                "The store does not let us at {address}. Who asks is taken from the environment: AWS_ACCESS_KEY_ID"
                " and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or this machine's role.",
                address=address,
            ) from None
        if code == "NO_SUCH_BUCKET" or ("Bucket" in str(error) and "not found" in str(error)):
            raise NotReadable("no_bucket", "There is no bucket {bucket}.", bucket=address.bucket) from None
        if code == "NETWORK_CONNECTION":
            raise NotReadable(
                "no_store",
                "No store answers for {address}. AWS_ENDPOINT_URL says where it is, if it is not Amazon's.",
                address=address,
            ) from None
        raise NotReadable(
            "store", "{address} could not be read or written to: {why}.", address=address, why=code
        ) from None


def _store(address: Address) -> Any:
    from pyarrow import fs

    said: dict[str, Any] = {}
    # Of the settings that AWS's own tools know, this one is not read by Arrow's.
    if endpoint := os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL"):
        parts = urlsplit(endpoint)
        said = {"endpoint_override": parts.netloc, "scheme": parts.scheme}
    else:
        said = {"region": fs.resolve_s3_region(address.bucket)}
    return fs.S3FileSystem(
        **said,
        connect_timeout=_CONNECT,
        request_timeout=_ANSWER,
        retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=_TRIES),
    )


def _nothing(store: Any, address: Address) -> NotReadable:
    from pyarrow import fs

    if store.get_file_info(address.bucket).type == fs.FileType.NotFound:
        return NotReadable("no_bucket", "There is no bucket {bucket}.", bucket=address.bucket)
    return NotReadable("nothing_there", "There is no export at {address}.", address=address)
