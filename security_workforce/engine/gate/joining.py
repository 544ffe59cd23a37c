"""The steps of a guard who joins."""

from ..rules.base import add_months
from .file import LATER, Answer, done, held_pieces, met, missing, names_of

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


def _identity(file, _day, _skills):
    """Art. D1221-23 of the Labour code: what the staff register says of everybody."""
    lacking = [words for name, words in IDENTITY.items() if not getattr(file, name)]
    if not lacking:
        return met("Identity recorded.", "Identité enregistrée.")
    en, fr = (", ".join(words) for words in zip(*lacking, strict=True))
    return missing(f"Not recorded: {en}.", f"Non renseigné\N{NO-BREAK SPACE}: {fr}.")


def _right_to_work(file, day, _skills):
    """Labour code L8251-1, R5221-41."""
    if not file.needs_permit:
        if file.nationality:
            return met("No work permit is needed.", "Aucun titre de travail requis.")
        return missing("Nationality not recorded.", "Nationalité non renseignée.")
    if not file.permit_number or not file.permit_end:
        return missing(
            "Number or last day of the work permit not recorded.",
            "Numéro ou fin de validité du titre de travail non renseigné.",
        )
    told = {"end": file.permit_end, "on": file.permit_checked_on}
    if file.permit_end < max(day, file.hired_on or day):
        return missing(
            "The work permit ends on %(end)s.",
            "Le titre de travail prend fin le %(end)s.",
            **told,
        )
    if not done(file.permit_checked_on, day):
        return missing(
            "Work permit not sent to the prefect yet.",
            "Titre de travail pas encore transmis au préfet.",
        )
    return met(
        "Work permit until %(end)s, sent to the prefect on %(on)s.",
        "Titre de travail jusqu'au %(end)s, transmis au préfet le %(on)s.",
        **told,
    )


def _declared(file, day, _skills):
    """Labour code L1221-10."""
    if done(file.declared_on, day):
        return met(
            "Hiring declared (DPAE) on %(on)s.",
            "DPAE effectuée le %(on)s.",
            on=file.declared_on,
        )
    return missing("Hiring not declared (DPAE) yet.", "DPAE non effectuée.")


def _card(file, day, _skills):
    """CSI L612-20, R631-15: a title that the firm verified, valid when he starts."""
    start = max(day, file.hired_on or day)
    titles = [title for title in file.titles if title.kind in TITLE_KINDS]
    good = [t for t in titles if _covers(t, day, start)]
    if good:
        return met(
            "Card verified, valid until %(end)s.",
            "Carte vérifiée, valable jusqu'au %(end)s.",
            end=max(title.end for title in good),
        )
    for state, (en, fr) in WITHOUT_TITLE.items():
        for title in titles:
            ended = title.state in TITLE_STATES and title.end and title.end < start
            if title.state == state or (ended and state == "expired"):
                return missing(en, fr, end=title.end)
    if titles:
        return missing(
            "The card starts on a later day.", "La carte commence plus tard."
        )
    return missing("No professional card recorded.", "Aucune carte enregistrée.")


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
        return missing(
            "Unfit for the job, says the visit of %(on)s.",
            "Inapte au poste selon la visite du %(on)s.",
            on=file.unfit_on,
        )
    done = [visit for visit in file.visits if visit.day <= day]
    if done:
        return _visited(max(done, key=lambda visit: visit.day), day)
    if file.night_worker:
        return missing(
            "No medical visit yet: a night worker needs one before his first night.",
            "Aucune visite médicale\N{NO-BREAK SPACE}: un travailleur de nuit la passe "
            "avant sa première nuit.",
        )
    if file.visit_months is None or file.hired_on is None:
        return missing("No medical visit yet.", "Aucune visite médicale.")
    limit = add_months(file.hired_on, file.visit_months)
    if day > limit:
        return missing(
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
        return missing(
            "The visit of %(on)s was to be renewed before %(due)s.",
            "La visite du %(on)s était à renouveler avant le %(due)s.",
            **told,
        )
    return met("Medical visit on %(on)s.", "Visite médicale passée le %(on)s.", **told)


def _training(file, day, skills):
    """CSI L612-20 5°; branch agreement of 26 Sept 2016, art. 4.2."""
    held = [q for q in file.qualifications if not skills or q.skill in skills]
    good = [q for q in held if not q.end or q.end >= day]
    good = [q for q in good if not q.start or q.start <= day]
    if good:
        return met(
            "%(name)s recorded.",
            "%(name)s\N{NO-BREAK SPACE}: enregistré.",
            name=good[-1].name,
        )
    ended = [q for q in held if q.end and q.end < day]
    if ended:
        last = max(ended, key=lambda q: q.end)
        return missing(
            "%(name)s ended on %(end)s.",
            "%(name)s\N{NO-BREAK SPACE}: échu le %(end)s.",
            name=last.name,
            end=last.end,
        )
    return missing("No qualification recorded.", "Aucune qualification enregistrée.")


def _contract(file, day, _skills):
    if file.contract_start is None:
        return missing("No contract recorded.", "Aucun contrat enregistré.")
    told = {
        "start": file.contract_start,
        "end": file.contract_end,
        "on": file.signed_on,
    }
    if file.contract_end and file.contract_end < day:
        return missing(
            "The contract ended on %(end)s.",
            "Le contrat a pris fin le %(end)s.",
            **told,
        )
    if not done(file.signed_on, day):
        return missing(
            "Contract from %(start)s, its signature is not recorded.",
            "Contrat à compter du %(start)s, signature non enregistrée.",
            **told,
        )
    return met(
        "Contract from %(start)s, signed on %(on)s.",
        "Contrat à compter du %(start)s, signé le %(on)s.",
        **told,
    )


def _deontology(file, day, _skills):
    """CSI R631-3."""
    if done(file.deontology_on, day):
        return met(
            "Code of ethics given on %(on)s.",
            "Code de déontologie remis le %(on)s.",
            on=file.deontology_on,
        )
    return missing(
        "Code of ethics not given yet.", "Code de déontologie pas encore remis."
    )


def _kit(file, _day, _skills):
    held = held_pieces(file)
    if held:
        return met(
            "%(names)s handed over, the last on %(on)s.",
            "%(names)s\N{NO-BREAK SPACE}: remis, en dernier le %(on)s.",
            names=names_of(held),
            on=max(piece.given_on for piece in held),
        )
    return missing("Nothing handed over yet.", "Rien n'a encore été remis.")


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
}
