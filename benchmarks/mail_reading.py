"""How well and how fast mail is read, on other people's mail. Run `python -m benchmarks.mail_reading [MUTATIONS]`.

Prints, for ../shared/data/mail: automated mails of the right class and status codes that agree, reply texts
cut exactly as two other projects expect, mails a second for reading and for masking, and the crashes over
MUTATIONS mutated mails (100,000 unless told) with the seed that made them.
"""

import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from makegood.intake.mail.letters import Letter, read_letter
from makegood.intake.mail.masking import mask_raw
from makegood.intake.mail.plain import text_of
from makegood.language.replies import new_words

MAIL = Path(__file__).resolve().parents[2] / "shared" / "data" / "mail"
LANGUAGE = MAIL.parent / "language"
SEED = 20_261_122

#: What the expectations call a reason, and the kinds of ours that mean it. Every other reason is a bounce.
MEANS = {"vacation": {"vacation", "auto_reply"}, "feedback": {"feedback_report"}, "delivered": {"receipt"}}
#: The class a file's name announces, where it has no expectation.
ANNOUNCES = {"arf": "feedback", "rfc3834": "vacation", "rfc3464": "bounce"}


def mails_in(raw: bytes) -> list[bytes]:
    """The mails of a file: one, or those of an mbox, which begins with "From "."""
    if not raw.startswith(b"From "):
        return [raw]
    return [b"From " + piece for piece in re.split(rb"(?:\A|\n\r?\n)From (?=\S+ )", raw) if piece.strip()]


def automated(folder: Path) -> tuple[int, int, int, int, list[str]]:
    """(right class, mails, status codes that agree, status codes expected, what differs)."""
    lines = (folder / "expectations.jsonl").read_text("utf-8").splitlines()
    expected = {entry["file"]: entry["recipients"] for entry in map(json.loads, lines)}
    files = sorted(folder.glob("*.eml"))
    right = agreed = asked = 0
    differs: list[str] = []
    for file in files:
        letters = [read_letter(raw) for raw in mails_in(file.read_bytes())]
        recipients = expected.get(file.name, [])
        reason = recipients[0]["reason"] if recipients else ANNOUNCES[file.name.split("-")[0]]
        kinds = {letter.automatic.kind for letter in letters}
        if kinds <= MEANS.get(reason, {"bounce"}):
            right += 1
        else:
            differs.append(f"{file.name}: read as {', '.join(sorted(kinds))}, expected {reason}")
        wanted = Counter(entry["status"] for entry in recipients if entry["status"])
        found = Counter(delivery.status for letter in letters for delivery in letter.automatic.deliveries)
        asked += wanted.total()
        agreed += (wanted & found).total()
        if wanted - found:
            differs.append(f"{file.name}: status {sorted(found)}, expected {sorted(wanted)}")
    return right, len(files), agreed, asked, differs


def reply_trimmer(folder: Path) -> tuple[int, int]:
    """(exactly as expected, mails)."""
    files = sorted((folder / "emails").glob("*.txt"))
    exact = 0
    for file in files:
        expected = (folder / "trimmed" / file.name).read_bytes().decode("utf-8").replace("\r\n", "\n")
        exact += new_words(file.read_bytes().decode("utf-8")).new.strip() == expected.strip()
    return exact, len(files)


def talon(file: Path) -> tuple[int, int]:
    """(as expected, cases); HTML cases are compared by their words, without spaces."""
    cases = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    right = 0
    for case in cases:
        if case["kind"] == "plain":
            right += new_words(case["input"]).new.strip() == case["expected"].strip()
        else:
            expected = re.sub(r"<[^>]*>|&#160;|\s", "", case["expected"])
            right += re.sub(r"\s", "", new_words(text_of(case["input"])).new) == expected
    return right, len(cases)


def reply_text(file: Path) -> tuple[int, int]:
    """(as expected, bodies), compared without blank lines, by the conventions of the set's README."""
    cases = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return sum(_lines(new_words(case["body"]).new) == _lines(case["reply"]) for case in cases), len(cases)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def typical_mails(count: int) -> list[bytes]:
    """Invented mails as customers send them: plain, alternative with HTML, with a photo; 1 to 60 KB."""
    chance = random.Random(SEED)
    words = str.split("the bag you sent is broken again and nobody answered my letter of last week please help")
    mails = []
    for number in range(count):
        text = "\n".join(" ".join(chance.choices(words, k=12)) for _ in range(chance.randint(3, 40)))
        quote = "\n\nOn Tue, 3 Mar 2026 at 10:12, Care <care@shop.example> wrote:\n> " + text.replace("\n", "\n> ")
        head = (
            f"From: Ann {number} <ann{number}@mail.example>\nTo: care@shop.example\nSubject: Order 88-{number}\n"
            f"Message-ID: <{number}.abc@mail.example>\nDate: Tue, 3 Mar 2026 10:12:00 +0100\nMIME-Version: 1.0\n"
        )
        plain = f"Content-Type: text/plain; charset=utf-8\n\n{text}{quote}\n"
        rows = "".join(
            f"<p style='x'>{line} <a href='https://shop.example/{number}'>x</a></p>" for line in text.split("\n")
        )
        page = f"Content-Type: text/html; charset=utf-8\n\n<html>{rows}<blockquote>{rows}</blockquote></html>\n"
        photo = (
            "Content-Type: image/jpeg; name=a.jpg\nContent-Transfer-Encoding: base64\n\n" + "aGVsbG8gd29ybGQ\n" * 2_000
        )
        if number % 3 == 0:
            body = plain
        elif number % 3 == 1:
            body = f"Content-Type: multipart/alternative; boundary=b1\n\n--b1\n{plain}\n--b1\n{page}\n--b1--\n"
        else:
            body = f"Content-Type: multipart/mixed; boundary=b2\n\n--b2\n{plain}\n--b2\n{photo}\n--b2--\n"
        mails.append((head + body).replace("\n", "\r\n").encode())
    return mails


def per_second(work: Callable[[bytes], object], mails: list[bytes]) -> float:
    """Mails a CPU second, one core."""
    began = time.process_time()
    for raw in mails:
        work(raw)
    return len(mails) / max(1e-9, time.process_time() - began)


INSERTED = (
    b"=?utf-8?b?", b"?=", b"\n--", b"\r\n\r\n", b"Content-Type: multipart/mixed; boundary=x\n", b'"', b"<", b">", b"(",
    b"\x00", b"\xff\xfe", b"=\n", b"&#", b"<!--", b"charset=utf-7", b"Content-Transfer-Encoding: base64\n", b"@", b";",
    b"From: ", b"Final-Recipient: rfc822;", b"\nAction: failed\nStatus: 5", b"4111 1111 1111 1111", "\u202e".encode(),
)  # fmt: skip


def mutated(seeds: list[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Mails with bytes flipped, stretches deleted, doubled, swapped between mails, and nasty pieces put in."""
    chance = random.Random(seed)
    for _ in range(count):
        mail = bytearray(chance.choice(seeds))
        for _ in range(chance.choice((1, 2, 4, 8, 32))):
            at = chance.randrange(len(mail) + 1)
            act = chance.randrange(6)
            if act == 0 and at < len(mail):
                mail[at] = chance.randrange(256)
            elif act == 1:
                del mail[at : at + chance.randint(1, 60)]
            elif act == 2:
                mail[at:at] = chance.choice(INSERTED)
            elif act == 3:
                mail[at:at] = mail[at : at + chance.randint(1, 200)] * chance.randint(1, 4)
            elif act == 4:
                other = chance.choice(seeds)
                begins = chance.randrange(len(other) + 1)
                mail[at:at] = other[begins : begins + chance.randint(1, 400)]
            else:
                del mail[at:]
            if not mail:
                break
        yield bytes(mail)


def crashes(seeds: list[bytes], count: int) -> tuple[int, float, int]:
    """(crashes, slowest reading in CPU seconds, mails that held a card number); a fallback counts as a crash."""
    failed, slowest, held = 0, 0.0, 0
    for raw in mutated(seeds, count, SEED):
        began = time.process_time()
        try:
            letter: Letter = read_letter(raw)
            again = mask_raw(raw)
            held += again is not None
            if "unreadable" in letter.trouble or (again is not None and mask_raw(again) is not None):
                failed += 1
        except Exception as error:
            failed += 1
            print(f"  {error!r} on {raw[:80]!r}")
        slowest = max(slowest, time.process_time() - began)
    return failed, slowest, held


def main() -> int:
    """Print every figure; 1 if a mail crashed, 2 if the corpora are absent."""
    if not MAIL.is_dir():
        print(f"The corpora are not at {MAIL}.")
        return 2
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    right, mails, agreed, asked, differs = automated(MAIL / "automated")
    print(f"automated mail: {right}/{mails} of the right class, {agreed}/{asked} status codes as expected")
    for line in differs:
        print(f"  {line}")
    print("reply-trimmer: {}/{} exact".format(*reply_trimmer(MAIL / "reply-trimmer")))
    print("talon: {}/{}".format(*talon(MAIL / "talon_expectations.jsonl")))
    print("reply_text: {}/{}".format(*reply_text(LANGUAGE / "reply_text.jsonl")))
    typical = typical_mails(600)
    size = sum(map(len, typical)) / len(typical) / 1_000
    print(f"reading: {per_second(read_letter, typical):,.0f} mails a CPU second (mean {size:.0f} KB)")
    print(f"masking: {per_second(mask_raw, typical):,.0f} mails a CPU second, none holding a card number")
    seeds = [file.read_bytes()[:6_000] for file in sorted((MAIL / "automated").glob("*.eml"))]
    seeds += [raw[:6_000] for raw in typical[:30]]
    began = time.monotonic()
    failed, slowest, held = crashes(seeds, count)
    took = time.monotonic() - began
    print(
        f"mutated mails: {failed} crashes in {count:,} (seed {SEED}, slowest {slowest * 1000:.0f} ms, {held} with"
        f" a card number, {took:.0f} s)"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
