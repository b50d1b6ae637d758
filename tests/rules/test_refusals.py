"""Every refusal has a sentence for people, a code for programs and a place in the tree on top of the file."""

from __future__ import annotations

import re

from makegood.rules import code_text, codes, programmes, refusals
from makegood.rules.refusals import Refusal

FILES = (refusals, code_text, codes, programmes)
ALL = [kind for kind in Refusal.__subclasses__() if kind.__module__ in {file.__name__ for file in FILES}]


def test_the_tree_on_top_of_the_file_names_every_refusal_of_it_once() -> None:
    drawn = re.findall(r"[├└]── (\w+)", refusals.__doc__ or "")

    assert sorted(drawn) == sorted(kind.__name__ for kind in ALL if kind.__module__ == refusals.__name__)


def test_every_code_is_the_name_in_small_letters() -> None:
    for kind in ALL:
        assert kind.code == re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def test_the_docstring_is_the_sentence_a_person_reads() -> None:
    for kind in ALL:
        assert kind().sentence.endswith((".", "?"))
        assert "\n" not in kind().sentence


def test_reasons_follow_the_sentence() -> None:
    refused = refusals.CannotClose("A promise is open.", "A reply is on its way.")

    assert str(refused) == "This case can't close yet. A promise is open. A reply is on its way."
    assert refused.reasons == ("A promise is open.", "A reply is on its way.")


def test_a_sentence_of_its_own_takes_the_place_of_the_docstring() -> None:
    assert str(Refusal(sentence="Not today.")) == "Not today."
