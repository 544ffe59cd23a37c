from . import controllers
from . import demo
from . import models
from . import report
from . import wizards


def uninstall_hook(env):
    """Free the step of this module, which lines of lists hold."""
    env.cr.execute(
        """DELETE FROM security_checklist_line WHERE step_id IN
        (SELECT id FROM security_checklist_step WHERE fact = 'shifts_gone')"""
    )
