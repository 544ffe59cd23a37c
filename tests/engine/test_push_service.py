"""Which addresses the server may be told to speak to, and with which keys."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from security_workforce.engine.push_service import is_encryptable, is_service
from security_workforce.engine.signed_request import encode

GOOD = (
    "https://fcm.googleapis.com/fcm/send/dXk:APA91b",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
    "https://web.push.apple.com/QGuQ",
    "https://db5p.notify.windows.com/w/?token=BQYA",
    "https://fcm.googleapis.com:443/fcm/send/x",
)
BAD = (
    "http://fcm.googleapis.com/fcm/send/x",
    "https://127.0.0.1/fcm.googleapis.com",
    "https://localhost:8069/web",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evilfcm.googleapis.com.example/x",
    "https://notfcm.googleapis.com/x",
    "https://fcm.googleapis.com@169.254.169.254/latest",
    "https://user:secret@fcm.googleapis.com/x",
    "https://fcm.googleapis.com:8069/x",
    "https://fcm.googleapis.com:99999/x",
    "https://fcm.googleapis.com\\@127.0.0.1/",
    "https://fcm.googleapis.com/ x",
    "https://fcm.googleapis.com/\nHost: evil",
    "https://[::1]/x",
    "https://[fcm.googleapis.com/x",
    "https://fcm.googleapis.com/" + "x" * 1000,
    "file:///etc/passwd",
    "https:///x",
    "https://fçm.googleapis.com/x",
    "",
    None,
    7,
    ["https://fcm.googleapis.com/x"],
)
POINT = encode(
    ec.generate_private_key(ec.SECP256R1())
    .public_key()
    .public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
)
SECRET = encode(bytes(range(16)))


@pytest.mark.parametrize("address", GOOD)
def test_push_services_of_browsers_are_taken(address):
    assert is_service(address)


@pytest.mark.parametrize("address", BAD)
def test_nothing_else_is(address):
    assert not is_service(address)


def test_keys_of_a_browser():
    assert is_encryptable(POINT, SECRET)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        (POINT, encode(bytes(15))),
        (POINT, None),
        (None, SECRET),
        (SECRET, SECRET),
        (encode(b"\x04" + bytes(64)), SECRET),
        (POINT[:-1] + "=", SECRET),
        ({"key": POINT}, [SECRET]),
    ],
)
def test_others_are_refused(p256dh, auth):
    assert not is_encryptable(p256dh, auth)
