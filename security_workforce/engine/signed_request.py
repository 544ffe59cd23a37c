"""How a device proves who it is, and that nothing it sent was changed or lost.

Each device holds an Ed25519 key that cannot leave it. It signs every request (session
cookies do not survive the life of a phone) and chains its events by SHA-256, so that a
gap or a change in what it sent shows.
"""

import base64
import binascii
import hashlib
import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

# Says what is signed, so that no signature serves for anything else.
DOMAIN = "security-request-v1"
# Milliseconds between the clock of the device and ours; the device corrects itself.
TOLERANCE = 10 * 60 * 1000
FIRST = "0" * 64
KEY_BYTES, SIGNATURE_BYTES = 32, 64
# Points of small order, without their sign: under such a key anybody can sign, so that
# its owner could deny all that he signed.
WEAK = {
    bytes.fromhex(text)
    for text in (
        "00" * 32,
        "01" + "00" * 31,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    )
}


def decode(text, size):
    """Bytes of an unpadded base64url text of exactly ``size`` bytes, else None.

    Only the one way of writing these bytes is taken.
    """
    if not isinstance(text, str) or not text.isascii():
        return None
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == size and encode(raw) == text else None


def encode(raw):
    """Unpadded base64url of ``raw`` bytes."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def is_key(text):
    """Whether ``text`` is a public key that proves something, base64url of 32 bytes."""
    raw = decode(text, KEY_BYTES)
    if raw is None or raw[:-1] + bytes([raw[-1] & 0x7F]) in WEAK:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(raw)
    except ValueError:
        return False
    return True


def message(method, path, body, time):
    """What a device signs, in bytes.

    :param body: bytes of the request, empty for a GET
    :param time: milliseconds since 1970 as text, as in the header
    """
    digest = hashlib.sha256(body).hexdigest()
    return "\n".join((DOMAIN, method, path, digest, time)).encode()


def is_signed(key, signature, signed):
    """Whether ``signature`` over the bytes ``signed`` is of the holder of ``key``.

    :param key: base64url of 32 bytes
    :param signature: base64url of 64 bytes
    """
    raw_key, raw_signature = decode(key, KEY_BYTES), decode(signature, SIGNATURE_BYTES)
    if raw_key is None or raw_signature is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(raw_key).verify(raw_signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True


def canonical(value):
    """The one way to write a JSON value: keys sorted, no spaces, UTF-8."""
    return json.dumps(
        value,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    ).encode()


def link(previous, event):
    """The hash of an event of a device: hex SHA-256 over the one before and its own.

    :param previous: hash of the event before, ``FIRST`` for the first one
    :param event: dict with ``uuid, n, kind, at, data``
    """
    kept = {name: event[name] for name in ("uuid", "n", "kind", "at", "data")}
    return hashlib.sha256(previous.encode() + canonical(kept)).hexdigest()
