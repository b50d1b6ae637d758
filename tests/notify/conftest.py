"""Every mail of these tests is made under one known key, and nothing is kept on disk."""

import pytest


@pytest.fixture(autouse=True)
def _known_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKEGOOD_SECRET_KEY", "the key of these tests")
