from odoo import api, fields, models

HR = "hr.group_hr_user"


class HrEmployee(models.Model):
    """The lists of a guard who joins or leaves, and his kit."""

    _inherit = "hr.employee"

    security_deontology_on = fields.Date(
        string="Code of ethics given on",
        groups=HR,
        tracking=True,
        help="Every guard is given a copy of the code of ethics when he is hired (CSI "
        "R631-3): keep the receipt that he signed.",
    )
    security_contract_signed_on = fields.Date(
        related="version_id.security_contract_signed_on",
        inherited=True,
        readonly=False,
        groups=HR,
    )
    security_checklist_ids = fields.One2many(
        "security.checklist", "employee_id", string="Lists", groups=HR
    )
    security_kit_ids = fields.One2many(
        "security.kit.item", "employee_id", string="Kit", groups=HR
    )
    security_checklist_count = fields.Integer(
        compute="_compute_security_checklist_count", groups=HR
    )
    security_joining_missing = fields.Char(
        string="Missing before the first shift",
        compute="_compute_security_joining_missing",
        groups=HR,
    )
    security_leaving_missing = fields.Char(
        string="Missing before departure",
        compute="_compute_security_joining_missing",
        groups=HR,
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("security_checklist_ids")
    def _compute_security_checklist_count(self):
        counts = dict(
            self.env["security.checklist"]._read_group(
                [("employee_id", "in", self.ids), ("state", "!=", "cancelled")],
                ["employee_id"],
                ["__count"],
            )
        )
        for employee in self:
            employee.security_checklist_count = counts.get(employee._origin, 0)

    @api.depends("security_checklist_ids.line_ids.state")
    @api.depends_context("lang")
    def _compute_security_joining_missing(self):
        for employee in self:
            running = employee.security_checklist_ids.filtered(
                lambda checklist: checklist.state == "open"
            ).grouped("direction")
            joining = running.get("joining", employee.security_checklist_ids.browse())
            leaving = running.get("leaving", employee.security_checklist_ids.browse())
            employee.security_joining_missing = ", ".join(
                joining.line_ids.filtered("is_blocking").mapped("name")
            )
            employee.security_leaving_missing = leaving.missing_names or False

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        employees = super().create(vals_list)
        employees.sudo()._open_joining()
        return employees

    def _open_joining(self):
        """Open the list of each newcomer, in the firms that want it.

        Not of whoever was already there: a contract that began before today, or a
        file that is taken over (``security_present_staff``, an import).
        """
        context = self.env.context
        if context.get("security_present_staff") or context.get("import_file"):
            return
        today = fields.Date.context_today(self)
        newcomers = self.filtered(
            lambda employee: (
                employee.company_id.security_checklist_auto
                and (employee.contract_date_start or today) >= today
            )
        )
        Step = self.env["security.checklist.step"]
        for company, employees in newcomers.grouped("company_id").items():
            if Step._of(company, "joining"):
                self.env["security.checklist"]._open(employees, "joining")

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_open_checklists(self):
        """Open the joining and leaving lists of this guard."""
        self.ensure_one()
        return self._security_window(
            "security_checklist_action", {"search_default_open": 0}
        )

    def action_open_kit(self):
        """Open what this guard was handed over."""
        self.ensure_one()
        return self._security_window("security_kit_item_action")

    def _security_open_fact(self, fact):
        """The action that shows where a fact of a list is recorded."""
        self.ensure_one()
        match fact:
            case "card":
                return self.env["security.card"]._action_of_guards(self.ids, self.name)
            case "training":
                return self.env["hr.employee.skill"]._action_of_guard(
                    self.id, self.name
                )
            case "visit":
                return self._security_window("security_aptitude_action")
            case "kit" | "kit_back" | "uniform_back":
                return self._security_window("security_kit_item_action")
        return self._security_open_file()

    def _security_open_file(self):
        """The file of the guard, as complete as the user may see it."""
        self.ensure_one()
        readable = self.env["hr.employee"].has_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "hr.employee" if readable else "hr.employee.public",
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _security_window(self, name, context=None):
        """A window of the module, on the records of this guard only."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"security_workforce.{name}"
        )
        return {
            **action,
            "display_name": self.env._(
                "%(what)s: %(guard)s", what=action["name"], guard=self.name
            ),
            "domain": [("employee_id", "=", self.id)],
            "context": {"default_employee_id": self.id, **(context or {})},
        }
