from . import security_card_receipt
from . import security_card_renewal_card
from . import security_card_check_import_line
from . import security_card_check_import
from . import security_card_check_batch
from . import security_card_check_export
from . import security_training_proposal
