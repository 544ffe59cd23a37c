from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

# A log book that writes all day is not checked at each entry.
SHIFT_END = ("clock_out",)


class SecurityLogbook(models.Model):
    """The log book of a site (main courante): one chain of sealed entries."""

    _name = "security.logbook"
    _description = "Log Book"
    _inherit = ["security.seal.chain.mixin", "mail.thread"]
    _rec_name = "site_id"
    _order = "site_id, id"
    _check_company_auto = True
    _entry_model = "security.logbook.entry"

    site_id = fields.Many2one(
        "security.site",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    witness_email = fields.Char(
        "Checkpoints Sent To",
        tracking=True,
        help="Addresses of the client or of an archive, with commas. Who keeps these "
        "mails can prove that an entry was changed or removed.",
    )
    checked_at = fields.Datetime("Last Verified On", readonly=True, copy=False)
    is_broken = fields.Boolean("Altered", readonly=True, copy=False)
    entry_ids = fields.One2many("security.logbook.entry", "logbook_id", "Entries")
    check_ids = fields.One2many("security.logbook.check", "logbook_id", "Checks")
    entry_count = fields.Integer(compute="_compute_entry_count")

    _site_unique = models.Constraint(
        "UNIQUE(site_id)", "A site has one log book: its entries make one chain."
    )

    def _compute_entry_count(self):
        counts = dict(
            self.env["security.logbook.entry"]._read_group(
                [("logbook_id", "in", self.ids)], ["logbook_id"], ["__count"]
            )
        )
        for book in self:
            book.entry_count = counts.get(book._origin, 0)

    @api.model
    def _of(self, site):
        """The log book of a site, made with its first entry.

        sudo: whoever writes an entry has no right to make log books.
        """
        book = site.sudo().logbook_ids
        if book:
            return book
        # Two first entries of a site at once: both touch the site, so that the second
        # one clashes, is run again by Odoo and finds the book.
        self.env.cr.execute(
            SQL("UPDATE security_site SET write_uid = write_uid WHERE id = %s", site.id)
        )
        return book.create({"site_id": site.id, "company_id": site.company_id.id})

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_verify(self):
        """Verify the whole chain now, and show what was found."""
        self.ensure_one()
        self.check_access("read")
        check = self.sudo()._check()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Verification"),
            "res_model": "security.logbook.check",
            "res_id": check.id,
            "view_mode": "form",
        }

    def action_export(self):
        """Entries, checkpoints, public keys and the verifier, in one file."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/security/logbook/{self.id}/export",
            "target": "download",
        }

    def action_open_entries(self):
        """What was written in this log book."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_incidents.security_logbook_entry_action"
        )
        return {**action, "domain": [("logbook_id", "=", self.id)]}

    # ------------------------------------------------------------
    # CRON
    # ------------------------------------------------------------

    @api.model
    def _cron_seal(self):
        """Seal what waits; sign and send checkpoints when they are due."""
        entries, cron = self.env["security.logbook.entry"], self.env["ir.cron"]
        # Those with activity since the last checkpoint may have one due.
        waiting = entries._read_group([("seq", "=", False)], ["logbook_id"])
        books = self.browse(book.id for (book,) in waiting) | self._unsigned()
        cron._commit_progress(remaining=len(books))
        for book in books:
            book._seal_all()
            # What was sealed beside is seen from the next transaction on.
            cron._commit_progress()
            book._checkpoint_if_due()
            goes_on = cron._commit_progress(1)
            book._witness()
            if not goes_on:
                break

    @api.model
    def _cron_verify(self):
        """Verify each chain, the one not seen for longest first."""
        books = self.search([("id", "!=", False)], order="checked_at NULLS FIRST, id")
        cron = "ir.cron"
        self.env[cron]._commit_progress(remaining=len(books))
        for book in books:
            book._check()
            if not self.env[cron]._commit_progress(1):
                break

    @api.model
    def _unsigned(self):
        """Log books sealed beyond their last checkpoint."""
        self.env.cr.execute(
            "SELECT b.id FROM security_logbook b WHERE (SELECT max(seq) FROM"
            " security_logbook_entry e WHERE e.logbook_id = b.id) > coalesce((SELECT"
            " max(seq) FROM security_seal_checkpoint c WHERE c.chain = b.chain), 0)"
        )
        return self.browse(found for (found,) in self.env.cr.fetchall())

    def _checkpoint_if_due(self):
        """A checkpoint after so many minutes of activity, and when a shift ends."""
        self.ensure_one()
        points = self.env["security.seal.checkpoint"].sudo()
        last = points.search([("chain", "=", self.chain)], order="seq desc", limit=1)
        since = [("logbook_id", "=", self.id), ("seq", ">", last.seq)]
        entries = self.env["security.logbook.entry"].sudo()
        first = entries.search(since, order="seq", limit=1)
        if not first:
            return points
        minutes = self.company_id.security_checkpoint_minutes
        due = first.sealed_at + timedelta(minutes=minutes) <= fields.Datetime.now()
        if due or entries.search_count([*since, ("kind", "in", SHIFT_END)], limit=1):
            return self._checkpoint()
        return points

    def _checkpoint(self):
        """Sign where the chain stands and send it to the witnesses."""
        point = self._sign_checkpoint()
        if point and self.witness_email:
            self._send_checkpoint(point)
        return point

    def _send_checkpoint(self, point):
        lang = self.site_id.partner_id.lang or self.company_id.partner_id.lang
        book = self.with_context(lang=lang)
        body = book.env["ir.qweb"]._render(
            "security_incidents.mail_checkpoint", {"book": book, "point": point}
        )
        mail = book.env["mail.mail"].create(
            {
                "subject": book.env._(
                    "Log book of %(site)s: checkpoint %(number)s",
                    site=book.site_id.name,
                    number=point.number,
                ),
                "email_to": self.witness_email,
                "email_from": self.company_id.email_formatted,
                "body_html": body,
                "auto_delete": False,
            }
        )
        point._answer({"sent_at": fields.Datetime.now(), "sent_to": mail.email_to})

    def _check(self):
        """Verify, keep what was found, and tell the managers when it is not good."""
        self.ensure_one()
        report = self._verify_chain()
        check = self.env["security.logbook.check"]._keep(self, report)
        was_broken = self.is_broken
        self.write({"checked_at": check.date, "is_broken": bool(report.breaks)})
        if report.breaks and not was_broken:
            self.message_post(
                body=self.env._(
                    "The log book does not verify: %(what)s", what=check.summary
                ),
                partner_ids=self._managers().partner_id.ids,
                subtype_xmlid="mail.mt_comment",
            )
        return check

    def _managers(self):
        managers = self.env.ref("security_workforce.group_security_manager").sudo()
        company = self.company_id
        return managers.all_user_ids.filtered(
            lambda user: company in user.company_ids and not user.share
        )

    def _photo_digests(self):
        """Those of the files themselves, read one entry at a time."""
        self.ensure_one()
        return self.env["security.logbook.entry"].sudo()._digests_of(self)

    def _creation_message(self):
        # The words of the framework do not agree with a feminine name in French.
        return self.env._("Log book created")
