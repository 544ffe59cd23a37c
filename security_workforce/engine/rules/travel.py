"""Two shifts of one guard: not at once, and time to go from one to the other."""

from math import asin, cos, radians, sin, sqrt

from .base import Rule, minutes_between

EARTH_KM = 6371.0


class TwoPlaces(Rule):
    """Two shifts at once, or no time to go from one site to the other."""

    id = "TPS-19"
    source = "Two places at once"
    texts = {
        "en": "%(guard)s has %(value)s min to go from %(one)s to %(two)s: %(limit)s "
        "min "
        "are needed.",
        "fr": "%(guard)s a %(value)s min pour aller de %(one)s à %(two)s : il faut "
        "%(limit)s min.",
    }
    overlap = {
        "en": "%(guard)s is on %(one)s and on %(two)s at the same time.",
        "fr": "%(guard)s est sur %(one)s et sur %(two)s en même temps.",
    }

    def check(self, person, plan):
        """See ``Rule``."""
        one = None
        for two in plan.items:
            if one:
                yield from self._pair(person, one, two)
            # The next one is held against whatever ends last so far.
            if one is None or two.slot.stop > one.slot.stop:
                one = two

    def _pair(self, person, one, two):
        names = {
            "guard": person.name,
            "one": one.slot.site_name,
            "two": two.slot.site_name,
        }
        minutes = minutes_between(one, two)
        if minutes < 0:
            yield from self.find(
                [one, two], severity="block", texts=self.overlap, **names
            )
            return
        needed = self._travel(person, one, two)
        if needed is not None and minutes < needed:
            yield from self.find(
                [two],
                [one, two],
                limit=round(needed),
                value=round(minutes),
                unit="min",
                **names,
            )

    def _travel(self, person, one, two):
        """Minutes from one site to the next, None when unknown or the same."""
        if one.slot.site == two.slot.site or not one.slot.position:
            return None
        speed = self.figure(person, "travel_speed_kmh", two.first_day)
        margin = self.figure(person, "travel_margin_min", two.first_day)
        if not two.slot.position or not speed or not margin:
            return None
        distance = kilometres(one.slot.position, two.slot.position)
        return distance / speed.value * 60 + margin.value


def kilometres(one, two):
    """Great-circle distance of two (latitude, longitude) in degrees."""
    (lat, lon), (lat2, lon2) = (map(radians, one), map(radians, two))
    half = sin((lat2 - lat) / 2) ** 2
    half += cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


RULES = (TwoPlaces(),)
