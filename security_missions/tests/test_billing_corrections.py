"""Corrections, cancellations and credit notes: what is billed adds up."""

from datetime import timedelta

from odoo.tests import tagged

from .common import SecurityMissionsCase

CLOCK_BACK = ("2026-10-24 19:00", "2026-10-25 07:00")


@tagged("post_install", "-at_install")
class TestCorrections(SecurityMissionsCase):
    def setUp(self):
        super().setUp()
        self.order = self.make_order(25.0)
        self.post = self.post_of(self.order)
        self.shift = self.work(self.post, *CLOCK_BACK)

    def net(self):
        """Untaxed, what the client owes for the order."""
        moves = self.order.invoice_ids.filtered(lambda m: m.state == "posted")
        return sum(
            -m.amount_untaxed if m.move_type == "out_refund" else m.amount_untaxed
            for m in moves
        )

    def annex_total(self, move):
        return round(sum(amount for *__, amount in move._security_annex_rows()), 2)

    def correct(self, shift, **minutes):
        """Reopen, move the attendance by minutes, approve again."""
        shift.action_reopen()
        attendance = shift.attendance_ids
        attendance.write(
            {
                field: attendance[field] + timedelta(minutes=delta)
                for field, delta in minutes.items()
            }
        )
        shift.action_approve()

    def test_correction_before_invoicing(self):
        self.correct(self.shift, check_out=-60)
        self.assertEqual(
            self.qty(self.order), {"base": 12, "night": 10, "sunday": 7, "holiday": 0}
        )
        move = self.invoice(self.order)
        self.assertEqual(move.amount_untaxed, 342.5)
        self.assertEqual(self.annex_total(move), 342.5)
        self.assertEqual(self.shift.work_line_ids.mapped("state").count("reversal"), 4)

    def test_correction_downwards_after_invoicing_is_credited(self):
        first = self.invoice(self.order)
        self.correct(self.shift, check_out=-60)
        second = self.invoice(self.order, final=True)
        self.assertEqual(first.amount_untaxed, 370)
        self.assertEqual(second.move_type, "out_refund")
        self.assertEqual(second.amount_untaxed, 27.5)
        self.assertEqual(self.net(), 342.5)
        self.assertEqual(self.annex_total(second), 27.5)
        self.assertEqual(self.order.invoice_status, "invoiced")

    def test_correction_upwards_after_invoicing_is_billed(self):
        self.invoice(self.order)
        self.correct(self.shift, check_out=120)
        second = self.invoice(self.order, final=True)
        self.assertEqual(second.move_type, "out_invoice")
        # Two Sunday hours more: 2 × 25 + 2 × 2.50
        self.assertEqual(second.amount_untaxed, 55)
        self.assertEqual(self.net(), 425)
        self.assertEqual(self.annex_total(second), 55)

    def test_correction_of_the_kind_only(self):
        """As many hours, an hour earlier: less Sunday, nothing else."""
        self.invoice(self.order)
        self.correct(self.shift, check_in=-60, check_out=-60)
        second = self.invoice(self.order, final=True)
        self.assertEqual(second.move_type, "out_refund")
        self.assertEqual(second.amount_untaxed, 2.5)
        self.assertEqual(self.annex_total(second), 2.5)
        self.assertEqual(self.net(), 367.5)

    def test_three_corrections_add_up(self):
        self.invoice(self.order)
        for minutes in (-90, 45, -15):
            self.correct(self.shift, check_out=minutes)
            self.invoice(self.order, final=True)
        # One hour less on a Sunday in the end.
        self.assertEqual(self.net(), 342.5)
        alive = self.shift.work_line_ids.filtered(lambda l: l.state == "approved")
        self.assertEqual(sum(alive.mapped("hours")), 12)
        self.assertEqual(sum(self.shift.work_line_ids.mapped("hours")), 12)

    def test_reopened_work_is_credited_whole(self):
        self.invoice(self.order)
        self.shift.action_reopen()
        second = self.invoice(self.order, final=True)
        self.assertEqual(second.move_type, "out_refund")
        self.assertEqual(self.net(), 0)

    def test_cancelled_invoice_is_billed_again(self):
        first = self.invoice(self.order)
        first.button_draft()
        first.button_cancel()
        second = self.invoice(self.order)
        self.assertEqual(second.amount_untaxed, 370)
        self.assertEqual(self.annex_total(second), 370)
        self.assertEqual(
            second.invoice_line_ids.security_work_line_ids, self.shift.work_line_ids
        )

    def test_deleted_draft_is_billed_again(self):
        self.invoice(self.order, post=False).unlink()
        second = self.invoice(self.order)
        self.assertEqual(second.amount_untaxed, 370)
        self.assertEqual(self.annex_total(second), 370)

    def reverse(self, move, modify=False):
        wizard = self.env["account.move.reversal"].create(
            {
                "move_ids": move.ids,
                "journal_id": move.journal_id.id,
                "reason": "Wrong address",
                "date": move.date,
            }
        )
        action = wizard.modify_moves() if modify else wizard.refund_moves()
        return self.env["account.move"].browse(action["res_id"])

    def test_credit_note_then_billed_again(self):
        first = self.invoice(self.order)
        credit = self.reverse(first)
        self.assertEqual(self.annex_total(credit), 370)
        credit.action_post()
        self.assertEqual(self.order.invoice_status, "to invoice")
        second = self.invoice(self.order)
        self.assertEqual(second.amount_untaxed, 370)
        self.assertEqual(self.annex_total(second), 370)
        rows = second._security_annex_rows()
        self.assertEqual(len(rows), 4, "each piece of work once")
        self.assertEqual(self.net(), 370)

    def test_credited_and_replaced_in_one_go(self):
        first = self.invoice(self.order)
        replacement = self.reverse(first, modify=True)
        self.assertEqual(replacement.move_type, "out_invoice")
        replacement.action_post()
        self.assertEqual(self.annex_total(replacement), 370)
        self.assertEqual(self.net(), 370)
        self.assertFalse(self.order._guarding_lines()._work_lines_to_invoice())

    def test_duplicated_invoice_bills_no_work(self):
        copy = self.invoice(self.order).copy()
        self.assertFalse(copy.invoice_line_ids.security_work_line_ids)

    def test_second_invoice_holds_only_new_work(self):
        self.invoice(self.order)
        later = self.work(self.post, "2027-04-06 08:00", "2027-04-06 16:00")
        second = self.invoice(self.order)
        self.assertEqual(second.amount_untaxed, 200)
        self.assertEqual(
            second.invoice_line_ids.security_work_line_ids, later.work_line_ids
        )
        self.assertEqual(self.net(), 570)

    def test_nothing_new_nothing_to_invoice(self):
        self.invoice(self.order)
        self.assertEqual(self.order.invoice_status, "invoiced")
        self.shift.action_approve()
        self.assertEqual(self.qty(self.order)["base"], 13)

    def test_work_after_a_correction_after_an_invoice(self):
        """A new night and a correction of the old one in the same invoice."""
        self.invoice(self.order)
        self.correct(self.shift, check_out=-60)
        self.work(self.post, "2027-04-06 08:00", "2027-04-06 16:00")
        second = self.invoice(self.order, final=True)
        self.assertEqual(second.amount_untaxed, 172.5)
        self.assertEqual(self.annex_total(second), 172.5)
        self.assertEqual(self.net(), 542.5)

    def test_work_approved_while_the_first_draft_waits(self):
        draft = self.invoice(self.order, post=False)
        self.work(self.post, "2027-04-06 08:00", "2027-04-06 16:00")
        second = self.invoice(self.order)
        draft.action_post()
        self.assertEqual(second.amount_untaxed, 200)
        self.assertEqual(self.annex_total(draft), 370)
        self.assertEqual(self.annex_total(second), 200)

    def test_unbilled_post_is_approved_all_the_same(self):
        own = self.make_post("Head office")
        shift = self.work(
            own, "2027-04-06 08:00", "2027-04-06 16:00", guard=self.other_guard
        )
        self.assertEqual(sum(shift.work_line_ids.mapped("hours")), 8)
        self.assertFalse(shift.work_line_ids.sale_line_id)
        self.assertEqual(self.qty(self.order)["base"], 13)
