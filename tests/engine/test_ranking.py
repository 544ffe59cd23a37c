"""The order of candidates: better in one point is never worse in the list."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from security_missions.engine.ranking import TEXTS, Candidate, Weights, rank
from security_workforce.engine.verdict import sentence

some = st.floats(0, 500)
candidates = st.builds(
    Candidate,
    key=st.just("one"),
    site_hours=some,
    burdens=st.integers(0, 20),
    hours_due=st.none() | st.floats(-100, 160),
    km=st.none() | some,
    rest=st.none() | st.floats(0, 100),
    cost=st.none() | st.floats(1, 500),
    wish=st.sampled_from((-1, 0, 1)),
)
BETTER = {
    "site_hours": 10,
    "burdens": -1,
    "hours_due": 5,
    "km": -5,
    "rest": 3,
    "cost": -1,
    "wish": 1,
}


def scores(*those, burden=True):
    return {one.key: one.score for one in rank(those, Weights(), burden)}


@given(candidates, st.sampled_from(sorted(BETTER)))
def test_better_in_one_point_is_never_worse(one, name):
    value = getattr(one, name)
    if value is None:
        return
    better = replace(one, key="better", **{name: value + BETTER[name]})
    if min(better.cost or 1, better.km or 0, better.burdens) < 0 or better.wish > 1:
        return
    found = scores(one, better)
    assert found["better"] >= found["one"]


@given(st.lists(candidates, max_size=8), st.booleans())
def test_scores_are_between_0_and_100_and_every_reason_has_words(several, burden):
    for one in rank(several, Weights(), burden):
        assert 0 <= one.score <= 100
        for key, facts in one.reasons:
            assert all(sentence(TEXTS[key], facts, lang) for lang in ("en", "fr"))


def test_equals_stay_in_their_order():
    names = [Candidate(key) for key in "cab"]
    assert [one.key for one in rank(names, Weights())] == ["c", "a", "b"]


def test_a_weight_of_nothing_leaves_the_point_out():
    near, known = Candidate("near", km=0), Candidate("known", site_hours=300, km=80)
    assert [one.key for one in rank([near, known], Weights())][0] == "known"
    assert [one.key for one in rank([near, known], Weights(site=0))][0] == "near"
    nothing = Weights(**dict.fromkeys(Weights.__slots__, 0))
    assert {one.score for one in rank([near, known], nothing)} == {0.0}


def test_fairness_counts_for_nights_and_weekends_only():
    rested, tired = Candidate("rested"), Candidate("tired", burdens=9)
    assert (
        scores(rested, tired, burden=False)["rested"]
        == scores(rested, tired, burden=False)["tired"]
    )
    assert scores(rested, tired)["rested"] > scores(rested, tired)["tired"]
