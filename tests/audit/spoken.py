"""The English of the audit and the readers that reaches people: the audit's catalogue must hold all of it."""

import ast
from collections.abc import Iterator
from functools import cache

from makegood.audit import kinds
from makegood.readers import reading
from makegood.rules.checks import CHECKS
from tests.house import catalogues
from tests.house.catalogues import Text
from tests.house.reading import modules

CATALOGUE = catalogues.PACKAGE / "audit" / "locale" / "es" / "LC_MESSAGES" / "audit.po"


@cache
def texts() -> frozenset[Text]:
    """Every text of the audit's code, the readers' notes and refusals, and titles of checks without a short name."""
    unnamed = {check.title for check in CHECKS if check.code not in kinds.NAMES}
    return frozenset({*catalogues.said("audit"), *map(_text, {*_of_readers(), *unnamed})})


def _text(text: str) -> Text:
    return Text(text=text)


def _of_readers() -> Iterator[str]:
    """The templates of notes and refusals: the second argument, or the one that is called `template`."""
    for module in modules("makegood/readers"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
                reading.NotReadable.__name__,
                reading.Note.__name__,
            ):
                given = [*node.args[1:2], *(word.value for word in node.keywords if word.arg == "template")]
                yield from (text for each in given for text in _constants(each))


def _constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)
