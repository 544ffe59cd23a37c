"""What a browser gives so that it can be woken: looked at before it is kept.

The server will send to that address whatever it is told to: only the push services of
browsers are taken, so that nobody makes it speak to a machine of his choice.
"""

from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePublicKey,
)

from .signed_request import decode

# Chrome and Edge on Android, Firefox, Safari, Edge on Windows.
SERVICES = (
    "fcm.googleapis.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
LONGEST = 1000
POINT_BYTES, SECRET_BYTES = 65, 16


def is_service(address):
    """Whether ``address`` is one that a browser's own push service gave (https)."""
    if not isinstance(address, str) or len(address) > LONGEST or not address.isascii():
        return False
    try:
        url = urlsplit(address)
        port = url.port
    except ValueError:
        return False
    host = url.hostname or ""
    return (
        url.scheme == "https"
        and port in (None, 443)
        and "@" not in url.netloc
        and not any(sign.isspace() or sign == "\\" for sign in address)
        and any(host == one or host.endswith(f".{one}") for one in SERVICES)
    )


def is_encryptable(p256dh, auth):
    """Whether these base64url keys of the browser can encrypt for it (RFC 8291)."""
    point, secret = decode(p256dh, POINT_BYTES), decode(auth, SECRET_BYTES)
    if point is None or secret is None:
        return False
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    except ValueError:
        return False
    return True
