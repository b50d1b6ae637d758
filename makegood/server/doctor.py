"""What `makegood doctor` looks at: settings, signs of life, and the promises P1–P8 on the live database.

Nothing is changed. Each check says one sentence, and where something is wrong
it names it. A check that can't be made at all is a finding, too.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from makegood import config
from makegood.desk import facts, models
from makegood.desk.queries import invariants, ledger, schema
from makegood.desk.queries.verdicts import Verdict
from makegood.rules.policy import Role
from makegood.watch.smtp_line import server

STUCK_AFTER = timedelta(minutes=10)
"""Mail or word that should have gone this long ago is stuck."""
LEAST_FREE = 512 * 1024 * 1024
LEAST_EXECUTIVES = 2


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing that was looked at. `found` names what is wrong; empty when nothing is."""

    code: str
    title: str
    says: str
    found: tuple[str, ...] = ()
    count: int = 0
    """All that is wrong; `found` may name only the first."""

    @property
    def well(self) -> bool:
        return self.count == 0


@dataclass(frozen=True, kw_only=True)
class Report:
    """All checks, in the order in which they were made."""

    at: datetime
    checks: tuple[Check, ...]

    @property
    def well(self) -> bool:
        return all(check.well for check in self.checks)

    def as_json(self) -> str:
        """Return the report for programs."""
        return json.dumps(
            {
                "at": self.at.isoformat(),
                "well": self.well,
                "checks": [
                    {
                        "code": check.code,
                        "title": check.title,
                        "well": check.well,
                        "says": check.says,
                        "count": check.count,
                        "found": list(check.found),
                    }
                    for check in self.checks
                ],
            },
            indent=2,
            ensure_ascii=False,
        )

    def as_text(self) -> str:
        """Return the report for people."""
        lines = [line for check in self.checks for line in _lines(check)]
        wrong = sum(not check.well for check in self.checks)
        lines.append("")
        lines.append("Everything is well." if not wrong else f"{wrong} of {len(self.checks)} checks found something.")
        return "\n".join(lines)


def _lines(check: Check) -> Iterator[str]:
    yield f"{'good ' if check.well else 'FOUND'}  {check.code:<11} {check.title}: {check.says}"
    for what in check.found:
        yield f"{'':20}{what}"
    if check.count > len(check.found) > 0:
        yield f"{'':20}and {check.count - len(check.found)} more"


def examine(*, now: datetime) -> Report:
    """Look at everything. A check that fails to be made is reported as a finding, and the next one is made."""
    return Report(at=now, checks=tuple(_made(code, title, look, now) for code, title, look in _CHECKS))


def _made(code: str, title: str, look: Callable[[datetime], Check | Verdict], now: datetime) -> Check:
    try:
        seen = look(now)
    except Exception as error:
        what = f"{type(error).__name__}: {error}"[:300]
        return Check(code=code, title=title, says="it could not be checked", found=(what,), count=1)
    return seen if isinstance(seen, Check) else _as_check(seen)


def _as_check(seen: Verdict) -> Check:
    says = f"{seen.looked_at} looked at" + (f", {seen.count} not as promised" if seen.count else "")
    return Check(
        code=seen.code,
        title=seen.title,
        says=seen.note if seen.note and not seen.looked_at else says,
        found=tuple(
            " ".join(filter(None, [v.case, v.what, f"(since {v.since:%Y-%m-%d %H:%M} UTC)" if v.since else ""]))
            for v in seen.violations
        ),
        count=seen.count,
    )


def _check(code: str, title: str, says: str, found: list[str]) -> Check:
    return Check(code=code, title=title, says=says, found=tuple(found), count=len(found))


# ── the checks before P1–P8 ──────────────────────────────────────────────────


def _settings(_: datetime) -> Check:
    return _check("settings", "Settings", f"kept in {config.home()}", list(_wrong_settings()))


def _wrong_settings() -> Iterator[str]:
    for name in ("MAKEGOOD_PORT", "MAKEGOOD_SMTP_PORT", "MAKEGOOD_MAX_MAIL_MB", "MAKEGOOD_CANARY_MINUTES"):
        yield from _complaint(lambda name=name: config.number(name))  # type: ignore[misc]
    for name in ("MAKEGOOD_LMTP", "MAKEGOOD_DEMO"):
        yield from _complaint(lambda name=name: config.yes(name))  # type: ignore[misc]
    if config.get("MAKEGOOD_SMTP_URL"):
        yield from _complaint(lambda: server(config.get("MAKEGOOD_SMTP_URL")))
    if config.get("MAKEGOOD_CARD_NUMBERS") not in ("seal", "mask"):
        yield "MAKEGOOD_CARD_NUMBERS is neither seal nor mask."
    for name in ("MAKEGOOD_HEARTBEAT_URL", "MAKEGOOD_ALARM_URL", "MAKEGOOD_BASE_URL"):
        if config.get(name) and not config.get(name).startswith(("https://", "http://")):
            yield f"{name} must begin with https:// or http://."
    if settings.DEBUG:
        yield "DEBUG is on: strangers see our insides."
    if len(settings.SECRET_KEY) < 32:
        yield "MAKEGOOD_SECRET_KEY is shorter than 32 characters."
    if not os.access(config.home(), os.W_OK):
        yield f"{config.home()} can't be written to."
    keys = config.home() / "keys"
    for path in [keys, *keys.iterdir()] if keys.exists() else []:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield f"{path} can be read by others than its owner."


def _complaint(read: Callable[[], object]) -> Iterator[str]:
    try:
        read()
    except config.SettingError as error:
        yield str(error)


def _migrations(_: datetime) -> Check:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    found = [f"{migration.app_label}.{migration.name} is not applied" for migration, _ in plan]
    found += [f"{name} was applied by a newer Makegood than this one" for name in schema.newer()]
    return _check("migrations", "Database", f"{connection.vendor}, migrations applied", found)


def _policy(_: datetime) -> Check:
    version = models.PolicyVersion.objects.order_by("-number").first()
    if version is None:
        return _check("policy", "Policy", "none", ["No policy is loaded: start the desk once."])
    policy = facts.policy(version)
    return _check("policy", "Policy", f"{policy.name}, version {policy.version}", [])


def _executives(_: datetime) -> Check:
    count = models.Staff.objects.filter(role=str(Role.EXECUTIVE), is_active=True).count()
    few = ["The last rung needs two people at least: when one is away, the other hears."]
    return _check("executives", "Executives", f"{count} of them", few if count < LEAST_EXECUTIVES else [])


def _watch(now: datetime) -> Check:
    pulse = ledger.pulse(now=now)
    found = []
    if not pulse.alive:
        found.append("It stands still: no alarm is raised. Start `makegood serve` or `makegood watch`.")
    for sign in models.Heartbeat.objects.exclude(trouble="").order_by("name"):
        found.append(f"{sign.name}: {sign.trouble}")
    says = f"went by {pulse.at:%Y-%m-%d %H:%M:%S} UTC" if pulse.at else "has never gone by"
    return _check("watch", "Watch", says, found)


def _outbox(now: datetime) -> Check:
    states = models.OutboxItem.State
    mails, long_ago = models.OutboxItem.objects, now - STUCK_AFTER
    waiting = mails.filter(state__in=[states.WAITING, states.SENDING])
    counts = {
        "should have gone and have not been tried": waiting.filter(next_at__lt=long_ago).count(),
        "are tried again and again": waiting.filter(attempts__gte=3, next_at__gte=long_ago).count(),
        "may have arrived, and a person must say": mails.filter(state=states.UNCERTAIN).count(),
    }
    found = [f"{count} mails {what}" for what, count in counts.items() if count]
    word = models.Notice.objects.filter(mail=True, mailed=None, staff__is_active=True, written_at__lt=long_ago)
    if count := word.count():
        found.append(f"{count} notices to staff have not been mailed")
    return _check("outbox", "Outbox", f"{waiting.count()} mails wait", found)


def _disk(_: datetime) -> Check:
    free = shutil.disk_usage(config.home()).free
    low = [f"Less than {LEAST_FREE // 2**20} MB: mail will soon be refused."] if free < LEAST_FREE else []
    return _check("disk", "Disk", f"{free // 2**20} MB free in {config.home()}", low)


_CHECKS: tuple[tuple[str, str, Callable[[datetime], Check | Verdict]], ...] = (
    ("settings", "Settings", _settings),
    ("migrations", "Database", _migrations),
    ("policy", "Policy", _policy),
    ("executives", "Executives", _executives),
    ("watch", "Watch", _watch),
    ("outbox", "Outbox", _outbox),
    ("disk", "Disk", _disk),
    ("P1", "No message lost", lambda now: invariants.no_message_lost(now=now)),
    ("P2", "None twice", lambda now: invariants.none_twice(now=now)),
    ("P3", "No promise missed silently", lambda now: invariants.no_promise_missed_silently(now=now)),
    ("P4", "No answer to the wrong person", lambda now: invariants.no_answer_to_the_wrong_person(now=now)),
    ("P5", "No money twice", lambda now: invariants.no_money_twice(now=now)),
    ("P6", "Always an owner, never dead", lambda now: invariants.always_an_owner(now=now)),
    ("P7", "Every time can be recomputed", lambda now: invariants.every_time_recomputes(now=now)),
    ("P8", "History can't be bent", lambda now: invariants.history_is_straight(now=now)),
)
