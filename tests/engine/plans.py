"""Plans for the tests of the rules: figures, persons and slots in few words."""

from datetime import date, datetime, timedelta
from itertools import count

from security_workforce.engine.card_cover import Title
from security_workforce.engine.facts import Person, Slot
from security_workforce.engine.limits import check
from security_workforce.engine.parameters import Parameter, Parameters
from security_workforce.engine.worktime import UTC, named_zone

PARIS = "Europe/Paris"
SH = "sh"
FIGURES = {
    "max_vacation_h": 12,
    "max_civil_day_h": 12,
    "min_rest_h": 12,
    "min_rest_floor_h": 11,
    "min_rest_airport_switch_h": 24,
    "min_rest_switch_h": 10,
    "night_start": "21:00",
    "night_end": "06:00",
    "max_week_h": 48,
    "avg_weeks": 12,
    "avg_weeks_h": 46,
    "avg_weeks_night_h": 44,
    "overtime_quota_h": 288,
    "weekly_rest_h": 35,
    "weekly_rest_cycle_h": 36,
    "max_days_per_week": 6,
    "max_consecutive_days": 6,
    "rest_after_service_h": 24,
    "service_before_rest_h": 48,
    "sundays_off_per_month": 2,
    "sundays_off_months": 3,
    "break_after_h": 6,
    "break_min": 20,
    "min_work_period_h": 4,
    "cut_merges_below_h": 2,
    "part_time_max_cuts": 1,
    "part_time_max_cut_h": 2,
    "part_time_extra_pct": 10,
    "part_time_extra_max_pct": 33.33,
    "full_time_week_h": 35,
    "night_worker_day_h": 8,
    "minor_age": 18,
    "minor_day_h": 8,
    "minor_week_h": 35,
    "minor_rest_h": 12,
    "minor_night_start": "22:00",
    "minor_night_end": "06:00",
    "card_warn_days": 90,
    "card_check_days": 31,
    "ssiap_validity_months": 36,
    "sst_validity_months": 24,
    "h0b0_validity_months": 36,
    "mobile_refresher_months": 12,
    "visit_within_months": 3,
    "visit_months": 60,
    "visit_night_months": 36,
    "prefect_check_days": 2,
    "travel_speed_kmh": 50,
    "travel_margin_min": 15,
}
CARD = Title(
    "card", "card", "valid", frozenset({SH}), date(2020, 1, 1), date(2035, 1, 1)
)
numbers = count(1)


def figures(regime=None, **changed):
    """The figures of everybody, and those that ``changed`` for one regime."""
    rows = [
        Parameter(code, value, f"source of {code}") for code, value in FIGURES.items()
    ]
    rows += [Parameter(code, value, regime=regime) for code, value in changed.items()]
    return Parameters(rows, regime=regime)


DEFAULT = figures()


def person(**values):
    """A guard with a long card and nothing against him."""
    values = {
        "key": 1,
        "name": "Amine",
        "parameters": DEFAULT,
        "titles": (CARD,),
        **values,
    }
    return Person(**values)


def slot(start, stop=None, hours=None, tz=PARIS, fold=0, **values):
    """A slot by its wall times: ``slot("2026-03-02 08:00", "16:00")`` ends the same
    day, or the next one when the end is not after the start."""
    begin = datetime.fromisoformat(start)
    first = _utc(begin, tz)
    if hours is not None:
        last = first + timedelta(hours=hours)
    elif len(stop) > 5:
        last = _utc(datetime.fromisoformat(stop).replace(fold=fold), tz)
    else:
        end = datetime.combine(begin.date(), datetime.strptime(stop, "%H:%M").time())
        end += timedelta(days=end <= begin)
        last = _utc(end, tz)
    values = {
        "activity": SH,
        "activity_name": "SH",
        "site": 1,
        "site_name": "A",
        **values,
    }
    return Slot(
        key=values.pop("key", next(numbers)), start=first, stop=last, tz=tz, **values
    )


def days(first, number, start="08:00", hours=8, every=1, **values):
    """``number`` slots, one each ``every`` days."""
    day = date.fromisoformat(first)
    return [
        slot(f"{day + timedelta(days=every * n)} {start}", hours=hours, **values)
        for n in range(number)
    ]


def found(slots, rule, **values):
    """The findings of one rule about a plan."""
    return [f for f in check(person(**values), slots) if f.rule == rule]


def _utc(wall, tz):
    return wall.replace(tzinfo=named_zone(tz)).astimezone(UTC).replace(tzinfo=None)
