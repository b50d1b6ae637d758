"""F-03: a worker dies between taking a mail and sending it. Its lease runs out, and another sends, once."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest

from makegood.desk import models
from makegood.desk.actions import outbox
from tests.faults.stage import Stage
from tests.watch.house import minutes
from tests.watch.mail_server import MailServer


@pytest.mark.parametrize(
    "crash_at",
    # Two acknowledgements wait, and the reply of an owner.
    [f"{place}:{nth}" for place in ("outbox.after_claim", "outbox.before_send") for nth in (1, 3)],
)
def test_a_mail_whose_worker_was_killed_before_its_last_byte_goes_out_once_when_the_lease_is_over(
    stage: Stage, crash_at: str
) -> None:
    with MailServer() as server, stage.house() as home:
        assert stage.do(home, "write").code == 0
        dying = stage.do(home, "deliver", mail=server.url, minutes=31, crash_at=crash_at, worker="dying")
        assert dying.code == -9
        went = len(server.taken)
        assert went == int(crash_at[-1]) - 1, "nothing went that had not its turn"
        # Its lease still runs: another takes what is left, and leaves that mail alone.
        assert stage.do(home, "deliver", mail=server.url, minutes=32, worker="another").last("tried") == 2 - went
        assert stage.do(home, "deliver", mail=server.url, minutes=34, worker="another").last("tried") == 1
        assert stage.do(home, "deliver", mail=server.url, minutes=90, worker="third").last("tried") == 0
        assert {state for *_, state in stage.look(home)["outbox"]} == {"accepted"}
    assert len(server.taken) == 3
    assert set(Counter(mail.message_id for mail in server.taken).values()) == {1}


def test_a_slow_worker_whose_mail_was_taken_over_does_not_end_it(reply: models.Contact, monday_ten: datetime) -> None:
    slow = outbox.claim("slow", now=monday_ten + minutes(6))
    assert slow is not None
    assert outbox.claim("quick", now=monday_ten + minutes(6) + outbox.LEASE - timedelta(seconds=1)) is None
    quick = outbox.claim("quick", now=monday_ten + minutes(9))
    assert quick is not None and slow.pk == quick.pk
    assert not outbox.hand_over(slow, now=monday_ten + minutes(9))
    assert outbox.hand_over(quick, now=monday_ten + minutes(9))
