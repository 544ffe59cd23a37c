"""Somebody who is away takes no shift."""

from datetime import timedelta

from .base import Rule


class Absent(Rule):
    """The guard is on leave or in training."""

    id = "ABS-01"
    each_alone = True
    severity = "block"
    source = "Absence accepted by the firm"
    texts = {
        "en": "%(guard)s is on leave from %(start)s to %(stop)s.",
        "fr": "%(guard)s est en congé du %(start)s au %(stop)s.",
    }
    training = {
        "en": "%(guard)s is in training from %(start)s to %(stop)s.",
        "fr": "%(guard)s est en formation du %(start)s au %(stop)s.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for item in plan.items:
            for absence in person.absences:
                if absence.start < item.slot.stop and item.slot.start < absence.stop:
                    shift = item.start - item.slot.start
                    yield from self.find(
                        [item],
                        texts=self.training
                        if absence.kind == "training"
                        else self.texts,
                        guard=person.name,
                        start=_minute(absence.start + shift),
                        stop=_minute(absence.stop + shift),
                    )


def _minute(moment):
    return moment - timedelta(seconds=moment.second, microseconds=moment.microsecond)


RULES = (Absent(),)
