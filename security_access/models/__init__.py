from . import hr_employee
from . import hr_employee_public
from . import ir_actions_report
from . import security_badge
from . import security_badge_check
