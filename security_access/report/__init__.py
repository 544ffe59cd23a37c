from . import security_badge_report
