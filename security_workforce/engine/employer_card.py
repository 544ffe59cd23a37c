"""What the card that an employer gives its guard must hold (CSI R612-18)."""

from dataclasses import dataclass

# Codes of the activities of a dog handler start so.
HANDLER_PREFIX = "CYNO"
FIRM_CONTENTS = ("employer_name", "employer_address", "authorisation")


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that one card shows; an empty value is missing.

    :param activities: codes of the activities that valid professional cards give
    :param numbers: the number of each of those cards
    :param dogs: identification number of each dog named on them
    :param authorisation: number of the firm's authorisation (CSI L612-9)
    """

    photo: bool = False
    surname: str = ""
    first_names: str = ""
    birth_date: object = None
    activities: tuple = ()
    numbers: tuple = ()
    dogs: tuple = ()
    employer_name: str = ""
    employer_address: str = ""
    authorisation: str = ""


def is_handler(activities) -> bool:
    """Whether one of the activities is worked with a dog."""
    return any(code.startswith(HANDLER_PREFIX) for code in activities)


def missing_contents(contents: Contents) -> list[str]:
    """The contents of R612-18 that are missing, in the order of the article.

    :return: names of fields of ``Contents``; without any valid card only
        ``activities`` speaks of cards
    """
    missing = [
        name
        for name in ("photo", "surname", "first_names", "birth_date", "activities")
        if not getattr(contents, name)
    ]
    if is_handler(contents.activities) and not contents.dogs:
        missing.append("dogs")
    missing += [name for name in FIRM_CONTENTS if not getattr(contents, name)]
    if contents.activities and not (contents.numbers and all(contents.numbers)):
        missing.append("numbers")
    return missing
