"""Facts of one case, told from its log. The house in these tests is in New York, open 9 to 17 on weekdays."""

from __future__ import annotations

from makegood.rules.logs import LogEvent
from tests.rules.small_log import at, facts, log

DONE = {"state": "done"}
OPEN = {"state": "open"}
WAITING = {"state": "waiting_customer"}


def test_handoffs_are_changes_of_team_and_returns_are_steps_back() -> None:
    told = facts(
        log(
            ("2 10:00", "opened", {"team": "Front desk", **OPEN}),
            ("2 10:05", "note", {"team": "Front desk"}),
            ("2 11:00", "handoff", {"team": "Warehouse"}),
            ("2 12:00", "note"),
            ("2 13:00", "handoff", {"team": "Front desk"}),
        ),
        as_of="2 17:00",
    )

    assert (told.teams, told.handoffs, told.returns) == (2, 2, 1)
    assert told.last_team == "Front desk"


def test_a_case_is_closed_when_it_was_last_closed_and_counts_how_often_it_came_back() -> None:
    told = facts(
        log(
            ("2 10:00", "opened"),
            ("2 11:00", "state", DONE),
            ("3 10:00", "customer_wrote", OPEN),
            ("3 12:00", "state", DONE),
            ("9 12:00", "state", DONE),
        ),
        as_of="10 12:00",
    )

    assert told.closed is True
    assert told.closed_at == at("3 12:00")
    assert told.reopens == 1


def test_gaps_are_between_rows_while_open_and_on_the_desk_only_while_it_is_not_the_customers_turn() -> None:
    told = facts(
        log(
            ("2 10:00", "opened", OPEN),
            ("2 12:00", "asked_customer", WAITING),
            ("4 12:00", "customer_wrote", OPEN),
            ("4 15:00", "state", DONE),
            ("12 15:00", "note"),
        ),
        as_of="20 12:00",
    )

    assert told.longest_gap_open_hours == 48
    assert told.longest_gap_desk_hours == 3


def test_silence_runs_from_the_oldest_unanswered_word_and_writing_again_does_not_break_it() -> None:
    told = facts(
        log(
            ("2 10:00", "opened", OPEN),
            ("2 11:00", "staff_wrote", {"substantive": True}),
            ("2 16:00", "customer_wrote"),
            ("3 16:00", "customer_wrote"),
            ("4 10:00", "staff_wrote", {"substantive": False}),
            ("5 16:00", "staff_wrote", {"substantive": True}),
            ("5 16:00", "state", DONE),
        ),
        as_of="9 12:00",
    )

    assert told.longest_silence_hours == 72
    assert told.longest_silence_business_hours == 24
    assert told.first_reply_at == told.first_substantive_reply_at == at("2 11:00")


def test_an_open_case_is_silent_up_to_the_day_of_the_audit_and_only_up_to_then() -> None:
    rows = log(("2 10:00", "opened", OPEN), ("2 11:00", "note"), ("20 11:00", "staff_wrote", {"substantive": True}))

    told = facts(rows, as_of="4 10:00", others=_replying())

    assert told.last_at == at("2 11:00")
    assert told.longest_silence_hours == 48
    assert told.longest_silence_business_hours == 16
    assert told.first_reply_at is None


def test_a_date_given_to_the_customer_covers_the_silence_until_then() -> None:
    told = facts(
        log(
            ("2 10:00", "opened", OPEN),
            ("2 10:00", "promised", {"due_at": at("5 10:00")}),
            ("6 10:00", "staff_wrote"),
            ("6 10:00", "state", DONE),
        ),
        as_of="9 12:00",
    )

    assert told.longest_silence_hours == 24


def test_promises_are_kept_late_or_broken_and_a_release_in_time_is_neither() -> None:
    told = facts(
        log(
            ("2 10:00", "opened"),
            ("2 10:00", "promised", {"promise": "kept", "due_at": at("3 10:00")}),
            ("2 10:00", "promised", {"promise": "late", "due_at": at("3 10:00")}),
            ("2 10:00", "promised", {"promise": "broken", "due_at": at("3 10:00")}),
            ("2 10:00", "promised", {"promise": "released", "due_at": at("3 10:00")}),
            ("2 10:00", "promised", {"promise": "ahead", "due_at": at("13 10:00")}),
            ("3 10:00", "promise_kept", {"promise": "kept"}),
            ("3 10:01", "promise_kept", {"promise": "late"}),
            ("3 09:00", "promise_released", {"promise": "released"}),
        ),
        as_of="9 12:00",
    )

    assert told.promises == 5
    assert (told.promises_kept, told.promises_late, told.promises_broken) == (1, 1, 1)


def test_what_a_log_never_says_is_unknown_and_not_nought() -> None:
    told = facts(log(("2 10:00", "opened"), ("2 11:00", "note")), as_of="9 12:00")

    assert told.closed is told.teams is told.handoffs is told.returns is told.reopens is None
    assert told.asks is told.promises is told.longest_silence_hours is told.longest_gap_open_hours is None
    assert told.contacts_known is False


def test_rows_of_one_moment_are_read_in_the_order_of_their_source() -> None:
    rows = log(("2 10:00", "state", DONE), ("2 10:00", "state", OPEN))

    assert facts(rows[::-1], as_of="2 11:00").closed is False


def _replying() -> list[LogEvent]:
    """Rows of another case, which show that this desk does record its replies."""
    return log(("1 10:00", "staff_wrote", {"substantive": True}))
