"""A desk in a process of its own, which a test may kill: reads one command a line, does it, says "done".

Run as a program: `python desk_process.py MOMENT`. MAKEGOOD_HOME names its folder, MAKEGOOD_CRASH_AT where it
dies. It prints the port its mail door listens on first.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makegood.server.settings")


def main() -> None:
    django.setup()
    now = datetime.fromisoformat(sys.argv[1])

    from makegood.intake.judging import judge_waiting
    from makegood.intake.mail import imap_door
    from makegood.intake.mail.smtp_door import SmtpDoor

    door = SmtpDoor(host="127.0.0.1", port=0, now=lambda: now)
    door.start()
    say(str(door.port))
    for line in sys.stdin:
        command, _, rest = line.strip().partition(" ")
        if command == "furnish":
            furnish(now)
        elif command == "judge":
            while judge_waiting(now=now):
                pass
        elif command == "poll":
            imap_door.poll(rest, now)
        say("done")
    door.stop()


def furnish(now: datetime) -> None:
    """Fill an empty folder with a database and the cast."""
    from django.core.management import call_command

    from makegood.demo import cast

    call_command("migrate", verbosity=0)
    cast.load(now=now, password=None)


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
