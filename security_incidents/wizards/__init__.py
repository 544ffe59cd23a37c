from . import security_alert_close
from . import security_incident_reopen
from . import security_logbook_write
from . import security_logbook_about
