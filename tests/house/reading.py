"""The project's own files as text and syntax trees, for the tests of the house."""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
#: Folders with code that somebody here wrote.
ROOMS = ("makegood", "tests", "benchmarks", "scripts")


@dataclass(frozen=True, kw_only=True)
class Module:
    """One Python file: where it is in the repository, and what it says."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file; a file that can't be parsed raises SyntaxError with its name."""
        return ast.parse(self.text, filename=self.path)

    @cached_property
    def imported(self) -> dict[str, str]:
        """Every name that an import binds here, with what it stands for: `dt` → `datetime`."""
        return dict(pair for node in ast.walk(self.tree) for pair in self._bound_by(node))

    def origin(self, node: ast.expr) -> str | None:
        """Where a name or a dotted name comes from, in full; None if no import tells."""
        if isinstance(node, ast.Name):
            return self.imported.get(node.id)
        if isinstance(node, ast.Attribute):
            base = self.origin(node.value)
            return f"{base}.{node.attr}" if base else None
        return None

    def at(self, node: ast.stmt | ast.expr) -> str:
        """The place of a node, as editors and people write it."""
        return f"{self.path}:{node.lineno}"

    def _bound_by(self, node: ast.AST) -> Iterator[tuple[str, str]]:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield (alias.asname, alias.name) if alias.asname else (alias.name.split(".")[0],) * 2
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, f"{self._package_of(node)}.{alias.name}"

    def _package_of(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        above = PurePosixPath(self.path).parts[: -node.level]
        return ".".join((*above, *filter(None, [node.module])))


@cache
def files(*suffixes: str, rooms: tuple[str, ...] = ROOMS) -> tuple[Path, ...]:
    """All files of the rooms with one of these suffixes, in order, caches left out."""
    everything = (path for room in rooms for path in sorted((ROOT / room).rglob("*")))
    written = (path for path in everything if path.is_file() and "__pycache__" not in path.parts)
    return tuple(path for path in written if path.suffix in suffixes)


@cache
def modules(*rooms: str) -> tuple[Module, ...]:
    """All Python files of these rooms."""
    return tuple(
        Module(path=path.relative_to(ROOT).as_posix(), text=path.read_text("utf-8"))
        for path in files(".py", rooms=rooms)
    )


def planted(text: str, path: str = "makegood/staff/pages.py") -> Module:
    """A module that is not in the repository, to show that a finder finds."""
    return Module(path=path, text=text)


def found(finder: Callable[[Module], Iterable[str]], among: Iterable[Module]) -> str:
    """What a finder says of all these modules, a line each: a test wants it empty and prints it else."""
    return "\n".join(line for module in among for line in finder(module))
