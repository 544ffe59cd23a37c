"""Approve and invoice 100, then 1,000 night shifts of one order; print seconds.

Run in an Odoo shell on the demo database; everything is rolled back.
"""

# The shell provides env.
# ruff: noqa: F821
import logging
import time
from datetime import datetime, timedelta

from odoo import Command

logging.disable(logging.INFO)
GUARDS = 40
START = datetime(2020, 1, 6, 18)


def make_guards():
    guards = env["hr.employee"].create(
        [{"name": f"Benchmark {number}"} for number in range(GUARDS)]
    )
    cards = env["security.card"].create(
        [
            {
                "employee_id": guard.id,
                "number": f"CAR-075-2030-01-01-2019{guard.id:07}",
                "activity_id": env.ref("security_workforce.activity_sh").id,
                "date_issued": "2019-01-01",
                "date_expiry": "2030-01-01",
            }
            for guard in guards
        ]
    )
    env["security.card.check"].create(
        [{"card_id": card.id, "result": "valid"} for card in cards]
    )
    return guards


def make_done_shifts(count, post, guards, start):
    shifts = env["security.shift"].create(
        [
            {
                "post_id": post.id,
                "employee_id": guards[number % GUARDS].id,
                "date_start": start + timedelta(days=number // GUARDS),
                "date_stop": start + timedelta(days=number // GUARDS, hours=12),
            }
            for number in range(count)
        ]
    )
    shifts.action_publish()
    env["hr.attendance"].create(
        [
            {
                "employee_id": shift.employee_id.id,
                "security_shift_id": shift.id,
                "check_in": shift.date_start,
                "check_out": shift.date_stop,
            }
            for shift in shifts
        ]
    )
    env.flush_all()
    env.invalidate_all()
    return shifts


def timed(function):
    before = time.perf_counter()
    result = function()
    env.flush_all()
    return time.perf_counter() - before, result


def measure(count, post, guards, start):
    shifts = make_done_shifts(count, post, guards, start)
    approve, __ = timed(shifts.action_approve)
    invoice, move = timed(order._create_invoices)
    hours = sum(move.invoice_line_ids[:1].mapped("quantity"))
    print(
        f"{count:>5} shifts: approve {approve:6.2f} s, invoice {invoice:6.2f} s, "
        f"together {approve + invoice:6.2f} s ({hours:.0f} h billed)"
    )
    return approve + invoice


order = env["sale.order"].create(
    {
        "partner_id": env["res.partner"].create({"name": "Benchmark"}).id,
        "order_line": [
            Command.create(
                {
                    "product_id": env.ref("security_missions.product_guarding").id,
                    "price_unit": 25.0,
                }
            )
        ],
    }
)
order.action_confirm()
post = order.order_line.security_post_ids
guards = make_guards()
measure(10, post, guards, START - timedelta(days=30))
small = measure(100, post, guards, START)
large = measure(1000, post, guards, START + timedelta(days=30))
print(f"1,000 shifts cost {large / small:.1f} times 100 shifts (10 at most)")
env.cr.rollback()
