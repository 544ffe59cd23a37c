"""The parts of a name written in one go, as French papers ask for them."""


def split(name) -> tuple[str, str]:
    """(surname, first names) of a name such as ``Anna DE LA TOUR`` or ``Anna Tour``.

    Words in capitals are the surname, as administrations write it. Without any, the
    first word is the first name and the rest the surname: whoever is called otherwise
    is corrected by hand.
    """
    words = (name or "").split()
    capitals = [word for word in words if _is_capital(word)]
    if capitals and len(capitals) < len(words):
        others = [word for word in words if not _is_capital(word)]
        return " ".join(capitals), " ".join(others)
    if len(words) < 2:
        return " ".join(words), ""
    return " ".join(words[1:]), words[0]


def _is_capital(word):
    letters = [sign for sign in word if sign.isalpha()]
    return len(letters) > 1 and word == word.upper()
