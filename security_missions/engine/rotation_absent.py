"""Turns whose guard is away: the shift stays open, and says why."""

from collections.abc import Iterable

from .rotation import Turn


def leave_open(turns: Iterable[Turn], absences: dict, gone=frozenset()) -> list[Turn]:
    """The turns, without the guards who are away then.

    :param absences: ``{guard: [object with start, stop (naive UTC) and kind]}``
    :param gone: guards who have left the firm
    """
    found = []
    for turn in turns:
        why = "gone" if turn.guard in gone else ""
        for absence in absences.get(turn.guard, ()):
            if absence.start < turn.stop and turn.start < absence.stop:
                why = why or absence.kind
        found.append(turn.left_open(why) if why else turn)
    return found
