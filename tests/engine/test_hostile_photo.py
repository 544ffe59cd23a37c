"""Pictures that were made to do harm, or only broken: a JPEG of ours comes out, or
``BadPhoto``, and nothing else of what came in."""

import io
import random
import zlib

import pytest
from PIL import Image

from security_workforce.engine.photo import LONGEST_SIDE, BadPhoto, clean

SCRIPT = b"<script>alert(1)</script>"
MAKER, PLACE = b"SECRETMAKER", b"SECRETPLACE"
FORMATS = ("JPEG", "PNG", "WEBP")


def picture(kind="JPEG", size=(64, 48), **options):
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def exif(number):
    """Tags of a camera, with a position; another one for each number."""
    tags = Image.Exif()
    tags[0x010F] = MAKER.decode()
    tags[0x0112] = number % 9
    place = tags.get_ifd(0x8825)
    place[1], place[2] = "N", (48.0, 51.0, float(number % 60))
    place[3], place[4] = "E", (2.0, 21.0, 7.5)
    place[27] = PLACE + str(number).encode()
    return tags


def chunk(name, data):
    body = name + data
    return len(data).to_bytes(4) + body + zlib.crc32(body).to_bytes(4)


def png(width, height, *chunks):
    head = width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    parts = [chunk(b"IHDR", head), *chunks, chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def white(side):
    out = io.BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    return out.getvalue()


def outcome(raw):
    """``clean`` or the reason of the refusal; anything else that is raised fails."""
    try:
        written = clean(raw)
    except BadPhoto as refused:
        return refused.reason
    drawn = Image.open(io.BytesIO(written))
    assert drawn.format == "JPEG"
    assert max(drawn.size) <= LONGEST_SIDE
    assert not drawn.getexif() and "icc_profile" not in drawn.info
    for hidden in (MAKER, PLACE, SCRIPT, b"PK\x03\x04", b"<?php"):
        assert hidden not in written
    return "clean"


def test_position_and_maker_are_gone_in_a_thousand_of_a_thousand():
    pictures = [
        picture(FORMATS[number % 3], (9 + number % 7, 8), exif=exif(number))
        for number in range(1000)
    ]
    # The control: they are there before.
    assert all(MAKER in raw and PLACE in raw for raw in pictures)
    assert [outcome(raw) for raw in pictures] == ["clean"] * 1000


NOISE = b"\0" * 64
NO_PHOTO = {
    "nothing": b"",
    "one byte": b"\xff",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>",
    "svg declared": b'<?xml version="1.0"?><!DOCTYPE svg SYSTEM "file:///etc/passwd">',
    "html": b"<html>" + SCRIPT,
    "gif": b"GIF89a" + NOISE,
    "real gif": picture("GIF"),
    "bmp": picture("BMP"),
    "tiff": picture("TIFF"),
    "icon": picture("ICO"),
    "jpeg 2000": b"\0\0\0\x0cjP  \r\n\x87\n" + NOISE,
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + NOISE,
    "avif": b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + NOISE,
    "pdf": b"%PDF-1.7\n" + NOISE,
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "zip": b"PK\x03\x04" + NOISE,
    "php": b"<?php system($_GET[0]); ?>",
    "program": b"\x7fELF" + NOISE,
    "riff": b"RIFF\x24\0\0\0WAVEfmt " + NOISE,
}


@pytest.mark.parametrize("raw", NO_PHOTO.values(), ids=NO_PHOTO)
def test_what_is_no_photo(raw):
    assert outcome(raw) == "kind"


BOMBS = {
    "144 million white pixels": (white(12_000), "size"),
    "header of 2 billion a side": (png(2**31 - 1, 2**31 - 1), "size"),
    "header of 60 000 a side": (png(60_000, 60_000), "size"),
    "header of nothing": (png(0, 0), "kind"),
    "text that unfolds to 64 MB": (
        png(9, 9, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(64 << 20)))),
        "broken",
    ),
    "profile that unfolds to 64 MB": (
        png(9, 9, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(64 << 20)))),
        "broken",
    ),
    "pixels that unfold to 64 MB": (
        png(9, 9, chunk(b"IDAT", zlib.compress(bytes(64 << 20)))),
        None,
    ),
}


@pytest.mark.parametrize(("raw", "reason"), BOMBS.values(), ids=BOMBS)
def test_bombs(raw, reason):
    found = outcome(raw)
    assert found == reason if reason else found in ("clean", "broken")


def test_a_jpeg_that_says_it_is_huge():
    raw = bytearray(picture())
    at = raw.index(b"\xff\xc0") + 5
    raw[at : at + 4] = b"\xff\xff\xff\xff"
    assert outcome(bytes(raw)) == "size"


@pytest.mark.parametrize("kind", FORMATS)
def test_cut_anywhere_it_is_refused(kind):
    raw = picture(kind)
    for end in range(0, len(raw) - 16, 37):
        assert outcome(raw[:end]) in ("kind", "broken"), end


@pytest.mark.parametrize("tail", [SCRIPT, b"PK\x03\x04" + NOISE, b"<?php ?>", b"%PDF-"])
@pytest.mark.parametrize("kind", FORMATS)
def test_what_hides_behind_or_in_a_picture_does_not_come_through(kind, tail):
    assert outcome(picture(kind) + tail) == "clean"
    comment = {"comment": tail} if kind == "JPEG" else {"exif": tail}
    assert outcome(picture(kind, **comment)) in ("clean", "broken")


@pytest.mark.filterwarnings("ignore:Corrupt EXIF", "ignore:Truncated File")
def test_broken_here_and_there():
    """Whatever bytes are changed, it is a picture or a refusal, never a fault."""
    picked, seen = random.Random(19), set()
    for number in range(900):
        raw = bytearray(picture(FORMATS[number % 3], (24, 24), exif=exif(number)))
        for _change in range(picked.choice((1, 3, 30))):
            raw[picked.randrange(len(raw))] = picked.randrange(256)
        seen.add(outcome(bytes(raw)))
    assert {"clean", "broken"} <= seen <= {"clean", "broken", "kind", "size"}
