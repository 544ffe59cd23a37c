from . import test_card_expiry
