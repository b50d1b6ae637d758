"""Time is visible: one file reads the clock, everywhere else `now` is an argument."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.reading import Module, found, modules, planted

#: The one place that may ask what time it is.
CLOCK = "makegood/config/clock.py"

#: Asking these is reading the clock, and handing them on (`default=timezone.now`) is no better.
CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.clock_gettime",
    "django.utils.timezone.now",
    "django.utils.timezone.localdate",
    "django.db.models.functions.Now",
}
#: These read the clock when they are called with fewer arguments than this.
CLOCKS_WITHOUT_A_MOMENT = {
    "time.localtime": 1,
    "time.gmtime": 1,
    "time.ctime": 1,
    "time.strftime": 2,
    "email.utils.localtime": 1,
    "email.utils.formatdate": 1,
    "django.utils.timezone.localtime": 1,
}
SLEEPS = {"time.sleep", "asyncio.sleep"}


def clock_reads(module: Module) -> Iterator[str]:
    """Every place where a module asks what time it is, or has Django ask."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name | ast.Attribute) and module.origin(node) in CLOCKS:
            yield f"{module.at(node)} reads the clock with {module.origin(node)}; take `now` as an argument"
        if isinstance(node, ast.Call):
            name = module.origin(node.func) or ""
            if len(node.args) + len(node.keywords) < CLOCKS_WITHOUT_A_MOMENT.get(name, 0):
                yield f"{module.at(node)} reads the clock: {name} was given no moment"
            if any(word.arg in ("auto_now", "auto_now_add") for word in node.keywords):
                yield f"{module.at(node)} has Django read the clock; store a moment that was handed in"


def sleeps(module: Module) -> Iterator[str]:
    """Every place where a module waits for time to pass."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name | ast.Attribute) and module.origin(node) in SLEEPS:
            yield f"{module.at(node)} sleeps; wait for the event itself, or move the clock"


@pytest.mark.parametrize(
    "text",
    [
        "import datetime\nx = datetime.datetime.now(datetime.UTC)",
        "import datetime as dt\nx = dt.date.today()",
        "from datetime import datetime\nx = datetime.utcnow()",
        "import time\nx = time.time()",
        "from time import time as clock\nx = clock()",
        "def f():\n    import time\n    return time.gmtime()",
        "from django.utils import timezone\nx = dict(default=timezone.now)",
        "from django.db import models\nx = models.DateTimeField(auto_now_add=True)",
        "from email.utils import formatdate\nx = formatdate()",
    ],
)
def test_a_planted_look_at_the_clock_is_found(text: str) -> None:
    assert len(list(clock_reads(planted(text)))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "import time\nx = time.monotonic()",
        "import time\ndef f(at):\n    return time.gmtime(at)",
        "from datetime import datetime\ndef f(now: datetime):\n    return now",
        "def f(promise):\n    return promise.now()",
    ],
)
def test_what_is_no_look_at_the_clock_is_left_alone(text: str) -> None:
    assert list(clock_reads(planted(text))) == []


def test_only_one_file_reads_the_clock() -> None:
    assert not found(clock_reads, [m for m in modules("makegood") if m.path != CLOCK])


def test_no_test_reads_the_clock() -> None:
    assert not found(clock_reads, modules("tests"))


def test_no_test_sleeps() -> None:
    assert len(list(sleeps(planted("from time import sleep\nsleep(1)")))) == 1
    assert not found(sleeps, modules("tests"))
