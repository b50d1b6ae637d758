"""All figures of reading texts, beside what was asked for: `python -m benchmarks.hearing [--long]`.

On the labelled half in ../shared/data/language (none of it is in the repository, and nothing learns from it), and
on the papers in benchmarks/hearing/papers, which others wrote without sight of the code. `--long` mutates 100,000
texts instead of 10,000.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from makegood.language import listening, tone
from makegood.language.replies import new_words
from makegood.language.times import Spoken

from . import incoming, outgoing, promises, reply_text, wants
from .labels import DATA, fitted

PAPERS = Path(__file__).parent / "papers"
#: (file, its scoring, figure in the scoring, what was asked for)
ASKED: tuple[tuple[str, Callable[[list[Any]], dict[str, float]], str, float], ...] = (
    ("outgoing_kind", outgoing.score, "f1", 0.92),
    ("outgoing_kind", outgoing.score, "substantive", 0.96),
    ("promise_due", promises.score, "all f1", 0.93),
    ("promise_due", promises.score, "all due", 0.95),
    ("incoming_kind", incoming.score, "f1", 0.90),
    ("incoming_kind", wants.score, "all need-by f1", 0.85),
    ("incoming_kind", wants.score, "all wish exact f1", 0.85),
    ("reply_text", reply_text.score, "all exact", 0.90),
)
SPOKEN = Spoken(said_at=datetime(2026, 3, 2, 16, tzinfo=UTC), zone="America/Chicago", locale="en-US")


def items_of(place: Path) -> list[Any]:
    return [json.loads(line) for line in place.read_text("utf-8").splitlines()] if place.exists() else []


def figures() -> None:
    """Print each figure asked for, on the labelled half and on the papers."""
    print(f"{'':38}{'asked':>7}{'labelled half':>15}{'own papers':>12}")
    for name, score, figure, asked in ASKED:
        found = [_figure(place / f"{name}.jsonl", score, figure) for place in (DATA, PAPERS)]
        print(f"{name + ', ' + figure:38}{asked:>7.2f}{found[0]:>15}{found[1]:>12}")


def _figure(place: Path, score: Callable[[list[Any]], dict[str, float]], figure: str) -> str:
    items = items_of(place)
    return f"{score(items)[figure]:.3f}" if items else "absent"


def fit() -> None:
    """Print what the kinds and labels gain when half of the file is added to what they learn from."""
    for task, key in (("outgoing", "kinds"), ("incoming", "labels")):
        items = items_of(DATA / f"{task}_kind.jsonl")
        if items:
            found = {name: round(value, 3) for name, value in fitted(items, task, key).items()}
            print(f"cross-validated inside the labelled half, {task}: {found}")


def texts() -> list[str]:
    """Every text of the labelled half and the papers."""
    names = ("outgoing_kind", "promise_due", "incoming_kind")
    found = [item["text"] for name in names for place in (DATA, PAPERS) for item in items_of(place / f"{name}.jsonl")]
    return found or ["I'll call you by Friday. Could you send us your order number?"]


def read_all(text: str) -> None:
    """All that is read of a mail when it comes: its new words, and all that these seem to say."""
    listening.incoming(new_words(text).new, spoken=SPOKEN)


def write_all(text: str) -> None:
    """All that is read of a draft at one press of a key."""
    listening.outgoing(text, spoken=SPOKEN)
    tone.hints(text, earlier=[text], customer_text=text)


def speed() -> None:
    """Print mails a second of one core, a key press, and what ten times the text takes."""
    some = texts()
    for text in some[:200]:
        read_all(text)
        write_all(text)
    began = time.process_time()
    for text in some:
        read_all(text)
    print(f"mails read a second a core: {len(some) / (time.process_time() - began):,.0f} (asked 1,000)")
    draft = " ".join(some)[:1_500]
    print(f"one key press, a draft of {len(draft)} characters: {_took(write_all, draft) * 1000:.1f} ms (asked 5)")
    for name, work in (("mail", read_all), ("draft", write_all)):
        once, ten = "\n".join(some)[:2_000], "\n".join(some)[:20_000]
        print(f"ten times the {name}: {_took(work, ten) / _took(work, once):.1f} times the time (asked at most 12)")


def _took(work: Callable[[str], None], text: str) -> float:
    """The least CPU time of seven."""
    found = []
    for _ in range(7):
        began = time.process_time()
        work(text)
        found.append(time.process_time() - began)
    return min(found)


def mutated(seeds: list[str], count: int, seed: int) -> Iterator[str]:
    """Texts spoilt as mail spoils them, and worse: cut, doubled, shuffled, with odd characters in them."""
    rng = random.Random(seed)
    odd = "\x00\ufeff\u200b\u202e\u2028ßİı🙂%(){}[]\\>|-–…¿¡\r\n\t09:.,'\""
    for _ in range(count):
        text = rng.choice(seeds)
        for _ in range(rng.randint(1, 4)):
            at = rng.randint(0, len(text))
            match rng.randint(0, 4):
                case 0:
                    text = text[:at]
                case 1:
                    text = text[:at] + rng.choice(odd) * rng.choice((1, 2, 50)) + text[at:]
                case 2:
                    text = text[at:] + text[:at]
                case 3:
                    text = text + rng.choice(seeds)
                case _:
                    text = text[:at] + text[max(0, at - 20) :]
        yield text[:5_000]


def fuzz(count: int) -> int:
    """Read that many mutated texts; returns how many raised."""
    raised = 0
    for text in mutated(texts(), count, seed=20260302):
        try:
            read_all(text)
            write_all(text)
        except Exception as error:
            raised += 1
            print(f"raised {type(error).__name__} on {text[:200]!r}")
    print(f"mutated texts: {count:,}, of which raised: {raised} (asked 0)")
    return raised


def main(arguments: list[str]) -> int:
    figures()
    fit()
    speed()
    return int(fuzz(100_000 if "--long" in arguments else 10_000) > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
