from datetime import timedelta

from odoo import fields, models

from .security_device_bundle import MOST, zulu

# How long a guard has the evidence of his clock on his phone.
EVIDENCE = timedelta(days=62)


class SecurityDevice(models.Model):
    """What the phone keeps of the guard himself: titles, training, clock."""

    _inherit = "security.device"

    def _bundle(self):
        """``cards``, ``trainings`` and ``evidence`` of this guard."""
        device = self.with_context(lang=self.env.user.lang)
        return super()._bundle() | {
            "cards": device._bundle_cards(),
            "trainings": device._bundle_trainings(),
            "evidence": device._bundle_evidence(),
        }

    def _bundle_cards(self):
        cards = self.env["security.card"].search(
            self._bundle_own(), order="date_expiry desc", limit=MOST
        )
        kinds, states = (
            dict(cards._fields[name]._description_selection(self.env))
            for name in ("kind", "state")
        )
        return [
            {
                "kind": kinds[card.kind],
                "number": card.number or "",
                "activity": card.sudo().activity_id.name or "",
                "expiry": card.date_expiry and card.date_expiry.isoformat() or None,
                "state": states[card.state],
                "key": card.state,
            }
            for card in cards
        ]

    def _bundle_trainings(self):
        """sudo: a guard has no right on the sessions, and sees his own seats only."""
        seats = (
            self.env["security.training.attendee"]
            .sudo()
            .search(self._bundle_own(), order="date_start desc", limit=30)
        )
        states = dict(seats._fields["state"]._description_selection(self.env))
        return [
            {
                "course": seat.course_id.name,
                "start": zulu(seat.date_start),
                "stop": zulu(seat.date_stop),
                "state": states[seat.state],
                "title_end": seat.title_end and seat.title_end.isoformat() or None,
            }
            for seat in seats
        ]

    def _bundle_evidence(self):
        """When he came and went. sudo: he has no right on attendances, and sees his
        own only."""
        attendances = (
            self.env["hr.attendance"]
            .sudo()
            .search(
                [
                    *self._bundle_own(),
                    ("check_in", ">", fields.Datetime.now() - EVIDENCE),
                ],
                order="check_in desc",
                limit=2 * MOST,
            )
        )
        return [
            {
                "id": one.id,
                "site": one.security_shift_id.site_id.name or "",
                "post": one.security_shift_id.post_id.name or "",
                "tz": one.security_shift_id.tz or None,
                "in": zulu(one.check_in),
                "out": zulu(one.check_out),
                "hours": round(one.worked_hours, 2),
            }
            for one in attendances
        ]
