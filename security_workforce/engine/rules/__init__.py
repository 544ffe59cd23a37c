"""The catalogue: one small class for each rule, in a file for each subject."""

from . import (
    contracts,
    health,
    qualifications,
    time_daily,
    time_long,
    time_weekly,
    titles,
)

ALL_RULES = (
    *titles.RULES,
    *qualifications.RULES,
    *health.RULES,
    *time_daily.RULES,
    *time_weekly.RULES,
    *time_long.RULES,
    *contracts.RULES,
)
