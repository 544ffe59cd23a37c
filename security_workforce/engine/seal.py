"""Seal a log: salts, commitments, chained hashes, signed checkpoints, their keys.

Pure Python on "cryptography". The shapes, and the verification, are those of
``verify_logbook``, the file that is handed out to check what is made here.
"""

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from .verify_logbook import DOMAIN, FORMAT, Entry, canonical, leaf

RAW = (serialization.Encoding.Raw, serialization.PublicFormat.Raw)


class SealError(Exception):
    """What cannot be sealed or signed, in words."""


def new_salt() -> str:
    """Hex of 16 random bytes."""
    return os.urandom(16).hex()


def sealable(value):
    """The value itself, once sure that it is read back as it was written.

    :raises SealError: a float, or anything that JSON has no exact word for
    """
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise SealError(f"The key {key!r} is not a text.")
            sealable(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            sealable(item)
    elif value is not None and not isinstance(value, (str, int)):
        raise SealError(f"{value!r} has no exact form in a seal.")
    return value


def seal(prev, seq, heads):
    """Number and chain heads that wait, in their order.

    :param prev: hash of the last sealed entry, ``GENESIS`` when there is none
    :param seq: number of that entry, 0 when there is none
    :param heads: dicts without ``seq``
    :return: ``[(seq, prev, hash, head)]``
    """
    sealed = []
    for head in heads:
        seq += 1
        head = {**head, "seq": seq}
        found = leaf(prev, head)
        sealed.append((seq, prev, found, head))
        prev = found
    return sealed


def redacted(entry) -> Entry:
    """The entry without what is personal."""
    return entry._replace(salt=None, content=None)


# ------------------------------------------------------------
# Keys and checkpoints
# ------------------------------------------------------------


def new_key(secret) -> tuple[str, str, str]:
    """(kid, public key in hex, private key as PKCS8 encrypted under ``secret``)."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes(*RAW)
    wrapped = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(secret),
    )
    return key_id(public.hex()), public.hex(), wrapped.decode()


def key_id(public) -> str:
    """Short name of a public key: no two keys share it by accident."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:16]


def open_key(wrapped, secret) -> Ed25519PrivateKey:
    """The private key.

    :raises SealError: the secret is not the one that it was encrypted under
    """
    try:
        return serialization.load_pem_private_key(wrapped.encode(), secret)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SealError("The signing key does not open with this secret.") from error


def endorse(secret, public) -> str:
    """Proof that whoever knows the secret made this key: a row written by hand in the
    table of keys has none."""
    return hmac.new(secret, DOMAIN + bytes.fromhex(public), hashlib.sha256).hexdigest()


def is_endorsed(secret, public, proof) -> bool:
    """Whether ``proof`` was made with this secret."""
    try:
        expected = endorse(secret, public)
    except ValueError:
        return False
    return hmac.compare_digest(expected, proof or "")


def checkpoint(private, kid, chain, point, time, number, prev) -> str:
    """A signed text that says where a chain stands.

    :param point: (seq, hash) of the last sealed entry
    :param time: "YYYY-MM-DDTHH:MM:SSZ"
    :param number: 1 for the first checkpoint of the chain, and so on
    :param prev: ``digest`` of the one before, ``GENESIS`` for the first
    """
    seq, found = point
    body = canonical(
        {
            "chain": chain,
            "seq": seq,
            "h": found,
            "time": time,
            "count": seq,
            "number": number,
            "prev": prev,
            "kid": kid,
        }
    )
    return f"{FORMAT}.{_coded(body)}.{_coded(private.sign(DOMAIN + body))}"


def _coded(data) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
