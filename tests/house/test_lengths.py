"""A file is read in one sitting and a function at one glance."""

import ast
from collections.abc import Iterator

from tests.house.reading import ROOT, Module, files, found, modules, planted

FILE_STOP = 400
FUNCTION_STOP = 60


def long_functions(module: Module) -> Iterator[str]:
    """Every function of more than 60 lines, its docstring counted and its decorators not."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            lines = node.end_lineno - node.lineno + 1
            if lines > FUNCTION_STOP:
                yield f"{module.at(node)} {node.name} has {lines} lines; stop at {FUNCTION_STOP}"


def long_files(sizes: dict[str, int]) -> Iterator[str]:
    """Every file of 400 lines or more."""
    for path, lines in sizes.items():
        if lines >= FILE_STOP:
            yield f"{path} has {lines} lines; it is two files from {FILE_STOP} on"


def test_a_planted_long_function_is_found() -> None:
    assert list(long_functions(planted("def f():\n" + "    x = 1\n" * 59))) == []
    assert len(list(long_functions(planted("def f():\n" + "    x = 1\n" * 60)))) == 1


def test_a_planted_long_file_is_found() -> None:
    assert [line.split()[0] for line in long_files({"short.py": 399, "long.py": 400})] == ["long.py"]


def test_no_function_is_longer_than_a_glance() -> None:
    assert not found(long_functions, modules("makegood", "tests", "benchmarks", "scripts"))


def test_no_file_is_longer_than_a_sitting() -> None:
    by_hand = (p for p in files(".py", ".html", ".css", ".js", ".sh") if ".min." not in p.name)
    written = (p for p in by_hand if p.parent.name != "migrations")  # Django writes those
    sizes = {p.relative_to(ROOT).as_posix(): p.read_bytes().count(b"\n") for p in written}
    assert len(sizes) > 20, "the files to measure were not found"
    assert "\n".join(long_files(sizes)) == ""
