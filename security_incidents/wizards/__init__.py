from . import security_incident_reopen
