from odoo import api, fields, models
from odoo.fields import Domain

from ..engine.patrol import evaluate
from ..engine.patrol_facts import CLOSED, Plan

BATCH = 100


class SecurityPatrol(models.Model):
    """What the facts of a round show: derived after each fact, and by the clock."""

    _inherit = "security.patrol"

    @api.model
    def _cron_follow(self):
        """Tell of rounds that nobody begins, and close those that nobody ends."""
        rounds = self._to_follow(fields.Datetime.now())
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(rounds))
        for first in range(0, len(rounds), BATCH):
            batch = rounds[first : first + BATCH].exists()
            batch._follow(fields.Datetime.now())
            if not cron._commit_progress(len(batch)):
                break

    @api.model
    def _to_follow(self, now):
        """Rounds whose state may change by itself."""
        return self.search(
            Domain("state", "=", "running")
            | Domain("state", "in", ("planned", "late"))
            & Domain("planned_start", "<=", now),
            order="planned_start, id",
        )

    def _follow(self, now):
        """Derive state, points, doubts of these rounds at ``now``; tell what changed.

        The number of queries that read does not depend on the number of rounds.
        """
        # sudo: a guard's phone brings the fact, what it means is ours to write.
        rounds = self.sudo().filtered(lambda p: p.state != "cancelled")
        rounds.scan_ids.fetch(["patrol_id", "happened_at"])
        before = {patrol: patrol.state for patrol in rounds}
        for patrol in rounds:
            patrol._follow_one(now)
        changed = rounds.filtered(lambda p: p.state != before[p])
        changed.filtered(lambda p: p.state == "late")._alert_late()
        changed.filtered(lambda p: p.state == "missed")._alert_missed()
        rounds._tell_board()

    def _follow_one(self, now):
        found = self._evaluated(now)
        for point, visit in zip(self.point_ids, found.visits, strict=True):
            point._follow(visit)
        for scan in self.scan_ids:
            flags = ",".join(found.flags.get(str(scan.id), ()))
            if (scan.flags or "") != flags:
                scan._answer({"flags": flags})
        closed = found.state in CLOSED
        values = {
            "state": found.state,
            "late_start": found.late_start,
            "late_end": found.late_end,
            "done_count": found.count("done"),
            "missed_count": found.count("missed"),
            "unfinished_count": sum(visit.unfinished for visit in found.visits),
            "doubts": ",".join(found.doubts) or False,
        }
        if closed and not self.closed_at:
            values["closed_at"] = now
        self.write({k: v for k, v in values.items() if self[k] != v})
        if closed and found.doubts and self.review_state == "none":
            self._to_review(self.env._("Some of its scans are doubtful."))

    def _evaluated(self, now):
        """``engine.patrol.Outcome`` of this round."""
        self.ensure_one()
        plan = Plan(
            points=tuple(point._as_engine() for point in self.point_ids),
            start=self.planned_start or None,
            minutes=self.minutes,
            order=self.order,
            grace=self.grace,
            gap_min=self.gap_min,
            gap_max=self.gap_max,
            vehicle=self.is_vehicle,
        )
        return evaluate(
            plan,
            [scan._as_engine() for scan in self.scan_ids],
            now,
            self.date_started or None,
            self.date_ended or None,
            self.heard_at or None,
            self.company_id._patrol_limits(),
        )
