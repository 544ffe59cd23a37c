from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SecurityAttachment(models.Model):
    """A guard on the employer's list at the CNAPS, for one activity, between two days.

    Employers declare whom they employ, activity by activity, and take them off when
    they leave (décret 2025-1344, portal Dracar Ultimate). A line that ended is kept.
    """

    _name = "security.attachment"
    _description = "Attachment to the Employer's CNAPS List"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_attached desc, id desc"
    _rec_names_search = ["employee_id", "activity_id"]
    _check_company_auto = True

    employee_id = fields.Many2one(
        "hr.employee",
        string="Guard",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company",
        string="Employer",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        required=True,
        index=True,
        help="The employer on whose list the guard is: he may change, the line stays.",
    )
    activity_id = fields.Many2one(
        "security.activity",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    date_attached = fields.Date(
        string="Attached on",
        required=True,
        default=fields.Date.context_today,
        tracking=True,
    )
    date_detached = fields.Date(string="Detached on", copy=False, tracking=True)
    to_detach = fields.Boolean(
        string="To detach",
        compute="_compute_to_detach",
        search="_search_to_detach",
        help="Still attached, though the guard has left.",
    )

    _one_open = models.UniqueIndex(
        "(employee_id, company_id, activity_id) WHERE date_detached IS NULL",
        "This guard is attached for this activity already.",
    )
    _dates_check = models.Constraint(
        "CHECK(date_detached >= date_attached)",
        "The attachment ends before it starts.",
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    # The company of the day it is written: only the guard chosen changes it.
    @api.depends("employee_id")
    def _compute_company_id(self):
        for attachment in self:
            attachment.company_id = attachment.employee_id.company_id

    @api.depends("date_detached", "employee_id")
    def _compute_to_detach(self):
        open_ones = self.filtered(lambda a: not a.date_detached)
        gone = open_ones.employee_id._security_gone()
        for attachment in self:
            attachment.to_detach = (
                attachment in open_ones and attachment.employee_id in gone
            )

    @api.model
    def _search_to_detach(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._to_detach_domain()

    @api.model
    def _to_detach_domain(self):
        open_ones = Domain("date_detached", "=", False)
        # sudo: whom the user may see is decided by the search this is a part of.
        guards = self.sudo().search_fetch(open_ones, ["employee_id"]).employee_id
        return open_ones & Domain("employee_id", "in", guards._security_gone().ids)

    @api.depends("employee_id.name", "activity_id.code")
    def _compute_display_name(self):
        for attachment in self:
            # sudo: a name that everybody in the firm may read.
            name = attachment.employee_id.sudo().name or ""
            attachment.display_name = f"{name} / {attachment.activity_id.code or ''}"

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_detach(self):
        """Record that these guards are taken off the list today."""
        still = self.filtered(lambda attachment: not attachment.date_detached)
        if not still:
            raise UserError(self.env._("These guards are detached already."))
        still.write({"date_detached": fields.Date.context_today(self)})

    def write(self, vals):
        result = super().write(vals)
        if vals.get("date_detached"):
            self._detach_activities().action_feedback()
        return result

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Tell the card officers of the guards who left and are attached still.

        Those who have their activity already are left alone; it ends with the
        attachment, or when the guard turns out to stay.
        """
        waiting = self.search(self._to_detach_domain())
        open_activities = self.search([("activity_ids", "!=", False)])
        (open_activities - waiting)._detach_activities().unlink()
        told = self.browse(waiting._detach_activities().mapped("res_id"))
        new = waiting - told
        officers = new.employee_id._security_card_officers()
        for officer, attachments in new.grouped(
            lambda a: officers[a.employee_id.id]
        ).items():
            if officer:
                attachments._remind(officer)
        self.env["ir.cron"]._commit_progress(len(new), remaining=0)

    def _remind(self, officer):
        env = self.with_context(lang=officer.lang or self.env.lang).env
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            "security_workforce.mail_activity_detach",
            user_id=officer.id,
            summary=env._("Has left: break the attachment on the portal of the CNAPS"),
        )

    def _detach_activities(self):
        return self.sudo().activity_search(["security_workforce.mail_activity_detach"])
