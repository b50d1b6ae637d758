"""The English of the rules, the desk and the policies that reaches people: the desk's catalogue must hold it."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache

from makegood.desk.actions import staff_mail
from makegood.intake.mail import programs
from makegood.notify import recorded
from makegood.rules import checks, code_text, codes, incident_refusals, orders, programmes, refusals

from .catalogues import PACKAGE, Text
from .reading import Module, modules

REFUSALS = {
    name: kind
    for file in (refusals, code_text, codes, incident_refusals, orders, programmes)
    for name, kind in vars(file).items()
    if isinstance(kind, type) and issubclass(kind, refusals.Refusal)
}
#: Where a sentence stands in the code as a mere text, and travels to a page or a mail by way of the record.
SAY_WHY = (
    "makegood/intake/mail/judgement.py",
    "makegood/intake/mail/answers.py",
    "makegood/intake/mail/programs.py",
    "makegood/rules/code_text.py",
    "makegood/rules/codes.py",
    "makegood/rules/programmes.py",
    "makegood/rules/money.py",
    "makegood/rules/people_lists.py",
    "makegood/desk/actions/incident_people.py",
    "makegood/desk/actions/incident_remedies.py",
)
#: Keywords whose text becomes a fact that a page or a mail shows.
SHOWN = {
    "makegood/rules": {"evidence", "sentence"},
    "makegood/desk/actions": {"sentence"},
    "makegood/intake": {"why", "sentence"},
}
A_HEADER = re.compile(r"[\w-]+: ")
"""A mail header as the reason why something is automatic; it is no sentence."""
SHOWN_WHYS = ("nobody took it in time", "the same letter to another address of ours", "taken back")
"""Reasons among the many of the journal that a page tells."""


@cache
def texts() -> frozenset[Text]:
    """Every such text, in English as it is recorded."""
    found = {*_refusals(), *_in_code(), *_checks(), *_titles(), *recorded.WITH_GAPS, *SHOWN_WHYS}
    found.add(staff_mail.KEPT_AS_NOTE)
    return frozenset(Text(text=text.strip()) for text in found)


def _refusals() -> Iterator[str]:
    yield from (kind().sentence for kind in REFUSALS.values())


def _checks() -> Iterator[str]:
    for check in checks.CHECKS:
        yield check.title
        yield check.why


def _titles() -> Iterator[str]:
    for path in sorted((PACKAGE / "policies").rglob("*.toml")):
        policy = tomllib.loads(path.read_text("utf-8"))
        for section in ("kinds", "doors"):
            yield from (one["title"] for one in policy.get(section, {}).values())


@cache
def _speaking() -> tuple[tuple[Module, set[str]], ...]:
    """The modules in which such a text may stand, with the keywords that make it one."""
    return tuple(
        (module, keywords)
        for room, keywords in SHOWN.items()
        for module in modules(room)
        if any(sign in module.text for sign in ("efus", "reasons.append", *(f"{keyword}=" for keyword in keywords)))
    )


def _in_code() -> Iterator[str]:
    for module, keywords in _speaking():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call):
                yield from _of_call(node, keywords)
        if module.path in SAY_WHY:
            yield from _sentences(module)
    yield from programs.WORDS.values()


def _of_call(node: ast.Call, keywords: set[str]) -> Iterator[str]:
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    reason = name in REFUSALS or (name == "append" and ast.unparse(node.func) == "reasons.append")
    shown = [*(node.args if reason else ()), *(k.value for k in node.keywords if k.arg in keywords)]
    words = (a.value for a in shown if isinstance(a, ast.Constant) and isinstance(a.value, str))
    yield from (text for text in words if not A_HEADER.match(text))


def with_gaps() -> Iterator[str]:
    """The same for texts with something of their own in them, each gap filled with an x."""
    for module, keywords in _speaking():
        shown: list[ast.expr] = []
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call):
                shown += [k.value for k in node.keywords if k.arg in keywords]
            elif isinstance(node, ast.Return) and node.value and module.path in SAY_WHY[:2]:
                shown.append(node.value)
        yield from (_filled(text) for text in shown if isinstance(text, ast.JoinedStr))


def _filled(text: ast.JoinedStr) -> str:
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in text.values)


def _sentences(module: Module) -> Iterator[str]:
    """Whole sentences among a module's texts, docstrings and parts of f-strings left out."""
    silent = {id(n.value) for n in ast.walk(module.tree) if isinstance(n, ast.Expr)}
    silent |= {id(p) for n in ast.walk(module.tree) if isinstance(n, ast.JoinedStr) for p in n.values}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            text = node.value.strip()
            if text[:1].isupper() and text.endswith(".") and " " in text:
                yield text
