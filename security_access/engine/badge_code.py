"""What the QR code of a badge says, and how it is read back.

A code is ``BADGE1`` followed by the token: 160 random bits in base32, hence capitals
and the digits 2 to 7. Both parts fit the alphanumeric mode of a QR code, so that it
stays small. The code says nothing about the guard.
"""

import base64
import secrets

PREFIX = "BADGE1"
TOKEN_BYTES = 20
TOKEN_LENGTH = 32
ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

# A scanner set to an American keyboard, on a computer that expects a French one: the
# digits come as the unshifted top row, and M as the key right of N.
_AZERTY_TOP_ROW = str.maketrans("&é\"'(-èÉÈ", "123456727")
_AZERTY_LETTERS = str.maketrans("AQZW?,", "QAWZMM")
_AZERTY_PREFIX = "BQDGE1"


def new_token() -> str:
    """A new secret of 160 bits, as 32 letters and digits."""
    return base64.b32encode(secrets.token_bytes(TOKEN_BYTES)).decode("ascii")


def code(token: str) -> str:
    """What is printed in the QR code."""
    return PREFIX + token


def spaced(token: str) -> str:
    """The code by groups, for the eye of somebody who has to type it."""
    groups = [token[i : i + 4] for i in range(0, len(token), 4)]
    return " ".join([PREFIX, *groups])


def read(text) -> str | None:
    """The token of what a scanner or a person typed, None when it is not a code.

    Spaces and small letters do not matter, and a keyboard mistaken for an AZERTY one
    is undone: the prefix tells, since its A comes as a Q.
    """
    if not isinstance(text, str) or len(text) > 200:
        return None
    typed = "".join(text.translate(_AZERTY_TOP_ROW).split()).upper()
    if typed.startswith(_AZERTY_PREFIX):
        typed = typed.translate(_AZERTY_LETTERS)
    token = typed.removeprefix(PREFIX)
    valid = (
        typed.startswith(PREFIX)
        and len(token) == TOKEN_LENGTH
        and ALPHABET.issuperset(token)
    )
    return token if valid else None
