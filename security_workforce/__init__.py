from . import models
from . import wizards
from . import report
from . import demo


def uninstall_hook(env):
    """Empty the registers.

    Uninstalling deletes the activities and regimes one by one, and cards,
    requirements and contracts hold them; likewise the kinds of things to do.
    Uninstalling deletes the activities, regimes and steps one by one, and cards,
    requirements, contracts and lists hold them.
    """
    env.cr.execute(
        """
        DELETE FROM mail_activity USING mail_activity_type
        WHERE mail_activity.activity_type_id = mail_activity_type.id
        AND mail_activity_type.res_model IN ('security.card', 'security.attachment')
        """
    )
    env.cr.execute("DROP FUNCTION IF EXISTS security_append_only_refuse() CASCADE")
    env.cr.execute("DELETE FROM security_attachment")
    env.cr.execute("DELETE FROM security_card_alert")
    env.cr.execute("DELETE FROM security_card_renewal")
    env.cr.execute("DELETE FROM security_training_session")
    env.cr.execute("DELETE FROM security_card_check")
    env.cr.execute("DELETE FROM security_card")
    env.cr.execute("DELETE FROM security_requirement")
    env.cr.execute("DELETE FROM security_checklist")
    env.cr.execute("DELETE FROM security_parameter")
    env.cr.execute("UPDATE hr_version SET security_regime_id = NULL")
    env.cr.execute("UPDATE res_company SET security_regime_id = NULL")
