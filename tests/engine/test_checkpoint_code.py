"""Codes of checkpoints: what we print we read, and nothing else."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from security_missions.engine import checkpoint_code as codes

DIGESTS = st.binary(min_size=32, max_size=32)


@given(st.integers(0, 2**40 - 1), DIGESTS)
def test_printed_is_read(number, digest):
    text = codes.printed(number, digest)
    assert codes.parse(text) == codes.Code(number, codes.mark(digest))
    assert codes.parse(f" {text.lower()}\n") == codes.parse(text)
    # Capitals, figures and colons: the short alphabet of QR codes.
    assert len(text) == 29 and text == text.upper()


@given(st.integers(0, 2**40 - 1), st.integers(0, 10**8), DIGESTS)
def test_shown_is_read(number, step, digest):
    text = codes.shown(number, step, digest)
    assert codes.parse(text) == codes.Code(number, codes.mark(digest), step)


@given(st.text(max_size=60))
def test_anything_else_is_nobody_s(text):
    code = codes.parse(text)
    assert code is None or text.strip().upper().startswith("SC")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SC1",
        "SC1:AAAA:AAAAAAAAAAAAAAAA",
        "SC1:AAAAAAAA:AAAA",
        "SC1:AAAAAAA1:AAAAAAAAAAAAAAAA",
        "SC2:AAAAAAAA:x:AAAAAAAAAAAAAAAA",
        "SC2:AAAAAAAA:9999999999:AAAAAAAAAAAAAAAA",
        "SC9:AAAAAAAA:AAAAAAAAAAAAAAAA",
    ],
)
def test_not_quite(text):
    assert codes.parse(text) is None


def test_age_of_a_code():
    now = datetime(2027, 4, 15, 20, 0, 10)
    step = codes.step_of(now)
    assert timedelta(0) <= now - codes.moment_of(step) < timedelta(seconds=codes.STEP)
    assert codes.step_of(codes.moment_of(step)) == step


def test_typed_at_night():
    assert codes.typed("abcd-efgh ") == codes.typed("AB CD:EF.GH") == "ABCDEFGH"
