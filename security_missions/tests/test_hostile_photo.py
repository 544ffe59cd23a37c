"""Photos sent by whoever means harm: those of others, not what was said, no photos."""

import hashlib
import io
import uuid

from PIL import Image, WebPImagePlugin  # noqa: F401

from odoo.tests import tagged

from .hostile import WRONG_IDS, HostileCase

MOST = 12 * 1024 * 1024
SCRIPT = b"<script>alert(1)</script>"


def picture(kind="JPEG", size=(40, 30), color="red", **options):
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, kind, **options)
    return out.getvalue()


def white(side):
    out = io.BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    return out.getvalue()


def located():
    """A photo that says where it was taken, and by whom."""
    tags = Image.Exif()
    tags[0x013B] = "SECRETAUTHOR"
    place = tags.get_ifd(0x8825)
    place[1], place[2] = "N", (48.0, 51.0, 24.0)
    place[27] = b"SECRETPLACE"
    return picture(exif=tags)


NO_PHOTOS = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>",
    "html": b"<!DOCTYPE html>" + SCRIPT,
    "gif": picture("GIF"),
    "tiff": b"II*\0\x08\0\0\0" + bytes(64),
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64),
    "pdf": b"%PDF-1.7\n" + bytes(64),
    "postscript": b"%!PS-Adobe-3.0\n",
    "zip": b"PK\x03\x04" + bytes(64),
    "bomb": white(12_000),
    "cut": located()[:-80],
    "cut early": located()[:40],
    "one byte": b"x",
}
WRONG_RANGES = (
    *("", "bytes", "bytes 0-1", "bytes */2", "bytes 0-1/*", "bytes -1-0/2"),
    *("bytes 0-1/2 OR 1=1", "items 0-1/2", "bytes 0-1/99999999999", "bytes 1-0/2"),
    *("bytes 0-2/3", "bytes 0-0/2", "bytes 1e0-1/2", "bytes 0-1/2\0", "bytes  0-1/2"),
)
WRONG_HASHES = ("", "0" * 63, "0" * 65, "A" * 64, "z" * 64, "' OR 1=1 --", "\0" * 64)


@tagged("post_install", "-at_install")
class TestHostilePhoto(HostileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup_firm()
        cls.guard.user_id = cls.make_user("taker", "base.group_portal")
        cls.other_guard.user_id = cls.make_user("taker_too", "base.group_portal")
        cls.planner = cls.make_user(
            "giver", "security_workforce.group_security_planner"
        )

    def setUp(self):
        super().setUp()
        self.enrol_two()

    def put(self, name, piece, first=0, total=None, phone=None, raw=None, **headers):
        last = first + len(piece) - 1
        whole = piece if raw is None else raw
        said = {
            "Content-Range": f"bytes {first}-{last}/{total or len(whole)}",
            "X-Security-Sha256": hashlib.sha256(whole).hexdigest(),
            **{name.replace("_", "-"): text for name, text in headers.items()},
        }
        return (phone or self.phone).request(
            "PUT", f"/guard/api/blob/{name}", piece, headers=said
        )

    def photos(self, name):
        self.env.invalidate_all()
        return self.env["security.photo"].search([("uuid", "=", str(name))], order="id")

    def test_names_ranges_and_hashes(self):
        name, piece = uuid.uuid4(), b"ab"
        wrong_names = [w for w in WRONG_IDS if "%2f" not in w and "%0" not in w]
        wrong_names += [str(name).upper(), str(name)[:-1], f"{name}x", "0" * 36]
        with self.nothing_happens():
            for wrong in wrong_names:
                answer = self.put(wrong, piece)
                self.assertRefused(answer, 400, 401, 404, about=wrong)
            for wrong in WRONG_RANGES:
                answer = self.put(name, piece, Content_Range=wrong)
                self.assertTold(answer, 400, "bad_request", wrong)
            for wrong in WRONG_HASHES:
                answer = self.put(name, piece, X_Security_Sha256=wrong)
                self.assertTold(answer, 400, "bad_request", wrong)
            self.assertTold(self.put(name, b"", total=2), 400, "bad_request")

    def test_too_much(self):
        name = uuid.uuid4()
        with self.nothing_happens():
            self.assertRefused(self.put(name, b"x" * 300_001), 413)
            for total in (MOST + 1, 999_999_999):
                answer = self.put(name, b"ab", total=total).json()
                self.assertEqual(answer["received"], 0)
                self.assertIn("12 MB", answer["refused"])
            answer = self.put(name, b"abc", total=2).json()
            self.assertTrue(answer["refused"])

    def test_pieces_out_of_their_place(self):
        name, raw = uuid.uuid4(), located()
        middle = len(raw) // 2
        with self.nothing_happens():
            for first in (1, middle, len(raw) - 1):
                answer = self.put(name, raw[first:], first, raw=raw).json()
                self.assertEqual((answer["received"], answer["refused"]), (0, None))
        self.put(name, raw[:middle], raw=raw)
        with self.nothing_happens():
            # One too far, one that overlaps, the same one again.
            for first in (middle + 1, middle - 1, 0):
                answer = self.put(name, raw[first : first + 9], first, raw=raw).json()
                self.assertEqual(answer["received"], middle)
            # Another photo under the same name.
            answer = self.put(name, picture(color="blue")).json()
            self.assertIn("Another photo", answer["refused"])
        answer = self.put(name, raw[middle:], middle, raw=raw).json()
        self.assertEqual((answer["received"], answer["refused"]), (len(raw), None))
        kept = self.photos(name).attachment_id
        self.assertNotIn(b"SECRET", kept.raw)
        self.assertFalse(Image.open(io.BytesIO(kept.raw)).getexif())

    def test_no_photos(self):
        """Each is refused in words, and its bytes are gone."""
        before = self.rows()
        for what, raw in NO_PHOTOS.items():
            name = uuid.uuid4()
            answer = self.put(name, raw)
            self.assertEqual(answer.status_code, 200, what)
            self.assertTrue(answer.json()["refused"], what)
            row = self.photos(name)
            self.assertEqual(row.state, "bad", what)
            self.assertFalse(row.raw or row.attachment_id, what)
        after = self.rows()
        # Only that they were refused is known, so that the phone stops sending them.
        self.assertEqual(after.pop("security_photo") - before.pop("security_photo"), 12)
        self.assertEqual(after, before)

    def test_two_things_in_one(self):
        for kind in ("JPEG", "PNG", "WEBP"):
            name, raw = uuid.uuid4(), picture(kind) + b"PK\x03\x04" + SCRIPT
            self.assertIsNone(self.put(name, raw).json()["refused"], kind)
            kept = self.photos(name).attachment_id
            self.assertEqual((kept.mimetype, kept.name), ("image/jpeg", f"{name}.jpg"))
            self.assertTrue(kept.raw.startswith(b"\xff\xd8\xff"))
            self.assertNotIn(b"script", kept.raw)
            self.assertNotIn(b"PK\x03\x04", kept.raw)

    def test_not_what_its_hash_says(self):
        name, raw = uuid.uuid4(), picture()
        answer = self.put(name, raw, raw=raw[:-1] + b"x").json()
        self.assertIn("damaged", answer["refused"])
        self.assertFalse(self.photos(name).attachment_id)

    def test_under_the_name_of_a_photo_of_others(self):
        """Both keep their own; neither reads, ends nor replaces that of the other."""
        name, raw = uuid.uuid4(), located()
        self.put(name, raw[:100], raw=raw)
        foreign = picture(color="blue")
        answer = self.put(name, foreign, phone=self.other).json()
        self.assertEqual(answer["received"], len(foreign))
        answer = self.put(name, raw[100:], 100, raw=raw, phone=self.other).json()
        self.assertTrue(answer["refused"])
        self.put(name, raw[100:], 100, raw=raw)
        mine, his = self.photos(name)
        self.assertEqual(mine.device_id.employee_id, self.guard)
        self.assertEqual(his.device_id.employee_id, self.other_guard)
        self.assertNotEqual(mine.attachment_id.checksum, his.attachment_id.checksum)
        # Nobody reads a photo that is on its way, by its number neither.
        for login in ("taker", "taker_too"):
            self.authenticate(login, login)
            for photo in mine | his:
                address = f"/web/content/{photo.attachment_id.id}"
                owner = photo.device_id.employee_id.user_id.login == login
                if not owner:
                    self.assertRefused(self.url_open(address), 404, 403, about=login)
