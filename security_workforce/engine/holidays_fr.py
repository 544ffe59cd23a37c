"""French public holidays: the eleven legal ones and those of some regions.

Labour code L3133-1 (legal holidays), L3134-13 (Alsace and Moselle), L3422-2
(abolition of slavery, overseas). A date may be moved by law only by changing these
tables: another country brings another file.
"""

from datetime import date, timedelta
from functools import lru_cache

FIXED = {
    (1, 1): "Jour de l'an",
    (5, 1): "Fête du Travail",
    (5, 8): "Victoire 1945",
    (7, 14): "Fête nationale",
    (8, 15): "Assomption",
    (11, 1): "Toussaint",
    (11, 11): "Armistice 1918",
    (12, 25): "Noël",
}
# Days after Easter Sunday.
MOVABLE = {1: "Lundi de Pâques", 39: "Ascension", 50: "Lundi de Pentecôte"}
ABOLITION = "Abolition de l'esclavage"
# region: (fixed days, days after Easter Sunday) that come on top of the eleven.
REGIONS = {
    "": ({}, {}),
    "alsace_moselle": ({(12, 26): "Saint-Étienne"}, {-2: "Vendredi saint"}),
    "mayotte": ({(4, 27): ABOLITION}, {}),
    "martinique": ({(5, 22): ABOLITION}, {}),
    "guadeloupe": ({(5, 27): ABOLITION}, {}),
    "saint_martin": ({(5, 27): ABOLITION}, {}),
    "guyane": ({(6, 10): ABOLITION}, {}),
    "saint_barthelemy": ({(10, 9): ABOLITION}, {}),
    "reunion": ({(12, 20): ABOLITION}, {}),
}


@lru_cache(maxsize=512)
def _holidays(year, region):
    if region not in REGIONS:
        raise ValueError(
            f"Unknown region {region!r}: choose one of {', '.join(sorted(REGIONS))}."
        )
    fixed, movable = REGIONS[region]
    sunday = easter(year)
    days = {
        date(year, month, day): name for (month, day), name in (FIXED | fixed).items()
    }
    for offset, name in (MOVABLE | movable).items():
        # Ascension falls on 1 or 8 May in some years: both names stay readable.
        day = sunday + timedelta(days=offset)
        days[day] = f"{days[day]}, {name}" if day in days else name
    return dict(sorted(days.items()))


def holidays(year, region="") -> dict[date, str]:
    """Public holidays of a civil year, as ``{local date: French name}``.

    :param region: "" or a key of ``REGIONS`` ("alsace_moselle", "reunion"…)
    :raises ValueError: unknown region, year outside 1583-4099
    """
    return dict(_holidays(year, region or ""))


def easter(year) -> date:
    """Easter Sunday of a year of the Gregorian calendar (Meeus, Jones, Butcher)."""
    if not 1583 <= year <= 4099:
        raise ValueError(f"Easter is not known for the year {year}.")
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
