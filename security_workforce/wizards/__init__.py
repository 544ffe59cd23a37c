from . import security_card_receipt
from . import mail_activity_schedule
from . import hr_departure_wizard
from . import security_checklist_waive
