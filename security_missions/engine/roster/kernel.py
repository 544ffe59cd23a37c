"""The cheapest schedule of one guard: labels over the days of the period.

A label is a partial schedule. Two labels with the same key (run of days, last shift,
minutes so far) are compared: the one that is no better in cost nor in any resource is
dropped. Compiled by numba when it is there; plain Python gives the same, slowly.
"""

import numpy as np

try:
    from numba import njit
except ImportError:  # the same functions, some hundred times slower
    njit = None


def compiled(function):
    """Compile it when numba is there, and keep the result on disk when it can."""
    if njit is None:
        return function
    try:
        return njit(cache=True)(function)
    except RuntimeError:  # no folder to write to
        return njit(function)


# Fields of a label. From WEEK_MINUTES on, less is never worse.
ON, OFF, LAST, TOTAL, STOP, STOP_WEEK, NEXT_MINUTES, DAY, CHOICE, PARENT = range(10)
WEEK_MINUTES, WEEK_DAYS, UNRESTED, WEEKENDS, SUNDAYS, NIGHTS, SHIFTS, KINDS = range(
    10, 18
)
# Fields of a class: shifts of one day that the rules cannot tell apart.
(C_LAST, C_MINUTES, C_FIRST_WEEK, C_NEXT_WEEK, C_KIND, C_NIGHT, C_WEEKEND, C_START) = (
    range(8)
)
C_STOP, C_STOP_WEEK, C_NEXT_DAY, C_MUST = range(8, 12)
# Figures of a guard.
(MAX_ON, MIN_ON, MIN_OFF, CAP_OFF, MAX_WEEK, MAX_DAYS, REST, MAX_WEEKENDS) = range(8)
MAX_SUNDAYS, SHARE_NIGHTS, SHARE_WEEKENDS, FIRST_WEEKDAY, HISTORY_ON = range(8, 13)
MAX_TOTAL = 13
NONE = -1
LONG_OFF = 4


@compiled
def cheapest_options(base, duals, option_need, class_start, cost, best):
    """Fill per class the cost and the index of its cheapest option."""
    for c in range(len(class_start) - 1):
        cost[c] = np.inf
        best[c] = -1
        for o in range(class_start[c], class_start[c + 1]):
            value = base[o] - duals[option_need[o]]
            if value < cost[c]:
                cost[c] = value
                best[c] = o


@compiled
def _rested(label, start, week, week_start, rest):
    """-1 when a week with work stays without its rest, else 1 when this one has it."""
    length = start - label[STOP]
    if label[STOP_WEEK] == week:
        return 1 if (not label[UNRESTED] or length >= rest) else 0
    if label[UNRESTED] and length < rest:
        return -1
    return 1 if start - max(week_start, label[STOP]) >= rest else 0


@compiled
def _step_off(label, day, weekday, figures, new):
    """The label after a day off; False when a rule forbids it."""
    new[:] = label
    if label[ON] > 0:
        if label[ON] < figures[MIN_ON] and label[ON] != day + figures[HISTORY_ON]:
            return False
        new[ON] = 0
        new[OFF] = 1
    else:
        new[OFF] = min(label[OFF] + 1, figures[CAP_OFF])
        if new[OFF] == LONG_OFF and label[OFF] < LONG_OFF:
            new[LAST] = 0
            new[UNRESTED] = 0
    return True


@compiled
def _step_on(label, day, week, week_start, cls, figures, compat, caps, kinds, new):
    """The label after a day with a shift of that class; False when forbidden."""
    if label[ON] > 0:
        gap = 1
        on = label[ON] + 1
    else:
        if label[OFF] < figures[MIN_OFF]:
            return False
        gap = min(label[OFF] + 1, LONG_OFF)
        on = 1
    if figures[MAX_ON] >= 0 and on > figures[MAX_ON]:
        return False
    if not compat[label[LAST], gap, cls[C_LAST]]:
        return False
    total = label[TOTAL] + cls[C_MINUTES]
    if total > figures[MAX_TOTAL] or total - cls[C_NEXT_WEEK] > caps[week]:
        return False
    if cls[C_NEXT_WEEK] > 0 and total > caps[week + 1]:
        return False
    minutes = label[WEEK_MINUTES] + cls[C_FIRST_WEEK]
    if figures[MAX_WEEK] >= 0 and minutes > figures[MAX_WEEK]:
        return False
    if figures[MAX_DAYS] >= 0 and label[WEEK_DAYS] >= figures[MAX_DAYS]:
        return False
    new[:] = label
    if figures[REST] > 0:
        rested = _rested(label, cls[C_START], week, week_start, figures[REST])
        if rested < 0 or (cls[C_STOP_WEEK] > week and rested == 0):
            return False
        new[UNRESTED] = 1 - rested if cls[C_STOP_WEEK] == week else 1
    kind = cls[C_KIND]
    if kind >= 0:
        if label[KINDS + kind] >= kinds[kind]:
            return False
        new[KINDS + kind] += 1
    new[ON] = on
    new[OFF] = 0
    new[LAST] = cls[C_LAST]
    new[TOTAL] = total
    new[WEEK_MINUTES] = minutes
    new[NEXT_MINUTES] = cls[C_NEXT_WEEK]
    new[WEEK_DAYS] += 1
    new[STOP] = cls[C_STOP]
    new[STOP_WEEK] = cls[C_STOP_WEEK]
    return True


@compiled
def _fair(new, cls, figures, night_cost, weekend_cost):
    """Cost of one more night or weekend above the share; counts them."""
    cost = 0.0
    if figures[SHARE_NIGHTS] >= 0 and cls[C_NIGHT]:
        new[NIGHTS] += 1
        cost += night_cost * max(0, new[NIGHTS] - figures[SHARE_NIGHTS])
    if figures[SHARE_WEEKENDS] >= 0 and cls[C_WEEKEND]:
        new[SHIFTS] += 1
        cost += weekend_cost * max(0, new[SHIFTS] - figures[SHARE_WEEKENDS])
    return cost


@compiled
def _count_weekend(label, new, weekday, works, figures):
    """Weekends with a shift, counted on their first one; False above the maximum."""
    if figures[MAX_WEEKENDS] < 0 or not works or weekday < 5:
        return True
    if weekday == 6 and label[ON] > 0 and label[DAY] > 0:
        return True  # Saturday counted it
    new[WEEKENDS] += 1
    return new[WEEKENDS] <= figures[MAX_WEEKENDS]


@compiled
def _count_sunday(label, new, weekday, works, crosses, figures):
    """Sundays that are no rest: worked, or between two days of work.

    ``crosses``: the last shift before this day reaches into the day after its own.
    """
    if figures[MAX_SUNDAYS] < 0:
        return True
    if weekday == 6:
        if works or (label[ON] > 0 and crosses):
            new[SUNDAYS] += 1
    elif weekday == 0 and works and label[ON] == 0:
        saturday = label[OFF] == 1 or (label[OFF] == 2 and crosses)
        sunday = label[OFF] == 1 and crosses
        if saturday and not sunday and label[DAY] >= label[OFF]:
            new[SUNDAYS] += 1
    return new[SUNDAYS] <= figures[MAX_SUNDAYS]


@compiled
def _insert(labels, costs, links, heads, key, new, cost, count, width, floor):
    """Keep the label unless one of its key is as good; drop those it beats.

    :return: labels after it, -1 when the bucket was full and the dearest went
    """
    fields = labels.shape[1]
    size = 0
    previous = -1
    worst = -1
    at = heads[key]
    while at >= floor:
        better = costs[at] <= cost + 1e-9
        worse = cost <= costs[at] + 1e-9
        if better or worse:
            for f in range(WEEK_MINUTES, fields):
                if labels[at, f] > new[f]:
                    better = False
                elif labels[at, f] < new[f]:
                    worse = False
            if better:
                return count
            if worse:
                costs[at] = np.inf
                if previous < 0:
                    heads[key] = links[at]
                else:
                    links[previous] = links[at]
                at = links[at]
                continue
        size += 1
        if worst < 0 or costs[at] > costs[worst]:
            worst = at
        previous = at
        at = links[at]
    if size >= width:
        if cost < costs[worst]:
            labels[worst] = new
            costs[worst] = cost
        return -1
    labels[count] = new
    costs[count] = cost
    links[count] = heads[key]
    heads[key] = count
    return count + 1


@compiled
def spread(
    first,
    days,
    classes,
    costs_of_class,
    must,
    figures,
    compat,
    caps,
    kinds,
    week_starts,
    crossing,
    fair,
    width,
    labels,
    costs,
    links,
    heads,
    layer_end,
    ahead,
    below,
    grain,
):
    """Walk the days; fill ``labels`` and where each day's end.

    Labels that cannot end below the cost ``below`` are dropped at once. With ``grain``
    above 1, those of nearly as many minutes share a key: quick, and not exact.

    :return: True when no label was given up (exact), False otherwise
    """  # fmt: skip
    exact = grain == 1
    lasts = compat.shape[0]
    totals = figures[MAX_TOTAL] + 1
    new = np.empty(labels.shape[1], np.int64)
    labels[0] = first
    costs[0] = 0.0
    heads[:] = -1
    begin, count = 0, 1
    layer_end[0] = 1
    limit = len(costs) - 2
    for day in range(len(days) - 1):
        weekday = (figures[FIRST_WEEKDAY] + day) % 7
        week = (figures[FIRST_WEEKDAY] + day) // 7
        floor = count
        for at in range(begin, floor):
            if costs[at] == np.inf:
                continue
            label = labels[at]
            label[DAY] = day
            if weekday == 0 and day > 0:
                label[WEEK_MINUTES] = label[NEXT_MINUTES]
                label[NEXT_MINUTES] = 0
                label[WEEK_DAYS] = 0
            for c in range(days[day] - 1, days[day + 1]):
                cost = costs[at]
                works = c >= days[day]
                if works:
                    if costs_of_class[c] == np.inf or not _step_on(
                        label, day, week, week_starts[week], classes[c], figures,
                        compat, caps, kinds, new,
                    ):  # fmt: skip
                        continue
                    cost += costs_of_class[c]
                    cost += _fair(new, classes[c], figures, fair[0], fair[1])
                    new[CHOICE] = c
                else:
                    if must[day] or not _step_off(label, day, weekday, figures, new):
                        continue
                    new[CHOICE] = NONE
                if not _count_weekend(label, new, weekday, works, figures):
                    continue
                if not _count_sunday(
                    label, new, weekday, works, crossing[label[LAST]], figures
                ):
                    continue
                new[PARENT] = at
                run = new[ON] + figures[CAP_OFF] if new[ON] > 0 else new[OFF] - 1
                key = (run * lasts + new[LAST]) * totals + new[TOTAL] // grain
                if not cost + ahead[day + 1, run, new[LAST], new[TOTAL]] < below:
                    continue
                if count >= limit:
                    exact = False
                    break
                kept = _insert(
                    labels, costs, links, heads, key, new, cost, count, width, floor
                )
                if kept < 0:
                    exact = False
                else:
                    count = kept
        begin = floor
        layer_end[day + 1] = count
    return exact


@compiled
def trace(labels, at, days, choice):
    """Fill ``choice`` (class of each day, -1 for none) of the schedule ending there."""
    for day in range(days - 1, -1, -1):
        choice[day] = labels[at, CHOICE]
        at = labels[at, PARENT]
