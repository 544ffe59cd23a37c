from . import security_card_receipt
