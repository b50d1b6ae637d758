"""`makegood story`, in a database that was made before: python -m tests.stories.teller EMPTY FILE --mode MODE --json

Making one takes longer than telling most stories. EMPTY is a desk's database without a row; each story has a copy.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from makegood import cli
from makegood.story import world


def begin_with(empty: Path) -> None:
    """Let stories begin with a copy of this database."""

    def begin(home: Path) -> None:
        os.environ["MAKEGOOD_HOME"] = str(home)
        os.environ["MAKEGOOD_DATABASE_URL"] = ""
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makegood.server.settings")
        shutil.copy(empty, home / "makegood.sqlite3")
        import django

        django.setup()

    world._begin_django = begin


if __name__ == "__main__":
    begin_with(Path(sys.argv[1]))
    cli.run(["story", *sys.argv[2:]])
