"""`makegood audit FILE`: read the log, judge it, write the tables and the report, say it in one sentence.

Ends with 0 where nobody slipped, 1 where somebody did, 2 for wrong use, 3 where too little of the file could be
read to conclude anything, 130 where somebody stopped it.
"""

from __future__ import annotations

import shutil
import tomllib
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from . import guards, places, words
from .words import gettext as _
from .words import gettext_noop as later

if TYPE_CHECKING:
    from makegood.readers import Letters, NotReadable, Reading
    from makegood.rules.policy import Policy

    from .engines import Engine
    from .gather import Report
    from .run import Outcome

NOBODY_SLIPPED, SOMEBODY_SLIPPED, WRONG_USE, TOO_LITTLE, OUR_FAULT, STOPPED = 0, 1, 2, 3, 70, 130
STEPS = {
    "looking through the log": later("Looking through the log"),
    "telling each case's story": later("Telling each case’s story"),
    "writing the facts": later("Writing the facts"),
    "asking the checks": later("Asking the checks"),
}
GUESSED = guards.GUESSED
SPARK_LOG = "spark.log"
NEEDED = ("ibis", "duckdb", "pyarrow", "plutoprint")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody typed."""

    file: Path
    address: str = ""
    """Of our own database or of an object store, where that is what was named; `file` is then what it is called."""
    mapping: Path | None = None
    policies: Sequence[Path] = ()
    out: Path | None = None
    out_address: str = ""
    """Of an object store, where that is what is to be written to."""
    as_of: str | None = None
    engine: str = "duckdb"
    master: str = "local[*]"
    memory: str = "1400MB"
    language: str = "en"
    as_json: bool = False
    quiet: bool = False
    read_texts: bool = False
    serve: bool = False


class Refused(Exception):  # noqa: N818  (a refusal, as the house calls it)
    """The audit can't be done as asked. `status` is what the command ends with; the text is for people."""

    def __init__(self, text: str, status: int = WRONG_USE) -> None:
        super().__init__(text)
        self.status = status


def audit(asked: Asked, *, now: Callable[[], datetime], say: Callable[[str], None], terminal: Console) -> int:
    """Do the whole audit, and return what the command ends with. `say` is standard output."""
    with words.speaking(asked.language), places.folder(asked) as out:
        try:
            report = _whole(asked, out, now=now, terminal=terminal)
        except Refused as refusal:
            terminal.print(guards.for_a_terminal(str(refusal)), markup=False, style=None)
            return refusal.status
        except KeyboardInterrupt:
            terminal.print(_("Stopped. Nothing was concluded."), markup=False)
            return STOPPED
        except Exception:
            # Python itself would end with 1, which says that somebody slipped.
            terminal.print(guards.for_a_terminal(traceback.format_exc()), markup=False, style=None)
            terminal.print(_("This is a fault of Makegood. Nothing was concluded."), markup=False)
            return OUR_FAULT
        _tell(asked, report, out, say)
        if asked.serve:
            from .serving import serve

            serve(out, say=lambda address: say(_("The report is at {address}. Ctrl-C ends.").format(address=address)))
    return SOMEBODY_SLIPPED if report.slipped else NOBODY_SLIPPED


def _whole(asked: Asked, out: Path, *, now: Callable[[], datetime], terminal: Console) -> Report:
    _refuse_without_packages(asked)
    _refuse_without_spark(asked)
    _refuse_places(asked)
    from .progress import Steps

    with Steps(terminal, quiet=asked.quiet) as steps:
        reading = _read(asked, out, steps)
        house = _policies(asked, reading)
        outcome = _judge(asked, out, house, steps)
        steps.begin(_("Writing the report"), outcome.cases)
        report = _report(asked, out, house, reading, outcome, now())
        with _readable():
            places.deliver(asked, out, steps)
    return report


def _refuse_places(asked: Asked) -> None:
    with _readable():
        if text := places.refusal(asked):
            raise Refused(text)


@contextmanager
def _readable() -> Iterator[None]:
    """Say in the reader's language what can't be read, or written to."""
    from makegood.readers import NotReadable

    try:
        yield
    except NotReadable as refusal:
        raise Refused(_(refusal.template).format(**refusal.gaps), _status(refusal)) from None


def _status(refusal: NotReadable) -> int:
    return TOO_LITTLE if refusal.code == "too_little_readable" else WRONG_USE


def _refuse_without_packages(asked: Asked) -> None:
    wanted = [*NEEDED, "pyspark"] if asked.engine == "spark" else NEEDED
    if all(find_spec(name) for name in wanted):
        return
    extra = "audit,spark" if asked.engine == "spark" else "audit"
    raise Refused(
        _(
            "The audit needs packages that are not installed: pip install 'makegood[{extra}]', or make setup-audit."
        ).format(extra=extra)
    )


def _refuse_without_spark(asked: Asked) -> None:
    """Say what is missing before an hour is spent on reading."""
    from . import spark_session

    if asked.engine == "spark":
        try:
            spark_session.refuse_early(asked.master)
        except spark_session.NoSpark as refusal:
            raise Refused(str(refusal)) from None


def _read(asked: Asked, out: Path, steps: Any) -> Reading:
    """Read the file into `out/events.parquet`. A mapping that was guessed is kept for editing."""
    from makegood import readers

    if own := places.written_over(asked, out):
        text = _("The audit would write over {file}, which it is to read. Name another folder with --out.")
        raise Refused(text.format(file=own))
    given = _text(asked.mapping) if asked.mapping else None
    try:
        with _readable(), places.source(asked, steps) as source:
            out.mkdir(parents=True, exist_ok=True)
            guards.cut_links(out)
            steps.begin(_("Reading {file}").format(file=guards.for_a_terminal(asked.file.name)))
            letters = _letters(asked)
            reading = readers.read(source, into=out, mapping=given, progress=steps.tell, letters=letters)
    except readers.MappingErrors as errors:
        raise Refused(f"{asked.mapping or asked.file}: {errors}") from None
    except Refused as refusal:
        if refusal.status == TOO_LITTLE:
            guards.forget_earlier(out)
        raise
    guards.forget_earlier(out)
    steps.tell(reading.rows, 1.0)
    if given is None and reading.mapping:
        guards.keep_guess(out, reading.mapping)
    return reading


def _letters(asked: Asked) -> Letters:
    """How the words of letters are to be read: by the hours of the policy that was named."""
    from makegood.readers import Letters

    if not asked.read_texts or not asked.policies:
        return Letters(wanted=asked.read_texts)
    from .house_rules import hours_of, policies

    hours = hours_of(policies(asked.policies[:1], zone="UTC")[0])
    return Letters(zone=hours.zone, hours=hours)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Refused(_("{file} is no text in UTF-8.").format(file=file)) from None


def _notes(asked: Asked, reading: Reading) -> tuple[str, ...]:
    """What whoever concludes from the report has to know of the reading."""
    notes = [_(note.template).format(**note.gaps) for note in reading.notes]
    if asked.mapping is None and reading.mapping:
        text = _(
            "How to read the columns was guessed. Look at {file}, mend what is wrong, and run again with --map {file}."
        )
        notes.insert(0, text.format(file=GUESSED))
    if asked.read_texts and not any(note.code == "letters_read" for note in reading.notes):
        notes.append(_("This export holds no letters of ours that --read-texts could read."))
    return tuple(notes)


def _policies(asked: Asked, reading: Reading) -> tuple[Policy, ...]:
    from .house_rules import policies

    for file in asked.policies:
        _text(file)
    return policies(asked.policies, zone=_zone(reading))


def _zone(reading: Reading) -> str:
    """The zone that the mapping names; UTC where it names none."""
    try:
        said = tomllib.loads(reading.mapping)
    except tomllib.TOMLDecodeError:
        return "UTC"
    found = _find(said, "zone")
    return found if isinstance(found, str) and "/" in found else "UTC"


def _find(table: object, key: str) -> object:
    if isinstance(table, dict):
        if key in table:
            return table[key]
        return next((value for each in table.values() if (value := _find(each, key)) is not None), None)
    return None


def _judge(asked: Asked, out: Path, house: tuple[Policy, ...], steps: Any) -> Outcome:
    import duckdb

    from .house_rules import hours_of, moment
    from .log import NothingToAudit
    from .run import run

    try:
        as_of = moment(asked.as_of, zone=hours_of(house[0]).zone) if asked.as_of else None
    except (ValueError, OverflowError):
        text = _("--as-of can't be read: {text}. Write a day or a moment, as in 2026-03-02 or 2026-03-02T10:00-06:00.")
        raise Refused(text.format(text=asked.as_of)) from None
    try:
        with _engine(asked, out) as engine:
            return run(
                out / "events.parquet",
                policies=house,
                as_of=as_of,
                engine=engine,
                out=out,
                progress=lambda what, rows: steps.begin(_step(what), rows),
            )
    except duckdb.Error as error:
        raise Refused(_("DuckDB gave up: {why}").format(why=str(error).partition("\n")[0])) from None
    except NothingToAudit as refusal:
        raise Refused(str(refusal) or _("The log has no row up to that moment.")) from None


def _step(what: str) -> str:
    """What the engine does next; that it asks again under another policy is told with the policy's name."""
    if what in STEPS:
        return _(STEPS[what])
    return _("Asking again under {policy}").format(policy=what.rpartition(" under ")[2])


@contextmanager
def _engine(asked: Asked, out: Path) -> Iterator[Engine]:
    """Start the engine, and end it. What Spark says stays beside the tables where it failed."""
    from . import engines

    work = out / ".work"
    work.mkdir(parents=True, exist_ok=True)
    if asked.engine == "spark":
        opened: AbstractContextManager[Engine] = _spark(asked, out, work)
    else:
        opened = closing(engines.DuckDB(work, memory=asked.memory))
    try:
        with opened as engine:
            yield engine
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _spark(asked: Asked, out: Path, work: Path) -> Iterator[Engine]:
    from . import engines, spark_session

    log = out / SPARK_LOG
    log.unlink(missing_ok=True)
    try:
        with closing(engines.Spark(str(work), master=asked.master, log=log)) as engine:
            yield engine
    except spark_session.NoSpark as refusal:
        raise Refused(str(refusal)) from None
    except Exception as error:
        why = spark_session.reason(error)
        if why is not None:
            text = _("Spark gave up: {why}. Every worker has to see {out} under that name; more is in {log}.")
            raise Refused(text.format(why=why, out=out.absolute(), log=log)) from None
        log.unlink(missing_ok=True)
        raise
    log.unlink(missing_ok=True)


def _report(
    asked: Asked, out: Path, house: tuple[Policy, ...], reading: Reading, outcome: Outcome, now: datetime
) -> Report:
    from . import report as written
    from .gather import Facts, gather
    from .house_rules import hours_of
    from .tables import Tables
    from .what_if import outlook

    others = tuple(
        outlook(out, policy=one.name, hours=hours_of(one), as_of=outcome.as_of, findings=f"findings.{nth}")
        for nth, one in enumerate(house[1:], 2)
    )
    facts = Facts(
        source=asked.file.name,
        as_of=outcome.as_of,
        written_at=now,
        policy=house[0].name,
        hours=hours_of(house[0]),
        reading=reading.plain(),
        notes=_notes(asked, reading),
        version=_version(),
        outlooks=others,
    )
    with Tables(out, as_of=outcome.as_of, log=out / "events.parquet") as tables:
        report = gather(tables, facts)
    written.write(report, out, language=asked.language)
    return report


def _version() -> str:
    try:
        return metadata.version("makegood")
    except metadata.PackageNotFoundError:
        return ""


def _tell(asked: Asked, report: Report, out: Path, say: Callable[[str], None]) -> None:
    from .report.answer import plain_answer

    if asked.as_json:
        say((out / "report.json").read_text(encoding="utf-8").rstrip("\n"))
    elif not asked.quiet:
        say(plain_answer(report))
        if (out / GUESSED).exists() and asked.mapping is None:
            say(report.facts.notes[0].replace(GUESSED, places.shown(asked, out, GUESSED)))
        say(places.shown(asked, out, "report.html"))
