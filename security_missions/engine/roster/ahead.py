"""What a schedule costs at the least from a day on: it keeps the search narrow."""

import numpy as np

from .kernel import (
    C_LAST,
    C_MINUTES,
    CAP_OFF,
    HISTORY_ON,
    LONG_OFF,
    MAX_ON,
    MIN_OFF,
    MIN_ON,
    compiled,
)


@compiled
def look_ahead(days, classes, costs, must, figures, compat, final, ahead):
    """Fill ``ahead[day, run, last, total]``: no schedule goes on from there for less.

    Knows the rules on runs, rests and minutes of the period; the others may only make
    it dearer.
    """
    last_day = len(days) - 1
    runs, lasts, totals = ahead.shape[1:]
    cap = figures[CAP_OFF]
    for run in range(runs):
        for last in range(lasts):
            ahead[last_day, run, last] = final
    for day in range(last_day - 1, -1, -1):
        ahead[day] = np.inf
        for run in range(runs):
            on = max(0, run - cap)
            if run == cap or on > day + figures[HISTORY_ON]:
                continue
            for last in range(lasts):
                here = ahead[day, run, last]
                if not must[day] and (
                    on == 0 or on >= figures[MIN_ON] or on == day + figures[HISTORY_ON]
                ):
                    off = 1 if on > 0 else min(run + 2, cap)
                    gone = on == 0 and off == LONG_OFF and run + 1 < LONG_OFF
                    here[:] = ahead[day + 1, off - 1, 0 if gone else last]
                if figures[MAX_ON] >= 0 and on + 1 > figures[MAX_ON]:
                    continue
                if on == 0 and run + 1 < figures[MIN_OFF]:
                    continue
                gap = 1 if on > 0 else min(run + 2, LONG_OFF)
                for c in range(days[day], days[day + 1]):
                    if costs[c] == np.inf or not compat[last, gap, classes[c, C_LAST]]:
                        continue
                    add = classes[c, C_MINUTES]
                    then = ahead[day + 1, on + 1 + cap, classes[c, C_LAST]]
                    for total in range(totals - add):
                        value = costs[c] + then[total + add]
                        if value < here[total]:
                            here[total] = value
