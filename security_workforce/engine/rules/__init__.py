"""The catalogue: one small class for each rule, in a file for each subject."""

from . import (
    absence,
    contracts,
    health,
    joining,
    qualifications,
    time_daily,
    time_long,
    time_rest,
    time_weekly,
    titles,
    travel,
)

ALL_RULES = (
    *titles.RULES,
    *absence.RULES,
    *qualifications.RULES,
    *health.RULES,
    *time_daily.RULES,
    *time_rest.RULES,
    *travel.RULES,
    *time_weekly.RULES,
    *time_long.RULES,
    *contracts.RULES,
    *joining.RULES,
)

# Every figure that a rule asks for, with its unit (those of ``security.parameter``).
# A rule whose figure is not known on a day has nothing to say about it.
PARAMETER_CODES = {
    # The day
    "max_vacation_h": "hours",
    "max_civil_day_h": "hours",
    "min_rest_h": "hours",
    "min_rest_floor_h": "hours",
    "min_rest_switch_h": "hours",
    "min_rest_airport_switch_h": "hours",
    "night_start": "clock",
    "night_end": "clock",
    "night_worker_day_h": "hours",
    "break_after_h": "hours",
    "break_min": "minutes",
    "min_work_period_h": "hours",
    "cut_merges_below_h": "hours",
    "travel_speed_kmh": "kmh",
    "travel_margin_min": "minutes",
    # The week
    "max_week_h": "hours",
    "weekly_rest_h": "hours",
    "weekly_rest_cycle_h": "hours",
    "max_days_per_week": "days",
    "max_consecutive_days": "days",
    "service_before_rest_h": "hours",
    "rest_after_service_h": "hours",
    # Longer
    "avg_weeks": "weeks",
    "avg_weeks_h": "hours",
    "avg_weeks_night_h": "hours",
    "overtime_quota_h": "hours",
    "sundays_off_per_month": "count",
    "sundays_off_months": "months",
    # Part-time, under 18
    "full_time_week_h": "hours",
    "part_time_extra_pct": "percent",
    "part_time_extra_max_pct": "percent",
    "part_time_max_cuts": "count",
    "part_time_max_cut_h": "hours",
    "minor_age": "years",
    "minor_day_h": "hours",
    "minor_week_h": "hours",
    "minor_rest_h": "hours",
    "minor_night_start": "clock",
    "minor_night_end": "clock",
    # Titles, qualifications, visits
    "card_warn_days": "days",
    "card_check_days": "days",
    "ssiap_validity_months": "months",
    "sst_validity_months": "months",
    "h0b0_validity_months": "months",
    "mobile_refresher_months": "months",
    "visit_within_months": "months",
    "visit_months": "months",
    "visit_night_months": "months",
    "prefect_check_days": "days",
}
