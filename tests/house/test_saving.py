"""Whatever changes something is in desk/actions: nothing else saves, and nothing saves unseen."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.reading import Module, found, modules, planted

#: Rooms where saving is the point.
#: The audit has no desk: it works on tables of its own in a DuckDB that ends with it.
MAY_SAVE = ("makegood/desk/actions/", "makegood/desk/actions.py", "makegood/desk/migrations/", "makegood/audit/")

#: Single files that save for a reason. Whoever adds one writes the reason a reviewer can weigh.
ALSO_SAVE: dict[str, str] = {}

#: Methods that mean the database whoever has them.
ALWAYS = {
    "save", "asave", "adelete", "acreate", "aupdate",
    "bulk_create", "abulk_create", "bulk_update", "abulk_update",
    "get_or_create", "aget_or_create", "update_or_create", "aupdate_or_create",
}  # fmt: skip
#: Methods of a model that Django calls for every row.
SAVING = ("save", "asave", "save_base", "delete", "adelete")
WRITING_SQL = ("insert", "update", "delete", "replace", "truncate", "alter", "drop", "create")


def _writes(call: ast.Call, method: str) -> bool:
    """Whether this call of a method is one of the ORM's that change rows.

    Dictionaries, hashes and storages have `update`, `create` and `delete` too, but they are given
    something by position; the ORM is given columns by name, or nothing.
    """
    if method in ALWAYS:
        return True
    if method == "create":
        return bool(call.keywords) and not call.args
    if method == "update":
        return bool(call.keywords) and not call.args
    if method == "delete":
        return not call.args and not call.keywords
    return method in ("execute", "executemany") and _is_writing_sql(call)


def _is_writing_sql(call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    if isinstance(first, ast.JoinedStr) and first.values:
        first = first.values[0]
    return (
        isinstance(first, ast.Constant)
        and isinstance(first.value, str)
        and first.value.lstrip().lower().startswith(WRITING_SQL)
    )


def saves(module: Module) -> Iterator[str]:
    """Every place where a module changes rows."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            method = node.func.attr
            if _writes(node, method):
                yield f"{module.at(node)} changes rows with .{method}(); that belongs in desk/actions"


def _only_refuses(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    body = [n for n in function.body if not (isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))]
    return len(body) == 1 and isinstance(body[0], ast.Raise)


def hidden_steps(module: Module) -> Iterator[str]:
    """Signals, and classes that do something of their own when they are saved or deleted.

    An override that only raises is allowed: that is how a row says that it may never change.
    """
    for name, origin in module.imported.items():
        if origin.startswith(("django.dispatch", "django.db.models.signals")):
            yield f"{module.path} imports {name} of {origin}; call the step where it happens"
    for node in ast.walk(module.tree):
        for inner in node.body if isinstance(node, ast.ClassDef) else ():
            if not isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) or inner.name not in SAVING:
                continue
            if not _only_refuses(inner):
                yield f"{module.at(inner)} {inner.name} hides a step; make it an action"


def _outside_the_actions() -> list[Module]:
    return [m for m in modules("makegood") if not m.path.startswith(MAY_SAVE)]


@pytest.mark.parametrize(
    "statement",
    [
        "case.save()",
        "case.save(update_fields=['owner'])",
        "Case.objects.create(owner=someone)",
        "case.contacts.create(kind='answer')",
        "Case.objects.filter(pk=1).update(owner=someone)",
        "case.delete()",
        "Case.objects.bulk_create(cases)",
        "Case.objects.get_or_create(pk=1)",
        "cursor.execute('UPDATE cases SET owner = 1')",
        "cursor.execute(f'delete from {table}')",
    ],
)
def test_a_planted_save_is_found(statement: str) -> None:
    assert len(list(saves(planted(statement)))) == 1


@pytest.mark.parametrize(
    "statement",
    ["digest.update(b'more')", "seen.update(others)", "cache.delete('key')", "cursor.execute('SELECT 1')"],
)
def test_what_only_looks_like_a_save_is_left_alone(statement: str) -> None:
    assert list(saves(planted(statement))) == []


def test_nothing_is_saved_outside_the_actions() -> None:
    assert not found(saves, [m for m in _outside_the_actions() if m.path not in ALSO_SAVE])


def test_an_exception_that_is_no_longer_needed_is_taken_back() -> None:
    saving = {m.path for m in modules("makegood") if list(saves(m))}
    assert set(ALSO_SAVE) <= saving, "a file of ALSO_SAVE saves nothing, or is gone; take it out"


@pytest.mark.parametrize(
    "text",
    [
        "from django.db.models.signals import post_save",
        "from django.dispatch import receiver",
        "class Case(Model):\n    def save(self):\n        self.tell()\n        super().save()",
    ],
)
def test_a_planted_hidden_step_is_found(text: str) -> None:
    assert len(list(hidden_steps(planted(text)))) == 1


def test_a_row_may_refuse_to_be_deleted() -> None:
    text = 'class Entry(Model):\n    def delete(self):\n        """Never."""\n        raise Refused'
    assert list(hidden_steps(planted(text))) == []


def test_saving_has_no_hidden_steps() -> None:
    assert not found(hidden_steps, modules("makegood"))
