from . import security_card_receipt
from . import security_training_proposal
