"""Random kills of a working desk, for as long as asked; the seed is printed, and the world outside keeps count.

python -m tests.crashes.torture --kills 500 [--seed 7]

Letters come in over a socket, by SMTP or LMTP, from senders that try again until they hear "250". Mail goes out
to a server that takes most of it, puts some off, and sometimes takes a mail and dies before it says so. Remedies are
proposed, approved, chosen and ordered; a payer with moods gives money back, and tills redeem codes. The desk is
killed by SIGKILL at a random moment or at a random named place, and started again. Then all comes to rest, and what
the world has seen, been paid and taken off is compared with what the record says.
"""

# ruff: noqa: T201  (the figures are what it prints)
from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import signal
import smtplib
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from time import monotonic
from typing import Any

from makegood.config import shipped
from tests.crashes import payer
from tests.crashes.kitchen import DATABASE, Kitchen
from tests.crashes.places import MAKING_GOOD, PLACES
from tests.servers.dovecot import free_port
from tests.watch.mail_server import DIES, MailServer, Taken

BEGIN = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
HOUSE = 125
"""Kills that one house lives through; then a new one is furnished, so that a long torture does not slow down."""
SENDERS = 3
SPEED = 60.0
"""As in `working_desk`: a second is a minute."""
HELP, GRACE = "help@larkfield.example", "grace@larkfield.example"


class MoodyServer(MailServer):
    """Takes most mails; takes some and dies before it says so; dies over some; puts some off."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self._chance = chance
        self.calm = False
        self.unheard = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  (the library's name)
        """Answer as the mood is."""
        mood = 1.0 if self.calm else self._chance.random()
        if mood < 0.05:
            self.taken.append(
                Taken(sender=envelope.mail_from, receivers=tuple(envelope.rcpt_tos), content=envelope.content)
            )
            self.unheard += 1
        if mood < 0.08:
            self.answers.append(DIES)
        elif mood < 0.15:
            self.answers.append("451 not now")
        return await super().handle_DATA(server, session, envelope)


@dataclass
class Senders:
    """The servers of the customers: each letter is handed in until somebody says "250"."""

    port: int
    lmtp: bool
    chance: random.Random
    accepted: set[str] = field(default_factory=set)
    tried: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Hand letters in until told to stop."""
        while not self.stopping.is_set():
            token = f"letter-{next(self.tried):06}"
            raw, to = self._letter(token)
            while not self.stopping.is_set() and not self._hand_in(token, raw, to):
                self.stopping.wait(0.01)
            self.stopping.wait(self.chance.uniform(0.0, 0.05))

    def _letter(self, token: str) -> tuple[bytes, list[str]]:
        sender, to = f"{token}@many.example", [HELP, GRACE] if self.chance.random() < 0.1 else [HELP]
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, ", ".join(to), token
        mail["Message-ID"] = f"<{token}@many.example>"
        mail.set_content(f"What I bought broke on the second day. This is {token}.")
        if self.chance.random() < 0.1:
            mail.add_attachment(b"\x89PNG " + token.encode(), maintype="image", subtype="png", filename="it.png")
        return bytes(mail).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), to

    def _hand_in(self, token: str, raw: bytes, to: list[str]) -> bool:
        kind = smtplib.LMTP if self.lmtp else smtplib.SMTP
        try:
            with kind("127.0.0.1", self.port, timeout=20) as client:  # type: ignore[call-arg]
                client.sendmail(f"{token}@many.example", to, raw)
        except (smtplib.SMTPException, OSError):
            return False
        self.accepted.add(token)
        return True


class Torment:
    """One house, killed again and again."""

    def __init__(self, kitchen: Kitchen, home: Path, *, seed: str) -> None:
        self._kitchen, self._home, self._seed = kitchen, home, seed
        self._payer: payer.MoodyPayer
        self._chance = random.Random(seed)
        self._server = MoodyServer(random.Random(f"{seed} server"))
        self._senders = Senders(
            port=free_port(), lmtp=self._chance.random() < 0.3, chance=random.Random(f"{seed} senders")
        )
        self._now = BEGIN
        self._redeemed: dict[str, int] = {}
        self.deaths: Counter[str] = Counter()

    def run(self, kills: int) -> dict[str, Any]:
        """Kill so often, let all come to rest, and return what the record says."""
        with self._server, payer.paying(random.Random(f"{self._seed} payer")) as self._payer:
            sending = [threading.Thread(target=self._senders.run, daemon=True) for _ in range(SENDERS)]
            for thread in sending:
                thread.start()
            while self.deaths.total() < kills:
                self._one_life()
            self._senders.stopping.set()
            for thread in sending:
                thread.join(30)
            self._server.calm = True
            self._payer.come_to_rest()
            told = self._kitchen.do(
                self._home, "settle",
                now=self._now.isoformat(), mail=self._server.url, settings=self._payer.settings,
            )  # fmt: skip
            assert told.code == 0, told.last("failed")
        found: dict[str, Any] = json.loads((self._home / "found.json").read_text("utf-8"))
        return found

    def _one_life(self) -> None:
        crash_at, waits_for = self._death()
        pids: list[int] = []
        reapers: list[threading.Timer] = []

        def heard(line: dict[str, Any]) -> None:
            pids.extend([line["pid"]] if "pid" in line else [])
            if "redeemed" in line:
                self._redeemed[line["redeemed"]] = line["minor"]
            for what in waits_for.keys() & {*line, f"amended {line.get('amended')}"}:
                reapers.append(threading.Timer(waits_for[what], _kill, pids[:1]))
                reapers[-1].start()

        begun = monotonic()
        told = self._kitchen.do(
            self._home, "work", heard,
            now=self._now.isoformat(), port=self._senders.port, lmtp=self._senders.lmtp,
            mail=self._server.url, crash_at=crash_at, seconds=20,
            settings=self._payer.settings,
        )  # fmt: skip
        for timer in reapers:
            timer.cancel()
        assert told.code == -signal.SIGKILL, (told.code, told.last("failed"))
        lived = monotonic() - begun
        self.deaths["a named place" if told.last("dies") else "any moment"] += 1
        # Nobody is there for a while: a few minutes, so that leases run out, and now and then a night.
        away = self._chance.uniform(0, 4) if self._chance.random() < 0.93 else self._chance.uniform(60, 600)
        self._now += timedelta(seconds=lived * SPEED, minutes=away)

    def _death(self) -> tuple[str, dict[str, float]]:
        """Return at which named places this life may end, and so many seconds after what it ends at the latest."""
        soon, mood = self._chance.uniform(0.0, 0.3), self._chance.random()
        if mood < 0.1:
            # Before its doors are open.
            return "", {"pid": soon}
        if mood < 0.5:
            # Among remedies, after some steps of those who make them good. Of all places, those of mail come first.
            steps = self._chance.randint(3, 16)
            places = self._places(MAKING_GOOD) if mood < 0.3 else ""
            return places, {"open": 6.0, "busy": 6.0, f"amended {steps}": soon}
        # Mostly once it is at work, which on a busy machine takes its time.
        return (
            (self._places(PLACES_AT_WORK), {"open": 3.0, "busy": 0.6})
            if mood < 0.8
            else ("", {"open": 3.0, "busy": soon})
        )

    def _places(self, among: Sequence[str]) -> str:
        return " ".join(f"{place}:{self._chance.randint(1, 2)}" for place in self._chance.sample(among, 4))

    def wrong(self, found: dict[str, Any]) -> list[str]:
        """Return what does not fit between the world and the record, a sentence each."""
        taken = Counter(m.message_id for m in self._server.taken)
        mails = found["mails"]
        return [
            *found["broken"],
            *(f"{t} was taken and is nowhere" for t in self._senders.accepted - found["places"].keys()),
            *(f"{t} is in {p}" for t, p in found["places"].items() if not _in_one_place(p)),
            *(f"{t} is {n} contacts" for t, n in found["contacts"].items() if t.startswith("letter-") and n != 1),
            *(f"{mid} went out and is not in the record" for mid in taken.keys() - mails.keys()),
            *(
                f"{mid} counts as accepted and never went"
                for mid, m in mails.items()
                if _accepted(m) and not taken[mid]
            ),
            *(
                f"{mid} went {n} times: {mails[mid]}"
                for mid, n in taken.items()
                if n > 1 and not _may_repeat(mails[mid], n)
            ),
            *(f"{mid} ended as {m}" for mid, m in mails.items() if not _ended(m)),
            *(["a reply was written twice"] if found["replies"] != found["different replies"] else []),
            *payer.unsettled(found),
            *self._payer.wrong([order for order in found["orders"] if order["connector"] == "stripe"]),
            *(f"the till heard that {each} was taken off" for each in self._redeemed.items() - _pairs(found)),
        ]

    def figures(self, found: dict[str, Any]) -> str:
        """Return one line of what happened."""
        taken = Counter(m.message_id for m in self._server.taken)
        states = Counter(f"{m['purpose']} {m['state']}" for m in found["mails"].values())
        replies = sum(m["purpose"] == "reply" for m in found["mails"].values())
        again = sum(n - 1 for n in taken.values())
        door = "LMTP" if self._senders.lmtp else "SMTP"
        payer = f"{len(self._payer.refunds)} refunds by a payer who fell silent {self._payer.silences} times"
        return (
            f"{self.deaths.total()} kills ({self.deaths['any moment']} at any moment); {len(self._senders.accepted)} "
            f"letters by {door}, {found['cases']} cases, {found['entries']} entries, {found['alarms']} alarms; "
            f"{len(taken)} mails went, {again} automatic ones once more, {states['reply uncertain']} of {replies} "
            f"replies uncertain; the server took {self._server.unheard} without saying so; "
            f"{found['merged']} cases merged and {found['parted']} parted; {_made_good(found)}; {payer}"
        )


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _in_one_place(places: list[str]) -> bool:
    """One item went somewhere; any other is known as the same letter, to another door or handed in again.

    What killed the desk four times while it was read (as far as the desk can tell) is set aside unread, and
    nobody can say then that it is the same letter as another.
    """
    unread = places.count("quarantined unreadable")
    read = [place for place in places if place not in ("joined same_letter", "quarantined unreadable")]
    return not any(place.startswith("stored") for place in read) and len(read) <= 1 <= len(read) + unread


def _made_good(found: dict[str, Any]) -> str:
    ways = Counter(order["connector"] for order in found["orders"])
    ordered = ", ".join(f"{count} {name}" for name, count in sorted(ways.items()))
    codes = ", ".join(f"{count} {state}" for state, count in sorted(found["codes"].items()))
    return f"{found['remedies']} remedies ordered ({ordered}), codes {codes or 'none'}"


def _pairs(found: dict[str, Any]) -> set[tuple[str, int]]:
    return {(order, minor) for order, minor in found["redeemed"]}


def _accepted(mail: dict[str, Any]) -> bool:
    return bool(mail["state"] == "accepted")


def _may_repeat(mail: dict[str, Any], times: int) -> bool:
    """Only what says nothing that hurts twice goes again, once to a customer; the record shows that it was tried."""
    return mail["contact"] is None and mail["attempts"] > 1 and (times == 2 or mail["purpose"] in ("notice", "canary"))


def _ended(mail: dict[str, Any]) -> bool:
    if mail["purpose"] == "canary":
        return True
    return mail["state"] == "accepted" or (mail["state"] == "uncertain" and mail["purpose"] != "notice")


#: What is never passed here: no mailbox is polled.
PLACES_AT_WORK = [place for place in PLACES if not place.startswith("imap.")]


def furnished(kitchen: Kitchen) -> Path:
    """Return a house that pays through the payer and the console."""
    return kitchen.furnished(policy=payer.policy(shipped.demo_policy()))


def torture(kitchen: Kitchen, furnished: Path, *, kills: int, seed: int, say: Any = print) -> list[str]:
    """Kill a desk so often, a house after the other; returns what was wrong. Prints the seed and the figures."""
    wrong: list[str] = []
    for number, left in enumerate(range(kills, 0, -HOUSE)):
        name = f"{seed}-{number}"
        with kitchen.copy(furnished, f"torture-{name}") as home:
            torment = Torment(kitchen, home, seed=name)
            begun = monotonic()
            found = torment.run(min(left, HOUSE))
            say(f"{DATABASE}, seed {name}: {torment.figures(found)}; {monotonic() - begun:.0f} s", flush=True)
            here = [f"seed {name}: {what}" for what in torment.wrong(found)]
            for what in here:
                say(what, flush=True)
            wrong += here
    return wrong


def main() -> int:
    """Torture for as long as asked; the exit code is 1 where anything was wrong."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kills", type=int, default=500)
    asked.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    words = asked.parse_args()
    print(f"seed {words.seed}, {words.kills} kills on {DATABASE}", flush=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="torture-")))
        kitchen = stack.enter_context(Kitchen(folder))
        wrong = torture(kitchen, furnished(kitchen), kills=words.kills, seed=words.seed)
    print("Nothing was wrong." if not wrong else f"{len(wrong)} things were wrong.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
