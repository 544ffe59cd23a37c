from . import test_badge
from . import test_badge_check
from . import test_badge_code
from . import test_badge_print
from . import test_badge_rights
from . import test_badge_tour
