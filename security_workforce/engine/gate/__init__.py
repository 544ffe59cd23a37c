"""Joining and leaving: which fact makes a step green, and if none does, why.

A guard who joins takes no shift before every mandatory step is met; a guard who leaves
gives back what he was given. Each step names the kind of fact that decides it (a key
of ``FACTS``); a step of another kind is ticked by hand, and nothing here judges it.
"""

from collections.abc import Collection
from datetime import date

from . import joining, leaving
from .file import LATER, MET, MISSING, Answer, File, Piece

__all__ = ["FACTS", "LATER", "MET", "MISSING", "Answer", "File", "Piece", "judge"]

FACTS = {**joining.FACTS, **leaving.FACTS}


def judge(fact: str, file: File, day: date, skills: Collection = ()) -> Answer:
    """Tell whether a step is met on ``day``.

    :param fact: a key of ``FACTS``
    :param skills: the qualifications of which one is asked; any when empty
    """
    return FACTS[fact](file, day, skills)
