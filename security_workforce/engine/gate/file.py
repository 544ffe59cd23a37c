"""What is known of somebody who joins or leaves, and the answer about one step."""

from dataclasses import dataclass, field
from datetime import date

from ..card_cover import Title
from ..facts import Qualification, Visit
from ..verdict import LANGUAGES, sentence

# "later": not met, yet the law lets the work begin before it is; it blocks nothing.
MET, LATER, MISSING = "met", "later", "missing"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the kit: handed over on a day, and given back (or not yet)."""

    name: str
    given_on: date
    returned_on: date | None = None
    uniform: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """What the firm knows of somebody who joins or leaves.

    ``hired_on`` is the first day of the contracts that follow each other;
    ``visit_months`` the months that the first medical visit may take after it (None:
    no figure); ``unfit_on`` the day of the last visit when it said "unfit".
    """

    legal_name: str = ""
    birth_date: date | None = None
    nationality: str = ""
    identity_number: str = ""
    needs_permit: bool = False
    permit_number: str = ""
    permit_end: date | None = None
    permit_checked_on: date | None = None
    hired_on: date | None = None
    declared_on: date | None = None
    contract_start: date | None = None
    contract_end: date | None = None
    signed_on: date | None = None
    titles: tuple[Title, ...] = ()
    qualifications: tuple[Qualification, ...] = ()
    visits: tuple[Visit, ...] = ()
    unfit_on: date | None = None
    night_worker: bool = False
    visit_months: int | None = None
    kit: tuple[Piece, ...] = ()
    deontology_on: date | None = None
    login: str = ""
    shifts_left: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """The state of one step and the reason, in words of each language."""

    state: str
    texts: dict = field(hash=False)
    facts: dict = field(default_factory=dict, hash=False)

    @property
    def words(self) -> dict:
        """``{"en": sentence, "fr": sentence}``."""
        return {lang: sentence(self.texts, self.facts, lang) for lang in LANGUAGES}


def held_pieces(file):
    return [piece for piece in file.kit if piece.returned_on is None]


def names_of(pieces):
    return ", ".join(dict.fromkeys(piece.name for piece in pieces))


def done(day, today):
    """A fact dated in the future is not one yet."""
    return day is not None and day <= today


def met(en, fr, **facts):
    return Answer(MET, {"en": en, "fr": fr}, facts)


def missing(en, fr, **facts):
    return Answer(MISSING, {"en": en, "fr": fr}, facts)
