"""F-02: the power goes between a change of state and its alarm. There is no between: both are there, or none."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.faults.stage import Stage, mails
from tests.watch.mail_server import MailServer


@pytest.mark.parametrize(
    "crash_at",
    [
        # A reply is written; the first promise breaks; word of it goes to people.
        *("record.after_journal:1", "record.after_journal:3", "action.before_commit:3", "action.after_commit:3"),
        *("watch.after_claim:1", "word.before_commit:1", "word.after_commit:1"),
    ],
)
def test_a_change_and_its_alarm_are_both_there_or_neither_and_the_day_ends_as_in_peace(
    stage: Stage, in_peace: tuple[dict[str, Any], dict[str, Any], MailServer], crash_at: str
) -> None:
    found, end, server = stage.day(crash_at)
    assert found["broken"] == found["told"], "a promise is broken and nobody will hear"
    assert found["alarms"] == found["entries"] == found["rings"]
    _, peace, sent = in_peace
    assert len(peace["alarms"]) >= 2, "bells rang on that day"
    assert end == peace
    assert mails(server) == mails(sent)
    assert set(Counter(m.message_id for m in server.taken).values()) == {1}
