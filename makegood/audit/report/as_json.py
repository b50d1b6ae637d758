"""`report.json`: every number of the report, with its count, interval, and the question that lists its cases."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from .. import kinds
from ..gather import Report
from ..groups import Group
from ..intervals import Share
from ..measures import Measure
from ..survival import Curve
from ..what_if import Outlook
from .answer import plain_answer

VERSION = 1
"""Grows when a name here changes its meaning or goes away."""


def as_json(report: Report) -> str:
    """Return the report as JSON: names as `metrics.md` has them, times in UTC, shares from 0 to 1."""
    return json.dumps(told(report), ensure_ascii=False, indent=1, default=_plain) + "\n"


def told(report: Report) -> dict[str, Any]:
    """The same as values."""
    facts = report.facts
    return {
        "version": VERSION,
        "answer": plain_answer(report),
        "source": facts.source,
        "as_of": facts.as_of,
        "written_at": facts.written_at,
        "policy": facts.policy,
        "zone": report.zone,
        "business_day_hours": report.day_hours,
        "reading": facts.reading,
        "cases": report.cases,
        "closed": report.closed,
        "first_at": report.first_at,
        "last_at": report.last_at,
        "slipped": report.slipped,
        "waiting": report.waiting,
        "contacts_known": report.contacts_known,
        "measures": [_measure(one) for one in report.measures.values()],
        "findings": [{**asdict(kind), "name": kinds.name(kind.code)} for kind in report.kinds],
        "waiting_for_substance": _curve(report.substance) if report.substance_known else None,
        "waiting_for_any_reply": _curve(report.any_reply),
        "longest_silence": _curve(report.silence),
        "handoffs": _flows(report),
        "week": report.week,
        "longest_waits": [asdict(one) for one in report.stretches],
        "groups": {by: [_group(one) for one in groups] for by, groups in report.groups.items()},
        "to_call": [asdict(one) for one in report.calls],
        "what_if": [_outlook(one) for one in report.outlooks],
    }


def _measure(one: Measure) -> dict[str, Any]:
    return {
        "id": one.id,
        "key": one.key,
        "unit": one.unit,
        "n": one.n,
        "hits": one.hits,
        "value": one.value,
        "low": one.low,
        "high": one.high,
        "why_not": one.why_not or None,
        **one.more,
        "cases": one.cases.sql if one.cases else None,
    }


def _share(one: Share) -> dict[str, Any]:
    low, high = one.interval if one.shown else (None, None)
    return {"hits": one.hits, "n": one.n, "value": one.value if one.shown else None, "low": low, "high": high}


def _curve(curve: Curve) -> dict[str, Any] | None:
    """Points of the curve in business hours; None where there are too few cases."""
    if not curve.shown:
        return None
    every = max(1, len(curve.steps) // 500)
    steps = [step for nth, step in enumerate(curve.steps) if nth % every == 0 or nth == len(curve.steps) - 1]
    return {
        "n": curve.n,
        "open": curve.open,
        "median": curve.reached(0.5),
        "p90": curve.reached(0.9),
        "points": [[step.at, step.share, step.low, step.high] for step in steps],
    }


def _flows(report: Report) -> dict[str, Any] | None:
    flows = report.flows
    if flows is None:
        return None
    returned = [{"home": home, "away": away, "times": n} for (home, away), n in flows.returned.items()]
    return {
        "teams": flows.teams,
        "folded": flows.folded,
        "counts": flows.counts,
        "total": flows.total,
        "returned": returned,
        "round_trip_hours": flows.round_trip_hours,
    }


def _group(one: Group) -> dict[str, Any]:
    against = one.against_rest
    return {
        "name": one.name,
        "stands_for": one.folded,
        "slipped": _share(one.slipped),
        "promises_kept": _share(one.kept),
        "ping_pong": _share(one.ping_pong),
        "handoffs": one.handoffs,
        "median_to_substance": one.median,
        "against_others": {**asdict(against), "verdict": against.verdict} if against else None,
        "cases": one.cases.sql,
    }


def _outlook(one: Outlook) -> dict[str, Any]:
    return {
        "policy": one.policy,
        "slipped": _share(one.slipped),
        "promises_broken": one.promises_broken,
        "silences": one.silences,
        "alarms": one.alarms,
        "people": one.people,
        "business_days": one.business_days,
        "alarms_a_person_a_day": one.alarms_a_person_a_day,
        "done_within_a_business_day": _share(one.answered),
    }


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} has no JSON")
