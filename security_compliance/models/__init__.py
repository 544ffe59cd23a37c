from . import security_card
