"""Keys under which anybody can sign are no keys."""

import itertools

import pytest

from security_workforce.engine.signed_request import (
    WEAK,
    decode,
    encode,
    is_key,
    is_signed,
)

SIGNS = (0, 0x80)


def with_sign(raw, sign):
    return raw[:-1] + bytes([raw[-1] | sign])


@pytest.mark.parametrize("raw", sorted(WEAK), ids=lambda raw: raw.hex()[:8])
@pytest.mark.parametrize("sign", SIGNS)
def test_refused(raw, sign):
    assert not is_key(encode(with_sign(raw, sign)))


def test_why():
    """Signatures that nobody made, without any private key, hold under them."""
    points = [with_sign(raw, sign) for raw in WEAK for sign in SIGNS]
    forged = {
        key
        for key, start, number in itertools.product(points, points, range(24))
        if is_signed(encode(key), encode(start + bytes(32)), b"%d" % number)
    }
    assert len(forged) >= 5


def test_a_key_that_is_none():
    good = encode(bytes(range(32)))
    assert is_key(good)
    wrong = (None, 1, b"x", "", good + "=", good[:-1], good[:-1] + "9", "é" * 43)
    assert not any(map(is_key, wrong))
    assert decode(good, 31) is None
