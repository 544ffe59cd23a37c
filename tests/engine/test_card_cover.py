from datetime import date, timedelta

import pytest

from security_workforce.engine.card_cover import Title, cover

DAY = date(2026, 12, 1)
NEXT = DAY + timedelta(days=1)


def title(key="A", kind="card", state="valid", activities="SH", start=-100, end=100):
    """A title whose dates are days around ``DAY``; None stays None."""
    around = [None if n is None else DAY + timedelta(days=n) for n in (start, end)]
    return Title(key, kind, state, frozenset(activities.split()), *around)


def ask(*titles, activity="SH", first=DAY, last=NEXT):
    return cover(titles, activity, first, last)


@pytest.mark.parametrize("state", ["valid", "to_renew", "receipt", "expired"])
def test_a_verified_card_covers_its_days(state):
    answer = ask(title(state=state))
    assert answer.complete and [t.key for t in answer.titles] == ["A"]


def test_the_last_day_counts_and_the_next_does_not():
    assert ask(title(end=1)).complete
    answer = ask(title(end=0))
    assert (answer.day, answer.reason) == (NEXT, "expired")


def test_the_first_day_counts_and_the_one_before_does_not():
    assert ask(title(start=0)).complete
    answer = ask(title(start=1))
    assert (answer.day, answer.reason) == (DAY, "not_started")


def test_no_start_means_since_always():
    assert ask(title(start=None)).complete


def test_a_renewal_takes_over_in_the_night():
    answer = ask(title("old", end=0), title("new", start=1))
    assert [t.key for t in answer.titles] == ["old", "new"]


def test_a_hole_between_two_cards_is_seen():
    answer = ask(
        title("old", end=0), title("new", start=2), last=DAY + timedelta(days=5)
    )
    assert (answer.complete, answer.day) == (False, NEXT)


def test_a_card_covers_each_of_its_activities():
    assert ask(title(activities="SH SGE"), activity="SGE").complete
    answer = ask(title(activities="SGE"))
    assert (answer.reason, answer.nearest.key) == ("other_activity", "A")


@pytest.mark.parametrize("kind", ["pre_authorisation", "provisional", "manager"])
def test_other_titles_do_not_allow_a_post(kind):
    assert ask(title(kind=kind)).reason == "other_kind"


def test_a_receipt_of_its_own_covers():
    assert ask(title(kind="receipt")).complete


@pytest.mark.parametrize("state", ["draft", "suspended", "withdrawn"])
def test_a_state_that_keeps_away(state):
    answer = ask(title(state=state))
    assert (answer.reason, answer.day) == (state, DAY)


def test_a_card_without_end_never_covers():
    assert ask(title(end=None)).reason == "no_date"


def test_nothing_at_all():
    answer = ask()
    assert (answer.reason, answer.nearest, answer.day) == ("no_card", None, DAY)


def test_the_nearest_card_is_named():
    answer = ask(
        title("withdrawn", state="withdrawn"),
        title("draft", state="draft"),
        title("older", end=-50),
        title("old", end=-5),
        title("dog", activities="CYNO"),
    )
    assert (answer.reason, answer.nearest.key) == ("expired", "old")


def test_the_soonest_of_the_future_cards_is_named():
    answer = ask(title("late", start=60), title("soon", start=20))
    assert answer.nearest.key == "soon"
