"""Files opened: gzip or plain, any encoding turned into UTF-8, whole lines only where the end is missing.

`Bytes` is what the readers of texts read from. It never raises for a file that
stops in the middle: it gives every whole line before that, and `lost` says what
was left of the last one.
"""

from __future__ import annotations

import codecs
import gzip
import io
import zipfile
import zlib
from pathlib import Path
from typing import IO

from .reading import NotReadable

_CHUNK = 1 << 20
MOST_UNPACKED, MOST_TIMES = 1 << 30, 200
"""A packed file that grows beyond this many bytes, and to so many times its size, is no log: they grow to ten or twenty
times, and nothing grows to more than 1032."""
LONGEST_LINE = 1 << 26
"""Bytes. A packed file is given out by the line, so that a line without an end would be kept whole."""

_NO_LOGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf", b"\xfd7zXZ", b"BZh", b"\x28\xb5\x2f\xfd", b"Rar!")
"""How workbooks, and files packed in other ways than gzip, begin."""

NO_TEXT = "\ufdd0"
"""Stands for each byte that is no text in the file's encoding: a character that Unicode keeps from ever being one."""


def _marked(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return NO_TEXT, error.end


codecs.register_error("makegood-no-text", _marked)


def is_gzip(path: Path) -> bool:
    """Return whether the file is packed, whatever its name says."""
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def refuse_no_log(path: Path) -> None:
    """Raise NotReadable for a workbook, and for what is packed in another way than gzip: it would be read as noise."""
    if not path.is_file():
        return
    with path.open("rb") as file:
        head = file.read(8)
    if not head.startswith(_NO_LOGS):
        return
    if head.startswith(_NO_LOGS[1]) or (head.startswith(_NO_LOGS[0]) and _is_workbook(path)):
        raise NotReadable(
            "workbook", "{file} is a spreadsheet's workbook. Save its sheet as CSV and give that.", file=path.name
        )
    raise NotReadable(
        "packed",
        "{file} is packed in a way that is not read here. Unpack it, and give the file or folder that was in it.",
        file=path.name,
    )


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            return any(name.startswith("xl/") or name == "content.xml" for name in packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def bare_suffix(path: Path) -> str:
    """Return what the name ends in, `.gz` not counted: ".csv" of "export.csv.gz"."""
    name = path.name.lower().removesuffix(".gz")
    return Path(name).suffix


class Bytes(io.RawIOBase):
    """The file's text as UTF-8 bytes; with `encoding=""` the bytes as they are."""

    def __init__(self, path: Path, *, encoding: str = "utf-8", quote: str = "") -> None:
        self._quote = quote.encode()
        self._file: IO[bytes] = path.open("rb")
        self._packed: gzip.GzipFile | None = gzip.GzipFile(fileobj=self._file) if is_gzip(path) else None
        self._size = path.stat().st_size
        self._name = path.name
        self._unpacked = 0
        self._decoder = _decoder(encoding)
        self._plain = encoding.lower() in ("utf-8", "utf8", "utf-8-sig", "ascii", "latin-1", "cp1252")
        self.marked = False
        """Whether some bytes were no text; `NO_TEXT` stands in their place."""
        self._ready = b""
        self._over = False
        self._started = False
        self.truncated = False
        self.lost = b""
        """The beginning of the line in which a truncated file ends."""
        self.breaks = 0
        """Line breaks given out so far."""
        self.quotes = 0
        """Quotation marks given out so far, of the kind asked to be counted."""
        self.last = b""
        """What was given out last."""

    def readable(self) -> bool:
        return True

    @property
    def share(self) -> float:
        """How much of the file on disk has been read."""
        return 1.0 if self._over or not self._size else self._file.tell() / self._size

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready and not self._over:
            self._fill()
        taken = self._ready[: len(buffer)]
        buffer[: len(taken)] = taken
        self._ready = self._ready[len(taken) :]
        return len(taken)

    def close(self) -> None:
        self._file.close()
        super().close()

    def _fill(self) -> None:
        chunk = self._chunk()
        if self._decoder:
            chunk = self._text(chunk)
        if not self._started and chunk:
            self._started = True
            chunk = chunk.removeprefix(codecs.BOM_UTF8)
        if self._packed:
            # A packed file may stop anywhere: a line is given out once its end has been seen.
            whole, line_break, self.lost = (self.lost + chunk).rpartition(b"\n")
            chunk = whole + line_break
            if self._over and not self.truncated:
                chunk, self.lost = chunk + self.lost, b""
        self.quotes += chunk.count(self._quote) if self._quote else 0
        self.breaks += chunk.count(b"\n")
        self.last = chunk[-1:] or self.last
        self._ready = chunk

    def _refuse_bomb(self) -> None:
        """Raise NotReadable for a packed file that grows as no log of people does, or has a line without an end."""
        packed = max(1, self._file.tell())
        if self._unpacked > MOST_UNPACKED and self._unpacked > MOST_TIMES * packed:
            raise NotReadable(
                "bomb",
                "{file} grows to more than {times} times its size, which no log does. If it is to be trusted, unpack"
                " it first.",
                file=self._name,
                times=MOST_TIMES,
            )
        if len(self.lost) > LONGEST_LINE:
            raise NotReadable(
                "endless_line", "{file} has a line that is longer than {n} bytes.", file=self._name, n=LONGEST_LINE
            )

    def _chunk(self) -> bytes:
        try:
            # `read1` gives what there is; `read` would throw it away on coming to an end that is missing.
            chunk = self._packed.read1(_CHUNK) if self._packed else self._file.read(_CHUNK)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            self._over = self.truncated = True
            return b""
        self._over = not chunk
        if self._packed:
            self._unpacked += len(chunk)
            self._refuse_bomb()
        return chunk

    def _text(self, chunk: bytes) -> bytes:
        assert self._decoder
        if chunk.isascii() and self._plain and not self._decoder.getstate()[0]:
            return chunk
        text = self._decoder.decode(chunk, final=self._over)
        self.marked = self.marked or NO_TEXT in text
        return text.encode("utf-8")


def _decoder(encoding: str) -> codecs.IncrementalDecoder | None:
    if not encoding:
        return None
    try:
        return codecs.getincrementaldecoder(encoding)(errors="makegood-no-text")
    except LookupError as unknown:
        raise NotReadable("encoding", 'There is no encoding "{encoding}".', encoding=encoding) from unknown
