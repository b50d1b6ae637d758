"""What each address takes by POST, read from its own code: Django's forms, and the names that are asked of the body."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from types import ModuleType

from django import forms

from makegood.customer import typed
from makegood.staff import proposing, signing_in
from tests.attacks.two_teams import Route

ASKED = ("get", "getlist")
BODIES = ("POST", "fields", "FILES")
OPTION = "o"


Input = dict[str, forms.Field | None]
"""The names a body may hold, with the form's field where there is one."""


def input_of(route: Route) -> Input:
    """Return what the view of a route reads: every form it or its helpers name, every name it asks of the body."""
    view = inspect.unwrap(route.view)
    module = sys.modules[view.__module__]
    found: Input = {}
    todo, seen = [view.__name__], set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        thing = getattr(module, name, None)
        if inspect.isclass(thing) and issubclass(thing, forms.BaseForm):
            found |= _fields(thing)
        elif inspect.isfunction(inspect.unwrap(thing)) if callable(thing) else False:
            tree = ast.parse(inspect.getsource(inspect.unwrap(thing)))
            todo += [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
            found |= dict.fromkeys(_asked(tree))
    if module.__name__.startswith("makegood.customer"):
        found |= dict.fromkeys(_asked(ast.parse(inspect.getsource(typed))))
    if module.__name__ == "makegood.staff.remedy_new":
        # The page holds this form once for each entry of the catalogue, and once for what is in none.
        own = {f"{OPTION}-custom-{name}": field for name, field in _fields(proposing.OptionForm).items()}
        found |= own | {f"{OPTION}-refund-{name}": field for name, field in _fields(proposing.OptionForm).items()}
    return found


def plain_name(name: str) -> str:
    """Return a field's name without the place on the page where its form stands."""
    return name.rsplit("-", 1)[-1] if name.startswith(f"{OPTION}-") else name


def _fields(form: type[forms.BaseForm]) -> Input:
    if form is signing_in.SignIn:
        return {"username": forms.CharField(), "password": forms.CharField()}
    return dict(form.base_fields)  # type: ignore[attr-defined]  # made by the metaclass of every form


def _asked(tree: ast.AST) -> Iterator[str]:
    """Names in `request.POST.get("name")`, `.getlist("name")` and `["name"]`."""
    for node in ast.walk(tree):
        call = node.func if isinstance(node, ast.Call) else None
        if isinstance(call, ast.Attribute) and call.attr in ASKED and _is_body(call.value):
            yield from (arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant))  # type: ignore[attr-defined, misc]
        if isinstance(node, ast.Subscript) and _is_body(node.value) and isinstance(node.slice, ast.Constant):
            yield str(node.slice.value)


def _is_body(node: ast.AST) -> bool:
    last = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return last in BODIES


def every_name_asked(*rooms: ModuleType) -> set[str]:
    """Return every name that the modules of these rooms ask of a body, wherever they do."""
    found: set[str] = set()
    for name, module in sys.modules.items():
        if any(name.startswith(f"{room.__name__}.") for room in rooms) and getattr(module, "__file__", None):
            found |= set(_asked(ast.parse(inspect.getsource(module))))
            for thing in vars(module).values():
                if inspect.isclass(thing) and issubclass(thing, forms.Form) and thing.__module__ == name:
                    found |= set(_fields(thing))
    return found
