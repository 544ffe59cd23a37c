"""The sheets of the workbook and their columns.

Titles are here in both languages, not among the translations: a file filled in French
is read by an officer who works in English, and the other way round.
"""

import re
import unicodedata
from dataclasses import dataclass

FRENCH = "fr"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``kind`` says how its cells are read (see ``cells.READERS``).

    ``choice`` names the list of allowed values, handed in by the caller.
    """

    key: str
    en: str
    fr: str
    kind: str = "text"
    required: bool = False
    choice: str = ""
    width: int = 14

    def title(self, language):
        """The title in a language such as ``fr_FR``; English unless French."""
        return self.fr if (language or "").startswith(FRENCH) else self.en


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a line of ``guards`` is a person, the others add to that person."""

    key: str
    en: str
    fr: str
    columns: tuple

    title = Column.title

    def column(self, key):
        """The column of a key."""
        return next(column for column in self.columns if column.key == key)


def fold(text) -> str:
    """Text as it is compared: no accent, no capital, single spaces, plain signs."""
    plain = unicodedata.normalize("NFKD", str(text).replace("’", "'"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", plain)
    return " ".join(plain.replace("*", " ").split()).casefold()


_REFERENCE = Column("reference", "Registration number", "Matricule", required=True)

GUARDS = Sheet(
    "guards",
    "Guards",
    "Agents",
    (
        _REFERENCE,
        Column("surname", "Surname", "Nom", required=True, width=20),
        Column("first_names", "First names", "Prénoms", required=True, width=20),
        Column("birthday", "Birth date", "Date de naissance", "date", required=True),
        Column("birth_place", "Place of birth", "Lieu de naissance", width=18),
        Column("sex", "Sex", "Sexe", "choice", choice="sex", width=10),
        Column("country", "Nationality", "Nationalité", "choice", choice="country"),
        Column("email", "Email", "E-mail", "email", width=28),
        Column("phone", "Mobile phone", "Téléphone mobile", "phone", width=18),
        Column("street", "Street", "Rue", width=26),
        Column("zip", "Postcode", "Code postal", "zip", width=11),
        Column("city", "Town", "Ville", width=18),
        # === Contract ===
        Column("job", "Job", "Emploi", width=28, choice="job"),
        Column(
            "contract_kind",
            "Kind of contract",
            "Type de contrat",
            "choice",
            choice="contract_kind",
        ),
        Column("entry", "Entry", "Date d'entrée", "date", required=True),
        Column("exit", "End of contract", "Fin de contrat", "date"),
        Column("weekly_hours", "Hours a week", "Heures par semaine", "hours"),
        Column("annex", "Annex", "Annexe", "choice", choice="annex", width=30),
        Column("coefficient", "Coefficient", "Coefficient", "count"),
        Column("level", "Level", "Niveau"),
        Column(
            "night_worker", "Night worker", "Travailleur de nuit", "flag", choice="flag"
        ),
        Column("regime", "Working-time regime", "Régime", "choice", choice="regime"),
        # === Right to work, hiring, medical follow-up ===
        Column("permit_kind", "Kind of work permit", "Type d'autorisation de travail"),
        Column("permit_number", "Work permit number", "N° d'autorisation de travail"),
        Column(
            "permit_end",
            "Work permit until",
            "Autorisation de travail jusqu'au",
            "date",
        ),
        Column(
            "permit_checked",
            "Permit sent to the prefect on",
            "Titre transmis au préfet le",
            "date",
        ),
        Column("declared", "Hiring declared on (DPAE)", "DPAE du", "date"),
        Column(
            "visit_kind",
            "Kind of medical visit",
            "Type de visite médicale",
            "choice",
            choice="visit_kind",
            width=28,
        ),
        Column("visit", "Medical visit on", "Visite médicale du", "date"),
    ),
)
CARDS = Sheet(
    "cards",
    "Cards",
    "Cartes",
    (
        _REFERENCE,
        Column(
            "activity",
            "Activity",
            "Activité",
            "choice",
            required=True,
            choice="activity",
        ),
        Column("number", "Number", "Numéro", "number", required=True, width=36),
        Column("kind", "Kind", "Type", "choice", choice="card_kind", width=26),
        Column("date_issued", "Valid from", "Valable du", "date"),
        Column("date_expiry", "Valid until", "Valable jusqu'au", "date"),
    ),
)
QUALIFICATIONS = Sheet(
    "qualifications",
    "Qualifications",
    "Qualifications",
    (
        _REFERENCE,
        Column(
            "skill",
            "Qualification",
            "Qualification",
            "choice",
            required=True,
            choice="skill",
        ),
        Column("valid_from", "Obtained on", "Obtenue le", "date", required=True),
        Column("valid_to", "Valid until", "Valable jusqu'au", "date"),
        Column("certificate_number", "Certificate number", "N° de certificat"),
        Column("issuing_body", "Issuing body", "Organisme", width=28),
    ),
)
SHEETS = {sheet.key: sheet for sheet in (GUARDS, CARDS, QUALIFICATIONS)}
