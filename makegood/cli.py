"""The command `makegood`. Each command has an example; 0 is good, 1 found something, 2 is wrong use."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from rich.console import Console

GOOD, FOUND, WRONG_USE = 0, 1, 2
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def with_desk() -> None:
    """Make Django ready. Only the commands that touch the record pay for it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makegood.server.settings")
    import django

    from makegood.config import SettingError

    try:
        django.setup()
    except SettingError as error:
        raise click.UsageError(str(error)) from None


class Sentences(click.Group):
    """Says what is wrong with a setting, a file or a port in one sentence, where Python would print a trace."""

    def invoke(self, ctx: click.Context) -> Any:
        from makegood.config import SettingError
        from makegood.rules.policy_file import PolicyErrors, format_errors

        try:
            return super().invoke(ctx)
        except SettingError as error:
            err.print(str(error), markup=False)
        except PolicyErrors as error:
            err.print(format_errors(error.errors), markup=False)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            err.print(f"{where}{error.strerror or error}", markup=False)
        sys.exit(WRONG_USE)


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="makegood")
def main() -> None:
    """Makegood, the service-recovery desk: nobody should have to go to Twitter."""


@main.command()
def serve() -> None:
    """Start everything in one process: the desk, the watch, the mail door, delivery.

    Example: MAKEGOOD_PORT=8080 makegood serve
    """
    with_desk()
    from makegood.server import serving

    sys.exit(serving.serve(serving.EVERYTHING))


def _role(name: str, text: str) -> Callable[[], None]:
    def command() -> None:
        with_desk()
        from makegood.server import serving

        sys.exit(serving.serve(frozenset({name})))

    command.__doc__ = f"{text}\n\nExample: MAKEGOOD_DATABASE_URL=postgresql://… makegood {name}"
    return command


for _name, _text in (
    ("web", "Start the web desk alone, beside the other roles on PostgreSQL."),
    ("watch", "Start the watch alone. Any number may run; each alarm is raised once."),
    ("deliver", "Start mail delivery alone. Any number may run; each mail is sent once."),
    ("mail", "Start the mail door alone: the listener, the mailboxes, and the judging of what came."),
):
    main.command(name=_name)(_role(_name, _text))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--all", "everything", is_flag=True, help="Recompute every case of a large desk, however long it takes.")
def doctor(as_json: bool, everything: bool) -> None:
    """Check settings, signs of life, and the promises P1–P8 on the live database, read-only.

    Example: makegood doctor --json
    """
    from makegood.config import clock
    from makegood.server.report import where_there_is_no_desk

    report = where_there_is_no_desk(now=clock.now())
    if report is None:
        with_desk()
        from makegood.server import house_call

        report = house_call.visit(everything=everything)
    click.echo(report.as_json() if as_json else report.as_text())
    sys.exit(GOOD if report.well else FOUND)


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def backup(folder: Path | None) -> None:
    """Copy everything the desk keeps into a new folder, while it goes on working.

    Without FOLDER, under MAKEGOOD_HOME/backups; keep copies on another machine, too.

    Example: makegood backup /mnt/safe/makegood-monday
    """
    with_desk()
    from makegood.server import copies

    sys.exit(copies.back_up(folder))


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def restore(folder: Path) -> None:
    """Put a copy in the place of a desk that was lost. Mails that may have gone out since are not sent again.

    Example: makegood restore /mnt/safe/makegood-monday
    """
    with_desk()
    from makegood.server import copies

    sys.exit(copies.put_back(folder))


@main.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def move(file: Path | None) -> None:
    """Move a desk from SQLite's file into the empty PostgreSQL database in MAKEGOOD_DATABASE_URL. Stop it first.

    Without FILE, makegood.sqlite3 in MAKEGOOD_HOME. All of it or nothing; the file is kept under another name.

    Example: MAKEGOOD_DATABASE_URL=postgresql://… makegood move
    """
    with_desk()
    from makegood.server import moving

    sys.exit(moving.move(file))


@main.group()
def policy() -> None:
    """Look at a policy file, load it, and see whom it would have touched."""


@policy.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Read a policy and print every mistake at once: where, what, what to write instead.

    Example: makegood policy check house.toml
    """
    from makegood.config import shipped
    from makegood.language import titles
    from makegood.rules import policy_file

    try:
        read = policy_file.read(file.read_text(encoding="utf-8"), version=1, name=file.stem, laws=shipped.law_texts())
        titles.refuse_bought_reviews(read)
    except UnicodeDecodeError as error:
        err.print(f"{file}: byte {error.start} is not UTF-8. Save the file as UTF-8.")
        sys.exit(FOUND)
    except policy_file.PolicyErrors as errors:
        click.echo(policy_file.format_errors(errors.errors))
        sys.exit(FOUND)
    out.print(
        f"{file} is good: {len(read.kinds)} kinds of promise, {len(read.doors)} doors, "
        f"{len(read.calendars)} calendars, {len(read.laws)} laws."
    )


@policy.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--open-cases", metavar="WHY", default="", help="Let open cases go on under it; promised dates stay.")
def load(file: Path, open_cases: str) -> None:
    """Load a policy for the cases that open from now on, and say what goes on under an older one.

    Name the same file in MAKEGOOD_POLICY: each start loads that one.

    Example: makegood policy load house.toml
    """
    with_desk()
    from makegood.server import policies

    sys.exit(policies.load(file, open_cases=open_cases))


@policy.command()
@click.option("--recompute", metavar="WHY", default="", help="Record what a time zone's new rules change, and why.")
def affected(recompute: str) -> None:
    """List what runs under an older policy and would be due at another time under the newest. Nothing is moved.

    Example: makegood policy affected
    """
    with_desk()
    from makegood.server import policies

    sys.exit(policies.recompute(recompute) if recompute.strip() else policies.affected())


@main.group()
def intake() -> None:
    """Bring in what came by other ways."""


@intake.command(name="mail")
@click.argument("path", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--door", default="", help="The policy's name for the door; the first mail door if left out.")
def intake_mail(path: tuple[Path, ...], door: str) -> None:
    """Take in .eml files, mboxes and Maildirs, each letter once however often it is read.

    Example: makegood intake mail old-mail/ --door mail
    """
    with_desk()
    from makegood.server import taking

    sys.exit(taking.take_mail(path, door=door))


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--mode",
    type=click.Choice(["history", "makegood"]),
    default="history",
    help="history: nobody does what the alarms ask; makegood: they act on the first one.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the timeline and the verdicts as JSON.")
def story(file: Path, mode: str, as_json: bool) -> None:
    """Run a story through the real doors and the real watch on a simulated clock.

    Example: makegood story stories/story0-bag.yaml --mode makegood
    """
    from makegood.story import telling

    sys.exit(telling.tell(file, mode=mode, as_json=as_json))


@main.command()
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"), default="-")
@click.option("--ours", is_flag=True, help="It is a message of ours, not a customer's.")
@click.option("--zone", default="UTC", show_default=True, help="IANA zone of whoever wrote it.")
@click.option("--at", "said_at", default=None, help="When it was written, ISO 8601 with its offset; now if left out.")
def hear(file: TextIO, ours: bool, zone: str, said_at: str | None) -> None:
    """Say what a text seems to say: one JSON object a line. Reads a file or the standard input, keeps nothing.

    Example: echo "I'll call you by Friday." | makegood hear --ours --zone Europe/Madrid
    """
    from makegood.config import clock
    from makegood.language import listening
    from makegood.language.replies import new_words
    from makegood.language.times import Spoken

    try:
        at = datetime.fromisoformat(said_at) if said_at else clock.now()
        spoken = Spoken(said_at=at, zone=ZoneInfo(zone).key)
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise click.UsageError(f"--at or --zone can't be read: {error}") from None
    if at.utcoffset() is None:
        raise click.UsageError("--at needs its offset, as in 2026-03-02T10:00-06:00.")
    text = file.read(1_000_000)
    readings = (
        listening.outgoing(text, spoken=spoken) if ours else listening.incoming(new_words(text).new, spoken=spoken)
    )
    for reading in readings:
        click.echo(json.dumps(asdict(reading), default=str, ensure_ascii=False))


@main.command()
@click.argument("file")
@click.option(
    "--map",
    "mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="How to read FILE; guessed, and written for editing, if left out.",
)
@click.option(
    "--policy",
    "policies",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Judge by this policy. A second one is compared with the first.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False),
    help="Folder to write, or s3://BUCKET/NAME; NAME-audit if left out.",
)
@click.option("--read-texts", is_flag=True, help="Read what staff wrote for promises, where the export holds it.")
@click.option("--as-of", default=None, help="Look as of this day or moment; the log's last if left out.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True)
@click.option("--master", default="local[*]", show_default=True, help="Of Spark: where its cluster is.")
@click.option("--memory", default="1400MB", show_default=True, help="Of DuckDB: what doesn't fit waits on disk.")
@click.option("--language", type=click.Choice(["en", "es"]), default="en", show_default=True, help="Of the report.")
@click.option("--json", "as_json", is_flag=True, help="Print report.json.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@click.option("--serve", "serving", is_flag=True, help="Open the report in the browser.")
def audit(file: str, out: str | None, serving: bool, **asked: Any) -> None:
    """Read another desk's log, and list every customer who slipped, with a report.

    Ends with 0 where nobody slipped, 1 where somebody did, 2 for wrong use, 3 where too little could be
    read, 70 where a fault of ours stopped it.

    FILE is a file, a folder, or an address: s3://BUCKET/NAME, or our own database's.

    Example: makegood audit export.csv --map export.toml --out audit
    """
    from makegood.audit import command, places
    from makegood.config import clock

    wanted = command.Asked(serve=serving, **places.named(file), **places.placed(out), **asked)
    sys.exit(command.audit(wanted, now=clock.now, say=click.echo, terminal=err))


@main.group()
def staff() -> None:
    """The people who work here."""


@staff.command(name="add")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", type=click.Choice(["agent", "lead", "head", "executive", "admin"]), required=True)
@click.option("--team", default="", help="The policy's name for the team; none for those above all teams.")
@click.password_option(help="Asked for if left out. At least ten characters.")
def staff_add(email: str, name: str, role: str, team: str, password: str) -> None:
    """Add somebody who may sign in.

    Example: makegood staff add --email ada@house.example --name "Ada Byrne" --role head
    """
    with_desk()
    from makegood.server import hiring

    sys.exit(hiring.add(email=email, name=name, role=role, team=team, password=password))


@main.command()
@click.argument("name", default="")
@click.option(
    "--may", multiple=True, default=("codes.look_up", "codes.redeem"), show_default=True, help="What it may do."
)
@click.option("--revoke", is_flag=True, help="End the token of this name.")
def token(name: str, may: tuple[str, ...], revoke: bool) -> None:
    """Make a token for a program of the house, such as a till; without NAME, list those there are.

    Example: makegood token "till in Oak Street"
    """
    with_desk()
    from makegood.server import tokens

    sys.exit(tokens.end(name) if revoke else tokens.make(name, may))


@main.group()
def demo() -> None:
    """The demo house, Larkfield Outdoor."""


@demo.command(name="load")
def demo_load() -> None:
    """Fill an empty database with the cast and its bad weeks.

    Example: makegood demo load
    """
    with_desk()
    from makegood.server import serving

    serving.prepare()
    if not serving.load_demo():
        err.print("The database is not empty, so nothing was loaded. Set MAKEGOOD_HOME to an empty folder.")
        sys.exit(FOUND)
    out.print("Loaded Larkfield Outdoor.")


def run(arguments: list[str] | None = None) -> Any:
    """Run the command as a function; for tests."""
    return main.main(args=arguments, standalone_mode=False)


if __name__ == "__main__":
    main()
