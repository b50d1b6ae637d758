"""Every sentence of a mail is there in Spanish, with the same gaps, and in the reader's own time."""

import ast
import string
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.utils.translation import override

import makegood.notify
from makegood.notify.email import compose, ribbon
from makegood.notify.email.moments import Reader, reader, span, zone_letters
from makegood.notify.email.words import PromiseLine
from tests.notify.letters import DUE, SAID, acknowledgement, envelope, flat, html_of

ROOM = Path(makegood.notify.__file__).parent
CATALOGUE = ROOM / "locale" / "es" / "LC_MESSAGES" / "django.mo"
SHORTCUTS = {"gettext": 0, "ngettext": 0, "pgettext": 1}


def sentences() -> Iterator[tuple[str, tuple[str, ...]]]:
    """(function, its constant texts) of every text that this room has translated."""
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHORTCUTS:
                texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                yield node.func.id, tuple(texts)


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def spanish(function: str, texts: tuple[str, ...], catalogue: GNUTranslations) -> Iterator[tuple[str, str]]:
    """(English, Spanish) of a call, both forms of a plural; Spanish is empty where it is missing."""
    known = catalogue._catalog  # type: ignore[attr-defined]
    if function == "ngettext":
        one, many = texts
        yield one, known.get((one, 0), "")
        yield many, known.get((one, 1), "")
    elif function == "pgettext":
        yield texts[1], known.get(f"{texts[0]}\x04{texts[1]}", "")
    else:
        yield texts[0], known.get(texts[0], "")


def test_every_sentence_has_its_spanish_with_the_same_gaps() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = GNUTranslations(file)
    found = [pair for function, texts in sentences() for pair in spanish(function, texts, catalogue)]
    assert len(found) > 100
    assert [english for english, said in found if not said] == []
    assert [english for english, said in found if gaps(said) != gaps(english)] == []


def test_the_catalogue_holds_nothing_that_nobody_says() -> None:
    said = {texts[-1] if function == "pgettext" else texts[0] for function, texts in sentences()}
    with CATALOGUE.open("rb") as file:
        known = GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    kept = {(key[0] if isinstance(key, tuple) else key).rpartition("\x04")[2] for key in known} - {""}
    assert kept - said == set()


@pytest.mark.parametrize("language", ["es", "es-mx", "es-ES"])
def test_a_reader_of_spanish_gets_spanish(language: str) -> None:
    assert "Tenemos su mensaje." in flat(compose.acknowledgement(acknowledgement(language=language)))


@pytest.mark.parametrize("language", ["", "tlh", "../../etc", "en-GB", "x" * 300])
def test_a_language_that_nobody_here_speaks_is_answered_in_english(language: str) -> None:
    raw = compose.acknowledgement(acknowledgement(language=language))
    assert "We have your message." in flat(raw)
    assert '<html lang="en' in html_of(raw)


def test_composing_leaves_the_language_of_the_program_alone() -> None:
    with override("en"):
        compose.acknowledgement(acknowledgement(language="es"))
        assert span(timedelta(0)) == "under 1 min"


# ── moments ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("zone", "long", "short"),
    [
        ("America/Phoenix", "Tuesday 3 March, 08:12 MST", "Tue 3 Mar 08:12 MST"),
        ("Europe/Madrid", "Tuesday 3 March, 16:12 CET", "Tue 3 Mar 16:12 CET"),
        ("Asia/Kolkata", "Tuesday 3 March, 20:42 IST", "Tue 3 Mar 20:42 IST"),
        ("Asia/Kathmandu", "Tuesday 3 March, 20:57 UTC+05:45", "Tue 3 Mar 20:57 UTC+05:45"),
        ("America/Sao_Paulo", "Tuesday 3 March, 12:12 UTC-03", "Tue 3 Mar 12:12 UTC-03"),
        ("Nowhere/At_All", "Tuesday 3 March, 15:12 UTC", "Tue 3 Mar 15:12 UTC"),
        ("../../etc/passwd", "Tuesday 3 March, 15:12 UTC", "Tue 3 Mar 15:12 UTC"),
        ("America", "Tuesday 3 March, 15:12 UTC", "Tue 3 Mar 15:12 UTC"),
        ("", "Tuesday 3 March, 15:12 UTC", "Tue 3 Mar 15:12 UTC"),
    ],
)
def test_a_moment_is_said_in_the_readers_zone_with_its_name(zone: str, long: str, short: str) -> None:
    seen_by = reader(envelope(zone=zone))
    with override("en"):
        assert (seen_by.long(DUE), seen_by.short(DUE)) == (long, short)


def test_daylight_saving_is_that_of_the_moment_and_not_of_the_mail() -> None:
    seen_by = reader(envelope(zone="America/Chicago"))
    with override("en"):
        assert seen_by.long(datetime(2026, 3, 9, 22, 0, tzinfo=UTC)) == "Monday 9 March, 17:00 CDT"
        assert seen_by.long(DUE) == "Tuesday 3 March, 09:12 CST"


def test_another_year_is_said() -> None:
    later = datetime(2027, 1, 4, 16, 0, tzinfo=UTC)
    with override("en"):
        assert reader(envelope()).long(later) == "Monday 4 January 2027, 09:00 MST"
        assert reader(envelope()).short(later) == "Mon 4 Jan 2027 09:00 MST"
    with override("es"):
        assert reader(envelope()).long(later) == "lunes 4 de enero de 2027, 09:00 MST"
        assert reader(envelope()).short(later) == "lun 4 ene 2027 09:00 MST"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its zone"):
        Reader(zone=UTC, at=SAID).long(datetime(2026, 3, 3))  # noqa: DTZ001


def test_zone_letters_of_a_moment_without_a_zone_are_none() -> None:
    assert zone_letters(datetime(2026, 3, 3)) == ""  # noqa: DTZ001


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=-5), "under 1 min"),
        (timedelta(seconds=59), "under 1 min"),
        (timedelta(minutes=18), "18 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=1, minutes=5), "1 h 05"),
        (timedelta(days=3, hours=5, minutes=59), "3 d 5 h"),
    ],
)
def test_a_length_of_time_is_said_in_few_letters(length: timedelta, words: str) -> None:
    with override("en"):
        assert span(length) == words


# ── the ribbon ───────────────────────────────────────────────────────────────

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def hours(count: float) -> datetime:
    return NOON + timedelta(hours=count)


@pytest.mark.parametrize(
    ("state", "now", "kept", "seen", "word"),
    [
        ("open", 0, None, "run", ""),
        ("open", 5, None, "run", ""),
        ("open", 9.5, None, "soon", "Due soon: 30 min left"),
        ("open", 12, None, "broken", "Broken, 2 h over"),
        ("broken", 12, None, "broken", "Broken, 2 h over"),
        ("kept", 20, 8, "kept", "Kept"),
        ("kept late", 40, 12, "late", "Kept late, by 2 h"),
        ("released", 5, None, "released", "Released"),
        ("replaced", 12, None, "replaced", "Replaced by a new promise"),
        ("ended", 5, None, "ended", "No longer running"),
    ],
)
def test_a_promise_is_drawn_in_its_state(state: str, now: float, kept: float | None, seen: str, word: str) -> None:
    promise = PromiseLine(
        words="x",
        said_at=NOON,
        due_at=hours(10),
        state=state,
        kept_at=None if kept is None else hours(kept),
    )
    with override("en"):
        drawn = ribbon.ribbon(promise, now=hours(now))
    assert (drawn.state, drawn.word) == (seen, word)
    assert drawn.over > 0 if seen in ("broken", "late") else drawn.over == 0


@pytest.mark.parametrize("now", [-5, 0, 0.01, 5, 9.99, 10, 10.01, 15, 100, 10_000])
@pytest.mark.parametrize("length", [0, 0.01, 10])
@pytest.mark.parametrize("near", [None, 0, 5, 9.99])
def test_the_plain_bar_always_has_the_same_length(now: float, length: float, near: float | None) -> None:
    promise = PromiseLine(
        words="x",
        said_at=NOON,
        due_at=hours(length),
        near_at=None if near is None else hours(near),
    )
    with override("en"):
        drawn = ribbon.ribbon(promise, now=hours(now))
    assert len(drawn.plain()) in (ribbon.WIDTH + 2, ribbon.WIDTH + 3)
    assert 1 <= drawn.filled <= 100 and 30 <= drawn.promised <= 100


def test_the_near_end_of_a_range_warns_once_it_has_passed() -> None:
    promise = PromiseLine(words="x", said_at=NOON, due_at=hours(48), near_at=hours(24))
    with override("en"):
        assert ribbon.ribbon(promise, now=hours(23)).state == "run"
        assert ribbon.ribbon(promise, now=hours(24)).state == "soon"
        assert ribbon.ribbon(promise, now=hours(1)).near == 50
