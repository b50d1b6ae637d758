"""A small house that the doctor finds well, to be bent in one place at a time."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks
from makegood.desk.actions.promises import Words
from makegood.watch import rounds
from tests.server.visits import INES, NOW, ROSA


@pytest.fixture
def house(cast: Cast, tmp_path: Path, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Two letters came on Monday: Rosa's was answered with a date, Ines's rings. Sealed; the watch is alive."""
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    weeks = Weeks(cast)
    answered = weeks.letter(ROSA, at=monday_ten, subject="The buckle", text="It snapped.")
    weeks.letter(INES, at=monday_ten + timedelta(hours=1), subject="The tent", text="It leaks.")
    friday = Words(words="A new buckle by Friday", due_at=monday_ten + timedelta(days=4))
    by = answered.owner
    weeks.reply(answered, by, at=monday_ten + timedelta(hours=3), text="Yes.", kinds=["promise"], says=[friday])
    weeks.until(NOW)
    rounds.beat_heart(now=NOW)
    rounds.seal(now=NOW)
    return cast
