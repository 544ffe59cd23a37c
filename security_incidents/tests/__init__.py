from . import test_incident
from . import test_incident_company
from . import test_incident_rights
