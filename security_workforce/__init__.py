from . import models
from . import wizards
from . import demo


def uninstall_hook(env):
    """Empty the register of cards.

    Uninstalling deletes the activities one by one, and cards hold them.
    """
    env.cr.execute("DELETE FROM security_card_check")
    env.cr.execute("DELETE FROM security_card")
