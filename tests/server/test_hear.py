"""`makegood hear`: what a text seems to say, as one JSON object a line, and one plain sentence for wrong use."""

import json

import pytest
from click.testing import CliRunner, Result

from makegood.cli import main

AT = ("--zone", "Europe/Madrid", "--at", "2026-03-02T10:00+01:00")


def hear(text: str, *words: str) -> Result:
    return CliRunner().invoke(main, ["hear", *words], input=text)


def test_a_promise_of_ours_is_read_with_its_instant() -> None:
    lines = [json.loads(line) for line in hear("I'll call you by Friday.", "--ours", *AT).output.splitlines()]
    (promise,) = [line for line in lines if line["task"] == "promise"]
    assert (promise["words"], promise["due_at"]) == ("I'll call you by Friday", "2026-03-06 16:00:00+00:00")


def test_of_a_customers_mail_only_the_new_words_are_read() -> None:
    text = "It never arrived, order 88-1973.\n\nOn Mon, 2 Mar 2026, Tom wrote:\n> I'd like a refund of order 77-1111.\n"
    said = hear(text, *AT).output
    assert "88-1973" in said and "77-1111" not in said


@pytest.mark.parametrize("words", [("--zone", "Mars/X"), ("--at", "soon"), ("--at", "2026-03-02T10:00")])
def test_wrong_use_is_answered_with_one_sentence(words: tuple[str, str]) -> None:
    result = hear("x", *words)
    assert result.exit_code == 2 and "Error:" in result.output and "Traceback" not in result.output
