from . import res_company
from . import security_incident
from . import security_shift
