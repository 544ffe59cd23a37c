import base64
from datetime import datetime, time
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

from ..engine import card_number, check_file


class SecurityCardCheckImport(models.TransientModel):
    """Reads a file of results: every line is checked before anything is written."""

    _name = "security.card.check.import"
    _description = "Import Verification Results"

    file = fields.Binary(string="File of results", required=True, attachment=False)
    file_name = fields.Char()
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Proof", help="Kept with each verification."
    )
    state = fields.Selection(
        [("file", "File"), ("checked", "Checked"), ("done", "Recorded")],
        default="file",
        readonly=True,
    )
    line_ids = fields.One2many("security.card.check.import.line", "import_id")
    new_count = fields.Integer(string="To record", compute="_compute_counts")
    known_count = fields.Integer(string="Recorded before", compute="_compute_counts")
    error_count = fields.Integer(string="To correct", compute="_compute_counts")

    @api.depends("line_ids.status")
    def _compute_counts(self):
        for wizard in self:
            statuses = wizard.line_ids.mapped("status")
            wizard.new_count = statuses.count("new")
            wizard.known_count = statuses.count("known")
            wizard.error_count = statuses.count("error")

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_check(self):
        """Read the file and show what each line would do; nothing is written."""
        self.ensure_one()
        self.line_ids.unlink()
        self.env["security.card.check.import.line"].create(
            [dict(vals, import_id=self.id) for vals in self._read_lines()]
        )
        self.state = "checked"
        return self._action_reopen()

    def action_record(self):
        """Record the lines that are new. The file is read again: the cards may have
        changed since it was checked."""
        self.ensure_one()
        self.action_check()
        if self.error_count:
            return self._action_reopen()
        new = self.line_ids.filtered(lambda line: line.status == "new")
        self._lock(new.card_id)
        self.env["security.card.check"].create([self._check_vals(n) for n in new])
        self.state = "done"
        return self._action_reopen()

    def action_show_checks(self):
        """Show the verifications of the cards of this file."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "security_workforce.security_card_check_action"
        )
        action["domain"] = [("card_id", "in", self.line_ids.card_id.ids)]
        return action

    def _action_reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import verification results"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def _lock(self, cards):
        """Two imports at once would record a line twice."""
        try:
            # sudo: a lock, no value is written.
            cards.sudo().lock_for_update()
        except LockError:
            raise UserError(
                self.env._(
                    "Somebody is working on these cards: record again in a moment. "
                    "Nothing was recorded."
                )
            ) from None

    def _check_vals(self, line):
        return {
            "card_id": line.card_id.id,
            "date": line.date,
            "result": line.result,
            "method": line.method,
            "note": line.note,
            "imported": True,
            "attachment_ids": [
                fields.Command.link(proof.copy().id) for proof in self.attachment_ids
            ],
        }

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------

    def _read_lines(self):
        """The values of the lines; queries do not grow with their number.

        :raises UserError: the file as a whole is none
        """
        try:
            rows = check_file.read(base64.b64decode(self.file or b""))
        except check_file.NotAList as problem:
            raise UserError(self._not_a_list(problem)) from problem
        cards = self.env["security.card"].search(
            [("company_id", "=", self.company_id.id)]
        )
        by_number, by_nub = cards.grouped("number"), cards.grouped("nub")
        seen = self._recorded(cards)
        values = []
        for row in rows:
            vals = self._line_vals(row, by_number, by_nub)
            if vals["status"] == "new":
                key = (vals["card_id"], self._local_day(vals["date"]), vals["result"])
                vals["status"] = "known" if key in seen else "new"
                seen.add(key)
            values.append(vals)
        return values

    def _not_a_list(self, problem):
        if problem.reason == "empty":
            return self.env._("The file has no line: fill it, then choose it again.")
        if problem.reason == "encoding":
            return self.env._(
                "This is not a text file: save the sheet as CSV, then choose it again."
            )
        names = {
            "number": self.env._("Number (or Surname and NUB)"),
            "result": self.env._("Result"),
            "date": self.env._("Date"),
        }
        return self.env._(
            "Columns are missing: %s. Export the list of the cards to verify: it has "
            "them all.",
            ", ".join(names[name] for name in problem.missing),
        )

    def _recorded(self, cards):
        """{(card id, local day, result)} of what the register holds already."""
        checks = self.env["security.card.check"].search_fetch(
            [("card_id", "in", cards.ids)], ["card_id", "date", "result"]
        )
        return {(c.card_id.id, self._local_day(c.date), c.result) for c in checks}

    def _local_day(self, moment):
        return fields.Datetime.context_timestamp(self, moment).date()

    def _line_vals(self, row, by_number, by_nub):
        card, problems = self._find_card(row, by_number, by_nub)
        moment = row.when and self._utc(row.when)
        if moment and moment > fields.Datetime.now():
            problems.append(self.env._("The date is in the future."))
        problems += [self._sentence(*problem) for problem in row.problems]
        if card and not problems and row.result == "valid":
            problems += card._why_not_accepted()
        return {
            "line": row.line,
            "card_id": card.id,
            "written": row.number or f"{row.surname} {row.nub}".strip(),
            "date": moment,
            "result": row.result or False,
            "method": row.method or False,
            "note": row.note,
            "status": "error" if problems else "new",
            "problem": "\n".join(problems),
        }

    def _find_card(self, row, by_number, by_nub):
        """(the card of the line, [what is wrong])"""
        nobody = self.env["security.card"]
        if any(code == "title" for code, _text in row.problems):
            return nobody, []
        if row.number:
            found = by_number.get(card_number.normalise(row.number), nobody)
            written = row.number
        else:
            found = by_nub.get(card_number.normalise(row.nub), nobody)
            # sudo: a name that everybody in the firm may read.
            found = found.filtered(
                lambda c: check_file.is_named(c.employee_id.sudo().name, row.surname)
            )
            written = f"{row.surname} {row.nub}"
        if row.activity:
            code = row.activity.strip().upper()
            found = found.filtered(lambda c: c.activity_id.code == code)
        # Past cards have the same NUB: the answer is about the one that counts.
        if len(found) > 1:
            found = found.filtered(lambda c: c.state not in ("expired", "withdrawn"))
        if len(found) == 1:
            return found, []
        if found:
            return nobody, [
                self.env._(
                    "%s has several cards: write the number and the activity.", written
                )
            ]
        return nobody, [self.env._("No card of the firm is “%s”.", written)]

    def _sentence(self, code, written):
        if code == "title":
            return self.env._("Write the number of the card, or the surname and NUB.")
        if code == "result":
            return self.env._(
                "“%s” is not a result: write valid, not valid or no answer.", written
            )
        if code == "date":
            return self.env._("“%s” is not a date: write it as 31/12/2026.", written)
        return self.env._(
            "“%s” is not a method: write directory, portal, letter or other.", written
        )

    def _utc(self, when):
        """Naive UTC; a day without an hour is its first minute here."""
        if not isinstance(when, datetime):
            when = datetime.combine(when, time.min)
        zone = ZoneInfo(self.env.user.tz or "UTC")
        return (
            when.replace(tzinfo=zone).astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
        )
