"""What is recorded and what breaks, drawn from a seed."""

import random
from collections import Counter
from dataclasses import dataclass

# When a fault strikes; of the same fault they take turns.
MOMENTS = {
    # The request does not get through, once or several times.
    "cut": ("once", "often"),
    # The office has it; of its answer nothing arrives, or half.
    "dropped": ("whole", "half"),
    # The page of a proxy in its place.
    "gateway": ("once", "often"),
    # Both tabs record and send at the same instant.
    "tabs": ("together",),
    # SIGKILL: while facts are being recorded; once a request has passed; once the
    # office has answered, before the page hears of it.
    "browser": ("recording", "passed", "answered"),
    "odoo": ("idle", "passed", "answered"),
    "postgres": ("idle", "passed", "answered"),
}
# How often each kind of fact is recorded, in a hundred. The last two are set aside.
NAMES = {
    "log_entry": 55,
    "check_ok": 20,
    "rota_read": 10,
    "no_such_kind": 8,
    "foreign": 7,
}
SET_ASIDE = ("no_such_kind", "foreign")
OFTEN = 3
# Seconds between a request that has passed and the stroke that answers it.
LATEST = 0.06


@dataclass(frozen=True)
class Event:
    """A fact that a guard records."""

    serial: int
    name: str
    phone: int
    tab: int

    def told(self, firm):
        """Kind and data as the page records it.

        :param firm: per phone, ids of its guard's own ``shift`` and ``publication``
        """
        own, text = firm[self.phone], f"serial {self.serial}"
        if self.name == "log_entry":
            return "log_entry", {"shift": own["shift"], "text": text}
        if self.name == "foreign":
            other = firm[1 - self.phone]["shift"]
            return "log_entry", {"shift": other, "text": text}
        if self.name == "check_ok":
            return "check_ok", {"shift": own["shift"]}
        if self.name == "rota_read":
            return "rota_read", {"publication": own["publication"]}
        return self.name, {"text": text}


@dataclass(frozen=True)
class Round:
    """A fault, and the facts that are recorded while it lasts."""

    fault: str
    moment: str
    delay: float
    phone: int
    events: tuple


def _sizes(draw, events, faults):
    """How many events each round has: half of them evenly, the others by chance."""
    least = max(1, events // faults // 2)
    sizes = [least] * faults
    for _event in range(events - least * faults):
        sizes[draw.randrange(faults)] += 1
    return sizes


def make(seed, events, faults, phones=2, tabs=2):
    """The rounds of a run: the same seed gives the same ones.

    :param events: how many facts are recorded, one at least in each round
    :param faults: how many rounds there are
    """
    draw = random.Random(seed)
    kinds = [list(MOMENTS)[number % len(MOMENTS)] for number in range(faults)]
    draw.shuffle(kinds)
    # Two guards of one site write its first facts at once.
    kinds.remove("tabs")
    kinds.insert(0, "tabs")
    seen, rounds, serial = Counter(), [], 0
    for fault, size in zip(kinds, _sizes(draw, events, faults), strict=True):
        phone, recorded = draw.randrange(phones), []
        for _number in range(size):
            (name,) = draw.choices(list(NAMES), list(NAMES.values()))
            other, tab = draw.randrange(phones), draw.randrange(tabs)
            if fault == "tabs":
                # Each tab of each phone has its share.
                other = (phone + len(recorded)) % phones
                tab = len(recorded) // phones % tabs
            elif not recorded:
                other = phone
            recorded.append(Event(serial, name, other, tab))
            serial += 1
        moments = MOMENTS[fault]
        moment = moments[seen[fault] % len(moments)]
        seen[fault] += 1
        delay = draw.uniform(0, LATEST)
        rounds.append(Round(fault, moment, delay, phone, tuple(recorded)))
    return rounds
