from odoo.tests import BaseCase, tagged

from ..engine import badge_code

# What a scanner set to an American keyboard types on a French one.
AZERTY = str.maketrans("AQZWM1234567", "QAWZ?&é\"'(-è")


@tagged("post_install", "-at_install")
class TestBadgeCode(BaseCase):
    def test_tokens_are_long_and_different(self):
        tokens = {badge_code.new_token() for __ in range(1000)}
        self.assertEqual(len(tokens), 1000)
        for token in tokens:
            self.assertEqual(len(token), 32)
            self.assertLessEqual(set(token), badge_code.ALPHABET)
        self.assertGreaterEqual(32 * 5, 128, "Random bits of a token")

    def test_read_back(self):
        for __ in range(500):
            token = badge_code.new_token()
            code = badge_code.code(token)
            for text in (code, code.lower(), f" {code}\n", badge_code.spaced(token)):
                self.assertEqual(badge_code.read(text), token)
            self.assertEqual(badge_code.read(code.translate(AZERTY)), token)

    def test_not_a_code(self):
        token = badge_code.new_token()
        for text in (
            None,
            False,
            42,
            "",
            "BADGE1",
            token,
            f"BADGE2{token}",
            f"BADGE1{token}A",
            f"BADGE1{token[:-1]}",
            f"BADGE1{token[:-1]}8",
            "BADGE1" + "%" * 32,
            "A" * 100_000,
            "CAR-075-2029-02-01-20240123456",
        ):
            self.assertIsNone(badge_code.read(text), text)
