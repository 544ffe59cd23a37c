"""Joining: nobody is posted before the firm has done what it owes first."""

from .base import Rule, remedy


class JoiningSteps(Rule):
    """A mandatory step of the joining list is missing."""

    id = "ENT-01"
    severity = "block"
    source = "Joining list of the firm (CSI R631-15; Code du travail L1221-10, L8251-1)"

    def check(self, person, plan):
        """See ``Rule``. The names of the steps are told in each language."""
        if not person.joining_missing or not plan.items:
            return
        en, fr = (
            ", ".join(names).replace("%", "%%")
            for names in zip(*person.joining_missing, strict=True)
        )
        yield from self.find(
            plan.items,
            texts={
                "en": f"%(guard)s may not work yet, joining steps are missing: {en}.",
                "fr": "%(guard)s ne peut pas encore travailler, étapes d'embauche "
                f"manquantes\N{NO-BREAK SPACE}: {fr}.",
            },
            guard=person.name,
            remedies=[
                remedy(
                    "complete",
                    "Complete the joining list of %(guard)s.",
                    "Complétez la liste d'embauche de %(guard)s.",
                    guard=person.name,
                )
            ],
        )


RULES = (JoiningSteps(),)
