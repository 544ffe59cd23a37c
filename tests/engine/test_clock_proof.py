import pytest

from security_missions.engine.clock_proof import Evidence, judge
from security_missions.engine.geofence import Place, Position

HERE = Position(48.85, 2.35, 10)


@pytest.mark.parametrize(
    ("method", "verdict", "holds", "doubt"),
    [
        ("geo", "inside", False, None),
        ("geo", "outside", False, "out_of_place"),
        ("geo", "uncertain", False, "low_accuracy"),
        ("geo", "unknown", False, None),
        ("qr", "inside", True, None),
        ("qr", "uncertain", True, None),
        ("qr", "outside", True, "out_of_place"),
        ("code", "inside", False, "wrong_code"),
    ],
)
def test_doubts_and_refusals(method, verdict, holds, doubt):
    evidence = Evidence(method, HERE, "x")
    place = Place(verdict, 12)
    assert judge("none", evidence, place, holds, 300).doubts == ()
    flagged = judge("flag", evidence, place, holds, 300)
    assert flagged.doubts == ((doubt,) if doubt else ())
    assert flagged.refused is None
    refused = judge("block", evidence, place, holds, 300).refused
    assert refused == (None if doubt == "low_accuracy" else doubt)


def test_without_position():
    nothing = Place("unknown")
    assert judge("flag", Evidence(), nothing, False, 300).doubts == ("no_position",)
    assert judge("block", Evidence(), nothing, False, 300).refused == "no_position"
    coded = Evidence("qr", None, "x")
    assert judge("block", coded, nothing, True, 300).doubts == ()


def test_a_wrong_clock_is_told_but_never_refused():
    proof = judge(
        "block", Evidence("geo", HERE, skew=-301), Place("inside"), False, 300
    )
    assert proof.doubts == ("clock_skew",)
    assert proof.refused is None
