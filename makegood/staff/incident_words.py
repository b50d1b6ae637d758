"""The words of incidents on screen: where people stand, how word reached them, and the steps from cause to cure."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from makegood.desk import models
from makegood.rules.affected import TOLD, Reckoning, Standing, Telling
from makegood.rules.policy import Policy

STANDINGS = {
    Standing.REMEDIED: pgettext_lazy("standing", "made good"),
    Standing.DECLINED: pgettext_lazy("standing", "declined"),
    Standing.UNREACHABLE: pgettext_lazy("standing", "unreachable"),
    Standing.UNDER_WAY: pgettext_lazy("standing", "under way"),
    Standing.WITH_PERSON: pgettext_lazy("standing", "with a person"),
}
STANDING_ICONS = {
    Standing.REMEDIED: "tick",
    Standing.DECLINED: "cross",
    Standing.UNREACHABLE: "split",
    Standing.UNDER_WAY: "clock",
    Standing.WITH_PERSON: "hand",
}
TELLINGS = {
    Telling.ACCEPTED: gettext_lazy("Accepted by their mail server"),
    Telling.BY_HAND: gettext_lazy("Told by a person"),
    Telling.WRITTEN: gettext_lazy("Written, not yet accepted"),
    Telling.WAITING: gettext_lazy("Not written yet"),
    Telling.BOUNCED: gettext_lazy("Came back"),
    Telling.REFUSED: gettext_lazy("Refused by their mail server"),
    Telling.UNCERTAIN: gettext_lazy("Not known whether it arrived"),
    Telling.NO_ADDRESS: gettext_lazy("No mail address"),
    Telling.UNREACHABLE: gettext_lazy("Nobody could reach them"),
}
ENCODINGS = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
"""What an encoding is called outside of Python."""
ORIGINS = {
    "case": gettext_lazy("from one case"),
    "terms": gettext_lazy("from terms that were not kept"),
    "list": gettext_lazy("from a list"),
    "query": gettext_lazy("from a search"),
    "spike": gettext_lazy("from a spike"),
}


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the equation: how many, what it is called, and its sign."""

    key: str
    count: int
    words: str
    icon: str = ""
    good: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step on the way from the cause to the cure."""

    words: str
    done: bool
    current: bool = False


def standings(reckoning: Reckoning) -> list[Part]:
    """Return the five parts of the equation, those without anybody too, so that it can be checked by eye."""
    return [
        Part(key=str(one), count=reckoning.standing.get(one, 0), words=str(words), icon=STANDING_ICONS[one])
        for one, words in STANDINGS.items()
    ]


def tellings(reckoning: Reckoning) -> list[Part]:
    """Return how word reached them, of the ways that were met."""
    return [
        Part(key=str(one), count=reckoning.telling[one], words=str(words), good=one in TOLD)
        for one, words in TELLINGS.items()
        if reckoning.telling.get(one)
    ]


def steps(incident: models.Incident, reckoning: Reckoning) -> list[Step]:
    """Return the steps, with the one at hand marked."""
    told = reckoning.affected > 0 and reckoning.told == reckoning.affected
    owes = bool(incident.remedy)
    known = [
        (gettext_lazy("Who is hit"), reckoning.affected > 0 and not incident.lists.filter(done_at=None).exists()),
        (gettext_lazy("A case for each"), reckoning.affected > 0 and not incident.people.filter(case=None).exists()),
        (gettext_lazy("Told"), told),
        *(
            [
                (gettext_lazy("Dry run"), incident.dry_run_at is not None),
                (gettext_lazy("Approved"), incident.approved is not None),
            ]
            if owes
            else []
        ),
        (pgettext_lazy("step", "Made good"), reckoning.affected > 0 and reckoning.settled == reckoning.affected),
        (gettext_lazy("Cause told back"), incident.closed_at is not None),
    ]
    first = next((at for at, (_words, done) in enumerate(known) if not done), len(known))
    return [Step(words=str(words), done=done, current=at == first) for at, (words, done) in enumerate(known)]


def remedy_titles(incident: models.Incident, policy: Policy | None) -> list[str]:
    """Return what everybody is given, in the reader's language where the catalogue has it."""
    language = get_language() or "en"
    titles = []
    for one in incident.remedy.get("choices", []) if incident.remedy else []:
        entry = policy.remedies.get(one["catalogue"]) if policy else None
        titles.append(one["title"] or (entry.title_in(language) if entry else one["catalogue"]))
    return titles
