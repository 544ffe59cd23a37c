"""The steps of a guard who leaves."""

from .file import held_pieces, met, missing, names_of


def _kit_back(file, _day, _skills):
    return _back([piece for piece in held_pieces(file) if not piece.uniform])


def _uniform_back(file, _day, _skills):
    """Collective agreement, annex IV art. 5."""
    return _back([piece for piece in held_pieces(file) if piece.uniform])


def _access_closed(file, _day, _skills):
    if file.login:
        return missing(
            "The login %(login)s is still open.",
            "L'identifiant %(login)s est encore actif.",
            login=file.login,
        )
    return met("No open login.", "Aucun identifiant actif.")


def _shifts_gone(file, _day, _skills):
    if file.shifts_left:
        return missing(
            "Shifts after the last day: %(count)s.",
            "Vacations après le dernier jour\N{NO-BREAK SPACE}: %(count)s.",
            count=file.shifts_left,
        )
    return met("No shift after the last day.", "Aucune vacation après le dernier jour.")


def _back(held):
    if held:
        return missing(
            "Not given back: %(names)s.",
            "Non restitué\N{NO-BREAK SPACE}: %(names)s.",
            names=names_of(held),
        )
    return met("Nothing left to give back.", "Plus rien à restituer.")


FACTS = {
    "kit_back": _kit_back,
    "uniform_back": _uniform_back,
    "access_closed": _access_closed,
    "shifts_gone": _shifts_gone,
}
