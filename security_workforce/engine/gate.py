"""Joining and leaving: which fact makes a step green, and if none does, why.

A guard who joins takes no shift before every mandatory step is met; a guard who leaves
gives back what he was given. Each step names the kind of fact that decides it (a key
of ``FACTS``); a step of another kind is ticked by hand, and nothing here judges it.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from .card_cover import Title
from .facts import Qualification, Visit
from .rules.base import add_months
from .verdict import LANGUAGES, sentence

# "later": not met, yet the law lets the work begin before it is; it blocks nothing.
MET, LATER, MISSING = "met", "later", "missing"
# A provisional authorisation lets a trainee learn on a post (CSI L612-23).
TITLE_KINDS = frozenset({"card", "receipt", "provisional"})
TITLE_STATES = frozenset({"valid", "to_renew", "receipt"})
WITHOUT_TITLE = {
    "draft": (
        "The card is recorded, not verified yet.",
        "La carte est enregistrée, pas encore vérifiée.",
    ),
    "suspended": ("The card is suspended.", "La carte est suspendue."),
    "expired": (
        "The card ended on %(end)s.",
        "La carte a pris fin le %(end)s.",
    ),
    "withdrawn": ("The card was withdrawn.", "La carte a été retirée."),
}
IDENTITY = {
    "legal_name": ("legal name", "nom d'état civil"),
    "birth_date": ("birth date", "date de naissance"),
    "nationality": ("nationality", "nationalité"),
    "identity_number": (
        "number of the identity card or passport",
        "numéro de la carte d'identité ou du passeport",
    ),
}


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


def judge(fact: str, file: File, day: date, skills: Collection = ()) -> Answer:
    """Tell whether a step is met on ``day``.

    :param fact: a key of ``FACTS``
    :param skills: the qualifications of which one is asked; any when empty
    """
    return FACTS[fact](file, day, skills)


# ------------------------------------------------------------
# Joining
# ------------------------------------------------------------


def _identity(file, _day, _skills):
    """Art. D1221-23 of the Labour code: what the staff register says of everybody."""
    lacking = [words for name, words in IDENTITY.items() if not getattr(file, name)]
    if not lacking:
        return _met("Identity recorded.", "Identité enregistrée.")
    en, fr = (", ".join(words) for words in zip(*lacking, strict=True))
    return _missing(f"Not recorded: {en}.", f"Non renseigné\N{NO-BREAK SPACE}: {fr}.")


def _right_to_work(file, day, _skills):
    """Labour code L8251-1, R5221-41."""
    if not file.needs_permit:
        if file.nationality:
            return _met("No work permit is needed.", "Aucun titre de travail requis.")
        return _missing("Nationality not recorded.", "Nationalité non renseignée.")
    if not file.permit_number or not file.permit_end:
        return _missing(
            "Number or last day of the work permit not recorded.",
            "Numéro ou fin de validité du titre de travail non renseigné.",
        )
    told = {"end": file.permit_end, "on": file.permit_checked_on}
    if file.permit_end < max(day, file.hired_on or day):
        return _missing(
            "The work permit ends on %(end)s.",
            "Le titre de travail prend fin le %(end)s.",
            **told,
        )
    if not _done(file.permit_checked_on, day):
        return _missing(
            "Work permit not sent to the prefect yet.",
            "Titre de travail pas encore transmis au préfet.",
        )
    return _met(
        "Work permit until %(end)s, sent to the prefect on %(on)s.",
        "Titre de travail jusqu'au %(end)s, transmis au préfet le %(on)s.",
        **told,
    )


def _declared(file, day, _skills):
    """Labour code L1221-10."""
    if _done(file.declared_on, day):
        return _met(
            "Hiring declared (DPAE) on %(on)s.",
            "DPAE effectuée le %(on)s.",
            on=file.declared_on,
        )
    return _missing("Hiring not declared (DPAE) yet.", "DPAE non effectuée.")


def _card(file, day, _skills):
    """CSI L612-20, R631-15: a title that the firm verified, valid when he starts."""
    start = max(day, file.hired_on or day)
    titles = [title for title in file.titles if title.kind in TITLE_KINDS]
    good = [t for t in titles if _covers(t, day, start)]
    if good:
        return _met(
            "Card verified, valid until %(end)s.",
            "Carte vérifiée, valable jusqu'au %(end)s.",
            end=max(title.end for title in good),
        )
    for state, (en, fr) in WITHOUT_TITLE.items():
        for title in titles:
            ended = title.state in TITLE_STATES and title.end and title.end < start
            if title.state == state or (ended and state == "expired"):
                return _missing(en, fr, end=title.end)
    if titles:
        return _missing(
            "The card starts on a later day.", "La carte commence plus tard."
        )
    return _missing("No professional card recorded.", "Aucune carte enregistrée.")


def _covers(title, day, start):
    return (
        title.state in TITLE_STATES
        and title.end is not None
        and title.end >= start
        and (title.start or day) <= start
    )


def _visit(file, day, _skills):
    """Labour code R4624-10 (within months), R4624-18 (before the first night)."""
    if file.unfit_on:
        return _missing(
            "Unfit for the job, says the visit of %(on)s.",
            "Inapte au poste selon la visite du %(on)s.",
            on=file.unfit_on,
        )
    done = [visit for visit in file.visits if visit.day <= day]
    if done:
        return _visited(max(done, key=lambda visit: visit.day), day)
    if file.night_worker:
        return _missing(
            "No medical visit yet: a night worker needs one before his first night.",
            "Aucune visite médicale\N{NO-BREAK SPACE}: un travailleur de nuit la passe "
            "avant sa première nuit.",
        )
    if file.visit_months is None or file.hired_on is None:
        return _missing("No medical visit yet.", "Aucune visite médicale.")
    limit = add_months(file.hired_on, file.visit_months)
    if day > limit:
        return _missing(
            "No medical visit, due before %(limit)s.",
            "Aucune visite médicale, à passer avant le %(limit)s.",
            limit=limit,
        )
    return Answer(
        LATER,
        {
            "en": "Medical visit to be made before %(limit)s.",
            "fr": "Visite médicale à passer avant le %(limit)s.",
        },
        {"limit": limit},
    )


def _visited(visit, day):
    told = {"on": visit.day, "due": visit.next_day}
    if visit.next_day and visit.next_day < day:
        return _missing(
            "The visit of %(on)s was to be renewed before %(due)s.",
            "La visite du %(on)s était à renouveler avant le %(due)s.",
            **told,
        )
    return _met("Medical visit on %(on)s.", "Visite médicale passée le %(on)s.", **told)


def _training(file, day, skills):
    """CSI L612-20 5°; branch agreement of 26 Sept 2016, art. 4.2."""
    held = [q for q in file.qualifications if not skills or q.skill in skills]
    good = [q for q in held if not q.end or q.end >= day]
    good = [q for q in good if not q.start or q.start <= day]
    if good:
        return _met(
            "%(name)s recorded.",
            "%(name)s\N{NO-BREAK SPACE}: enregistré.",
            name=good[-1].name,
        )
    ended = [q for q in held if q.end and q.end < day]
    if ended:
        last = max(ended, key=lambda q: q.end)
        return _missing(
            "%(name)s ended on %(end)s.",
            "%(name)s\N{NO-BREAK SPACE}: échu le %(end)s.",
            name=last.name,
            end=last.end,
        )
    return _missing("No qualification recorded.", "Aucune qualification enregistrée.")


def _contract(file, day, _skills):
    if file.contract_start is None:
        return _missing("No contract recorded.", "Aucun contrat enregistré.")
    told = {
        "start": file.contract_start,
        "end": file.contract_end,
        "on": file.signed_on,
    }
    if file.contract_end and file.contract_end < day:
        return _missing(
            "The contract ended on %(end)s.",
            "Le contrat a pris fin le %(end)s.",
            **told,
        )
    if not _done(file.signed_on, day):
        return _missing(
            "Contract from %(start)s, its signature is not recorded.",
            "Contrat à compter du %(start)s, signature non enregistrée.",
            **told,
        )
    return _met(
        "Contract from %(start)s, signed on %(on)s.",
        "Contrat à compter du %(start)s, signé le %(on)s.",
        **told,
    )


def _deontology(file, day, _skills):
    """CSI R631-3."""
    if _done(file.deontology_on, day):
        return _met(
            "Code of ethics given on %(on)s.",
            "Code de déontologie remis le %(on)s.",
            on=file.deontology_on,
        )
    return _missing(
        "Code of ethics not given yet.", "Code de déontologie pas encore remis."
    )


def _kit(file, _day, _skills):
    held = _held(file)
    if held:
        return _met(
            "%(names)s handed over, the last on %(on)s.",
            "%(names)s\N{NO-BREAK SPACE}: remis, en dernier le %(on)s.",
            names=_names(held),
            on=max(piece.given_on for piece in held),
        )
    return _missing("Nothing handed over yet.", "Rien n'a encore été remis.")


# ------------------------------------------------------------
# Leaving
# ------------------------------------------------------------


def _kit_back(file, _day, _skills):
    return _back([piece for piece in _held(file) if not piece.uniform])


def _uniform_back(file, _day, _skills):
    """Collective agreement, annex IV art. 5."""
    return _back([piece for piece in _held(file) if piece.uniform])


def _access_closed(file, _day, _skills):
    if file.login:
        return _missing(
            "The login %(login)s is still open.",
            "L'identifiant %(login)s est encore actif.",
            login=file.login,
        )
    return _met("No open login.", "Aucun identifiant actif.")


def _shifts_gone(file, _day, _skills):
    if file.shifts_left:
        return _missing(
            "Shifts after the last day: %(count)s.",
            "Vacations après le dernier jour\N{NO-BREAK SPACE}: %(count)s.",
            count=file.shifts_left,
        )
    return _met(
        "No shift after the last day.", "Aucune vacation après le dernier jour."
    )


def _back(held):
    if held:
        return _missing(
            "Not given back: %(names)s.",
            "Non restitué\N{NO-BREAK SPACE}: %(names)s.",
            names=_names(held),
        )
    return _met("Nothing left to give back.", "Plus rien à restituer.")


# ------------------------------------------------------------
# Words
# ------------------------------------------------------------


def _held(file):
    return [piece for piece in file.kit if piece.returned_on is None]


def _names(pieces):
    return ", ".join(dict.fromkeys(piece.name for piece in pieces))


def _done(day, today):
    """A fact dated in the future is not one yet."""
    return day is not None and day <= today


def _met(en, fr, **facts):
    return Answer(MET, {"en": en, "fr": fr}, facts)


def _missing(en, fr, **facts):
    return Answer(MISSING, {"en": en, "fr": fr}, facts)


FACTS = {
    "identity": _identity,
    "right_to_work": _right_to_work,
    "declared": _declared,
    "card": _card,
    "visit": _visit,
    "training": _training,
    "contract": _contract,
    "deontology": _deontology,
    "kit": _kit,
    "kit_back": _kit_back,
    "uniform_back": _uniform_back,
    "access_closed": _access_closed,
    "shifts_gone": _shifts_gone,
}
