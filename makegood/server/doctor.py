"""What `makegood doctor` looks at: settings, signs of life, and the promises P1–P8 on the live database.

Nothing is changed. Each check says one sentence, and where something is wrong
it names it. A check that can't be made at all is a finding, too.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from makegood import config
from makegood.connectors import at_hand
from makegood.desk import facts, models
from makegood.desk.queries import coverage, doors, invariants, ledger, orders, schema
from makegood.desk.queries.coverage import Coverage
from makegood.desk.queries.one_moment import only_reading
from makegood.rules.policy import Role
from makegood.watch.smtp_line import server

from .asking import Answer, Progress, ask_together, workers_for
from .report import Check, Recomputed, Report

STUCK_AFTER = timedelta(minutes=10)
"""Mail or word that should have gone this long ago is stuck."""
LEAST_FREE = 512 * 1024 * 1024
LEAST_EXECUTIVES = 2


def examine(
    *,
    now: datetime,
    everything: bool = False,
    workers: int | None = 1,
    told: Callable[[Progress], None] = lambda _: None,
) -> Report:
    """Look at everything. A check that fails to be made is reported as a finding, and the next one is made.

    `everything`: recompute every case of a large desk and not only those of the hour. `workers`: how many
    processes ask; None for as many as are worth it.
    """
    with only_reading():
        checks = [_made(code, title, look, now) for code, title, look in _CHECKS]
        part = _part(everything=everything, now=now)
        count = workers or (workers_for(part) if part else 1)
        if part is None or count == 1:
            checks += [_asked(name, part, now) for name in CODES]
            return Report(at=now, checks=tuple(checks), recomputed=_recomputed(part))
    answers = ask_together(part, workers=count, now=now, told=told)
    checks += [_as_check(CODES[name], TITLES[CODES[name]], answers[name]) for name in CODES]
    return Report(at=now, checks=tuple(checks), recomputed=_recomputed(part))


def _part(*, everything: bool, now: datetime) -> Coverage | None:
    """Return what is recomputed, or None where there are no tables to count cases in."""
    try:
        return coverage.everything() if everything else coverage.of_the_hour(now=now)
    except DatabaseError:
        return None


def _recomputed(part: Coverage | None) -> Recomputed | None:
    return Recomputed(cases=part.cases, of=part.of, every_runs=part.every) if part else None


def _made(code: str, title: str, look: Callable[[datetime], Check], now: datetime) -> Check:
    try:
        return look(now)
    except Exception as error:
        return _as_check(code, title, error)


def _asked(name: str, part: Coverage | None, now: datetime) -> Check:
    answer: Answer
    try:
        answer = getattr(invariants, name)(now=now, part=part)
    except Exception as error:
        answer = error
    return _as_check(CODES[name], TITLES[CODES[name]], answer)


def _as_check(code: str, title: str, seen: Answer) -> Check:
    if isinstance(seen, Exception):
        what = f"{type(seen).__name__}: {seen}"[:300]
        return Check(code=code, title=title, says="it could not be checked", found=(what,), count=1)
    says = [f"{seen.looked_at} looked at"] if seen.looked_at or not seen.note else []
    says += [f"{seen.count} not as promised"] if seen.count else []
    return Check(
        code=code,
        title=title,
        says=", ".join([*says, *([seen.note] if seen.note else [])]),
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
        "may have arrived, and a person must say, above the board": mails.filter(state=states.UNCERTAIN).count(),
    }
    found = [f"{count} mails {what}" for what, count in counts.items() if count]
    word = models.Notice.objects.filter(mail=True, mailed=None, staff__is_active=True, written_at__lt=long_ago)
    if count := word.count():
        found.append(f"{count} notices to staff have not been mailed")
    return _check("outbox", "Outbox", f"{waiting.count()} mails wait", found)


def _connectors(now: datetime) -> Check:
    version = models.PolicyVersion.objects.order_by("-number").first()
    named = {entry.connector for entry in facts.policy(version).remedies.values()} if version else set()
    used = orders.connectors_in_use(named)
    found = [*at_hand.missing(used), *orders.stuck(now=now)]
    return _check("connectors", "Connectors", ", ".join(sorted(used)) or "none in use", found)


def _certificates(now: datetime) -> Check:
    ending = doors.ending_certificates(now=now)
    found = [f"That of {one.server} ends {one.ends_at:%Y-%m-%d %H:%M} UTC." for one in ending]
    return _check("tls", "Certificates", f"of {len(doors.certificates())} mail servers seen", found)


def _disk(_: datetime) -> Check:
    free = shutil.disk_usage(config.home()).free
    low = [f"Less than {LEAST_FREE // 2**20} MB: mail will soon be refused."] if free < LEAST_FREE else []
    return _check("disk", "Disk", f"{free // 2**20} MB free in {config.home()}", low)


_CHECKS: tuple[tuple[str, str, Callable[[datetime], Check]], ...] = (
    ("settings", "Settings", _settings),
    ("migrations", "Database", _migrations),
    ("policy", "Policy", _policy),
    ("executives", "Executives", _executives),
    ("watch", "Watch", _watch),
    ("outbox", "Outbox", _outbox),
    ("connectors", "Connectors", _connectors),
    ("tls", "Certificates", _certificates),
    ("disk", "Disk", _disk),
)
TITLES = {
    "P1": "No message lost",
    "P2": "None twice",
    "P3": "No promise missed silently",
    "P4": "No answer to the wrong person",
    "P5": "No money twice",
    "P6": "Always an owner, never dead",
    "P7": "Every time can be recomputed",
    "P8": "History can't be bent",
}
CODES = {invariant.__name__: code for invariant, code in zip(invariants.INVARIANTS, TITLES, strict=True)}
"""The name of each question → its promise."""
