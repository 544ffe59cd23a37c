from dataclasses import dataclass, replace

from odoo import api, fields, models
from odoo.tools import formatLang

from odoo.addons.security_workforce.engine.worktime import local, named_zone

from ..engine import notice, snapshot
from .security_notice import GROUNDS

WATCHED = {"employee_id", "post_id", "date_start", "date_stop", "state"}
DEFAULT_GROUND = "convenience"


@dataclass(frozen=True)
class Change:
    """Why a rota changes and who has agreed; an object, so that no API call sends one.

    ``guards``: employees whose consent it is; None: all those concerned.
    """

    ground: str = DEFAULT_GROUND
    channel: str | None = None
    proof: object = None
    guards: object = None


class SecurityShift(models.Model):
    """What is published changes under the eyes of the law: each change is written into
    the ledger of notices, and a new version of the rota is made."""

    _inherit = "security.shift"

    change_ground = fields.Selection(
        GROUNDS,
        "Why It Changes",
        store=False,
        help="Kept in the ledger of notices with the change of this published shift.",
    )
    notice_ids = fields.One2many(
        "security.notice",
        "shift_id",
        "Changes Since Published",
        groups="security_workforce.group_security_user",
    )
    notice_warning = fields.Char(
        compute="_compute_notice_warning",
        compute_sudo=True,
        groups="security_workforce.group_security_user",
    )
    notice_level = fields.Selection(
        [
            ("none", "Delay kept"),
            ("consent", "To agree"),
            ("express", "To agree expressly"),
        ],
        "Notice Now",
        compute="_compute_notice_warning",
        compute_sudo=True,
        groups="security_workforce.group_security_user",
    )

    # ------------------------------------------------------------
    # The warning, at the moment of the edit
    # ------------------------------------------------------------

    @api.depends("date_start", "date_stop", "employee_id", "post_id", "state")
    @api.depends_context("lang")
    def _compute_notice_warning(self):
        now = fields.Datetime.now()
        for shift in self:
            shift.notice_warning = shift.notice_level = False
            was = shift._origin
            filled = shift.date_start and shift.date_stop and shift.post_id
            if shift.state == "published" and was.employee_id and filled:
                given = shift._notice_of_edit(was, now)
                shift.notice_level = given.required
                shift.notice_warning = shift._warning_in_words(given)

    def _notice_of_edit(self, was, now):
        """The stricter notice of the guards concerned by what is in the form."""
        old, new = (was.date_start, was.date_stop), (self.date_start, self.date_stop)
        if self.employee_id == was.employee_id or not self.employee_id:
            return self._judge_notice(was.employee_id, old, new, now)
        judged = [
            self._judge_notice(was.employee_id, old, None, now),
            self._judge_notice(self.employee_id, None, new, now),
        ]
        order = [notice.NONE, notice.CONSENT, notice.EXPRESS]
        return max(judged, key=lambda given: order.index(given.required))

    def _warning_in_words(self, given):
        hours = formatLang(self.env, given.hours, digits=0)
        if given.required == notice.NONE:
            return self.env._(
                "This shift is published: a change now gives %(hours)s hours of "
                "notice, the delay is kept.",
                hours=hours,
            )
        if given.tier == notice.URGENT:
            return self.env._(
                "A change now gives %(hours)s hours of notice. Less than 48 h: express "
                "consent needed (%(article)s). Refusing has no consequence.",
                hours=hours,
                article=given.source,
            )
        if given.required == notice.EXPRESS:
            return self.env._(
                "A change now gives %(hours)s hours of notice. Less than a week: "
                "express consent needed (%(article)s). Refusing has no consequence.",
                hours=hours,
                article=given.source,
            )
        return self.env._(
            "A change now gives %(hours)s hours of notice. Less than a week: consent "
            "needed (%(article)s), in writing at best. Refusing has no consequence.",
            hours=hours,
            article=given.source,
        )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        shifts = super().create(vals_list)
        if told := shifts.filtered(lambda shift: shift._is_told()):
            told._tell({})
        return shifts

    def write(self, vals):
        vals = dict(vals)
        ground = vals.pop("change_ground", None)
        # Two who change places are told of it once both have.
        if not WATCHED & vals.keys() or self._swaps():
            return super().write(vals) if vals or not ground else True
        told = self._as_told()
        if ground:
            self = self._because(Change(ground))
        result = super().write(vals)
        self._tell(*told)
        return result

    def _change(self, vals, ground, channel=None, proof=None, guards=None):
        """Change published shifts for a reason, with the consent that goes with it.

        :param vals: values for ``write``; its refusals stay as they are
        :param ground: a key of security_notice.GROUNDS
        :param channel: how the guards concerned have agreed, a key of CHANNELS; None:
            their consent is to be asked for, where the law wants it
        :param proof: an ir.attachment that shows the consent, or None
        :param guards: hr.employee whose consent it is; None: all those concerned
        """
        self._because(Change(ground, channel, proof, guards)).write(vals)

    def _because(self, change):
        return self.with_context(security_shift_change=change)

    # ------------------------------------------------------------
    # The ledger
    # ------------------------------------------------------------

    def _as_told(self):
        """What ``_tell`` compares with, to be asked for before the change."""
        told = self.filtered(lambda shift: shift._is_told())
        return (
            {shift: shift._publication_row() for shift in told},
            {shift: shift._publication_key() for shift in told},
        )

    def _tell(self, before, keys=None):
        """Write the changes into the ledger and make the versions they call for.

        :param before: ``{shift: its row as it was told}``
        :param keys: ``{shift: the guard and month it was told to}``
        """
        keys = keys or {}
        after = {shift: shift for shift in self if shift._is_told()}
        changed = [shift for shift in self if shift._has_changed(before, keys, after)]
        if not changed:
            return
        Publication = self.env["security.publication"]
        told = {shift._publication_key() for shift in changed if shift in after}
        concerned = told | {keys[shift] for shift in changed if shift in keys}
        # Two changes for one guard number their versions one after the other.
        self._take_turns({employee for __, employee, __ in concerned})
        known = Publication._last_versions(concerned)
        values = []
        for shift in changed:
            values += shift._prepare_notices(before.get(shift), keys.get(shift), known)
        # sudo: nobody has the right to write a register.
        self.env["security.notice"].sudo().create(values)
        for shift in changed:
            if shift not in after and shift.acknowledgement:
                shift._mark(False)
        Publication._publish(concerned)

    def _has_changed(self, before, keys, after):
        if (self in before) != (self in after):
            return True
        if self not in after:
            return False
        return bool(
            keys[self] != self._publication_key()
            or snapshot.kind_of(before[self], self._publication_row())
        )

    def _prepare_notices(self, before, key, known):
        """The lines of one changed shift, for each guard concerned."""
        after = self._publication_row() if self._is_told() else None
        gone = self.env["hr.employee"].browse(key[1]) if key else None
        if not before:
            # Published into a month that the guard was told already.
            if self._publication_key() not in known:
                return []
            return [self._prepare_notice("added", self.employee_id, None, after)]
        if not after:
            kind = "cancelled" if self.state == "cancelled" else "withdrawn"
            return [self._prepare_notice(kind, gone, before, None)]
        if gone != self.employee_id:
            return [
                self._prepare_notice("removed", gone, before, None),
                self._prepare_notice("assigned", self.employee_id, None, after),
            ]
        kind = snapshot.kind_of(before, after)
        return [self._prepare_notice(kind, gone, before, after)]

    def _prepare_notice(self, kind, employee, before, after):
        now = fields.Datetime.now()
        old, new = _span(before), _span(after)
        given = self._judge_notice(employee, old, new, now)
        change = self._given_change()
        if kind == "removed" and change.ground == "absence":
            # Nobody asks whom illness keeps away whether he may be replaced.
            given = replace(given, required=notice.NONE, source="")
        values = {
            "shift_id": self.id,
            "employee_id": employee.id,
            "company_id": self.company_id.id,
            "site_id": self.site_id.id,
            "kind": kind,
            "before": before,
            "after": after,
            "changed_at": now,
            "changed_by_id": self.env.uid,
            "shift_start": notice.earliest(old, new),
            "notice_hours": given.hours,
            "regime_id": self._contract_of(employee).security_regime_id.id,
            "tier": given.tier,
            "required": given.required,
            "source": given.source,
            "ground": change.ground,
            "kept": float(given.kept),
        }
        agreed = change.channel and (change.guards is None or employee in change.guards)
        if agreed and not given.kept:
            values["kept"] = 1.0
            values |= self.env["security.notice"]._prepare_consent(
                "given", change.channel, change.proof
            )
        return values

    def _given_change(self):
        change = self.env.context.get("security_shift_change")
        return change if isinstance(change, Change) else Change()

    def _contract_of(self, employee):
        """The contract of the guard on the day of the shift, on the site's clock."""
        day = local(self.date_start, named_zone(self.tz)).date()
        # sudo: planners read no contracts.
        return employee.sudo()._get_version(day)

    def _judge_notice(self, employee, old, new, now):
        """The notice that a change known at ``now`` gives this guard."""
        version = self._contract_of(employee._origin)
        start = notice.earliest(old, new)
        zone = named_zone(self.tz)
        return notice.judge(
            now,
            start,
            zone,
            _figures(version._security_parameters(), local(start, zone).date()),
            notice.is_extra(old, new),
        )


def _span(row):
    if not row:
        return None
    return tuple(fields.Datetime.to_datetime(row[name]) for name in ("start", "stop"))


def _figures(parameters, day):
    """The engine's figures of that day; None where the country has none."""
    codes = (
        "planning_notice_days",
        "planning_adjust_notice_h",
        "planning_extra_notice_h",
        "planning_express_notice_h",
    )
    found = [parameters.find(code, day) for code in codes]
    if not all(found):
        return None
    days, short, extra, express = found
    return notice.Figures(
        days.value,
        short.value,
        extra.value,
        express.value,
        days.source,
        extra.source,
        express.source,
    )
