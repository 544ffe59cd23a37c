from . import controllers
from . import demo
from . import models
from . import wizards


def uninstall_hook(env):
    """Free the categories, which the entries of log books hold."""
    env.cr.execute("ALTER TABLE security_logbook_entry DISABLE TRIGGER USER")
    env.cr.execute("DELETE FROM security_logbook_entry")
