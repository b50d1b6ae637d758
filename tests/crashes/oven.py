"""A warm process that forks: what a child needs is imported once, so that the next one begins in milliseconds.

python tests/crashes/oven.py      reads a task a line as JSON, forks, and has the child do it

The child says what happens as lines of JSON on the same output; the last line of a task is how it ended. A
child may be killed at any moment: whatever it had said by then is heard.
"""
# ruff: noqa: E402  (Django comes first)

import json
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ["DJANGO_SETTINGS_MODULE"] = "makegood.server.settings"

import django

django.setup()

import logging
from datetime import UTC, datetime

from django.db import connections

from makegood.config import shipped
from makegood.intake.mail import loops as _intake  # noqa: F401  (warm)
from makegood.language import listening
from makegood.language.times import Spoken
from makegood.rules import policy_file
from makegood.server.settings import database
from makegood.watch import loop as _watch  # noqa: F401  (warm)
from tests.crashes import day, faults, working_desk

TASKS = {
    "furnish": day.furnish,
    "day": day.live,
    "work": working_desk.work,
    "settle": working_desk.settle,
}


def say(**words: Any) -> None:
    """Say one line; short ones arrive whole or not at all."""
    os.write(1, json.dumps(words, default=str).encode() + b"\n")


def become(task: dict[str, Any]) -> None:
    """Make this process the desk whose house lies in this folder."""
    os.environ["MAKEGOOD_HOME"] = task["home"]
    os.environ |= task.get("settings", {})
    place = database(task["database"])
    at_hand = connections.settings["default"]
    at_hand.update({key: place[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT") if key in place})
    faults.stand_by(task.get("cutter", 0))


def warm_up() -> None:
    """Read what every desk reads before its first letter: the learned weights of both languages, the policy."""
    spoken = Spoken(said_at=datetime(2026, 3, 2, 16, tzinfo=UTC), zone="UTC")
    for text in ("It broke, and nobody answers me. Please send me a new one by Friday.",
                 "Se rompió y nadie me contesta. Por favor, envíenme otra antes del viernes."):  # fmt: skip
        listening.incoming(text, spoken=spoken)
        listening.outgoing(text, spoken=spoken)
    policy_file.read(shipped.house_policy(), version=1, name="warm", laws=shipped.law_texts())


def main() -> None:
    """Fork a child for each task, one at a time."""
    logging.disable(logging.CRITICAL)
    warm_up()
    say(ready=os.getpid())
    for line in sys.stdin:
        task = json.loads(line)
        pid = os.fork()
        if not pid:
            _do(task)
        say(pid=pid)
        _, status = os.waitpid(pid, 0)
        say(ended=os.waitstatus_to_exitcode(status))


def _do(task: dict[str, Any]) -> None:
    code = 1
    try:
        # Nothing is heard of the next tasks here.
        sys.stdin.close()
        become(task)
        module, _, name = task["do"].partition(":")
        (getattr(import_module(module), name) if name else TASKS[module])(task, say)
        code = 0
    except BaseException:
        say(failed=traceback.format_exc()[-3000:])
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
