from . import security_activity
from . import security_card
from . import security_card_number
from . import security_card_state
from . import security_card_cover
from . import security_card_check
from . import hr_employee
from . import hr_employee_public
from . import res_company
from . import res_config_settings
<<<<<<< HEAD
from . import hr_employee_persons
=======
from . import security_regime
from . import security_parameter
from . import security_requirement
from . import security_requirement_option
from . import security_override
from . import hr_version
from . import hr_employee_contract
from . import res_company_regime
>>>>>>> 40f68eb89e3a498eff4a85359eee966bf1f1dcde
from . import security_regulated
from . import hr_skill_type
from . import hr_skill_level
from . import hr_skill
from . import hr_employee_skill
from . import hr_resume_line_type
from . import hr_resume_line
from . import security_dog
from . import security_aptitude_restriction
from . import security_aptitude
from . import hr_version_permit
from . import hr_employee_file
from . import hr_employee_public_file
from . import hr_employee_facts
