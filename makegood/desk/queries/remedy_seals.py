"""What the journal keeps of a remedy's words, so that nobody can change unseen what a customer was offered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence


def seal(words: str, options: Sequence[tuple[str, str, str]]) -> str:
    """Return the hash of everything the customer reads of a remedy: its words, and each option's key, title, text."""
    read = [words, [list(option) for option in options]]
    return hashlib.sha256(json.dumps(read, ensure_ascii=False).encode()).hexdigest()
