"""What docs/policy.md shows can be loaded, and what can be set is explained there."""

from __future__ import annotations

import re
import tomllib

import pytest

from makegood.rules.policy import Signal
from makegood.rules.policy_sense import CORE
from tests.rules.policy_texts import DOCS, HOUSE, LAWS, house

EXAMPLES = re.findall(r"```toml\n(.*?)```", DOCS, re.DOTALL)


def test_the_whole_example_of_the_documentation_loads() -> None:
    policy = house(EXAMPLES[0], LAWS)
    assert policy.laws
    assert policy.default_calendar in policy.calendars


@pytest.mark.parametrize("nth", range(1, len(EXAMPLES)))
def test_each_fragment_of_the_documentation_loads_in_place_of_its_tables(nth: int) -> None:
    text = EXAMPLES[0]
    fragment = EXAMPLES[nth]
    for heading in re.findall(r"(?m)^\[{1,2}([^\]]+)\]{1,2}", fragment):
        text = re.sub(rf"(?m)^\[{{1,2}}{re.escape(heading)}\]{{1,2}}.*\n(?:(?!\[).*\n)*", "", text)
    assert house(text + "\n" + fragment, LAWS)


def test_every_key_of_the_house_policy_and_every_signal_is_documented() -> None:
    def keys(table: dict[str, object]) -> set[str]:
        """The keys that hold values; the names of tables are the house's own."""
        found = set()
        for key, value in table.items():
            inner = [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]
            found |= set().union(*(keys(each) for each in inner)) if inner else {key}
        return found

    settable = tomllib.loads(HOUSE)
    del settable["words"]
    missing = {key for key in keys(settable) - {"mon-fri", "social"} if f"`{key}`" not in DOCS}
    missing |= {signal for signal in Signal if f"`{signal}`" not in DOCS}
    missing |= {law for law in LAWS if f"`{law}`" not in DOCS}
    missing |= {name for name in CORE if f"`{name}`" not in DOCS}
    assert not missing
