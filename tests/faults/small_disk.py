"""A disk of a few megabytes, in memory, that a test fills to the last byte."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class Disk:
    """Such a disk, mounted at a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Let no byte be free."""
        with self._ballast.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while file.write(b"\0" * size) == size:
                        pass
                except OSError:
                    continue

    def make_room(self) -> None:
        """Give it all back."""
        self._ballast.unlink(missing_ok=True)


@contextmanager
def small_disk(at: Path, megabytes: float, *, options: str = "") -> Iterator[Disk]:
    """Mount one while the body runs; skips the test where that is not allowed."""
    at.mkdir(parents=True, exist_ok=True)
    if os.getuid() != 0:
        pytest.skip("needs root, to mount a small disk; `make test` in a container has it")
    size = f"size={int(megabytes * 1024)}k,mode=0777"
    words = ["mount", "-t", "tmpfs", "-o", f"{size},{options}" if options else size, "tmpfs", str(at)]
    mounted = subprocess.run(words, capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield Disk(at)
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)
