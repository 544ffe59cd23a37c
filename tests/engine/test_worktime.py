"""The hours of the law: exact cover, right kinds, in any timezone."""

import random
from datetime import date, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from security_workforce.engine import holidays_fr, worktime

UTC = timezone.utc
PARIS = ZoneInfo("Europe/Paris")
HOLIDAYS = {day for year in range(2025, 2029) for day in holidays_fr.holidays(year)}
# Zones that jump at midnight, by half an hour, twice a month, or skip a whole day.
ZONES = [
    "Europe/Paris",
    "Europe/London",
    "America/New_York",
    "America/Santiago",
    "America/Havana",
    "America/Sao_Paulo",
    "Asia/Beirut",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Asia/Kathmandu",
    "Indian/Reunion",
    "UTC",
]
NIGHTS = [
    ("21:00", "06:00"),
    ("22:30", "05:15"),
    ("00:00", "05:00"),
    ("20:00", "24:00"),
    # Bounds inside the hour that comes back, or that is skipped.
    ("23:30", "02:30"),
    ("00:30", "01:45"),
]
MINUTE = timedelta(minutes=1)


def utc(text, zone=PARIS):
    """Naive UTC of a local wall clock."""
    local = datetime.fromisoformat(text).replace(tzinfo=zone)
    return local.astimezone(UTC).replace(tzinfo=None)


def paris(start, stop):
    """{(night, sunday, holiday): hours} of a Paris interval."""
    hours = {}
    for piece in worktime.split(utc(start), utc(stop), "Europe/Paris", HOLIDAYS):
        kind = (piece.night, piece.sunday, piece.holiday)
        hours[kind] = hours.get(kind, 0) + piece.hours
    return hours


@cache
def night_minutes(night):
    """Minutes of the day, since midnight, that a band holds."""
    begin, end = (int(t[:2]) * 60 + int(t[3:]) for t in night)
    return {*range(begin, end)} if begin < end else {*range(begin, 1440), *range(end)}


def oracle(instant, zone, holidays, night):
    """The kind of an instant, said as the law says it, minute by minute."""
    local = instant.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    minute = local.hour * 60 + local.minute
    night = minute in night_minutes(night)
    return night, local.isoweekday() == 7, local.date() in holidays


class TestKnownNights:
    def test_night_of_october_has_13_hours(self):
        assert paris("2026-10-24T19:00", "2026-10-25T07:00") == {
            (False, False, False): 2,
            (True, False, False): 3,
            (True, True, False): 7,
            (False, True, False): 1,
        }

    def test_armistice(self):
        assert paris("2026-11-10T19:00", "2026-11-11T07:00") == {
            (False, False, False): 2,
            (True, False, False): 3,
            (True, False, True): 6,
            (False, False, True): 1,
        }

    def test_night_of_march_has_11_hours(self):
        hours = paris("2027-03-27T20:00", "2027-03-28T08:00")
        assert sum(hours.values()) == 11
        assert hours == {
            (False, False, False): 1,
            (True, False, False): 3,
            (True, True, False): 5,
            (False, True, False): 2,
        }

    def test_day_that_starts_at_one(self):
        """Santiago, 6 September 2026: the Sunday has no midnight."""
        zone = ZoneInfo("America/Santiago")
        pieces = worktime.split(
            utc("2026-09-05T22:00", zone), utc("2026-09-06T07:00", zone), zone, set()
        )
        assert [(p.hours, p.night, p.sunday) for p in pieces] == [
            (2, True, False),
            (5, True, True),
            (1, False, True),
        ]

    def test_half_hour_change(self):
        """Lord Howe, 4 October 2026: 2h00 becomes 2h30."""
        zone = "Australia/Lord_Howe"
        start = utc("2026-10-04T00:00", ZoneInfo(zone))
        stop = utc("2026-10-04T06:00", ZoneInfo(zone))
        (piece,) = worktime.split(start, stop, zone, set())
        assert (piece.hours, piece.night, piece.sunday) == (5.5, True, True)

    def test_clock_back_over_midnight(self):
        """Havana, 1 November 2026: 1h comes back to 0h, the Sunday keeps both."""
        zone = ZoneInfo("America/Havana")
        start = utc("2026-10-31T23:00", zone)
        pieces = worktime.split(start, start + timedelta(hours=4), zone, set())
        assert [(p.hours, p.sunday) for p in pieces] == [(1, False), (3, True)]

    def test_saturday_seen_twice(self):
        """Sao Paulo, 18 February 2018: Sunday 0h goes back to Saturday 23h."""
        zone = ZoneInfo("America/Sao_Paulo")
        start = utc("2018-02-17T22:00", zone)
        pieces = worktime.split(start, start + timedelta(hours=4), zone, set())
        assert [(p.hours, p.sunday) for p in pieces] == [(3, False), (1, True)]

    def test_a_bound_inside_the_hour_that_comes_back(self):
        """Paris, 25 October 2026: 2h30 is seen twice, 2h00 to 2h30 lies between."""
        night = ("21:00", "02:30")
        start = utc("2026-10-25T02:00")
        pieces = worktime.split(start, start + timedelta(hours=2), PARIS, set(), night)
        assert [(p.hours, p.night) for p in pieces] == [
            (0.5, True),
            (0.5, False),
            (0.5, True),
            (0.5, False),
        ]

    def test_one_piece_over_two_plain_kinds_is_maximal(self):
        """A holiday on a Sunday ends at midnight, the next Monday is plain."""
        pieces = worktime.split(
            utc("2026-11-01T10:00"), utc("2026-11-01T12:00"), "Europe/Paris", HOLIDAYS
        )
        assert [(p.sunday, p.holiday, p.hours) for p in pieces] == [(True, True, 2)]


class TestInputs:
    start, stop = datetime(2026, 5, 4, 8), datetime(2026, 5, 4, 20)

    def test_aware_is_the_same_as_naive(self):
        aware = [
            t.replace(tzinfo=UTC).astimezone(PARIS) for t in (self.start, self.stop)
        ]
        assert worktime.split(*aware, PARIS, set()) == worktime.split(
            self.start, self.stop, "Europe/Paris", set()
        )

    @pytest.mark.parametrize("stop", [start, start - MINUTE])
    def test_stop_must_follow_start(self, stop):
        with pytest.raises(ValueError, match="must be after the start"):
            worktime.split(self.start, stop, "Europe/Paris", set())

    @pytest.mark.parametrize(
        "zone", ["Europe/Atlantis", "", "../../etc", "Europe", None]
    )
    def test_unknown_zone(self, zone):
        with pytest.raises(ValueError, match="Unknown timezone"):
            worktime.split(self.start, self.stop, zone, set())

    @pytest.mark.parametrize(
        "night",
        [
            ("21:00",),
            ("21:00", "25:00"),
            ("a", "b"),
            ("06:00", "06:00"),
            ("00:00", "24:00"),
        ],
    )
    def test_bad_band(self, night):
        with pytest.raises(ValueError, match="Wrong night band"):
            worktime.split(self.start, self.stop, "Europe/Paris", set(), night)

    def test_local_days(self):
        assert worktime.local_days(
            utc("2026-05-04T20:00"), utc("2026-05-05T00:00"), "Europe/Paris"
        ) == (date(2026, 5, 4), date(2026, 5, 4))
        assert worktime.local_days(
            utc("2026-05-04T20:00"), utc("2026-05-05T00:01"), "Europe/Paris"
        ) == (date(2026, 5, 4), date(2026, 5, 5))


def random_case(dice):
    zone = dice.choice(ZONES)
    year = dice.choice([2011, 2018, 2026, 2027])
    start = datetime(year, 1, 1) + MINUTE * dice.randrange(365 * 1440)
    if dice.random() < 0.1:
        start += timedelta(
            seconds=dice.randrange(60), microseconds=dice.randrange(10**6)
        )
    length = dice.choice([dice.randint(1, 1440), dice.randint(1, 60 * 24 * 8)])
    days = {start.date() + timedelta(days=dice.randint(-1, 8)) for _ in range(4)}
    return start, start + length * MINUTE, zone, days, dice.choice(NIGHTS)


def test_ten_thousand_random_intervals():
    dice = random.Random(20261023)
    for number in range(10_000):
        start, stop, zone, days, night = case = random_case(dice)
        pieces = worktime.split(start, stop, zone, days, night)
        kinds = [(p.night, p.sunday, p.holiday) for p in pieces]
        assert pieces[0].start == start and pieces[-1].stop == stop, case
        for before, after in zip(pieces, pieces[1:], strict=False):
            assert before.stop == after.start, case
        assert all(p.start < p.stop for p in pieces), case
        assert all(a != b for a, b in zip(kinds, kinds[1:], strict=False)), case
        for piece, kind in zip(pieces, kinds, strict=True):
            last = piece.stop - timedelta(microseconds=1)
            assert kind == oracle(piece.start, zone, days, night), case
            assert kind == oracle(last, zone, days, night), case
        if number % 50 == 0:
            check_each_minute(pieces, zone, days, night)


def check_each_minute(pieces, zone, days, night):
    """Every minute of every piece has the kind of its piece."""
    for piece in pieces:
        kind = (piece.night, piece.sunday, piece.holiday)
        instant = piece.start
        while instant < piece.stop:
            assert oracle(instant, zone, days, night) == kind, (instant, zone)
            instant += MINUTE


def test_the_transitions_of_each_zone():
    """Whole days around every change of the clock in a year, minute by minute."""
    for zone in ZONES:
        for year in (2011, 2018, 2026):
            for day in clock_changes(zone, year):
                start, stop = day - timedelta(hours=30), day + timedelta(hours=30)
                for night in NIGHTS:
                    pieces = worktime.split(start, stop, zone, set(), night)
                    assert sum(p.hours for p in pieces) == 60
                    check_each_minute(pieces, zone, set(), night)


def clock_changes(zone, year):
    day, info = datetime(year, 1, 1, tzinfo=UTC), ZoneInfo(zone)
    while day.year == year:
        following = day + timedelta(days=1)
        if day.astimezone(info).utcoffset() != following.astimezone(info).utcoffset():
            yield following.replace(tzinfo=None)
        day = following
