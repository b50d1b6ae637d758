"""What surrounds a page, as values: where one can go, who is signed in, whether the watch is awake.

A door makes one `Shell` for each request (best in a context processor) and
hands it to `makegood/base.html` as `shell`; a customer's page gets a
`CustomerShell`. What a refused person reads is a `Refused`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import pgettext_lazy

WATCH_IS_LATE = timedelta(seconds=60)
"""The watch goes round every few seconds; a minute without it is an alarm."""

PLACES = {
    "today": pgettext_lazy("place", "Today"),
    "cases": pgettext_lazy("place", "Cases"),
    "remedies": pgettext_lazy("place", "Remedies"),
    "incidents": pgettext_lazy("place", "Incidents"),
    "doors": pgettext_lazy("place", "Doors"),
    "people": pgettext_lazy("place", "People"),
    "report": pgettext_lazy("place", "Report"),
}
"""The places of the staff's pages, in their order on screen. Ledger and quarantine lie behind the doors."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """One entry of the navigation."""

    name: str
    url: str
    title: str
    current: bool = False
    #: said beside the entry with a warning sign: "one door needs attention"
    alert: str = ""


def places(urls: Mapping[str, str], *, current: str = "", alerts: Mapping[str, str] | None = None) -> tuple[Place, ...]:
    """The navigation: those of `PLACES` that have an address here, in their order.

    Raises KeyError for an address whose place is not known.
    """
    unknown = set(urls) - set(PLACES)
    if unknown:
        raise KeyError(f"No such place: {', '.join(sorted(unknown))}")
    return tuple(
        Place(
            name=name,
            url=urls[name],
            title=str(title),
            current=name == current,
            alert=(alerts or {}).get(name, ""),
        )
        for name, title in PLACES.items()
        if name in urls
    )


@dataclass(frozen=True, kw_only=True)
class Me:
    """The person who is signed in."""

    name: str
    settings_url: str = ""
    sign_out_url: str = ""

    @property
    def initials(self) -> str:
        """First letters of the first and the last word: Priya Raman is PR."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@dataclass(frozen=True, kw_only=True)
class Heartbeat:
    """How long ago the watch finished a round; `age` is None when it never has."""

    age: timedelta | None
    url: str = ""

    @property
    def well(self) -> bool:
        return self.age is not None and self.age <= WATCH_IS_LATE


def heartbeat(last_round_at: datetime | None, now: datetime, url: str = "") -> Heartbeat:
    """The watch's heartbeat as seen at `now`."""
    return Heartbeat(age=None if last_round_at is None else now - last_round_at, url=url)


@dataclass(frozen=True, kw_only=True)
class Shell:
    """Everything around a staff page."""

    house: str
    home_url: str = "/"
    places: tuple[Place, ...] = ()
    find_url: str = ""
    found: str = ""
    me: Me | None = None
    watch: Heartbeat | None = None


@dataclass(frozen=True, kw_only=True)
class Language:
    """Another language of the same page."""

    code: str
    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class CustomerShell:
    """Everything around a customer's page. A sentence whose address is missing stands without its link."""

    house: str
    languages: tuple[Language, ...] = ()
    zone_title: str = ""
    new_link_url: str = ""
    zone_url: str = ""
    copy_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One reason of a refusal, with the link that removes it."""

    text: str
    url: str = ""
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Refused:
    """What was refused and why: kind and complete. Nothing was changed."""

    title: str
    reasons: tuple[Reason, ...] = ()
    code: str = ""
