import base64
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..engine import guard_import

# Guards written in one transaction: a second or two, so that the progress is seen
# and a process that is killed loses no more.
BATCH = 100
# Lines of the report on the screen; the workbook to download holds them all.
SHOWN_LINES = 300
COUNTS = (
    *("guard_count", "new_count", "changed_count", "same_count", "bad_count"),
    *("error_count", "remark_count", "done_count", "created_count", "updated_count"),
)
GROUPS = ("hr.group_hr_user", "security_workforce.group_security_credential_officer")


class SecurityGuardImport(models.TransientModel):
    """Brings a firm's guards in from one workbook: checked whole, then written.

    Transient, so that the file and the personal data in it are gone the next day.
    What was written stays when the import is stopped: the same file is simply given
    again, guards already recorded are recognised.
    """

    _name = "security.guard.import"
    _description = "Import of Guards"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [
            ("file", "File"),
            ("checked", "Checked"),
            ("running", "Importing"),
            ("done", "Imported"),
        ],
        required=True,
        readonly=True,
        default="file",
    )
    file = fields.Binary(string="Workbook", attachment=False)
    filename = fields.Char()
    skip_bad = fields.Boolean(
        string="Import the good guards, leave out the bad ones",
        help="A guard is all or nothing: one wrong line leaves him out with his cards "
        "and qualifications.",
    )
    # === What the check found ===
    guards_json = fields.Json(readonly=True, prefetch=False)
    problems_json = fields.Json(readonly=True, prefetch=False)
    guard_count = fields.Integer(string="Guards to write", readonly=True)
    new_count = fields.Integer(string="New guards", readonly=True)
    changed_count = fields.Integer(string="Guards to change", readonly=True)
    same_count = fields.Integer(string="Already up to date", readonly=True)
    bad_count = fields.Integer(string="Guards with an error", readonly=True)
    error_count = fields.Integer(string="Errors", readonly=True)
    remark_count = fields.Integer(string="Remarks", readonly=True)
    line_ids = fields.One2many(
        "security.guard.import.line", "import_id", string="Report", readonly=True
    )
    lines_cut = fields.Boolean(compute="_compute_lines_cut")
    # === What was written ===
    done_count = fields.Integer(string="Guards done", readonly=True)
    progress = fields.Float(compute="_compute_progress")
    created_count = fields.Integer(string="Guards recorded", readonly=True)
    updated_count = fields.Integer(string="Guards changed", readonly=True)
    card_ids = fields.Many2many(
        "security.card", string="Cards to verify", readonly=True
    )
    card_count = fields.Integer(compute="_compute_card_count")

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("error_count", "remark_count")
    def _compute_lines_cut(self):
        for wizard in self:
            found = wizard.error_count + wizard.remark_count
            wizard.lines_cut = found > SHOWN_LINES

    @api.depends("done_count", "guard_count")
    def _compute_progress(self):
        for wizard in self:
            wizard.progress = 100 * wizard.done_count / (wizard.guard_count or 1)

    @api.depends("filename")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = wizard.filename or self.env._("Import my guards")

    @api.depends("card_ids")
    def _compute_card_count(self):
        for wizard in self:
            wizard.card_count = len(wizard.card_ids)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._check_may_import()
        return super().create(vals_list)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_template(self):
        """Download the workbook to fill in."""
        self._check_may_import()
        report = self.env.ref("security_workforce.guard_import_template_report")
        return report.report_action(self)

    def action_problems(self):
        """Download the file as it was given, with what is wrong marked in it."""
        self._check_may_import()
        report = self.env.ref("security_workforce.guard_import_problems_report")
        return report.report_action(self)

    def action_check(self):
        """Look at every line; nothing is written."""
        self._check_may_import()
        self.ensure_one()
        result = guard_import.check(
            self._book(), self._lists(), fields.Date.context_today(self)
        )
        plans = self._plans(result.guards)
        good = [plan for plan in plans if not plan.is_bad]
        todo = [plan for plan in good if not plan.is_same]
        problems = [*result.problems, *(p for plan in plans for p in plan.problems)]
        self._report(problems)
        self.write(
            {
                "state": "checked",
                "guards_json": [guard_import.frozen(plan.guard) for plan in todo],
                "guard_count": len(todo),
                "new_count": sum(not plan.employee for plan in good),
                "changed_count": sum(plan.changes for plan in good),
                "same_count": sum(plan.is_same for plan in good),
                "bad_count": len(result.bad) + len(plans) - len(good),
                "done_count": 0,
            }
        )

    def action_back(self):
        """Take another file."""
        self._require("checked", "done")
        self.write(
            {
                "state": "file",
                "file": False,
                "filename": False,
                "skip_bad": False,
                "guards_json": False,
                "problems_json": False,
                "line_ids": [Command.clear()],
                "card_ids": [Command.clear()],
                **dict.fromkeys(COUNTS, 0),
            }
        )

    def action_import(self):
        """Start to write; the page then asks for one batch after the other."""
        self._check_may_import()
        self._require("checked")
        if self.error_count and not self.skip_bad:
            raise UserError(
                self.env._(
                    "The file has %s errors: correct it and check it again, or tick "
                    "“Import the good guards, leave out the bad ones”.",
                    self.error_count,
                )
            )
        if not self.guard_count:
            raise UserError(self.env._("There is nothing to write."))
        self.state = "running"

    def action_step(self):
        """Write the next guards.

        :return: how many are left; each call is a transaction of its own
        """
        self._check_may_import()
        self.ensure_one()
        # Two pages open on the same import take turns.
        self.lock_for_update()
        if self.state == "done":
            return 0
        self._require("running")
        first = self.done_count
        rows = self.guards_json[first : first + BATCH]
        self._import([guard_import.thawed(row) for row in rows])
        self.done_count = first + len(rows)
        if self.done_count >= self.guard_count:
            # The guards are in their files now: their data is not kept twice.
            self.write({"state": "done", "guards_json": False})
        return self.guard_count - self.done_count

    def action_cards(self):
        """Open the cards that came in and wait for their verification."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "security_workforce.security_card_action"
        )
        action["domain"] = [("id", "in", self.card_ids.ids), ("state", "=", "draft")]
        action["display_name"] = self.env._("Imported cards to verify")
        action["context"] = {}
        return action

    # ------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------

    @api.model
    def _check_may_import(self):
        """The file holds the contract, for HR, and the cards, for their officer."""
        if not (self.env.su or all(map(self.env.user.has_group, GROUPS))):
            raise AccessError(
                self.env._(
                    "Guards are imported by somebody who is both officer of Employees "
                    "and card officer: ask your administrator for the missing right."
                )
            )

    def _require(self, *states):
        self.ensure_one()
        if self.state not in states:
            raise UserError(
                self.env._("This import has moved on meanwhile: reload the page.")
            )

    def _book(self):
        """The lines of the file; a clear refusal when it cannot be read."""
        content = self.with_context(bin_size=False).file
        if not content:
            raise UserError(self.env._("Choose the workbook first."))
        try:
            return guard_import.read(base64.b64decode(content))
        except guard_import.BadFile as bad:
            raise UserError(self._file_sentence(bad)) from bad

    def _report(self, problems):
        """Keep what there is to say: all of it as data, the first lines on screen."""
        sheets = list(guard_import.SHEETS)
        problems = sorted(
            problems, key=lambda p: (not p.is_error, sheets.index(p.sheet), p.row)
        )
        rows = [self._told(problem) for problem in problems]
        errors = sum(problem.is_error for problem in problems)
        self.write(
            {
                "problems_json": json.loads(json.dumps(rows)),
                "error_count": errors,
                "remark_count": len(rows) - errors,
                "line_ids": [
                    Command.clear(),
                    *(
                        Command.create({k: v for k, v in row.items() if k != "key"})
                        for row in rows[:SHOWN_LINES]
                    ),
                ],
            }
        )
