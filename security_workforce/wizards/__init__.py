from . import security_card_receipt
from . import security_guard_import
from . import security_guard_import_lists
from . import security_guard_import_match
from . import security_guard_import_sentences
from . import security_guard_import_write
from . import security_guard_import_line
from . import security_staff_register
