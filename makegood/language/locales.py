"""How a place writes its dates, as far as reading them depends on it: is 3/5 the third of May or March the fifth."""

#: Zones where people write the month first (all of the United States; its islands keep their own zones).
_MONTH_FIRST = frozenset(
    f"America/{city}"
    for city in (
        "Adak", "Anchorage", "Boise", "Chicago", "Denver", "Detroit", "Juneau", "Los_Angeles", "Menominee",
        "Metlakatla", "New_York", "Nome", "Phoenix", "Puerto_Rico", "Sitka", "Yakutat",
    )
) | {"Pacific/Honolulu", "Pacific/Guam"}  # fmt: skip
_MONTH_FIRST_STATES = ("America/Indiana/", "America/Kentucky/", "America/North_Dakota/", "US/")


def locale_of(zone: str, *, language: str = "en") -> str:
    """Return the locale tag by which dates are read for somebody in an IANA zone: month first, or day first.

    In the United States numbers are month/day in English; in Spanish, and everywhere else, day/month.
    """
    month_first = zone in _MONTH_FIRST or zone.startswith(_MONTH_FIRST_STATES)
    if language == "en":
        return "en-US" if month_first else "en-GB"
    return language
