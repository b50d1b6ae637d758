"""`python -m makegood.ui.sheet OUT.html`: the shared look in one page, to be looked at in a browser.

Rendered with the real templates and tags, at one fixed moment in one invented
company. `--page` chooses another sample page, `--theme` and `--language` how
it is read. Needs no settings, no server and no database.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import django
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils import translation

from . import shell
from .ribbon import Form, Ribbon, ribbon

HERE = Path(__file__).parent
CHICAGO = ZoneInfo("America/Chicago")
DENVER = ZoneInfo("America/Denver")
NOW = datetime(2026, 3, 12, 10, 42, tzinfo=CHICAGO)
HOURS_48 = timedelta(hours=48)
PAGES = {
    "sheet": "makegood/sheet.html",
    "customer": "makegood/sheet_customer.html",
    "sign-in": "registration/login.html",
    "not-found": "404.html",
}


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=CHICAGO)


def ribbons() -> list[dict[str, Any]]:
    """Every state of a ribbon in both forms, with what it is called and what it means."""
    hour = timedelta(hours=1)
    examples: list[tuple[str, str, float, dict[str, Any]]] = [
        ("Running", "Filled to now. Now is an open circle.", 20, {}),
        ("Due soon", "Within the hour, or the near end of a range passed.", 47, {}),
        ("Kept", "Filled to the keeping. The rest stays empty: time given back.", 40, {"kept_at": 34}),
        ("Kept late", "Grey to due, hatched to the tick.", 70, {"kept_at": 58}),
        ("Broken, still open", "Grey to due, hatched past it, open arrow: it goes on.", 66, {}),
        ("Broken, replaced later", "The hatch ends where the customer was told.", 70, {"replaced_at": 60}),
        ("Broken, released later", "The hatch ends where the customer let it go.", 70, {"released_at": 60}),
        ("Far over", "The hatch is cut by a tear: longer than can be drawn.", 432, {}),
        ("Paused", "Dotted while the ball is the customer’s.", 30, {"pauses": [(14, None)], "paused": True}),
        ("Was paused", "The dotted part stays visible for ever.", 38, {"pauses": [(10, 22)]}),
        ("Range", "Near mark dashed, far mark solid. Due at the far end.", 16, {"near_at": 24}),
        ("Range, near end passed", "The inner alarm has rung.", 30, {"near_at": 24}),
        ("Released by the customer", "An open ring. Only the customer can draw it.", 40, {"released_at": 26}),
        ("Replaced before due", "An arrow to its descendant.", 40, {"replaced_at": 26}),
        ("Just said", "Nothing has gone by yet.", 0, {}),
    ]  # fmt: skip
    rows = []
    for title, meaning, ago, more in examples:
        said = NOW.astimezone(UTC) - ago * hour
        facts = {name: _moment(said, value) for name, value in more.items()}
        forms = {form.value: ribbon(said, said + HOURS_48, NOW, form=form, **facts) for form in Form}
        rows.append({"title": title, "meaning": meaning, **forms})
    return rows


def _moment(said: datetime, value: Any) -> Any:
    """Hours after *said* as a moment; pairs of them as a pause; anything else as it is."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return said + timedelta(hours=value)
    return [tuple(_moment(said, hours) for hours in pause) for pause in value]


def board() -> list[dict[str, Any]]:
    """Some rows of a board: who, what about, what we said, how long they wait."""
    rows: list[tuple[str, str, str, str, str, timedelta, Ribbon]] = [
        ("Ivo Brandt", "letter", "Boots sent for resoling in January, not back", "Luis F.",
         "Your boots will be on their way back to you by Tuesday 3 March.",
         timedelta(days=9, hours=1), ribbon(_at(1, 12), _at(3, 17), NOW)),
        ("Hanne Lindqvist", "mail", "Charged twice for one stove", "Tom H.", "",
         timedelta(days=1, hours=1), ribbon(_at(11, 9, 2), _at(12, 9, 2), NOW)),
        ("Bashir Noorzai", "mail", "Sleeping bag arrived damp and torn", "Luis F.",
         "You will hear from me by Thursday at eleven, with or without the warehouse.",
         timedelta(days=3, hours=1), ribbon(_at(10, 11), _at(12, 11), NOW)),
        ("Rosalía Quintero", "form", "Hip-belt buckle snapped on the first day", "Priya R.",
         "You will hear from me by Thursday noon with a choice of packs.",
         timedelta(days=1, hours=14), ribbon(_at(10, 9, 5), _at(12, 12), NOW)),
        ("Saoirse Kilbride", "voicemail", "Wants the deposit back", "Tom H.",
         "We call back in 24 to 48 hours.", timedelta(minutes=40),
         ribbon(_at(12, 8), _at(14, 8), NOW, near_at=_at(13, 8))),
    ]  # fmt: skip
    names = ("name", "door", "subject", "owner", "words", "wait", "ribbon")
    return [dict(zip(names, row, strict=True)) for row in rows]


def promises() -> list[dict[str, Any]]:
    """Three promises in full dress, as a case and the customer's page show them."""
    return [
        {"words": "It will be at your door by Wednesday 18 March.", "by": "Priya Raman",
         "ribbon": ribbon(_at(12, 10, 30), _at(18, 21), NOW, form="full")},
        {"words": "You will hear from me by Thursday noon with a choice of packs.", "by": "",
         "ribbon": ribbon(_at(10, 9, 5), _at(12, 12), NOW, kept_at=_at(12, 10, 30), form="full"),
         "source": "Priya Raman. Noon at our warehouse is 11:00 for you."},
        {"words": "A new Fell 45 will leave our warehouse by Monday 9 March, 17:00.", "by": "",
         "ribbon": ribbon(_at(6, 15, 2), _at(9, 17), NOW, replaced_at=_at(10, 9, 5), form="full"),
         "source": "Priya Raman. 17:00 at our warehouse is 16:00 for you."},
    ]  # fmt: skip


class SignIn(forms.Form):
    """A form to look at; the real one is Django's."""

    username = forms.CharField(
        label="Name",
        help_text="As your team lead wrote it.",
        widget=forms.TextInput({"autocomplete": "username"}),
    )
    password = forms.CharField(label="Password", widget=forms.PasswordInput({"autocomplete": "current-password"}))


def context(page: str, theme: str) -> Mapping[str, Any]:
    """What the sample pages are made from."""
    staff = shell.Shell(
        house="Larkfield Outdoor",
        places=shell.places(
            {name: f"#{name}" for name in shell.PLACES},
            current="today",
            alerts={"doors": "one door needs attention"},
        ),
        find_url="#find",
        me=shell.Me(name="Priya Raman", settings_url="#me"),
        watch=shell.heartbeat(NOW - timedelta(seconds=4), NOW, url="#doors"),
    )
    customer = shell.CustomerShell(
        house="Larkfield Outdoor",
        languages=(shell.Language(code="es", name="Español", url="#es"),),
        zone_title="Mountain Time (MDT)",
        new_link_url="#new",
        zone_url="#zone",
        copy_url="#copy",
    )
    return {
        "shell": customer if page == "customer" else staff,
        "zone": DENVER if page == "customer" else CHICAGO,
        "now": NOW,
        "theme": theme,
        "more": ["makegood/sheet.css"],
        "ribbons": ribbons(),
        "board": board(),
        "promises": promises(),
        "denver": DENVER,
        "need_by": date(2026, 3, 21),
        "silent": shell.heartbeat(NOW - timedelta(minutes=3), NOW),
        "refused": shell.Refused(
            title="Not closed, for two reasons",
            code="promise-open",
            reasons=(
                shell.Reason(text="A promise runs until 12:00 CDT.", url="#keep", link="Keep it"),
                shell.Reason(text="We hold her Fell 45.", url="#back", link="Send it back"),
            ),
        ),
        "form": SignIn({"username": "priya"}),
        "page_obj": Paginator(range(213), 40).page(2),
        "letter": "Hello,\n\nthe label says 25-K, see https://photos.example/25-k.\nIs <b>this</b> enough?",
    }


def prepare() -> None:
    """Give Django the little it needs, unless it is set up already."""
    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=["makegood.ui"],
            TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
            STATIC_URL=f"{HERE / 'static'}/",
            USE_TZ=True,
            USE_I18N=True,
        )
        django.setup()


def render(page: str = "sheet", theme: str = "", language: str = "en") -> str:
    """One sample page as HTML."""
    prepare()
    with translation.override(language):
        return render_to_string(PAGES[page], dict(context(page, theme)))


def main(arguments: list[str]) -> None:
    """Write the page that was asked for."""
    parser = argparse.ArgumentParser(prog="makegood.ui.sheet", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--page", choices=PAGES, default="sheet")
    parser.add_argument("--theme", choices=["light", "dark"], default="")
    parser.add_argument("--language", default="en")
    asked = parser.parse_args(arguments)
    asked.out.write_text(render(asked.page, asked.theme, asked.language), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
