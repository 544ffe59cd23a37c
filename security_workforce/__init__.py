from . import models
from . import wizards
from . import demo


def uninstall_hook(env):
    """Empty the registers.

    Uninstalling deletes the activities and regimes one by one, and cards,
    requirements and contracts hold them.
    """
    env.cr.execute("DELETE FROM security_training_session")
    env.cr.execute("DELETE FROM security_card_check")
    env.cr.execute("DELETE FROM security_card")
    env.cr.execute("DELETE FROM security_requirement")
    env.cr.execute("DELETE FROM security_parameter")
    env.cr.execute("UPDATE hr_version SET security_regime_id = NULL")
    env.cr.execute("UPDATE res_company SET security_regime_id = NULL")
