"""A few ways of writing that let a stranger's bytes run are not used, not even where they'd be safe."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.reading import Module, found, modules, planted

#: Loading with these runs what the file says.
LOADS_CODE = ("pickle", "cPickle", "dill", "marshal", "shelve")
RUNS = {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"}
YAML_UNSAFE = {
    f"yaml.{name}" for name in ("load", "load_all", "unsafe_load", "full_load", "Loader", "UnsafeLoader")
}


def dangers(module: Module) -> Iterator[str]:
    """Shells, pickles, YAML that builds objects, and evaluated text."""
    for origin in module.imported.values():
        if origin.split(".")[0] in LOADS_CODE:
            yield f"{module.path} imports {origin}; keep JSON, TOML or columns instead"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name | ast.Attribute) and module.origin(node) in RUNS | YAML_UNSAFE:
            yield f"{module.at(node)} uses {module.origin(node)}; yaml.safe_load, or a list of arguments"
        if isinstance(node, ast.Call):
            if any(word.arg == "shell" and not _is_false(word.value) for word in node.keywords):
                yield f"{module.at(node)} hands its words to a shell; give a list of arguments"
            if isinstance(node.func, ast.Name) and node.func.id in ("eval", "exec"):
                yield f"{module.at(node)} runs text as code"


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


@pytest.mark.parametrize(
    "text",
    [
        "import subprocess\nsubprocess.run('ls', shell=True)",
        "import subprocess\nsubprocess.run('ls', shell=wanted)",
        "import os\nos.system('ls')",
        "import pickle",
        "from shelve import open",
        "import yaml\nyaml.load(text)",
        "import yaml\nyaml.unsafe_load(text)",
        "eval(text)",
    ],
)
def test_a_planted_danger_is_found(text: str) -> None:
    assert len(list(dangers(planted(text)))) == 1


def test_the_safe_way_is_left_alone() -> None:
    text = "import subprocess, yaml\nyaml.safe_load(text)\nsubprocess.run(['ls'], shell=False)"
    assert list(dangers(planted(text))) == []


def test_nothing_lets_a_strangers_bytes_run() -> None:
    assert not found(dangers, modules("makegood", "tests", "benchmarks", "scripts"))
