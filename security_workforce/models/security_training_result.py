from datetime import timedelta

from markupsafe import escape

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_compare

from .security_training_session import TRANSITION, in_hours

OFFICERS = "security_workforce.group_security_credential_officer"


class SecurityTrainingAttendee(models.Model):
    """Who was there, who passed, and what it gives him.

    A success is written and verified in one step: the officer who records it saw the
    session. It is never rewritten; taking it back ends the qualification on its first
    day and leaves it on the file.
    """

    _inherit = "security.training.attendee"

    certificate_number = fields.Char(
        copy=False, help="Number of the certificate or of the attestation."
    )
    obtained_on = fields.Date(
        "Obtained on",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Day of the success.",
    )
    certification_id = fields.Many2one(
        "hr.employee.skill",
        string="Qualification given",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    resume_line_id = fields.Many2one(
        "hr.resume.line",
        string="Line of the résumé",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_present(self):
        """He came; the hours of the session are his until others are typed."""
        self._require_move("present")
        for attendee in self:
            session = attendee.session_id
            session._check_under_way()
            attendee._move(
                "present", hours_attended=attendee.hours_attended or session.hours
            )

    def action_absent(self):
        """He did not come: nothing is written on his file."""
        self._require_move("absent")
        self.session_id._check_under_way()
        self._move("absent", hours_attended=0)

    def action_fail(self):
        """He came and did not pass: nothing is written on his file."""
        self._require_move("failed")
        self._check_not_passed()
        self.session_id._check_over()
        self._move("failed")

    def action_pass(self):
        """He passed: write the qualification, verified, and the line of his résumé."""
        self._require_move("passed")
        self._check_officer()
        self.session_id._check_running()
        self.session_id._check_over()
        self.session_id._check_hours()
        self._check_hours_attended()
        self._give_certifications()
        self._write_resume()
        for session, attendees in self.grouped("session_id").items():
            attendees._move("passed", obtained_on=session._days()[1])

    def action_take_back(self):
        """The success was recorded by mistake: it counts no more, and stays to be seen.

        A verified qualification is not deleted: it ends on its first day.
        """
        self._require_move("failed")
        self._check_officer()
        for attendee in self.filtered(lambda a: a.state == "passed"):
            attendee.certification_id._end_at_once()
            attendee.resume_line_id.unlink()
            attendee._move("failed", obtained_on=False)
            attendee.session_id.message_post(
                body=self.env._(
                    "The success of %s was taken back.", attendee.employee_id.name
                )
            )

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    def _check_officer(self):
        if not (self.env.su or self.env.user.has_group(OFFICERS)):
            raise AccessError(
                self.env._(
                    "A success is written on the guard's file as verified: ask a card "
                    "officer to record it."
                )
            )

    def _check_not_passed(self):
        if passed := self.filtered(lambda a: a.state == "passed"):
            raise UserError(
                self.env._(
                    "%s passed: take the result back if that is a mistake.",
                    passed[0].employee_id.name,
                )
            )

    def _check_hours_attended(self):
        for attendee in self:
            legal = attendee.session_id.legal_hours
            if float_compare(attendee.hours_attended, legal, precision_digits=2) < 0:
                raise UserError(
                    self.env._(
                        "%(guard)s followed %(hours)s of the %(legal)s that "
                        "%(course)s asks for: he cannot pass.",
                        guard=attendee.employee_id.name,
                        hours=in_hours(attendee.hours_attended),
                        legal=in_hours(legal),
                        course=attendee.course_id.name,
                    )
                )

    # ------------------------------------------------------------
    # What it gives
    # ------------------------------------------------------------

    def _give_certifications(self):
        """A new line of the guard's qualifications; the ones he had stay."""
        given = self.filtered("course_id.skill_id")
        lines = self.env["hr.employee.skill"].create(
            [attendee._certification_vals() for attendee in given]
        )
        lines.action_verify()
        for attendee, line in zip(given, lines, strict=True):
            attendee._opened().certification_id = line

    def _certification_vals(self):
        session, course = self.session_id, self.course_id
        return {
            "employee_id": self.employee_id.id,
            "skill_type_id": course.skill_id.skill_type_id.id,
            "skill_id": course.skill_id.id,
            "skill_level_id": course.skill_level_id.id,
            "valid_from": session._days()[1],
            "certificate_number": self.certificate_number,
            "issuing_body": self._giver().name,
            "verification_method": "training",
        }

    def _write_resume(self):
        lines = self.env["hr.resume.line"].create(
            [attendee._resume_vals() for attendee in self]
        )
        for attendee, line in zip(self, lines, strict=True):
            attendee._opened().resume_line_id = line

    def _resume_vals(self):
        session = self.session_id
        first, last = session._days()
        return {
            "employee_id": self.employee_id.id,
            "line_type_id": self.env.ref("security_workforce.resume_type_regulated").id,
            "name": self.course_id.name,
            "date_start": first,
            "date_end": last,
            "duration": round(self.hours_attended),
            "description": escape(self._giver().name),
        }

    def _giver(self):
        return self.session_id.body_id or self.company_id.partner_id

    def _opened(self):
        """These attendees, with the right to write what only methods may write."""
        return self.with_context(security_training_transition=TRANSITION)


class HrEmployeeSkill(models.Model):
    """A success that was taken back is still to be seen."""

    _inherit = "hr.employee.skill"

    def _end_at_once(self):
        """End these qualifications on their first day, or as soon after it as the core
        takes: it wants no two of the same dates."""
        for line in self:
            alike = self.search_count(
                [
                    ("employee_id", "=", line.employee_id.id),
                    ("skill_id", "=", line.skill_id.id),
                    ("skill_level_id", "=", line.skill_level_id.id),
                    ("valid_from", "=", line.valid_from),
                    ("id", "!=", line.id),
                ]
            )
            line.valid_to = line.valid_from + timedelta(days=alike)


class SecurityTrainingSession(models.Model):
    """The results of a whole session at once."""

    _inherit = "security.training.session"

    def action_all_present(self):
        """Everybody who was expected came."""
        self.attendee_ids.filtered(
            lambda a: a.state in ("invited", "confirmed")
        ).action_present()

    def action_all_passed(self):
        """Everybody who came passed."""
        self.attendee_ids.filtered(lambda a: a.state == "present").action_pass()

    def _check_running(self):
        if idle := self.filtered(lambda s: s.state != "confirmed"):
            raise UserError(
                self.env._(
                    "“%s” is not under way: presences and results are recorded once "
                    "it is confirmed and until it is closed.",
                    idle[0].display_name,
                )
            )

    def _check_under_way(self):
        self._check_running()
        today = fields.Date.context_today(self)
        for session in self:
            if session._days()[0] > today:
                raise UserError(
                    self.env._(
                        "“%s” has not started: say who came from its first day on.",
                        session.display_name,
                    )
                )
