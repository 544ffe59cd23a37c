from security_missions.engine.geofence import Position, distance_m, is_position, judge

PARIS = Position(48.8566, 2.3522)


def test_known_distances():
    london = Position(51.5074, -0.1278)
    assert abs(distance_m(PARIS, london) - 343_556) < 200
    assert distance_m(PARIS, PARIS) == 0
    assert abs(distance_m(Position(0, 179.9995), Position(0, -179.9995)) - 111.2) < 0.2
    assert abs(distance_m(Position(90, 0), Position(-90, 0)) - 20_015_114) < 100


def test_verdict_counts_the_accuracy():
    # 0.001 degree of latitude is 111.2 m.
    def at(accuracy):
        return judge(Position(48.8576, 2.3522, accuracy), PARIS, 150).verdict

    assert at(10) == "inside"
    assert at(38) == "inside"
    assert at(40) == "uncertain"
    assert judge(Position(48.8596, 2.3522, 50), PARIS, 150).verdict == "outside"
    assert judge(Position(48.8596, 2.3522, 500), PARIS, 150).verdict == "uncertain"


def test_unknown():
    assert judge(None, PARIS, 150).verdict == "unknown"
    assert judge(PARIS, None, 150).verdict == "unknown"
    assert not is_position(0, 0)
    assert not is_position(91, 2)
    assert not is_position(float("nan"), 2)
    assert is_position(-33.9, 151.2)
