"""A-56: guessing passwords is slow, shut out by account and by network, and tells nobody who works here.

Work is counted, not timed: what a clock would show depends on the machine, and the number of hashes does not.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client

from makegood.config import clock
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import people
from makegood.desk.queries.sign_ins import BY_ACCOUNT, BY_ADDRESS, BY_BOTH, WINDOW
from makegood.staff import one_time_codes
from tests.conftest import MONDAY_TEN
from tests.staff.conftest import Hand

PASSWORD = "a trail needs no password"
UNKNOWN = "nobody@larkfield.example"


@pytest.fixture
def hand() -> Iterator[Hand]:
    standing = Hand(MONDAY_TEN)
    with clock.reading(standing):
        yield standing


@pytest.fixture
def tom(cast: Cast, hand: Hand) -> models.Staff:
    cast.tom.set_password(PASSWORD)
    cast.tom.save()
    return cast.tom


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The rounds of every password hash that is computed, wherever."""
    done: list[int] = []
    real = hashlib.pbkdf2_hmac

    def counted(name: str, password: bytes, salt: bytes, iterations: int, dklen: int | None = None) -> bytes:
        done.append(iterations)
        return real(name, password, salt, iterations, dklen)

    monkeypatch.setattr(hashlib, "pbkdf2_hmac", counted)
    return done


def attempt(password: str, email: str, *, client: Client | None = None) -> HttpResponse:
    return (client or Client()).post("/sign-in/", {"username": email, "password": password})


def the_work_of(work: list[int], password: str, email: str) -> list[int]:
    work.clear()
    attempt(password, email)
    return sorted(work)


def test_a_wrong_password_costs_the_same_whether_somebody_works_here_or_not(
    cast: Cast, tom: models.Staff, work: list[int]
) -> None:
    people.leave(cast.luis, by=cast.ruth, now=MONDAY_TEN)
    cast.adaeze.set_unusable_password()
    cast.adaeze.save()
    models.Staff.objects.filter(pk=cast.priya.pk).update(is_active=False, password=tom.password)
    known = the_work_of(work, "wrong", tom.email)
    assert len(known) == 1 and known[0] >= 1_000
    gone = (cast.luis.email, cast.adaeze.email, cast.priya.email)
    for email in (UNKNOWN, *gone, "x", "TOM@LARKFIELD.EXAMPLE", "x" * 200):
        assert the_work_of(work, "wrong", email) == known, email
    assert the_work_of(work, PASSWORD, cast.priya.email) == known, "nor does the right one of who left tell"


def test_the_answer_is_the_same_to_the_last_byte_but_for_what_was_typed(cast: Cast, tom: models.Staff) -> None:
    people.leave(cast.luis, by=cast.ruth, now=MONDAY_TEN)
    answers = set()
    for email in (tom.email, UNKNOWN, cast.luis.email):
        page = attempt("wrong", email).content.decode().replace(email, "…")
        answers.add(re.sub('(csrfmiddlewaretoken" value=")[^"]+', r"\1", page))
    assert len(answers) == 1


def test_who_must_wait_costs_no_hash_and_hears_the_same_known_or_not(tom: models.Staff, work: list[int]) -> None:
    said = []
    for email in (tom.email, UNKNOWN):
        for _ in range(BY_BOTH):
            assert attempt("wrong", email).status_code == 422
        work.clear()
        refused = attempt(PASSWORD, email)
        assert work == []
        said.append((refused.status_code, refused.content, refused.headers["Retry-After"]))
    assert said[0] == said[1] and said[0][0] == 429


def test_the_limits_hold_by_account_by_network_and_by_both(tom: models.Staff, hand: Hand) -> None:
    heard = sum(attempt(f"guess {n}", tom.email).status_code == 422 for n in range(30))
    assert heard == BY_BOTH
    hand.move(seconds=WINDOW.total_seconds() + 1)
    heard = sum(attempt("wrong", f"g{n}@larkfield.example").status_code == 422 for n in range(BY_ADDRESS + 20))
    assert heard == BY_ADDRESS
    hand.move(seconds=WINDOW.total_seconds() + 1)
    many = (Client(REMOTE_ADDR=f"198.51.100.{n // 5}") for n in range(BY_ACCOUNT + 20))
    assert sum(attempt("wrong", tom.email, client=c).status_code == 422 for c in many) == BY_ACCOUNT


@pytest.mark.parametrize("spelt", ["TOM@larkfield.example", " tom@larkfield.example ", "Tom@Larkfield.Example\t"])
def test_another_spelling_of_an_account_is_the_same_account(tom: models.Staff, spelt: str) -> None:
    for n in range(BY_BOTH):
        assert attempt("wrong", spelt if n % 2 else tom.email).status_code == 422
    assert attempt(PASSWORD, tom.email).status_code == attempt(PASSWORD, spelt).status_code == 429


def test_a_good_sign_in_of_somebody_else_gives_no_new_tries(tom: models.Staff, cast: Cast) -> None:
    cast.sam.set_password(PASSWORD)
    cast.sam.save()
    for _ in range(BY_BOTH):
        attempt("wrong", tom.email)
    assert attempt(PASSWORD, cast.sam.email).status_code == 302
    assert attempt(PASSWORD, tom.email).status_code == 429


def test_guesses_of_a_password_per_day_stay_below_what_a_short_list_needs() -> None:
    per_day = BY_ACCOUNT * int(24 * 3600 / WINDOW.total_seconds())
    assert per_day < 6_000 and BY_BOTH <= 10


def test_six_digits_are_guessed_at_the_same_pace_and_cost_the_same_right_or_wrong(
    tom: models.Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = b"12345678901234567890"
    tom.totp_secret = base64.b32encode(seed).decode()
    tom.save()
    made: list[int] = []
    real = one_time_codes.code_at

    def counted(key: bytes, step: int) -> str:
        made.append(step)
        return real(key, step)

    monkeypatch.setattr(one_time_codes, "code_at", counted)
    client = Client()
    attempt(PASSWORD, tom.email, client=client)
    work = []
    for n in range(BY_BOTH):
        made.clear()
        assert client.post("/sign-in/code/", {"code": f"{n:06}"}).status_code == 422
        work.append(len(made))
    assert set(work) == {3}, "every step is compared, whichever fits"
    made.clear()
    good = real(seed, int(MONDAY_TEN.timestamp()) // 30)
    assert client.post("/sign-in/code/", {"code": good}).status_code == 429
    assert made == []
    assert attempt(PASSWORD, tom.email).status_code == 429, "nor does beginning anew help"


def test_a_guessed_private_link_costs_one_look_and_no_more(cast: Cast, hand: Hand, work: list[int]) -> None:
    for secret in ("x" * 32, "0" * 31, "A" * 33):
        assert Client().get(f"/c/{secret}/").status_code == Client().get(f"/a/{secret}/").status_code == 404
    assert work == []
