from . import security_card_expiry
