"""Cycles that the trade knows, to start from."""

from .rotation import Band

DAY, NIGHT = (7 * 60, 12 * 60), (19 * 60, 12 * 60)
TWELVE = {"D": DAY, "N": NIGHT}
EIGHT = {"M": (6 * 60, 8 * 60), "A": (14 * 60, 8 * 60), "N": (22 * 60, 8 * 60)}
OFFICE = {"D": (8 * 60, 8 * 60)}
# name: (one letter a day, "-" is off; the band of each letter)
PATTERNS = {
    "2x12": ("DDNN----", TWELVE),
    "3x8": ("MMAANN--", EIGHT),
    "4-2": ("DDDD--", OFFICE),
    "2-2-3": ("DD--DDD--DD---", TWELVE),
    "panama": ("DD--DDD--DD---NN--NNN--NN---", TWELVE),
    "dupont": ("NNNN---DDD-NNN---DDDD-------", TWELVE),
}


def pattern(name: str) -> tuple[int, list[Band]]:
    """(days in the cycle, bands) of a pattern.

    :raises KeyError: no pattern has this name
    """
    letters, bands = PATTERNS[name]
    return len(letters), [
        Band(day, *bands[letter], letter)
        for day, letter in enumerate(letters, 1)
        if letter != "-"
    ]
