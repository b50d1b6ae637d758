"""What the checks find in one case's log. The house is in New York, open 9 to 17 on weekdays; silence ends in a day."""

from __future__ import annotations

import pytest

from tests.rules.small_log import at, codes, found, log

DONE = {"state": "done"}
OPEN = {"state": "open"}
WAITING = {"state": "waiting_customer"}
ANSWER = {"substantive": True}


def test_a_silence_beyond_the_limit_is_found_with_its_beginning_its_limit_and_its_end() -> None:
    rows = log(("2 10:00", "opened", OPEN), ("4 10:00", "staff_wrote", ANSWER), ("4 10:00", "state", DONE))

    (silence,) = found(rows, as_of="9 12:00")

    assert silence.code == "MG401"
    assert (silence.since, silence.due, silence.until) == (at("2 10:00"), at("3 10:00"), at("4 10:00"))
    assert silence.evidence == '{"row": 1}'


def test_a_weekend_does_not_count_as_silence() -> None:
    rows = log(("6 16:00", "opened", OPEN), ("9 15:00", "staff_wrote", ANSWER), ("9 15:00", "state", DONE))

    assert found(rows, as_of="10 12:00") == []


def test_the_day_of_the_audit_decides_whether_a_silence_is_too_long_yet() -> None:
    rows = log(("2 10:00", "opened", OPEN), ("9 10:00", "staff_wrote", ANSWER))
    recorded = log(("1 10:00", "staff_wrote", ANSWER))

    assert codes(rows, as_of="3 10:00", others=recorded) == []
    assert codes(rows, as_of="3 10:01", others=recorded) == ["MG401"]


def test_a_return_is_ping_pong_and_a_reply_in_between_makes_it_none() -> None:
    there = ("2 10:00", "opened", {"team": "Front desk", **OPEN}), ("2 10:10", "handoff", {"team": "Warehouse"})
    back = ("2 10:30", "handoff", {"team": "Front desk"}), ("2 11:00", "state", DONE)

    (passed,) = [f for f in found(log(*there, *back), as_of="2 12:00") if f.code == "MG202"]

    assert (passed.since, passed.until, passed.team) == (at("2 10:10"), at("2 11:00"), "Front desk")
    assert passed.evidence == '{"row": 2, "to_row": 3, "count": 2}'
    assert codes(log(*there, ("2 10:20", "staff_wrote", ANSWER), *back), as_of="2 12:00") == []


def test_the_third_handoff_without_a_reply_is_ping_pong() -> None:
    teams = ("Front desk", "Warehouse", "Billing", "Legal")
    rows = [("2 10:00", "handoff", {"team": team}) for team in teams]

    assert codes(log(*rows[:3]), as_of="2 12:00") == []
    assert codes(log(*rows), as_of="2 12:00") == ["MG202"]


def test_a_second_question_with_nothing_said_in_between_is_a_drip_ask() -> None:
    asks = ("2 10:00", "asked_customer", WAITING), ("2 11:00", "asked_customer", WAITING)

    (drip,) = found(log(*asks), as_of="2 12:00")

    assert (drip.code, drip.since, drip.until) == ("MG201", at("2 10:00"), at("2 11:00"))
    assert codes(log(asks[0], ("2 10:30", "staff_wrote", ANSWER), asks[1]), as_of="2 12:00") == []


def test_a_case_closed_without_an_answer_stays_found_until_he_has_one() -> None:
    rows = log(
        ("2 10:00", "opened", OPEN),
        ("2 10:30", "staff_wrote", {"substantive": False}),
        ("2 11:00", "state", DONE),
        ("2 12:00", "customer_wrote", OPEN),
        ("2 13:00", "staff_wrote", ANSWER),
        ("2 13:00", "state", DONE),
    )

    (closed,) = found(rows, as_of="2 14:00")

    assert (closed.code, closed.since, closed.until) == ("MG203", at("2 11:00"), at("2 13:00"))


def test_closing_is_not_called_unanswered_where_nobody_recorded_what_we_wrote() -> None:
    rows = log(("2 10:00", "opened", OPEN), ("2 11:00", "state", DONE))

    assert codes(rows, as_of="2 14:00") == []


def test_a_case_opened_again_twice_is_found_once_with_how_often() -> None:
    first = ("2 11:00", "state", DONE), ("2 11:10", "state", OPEN)
    second = ("2 11:20", "state", DONE), ("2 11:30", "state", OPEN)
    rows = log(("2 10:00", "opened", OPEN), *first, *second, ("2 12:00", "state", DONE))

    (often,) = found(rows, as_of="2 14:00")

    assert often.code == "MG206"
    assert (often.since, often.until, often.count) == (at("2 11:10"), at("2 12:00"), 2)


def test_a_customer_helped_only_after_he_went_public_is_found_and_one_answered_before_is_not() -> None:
    began = ("2 10:00", "opened", OPEN)
    loud = ("2 12:00", "went_public"), ("2 12:30", "staff_wrote", ANSWER), ("2 12:30", "state", DONE)

    assert codes(log(began, *loud), as_of="2 14:00") == ["MG302", "MG303"]
    assert codes(log(began, ("2 11:00", "staff_wrote", ANSWER), *loud), as_of="2 14:00") == ["MG302"]


def test_an_offer_that_lapsed_counts_only_while_the_case_was_open() -> None:
    lapse = ("3 10:00", "offer_lapsed")

    assert codes(log(("2 10:00", "opened", OPEN), lapse), as_of="3 10:00") == ["MG105"]
    assert codes(log(("2 10:00", "opened", OPEN), ("2 11:00", "state", DONE), lapse), as_of="3 10:00") == []


def test_waiting_for_a_customer_nobody_asked_is_found_until_it_ends() -> None:
    rows = log(("2 10:00", "opened", OPEN), ("2 11:00", "state", WAITING), ("4 11:00", "state", DONE))
    recorded = log(("1 10:00", "asked_customer"))

    (idle,) = found(rows, as_of="5 10:00", others=recorded)

    assert (idle.code, idle.since, idle.until) == ("MG403", at("2 11:00"), at("4 11:00"))
    asked = log(("2 10:00", "opened", OPEN), ("2 11:00", "asked_customer", WAITING), ("4 11:00", "state", DONE))
    assert codes(asked, as_of="5 10:00") == []


def test_an_open_case_without_an_owner_is_found_and_a_closed_one_is_not() -> None:
    given = ("2 10:00", "opened", {"person": "Ann", **OPEN}), ("2 11:00", "assigned")

    (nobodys,) = found(log(*given), as_of="2 12:00")

    assert (nobodys.code, nobodys.since, nobodys.until) == ("MG402", at("2 11:00"), None)
    assert codes(log(*given, ("2 11:30", "state", DONE)), as_of="2 12:00") == []


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("MG901", [("2 10:00", "promise_kept"), ("2 11:00", "promised")]),
        ("MG902", [("2 10:00", "promised", {"due_at": at("1 10:00")}), ("2 10:00", "promise_kept")]),
        ("MG903", [("2 10:00", "promised", {"promise": "a"}), ("2 11:00", "promise_kept", {"promise": "b"})]),
        ("MG904", [("2 10:00", "note"), ("2 11:00", "opened")]),
    ],
)
def test_a_record_that_contradicts_itself_is_found(code: str, rows: list[tuple[str, str]]) -> None:
    assert code in codes(log(*rows), as_of="2 12:00")


def test_a_remedy_that_failed_is_found_whatever_came_after() -> None:
    rows = log(("2 10:00", "remedy_ordered"), ("3 10:00", "remedy_failed"), ("3 11:00", "remedy_ordered"))

    (failed,) = found(rows, as_of="3 12:00")

    assert (failed.code, failed.since, failed.until) == ("MG701", at("3 10:00"), at("3 10:00"))


def test_a_case_closed_before_he_had_it_is_found_where_the_log_knows_arrivals() -> None:
    rows = log(("2 10:00", "remedy_ordered", OPEN), ("2 11:00", "staff_wrote", ANSWER), ("2 11:00", "state", DONE))
    elsewhere = log(("1 10:00", "remedy_arrived"))

    assert codes(rows, as_of="3 12:00") == []
    assert codes(rows, as_of="3 12:00", others=elsewhere) == ["MG702"]


def test_one_that_arrived_after_the_closing_did_come() -> None:
    rows = log(("2 10:00", "remedy_ordered", OPEN), ("2 11:00", "staff_wrote", ANSWER), ("2 11:00", "state", DONE))
    arrived = log(("2 10:00", "opened"), ("2 10:00", "opened"), ("2 10:00", "opened"), ("3 10:00", "remedy_arrived"))

    assert codes([*rows, arrived[-1]], as_of="3 09:00", others=log(("1 10:00", "remedy_arrived"))) == ["MG702"]
    assert codes([*rows, arrived[-1]], as_of="3 12:00") == []


def test_an_order_after_an_arrival_waits_for_its_own() -> None:
    rows = log(
        ("2 10:00", "remedy_ordered", OPEN), ("2 11:00", "remedy_arrived"), ("2 12:00", "remedy_ordered"),
        ("2 13:00", "staff_wrote", {**ANSWER, **DONE}),
    )  # fmt: skip

    (lost,) = found(rows, as_of="3 12:00")

    assert (lost.code, lost.since, lost.until, lost.evidence) == ("MG702", at("2 12:00"), None, '{"row": 3}')
