"""The frozen rota: one content, one text, and what changed between two."""

import json

import pytest

from security_missions.engine import snapshot


def row(shift, start="2027-05-01T06:00", post=1):
    return {
        "shift_id": shift,
        "start": start,
        "stop": "2027-05-01T14:00",
        "post_id": post,
    }


def test_same_content_same_text():
    one = {"b": [1, None, True], "a": "Accueil – é"}
    two = json.loads(json.dumps({"a": "Accueil – é", "b": [1, None, True]}))
    assert snapshot.canonical(one) == '{"a":"Accueil – é","b":[1,null,true]}'
    assert snapshot.digest(one) == snapshot.digest(two)
    assert snapshot.digest(one) != snapshot.digest({**one, "a": "Accueil"})


@pytest.mark.parametrize("document", [1.5, {"a": [1.0]}, [({"b": 2.5},)]])
def test_a_float_is_refused(document):
    with pytest.raises(ValueError, match="float"):
        snapshot.canonical(document)


def test_what_changed():
    before = [row(1), row(2), row(3), row(4)]
    after = [row(2), row(3, start="2027-05-01T07:00"), row(4, post=9), row(5)]
    found = {d.shift: d.kind for d in snapshot.differences(before, after)}
    assert found == {1: "removed", 3: "time", 4: "post", 5: "added"}
    assert snapshot.differences(before, before) == []


@pytest.mark.parametrize(
    ("acknowledged", "previous", "current", "expected"),
    [
        (None, None, False, "pending"),
        (None, row(1), "pending", "pending"),
        (row(1), None, "pending", "acknowledged"),
        (row(1), row(1, post=2), "changed", "acknowledged"),
        (row(1, post=2), row(1), "acknowledged", "changed"),
        (None, row(1, start="2027-05-01T05:00"), "pending", "changed"),
        (None, row(1), "changed", "changed"),
    ],
)
def test_what_the_guard_knows(acknowledged, previous, current, expected):
    told = snapshot.acknowledged_state(row(1), acknowledged, previous, current)
    assert told == expected
