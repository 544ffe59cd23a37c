from . import guard_import_template
from . import guard_import_problems
from . import employer_card
from . import staff_register
