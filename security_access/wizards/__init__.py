from . import security_badge_revoke
