"""What the guard said of his own time."""

from .base import Rule, wall


class Unavailable(Rule):
    """The guard said that he cannot come; once accepted, he counts on it."""

    id = "AVA-01"
    severity = "override"
    source = "Availability declared by the guard"
    texts = {
        "en": "%(guard)s is not available from %(start)s to %(stop)s: the firm "
        "accepted it.",
        "fr": "%(guard)s n'est pas disponible du %(start)s au %(stop)s : l'entreprise "
        "l'a accepté.",
    }
    asked = {
        "en": "%(guard)s says he is not available from %(start)s to %(stop)s: answer "
        "him first.",
        "fr": "%(guard)s se dit indisponible du %(start)s au %(stop)s : répondez-lui "
        "d'abord.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for item, wish, start, stop in _touching(person, plan, "unavailable"):
            yield from self.find(
                [item],
                texts=self.texts if wish.accepted else self.asked,
                severity=None if wish.accepted else "warn",
                guard=person.name,
                start=wall(start, item),
                stop=wall(stop, item),
            )


class WishedOff(Rule):
    """The guard would rather not work then: a wish binds nobody."""

    id = "AVA-02"
    severity = "info"
    source = "Wish of the guard"
    texts = {
        "en": "%(guard)s would like to be off from %(start)s to %(stop)s.",
        "fr": "%(guard)s souhaite être en repos du %(start)s au %(stop)s.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        for item, _wish, start, stop in _touching(person, plan, "off"):
            yield from self.find(
                [item],
                guard=person.name,
                start=wall(start, item),
                stop=wall(stop, item),
            )


def _touching(person, plan, kind):
    """(item, wish, start, stop) of each time of that kind that a shift runs into."""
    wishes = [wish for wish in person.wishes if wish.kind == kind]
    if not wishes:
        return
    for item in plan.items:
        for wish in wishes:
            for start, stop in wish.times(item.slot.start, item.slot.stop):
                yield item, wish, start, stop


RULES = (Unavailable(), WishedOff())
