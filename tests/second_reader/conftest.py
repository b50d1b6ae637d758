"""A fake reader, switched on in the settings."""

from collections.abc import Iterator

import pytest

from tests.second_reader.fake_server import FakeServer, running


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    with running() as fake:
        monkeypatch.setenv("MAKEGOOD_READER_URL", fake.url)
        monkeypatch.setenv("MAKEGOOD_READER_MODEL", "small-model")
        monkeypatch.setenv("MAKEGOOD_READER_KEY", "sk-very-secret-41")
        yield fake
