"""Two people at two screens: a server process of its own, and a browser for each.

Nothing is shared between the two but the database and the network, as in the firm.
"""

import threading
import time

import pytest
from chromium import Chromium

DATABASE = "scenario_two_browsers"
# Data that is committed, by the methods that users use.
FIRM = """
from datetime import datetime, timedelta
from odoo.addons.security_missions.tests.common import SecurityMissionsMixin
from odoo.addons.base.tests.common import DISABLED_MAIL_CONTEXT

class Firm(SecurityMissionsMixin):
    pass

Firm.env = env(context={**env.context, **DISABLED_MAIL_CONTEXT})
Firm.setup_firm()
for login in ("planner_one", "planner_two"):
    Firm.make_user(login, "security_workforce.group_security_planner")
for login in ("operator_one", "operator_two"):
    Firm.make_user(login, "security_workforce.group_security_operator")
board = Firm.make_post("Board")
now = datetime.now().replace(second=0, microsecond=0)
noon = now.replace(hour=10, minute=0)
dragged = Firm.env["security.shift"].create({
    "post_id": board.id,
    "date_start": noon,
    "date_stop": noon + timedelta(hours=4),
})
watched = Firm.env["security.shift"].create({
    "post_id": Firm.make_post("Watched").id,
    "employee_id": Firm.make_guard("Wanda Watched").id,
    "date_start": now + timedelta(minutes=30),
    "date_stop": now + timedelta(hours=6),
})
watched.action_publish()
Firm.env.flush_all()
Firm.env.cr.commit()
answer({
    "dragged": dragged.id,
    "watched": watched.id,
    "guards": [Firm.guard.id, Firm.other_guard.id],
})
"""
BOARD = "/odoo/action-security_missions.security_rota_board_action"
COVER_NOW = "/odoo/action-security_missions.security_cover_now_action"


@pytest.fixture
def screens(base):
    with Chromium(base) as one, Chromium(base) as two:
        yield one, two


def at_once(*works):
    """Do all of them at the same instant; fail with the first that fails."""
    barrier = threading.Barrier(len(works))
    errors = []

    def run(work):
        try:
            barrier.wait()
            work()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors, errors


def cell(firm, guard):
    """The cell of a guard, on the day of the shift (an expression)."""
    chip = f"document.querySelector(\".o_rota_chip[data-id='{firm['dragged']}']\")"
    day = f"{chip}.closest('.o_rota_cell').dataset.day"
    row = f"g{firm['guards'][guard]}" if guard is not None else "open"
    return (
        f"[...document.querySelectorAll(\".o_rota_cell[data-row='{row}']\")]"
        f".find((each) => each.dataset.day === {day})"
    )


def test_two_planners_drag_one_shift_at_once(lab, firm, screens):
    """Each gives it to another guard: one wins, the other is told who and sees it."""
    chip = f"document.querySelector(\".o_rota_chip[data-id='{firm['dragged']}']\")"
    held = []
    for number, screen in enumerate(screens):
        login = ("planner_one", "planner_two")[number]
        screen.login(DATABASE, login, login)
        screen.open(BOARD)
        screen.until("document.querySelector(\".o_rota_grid:not([data-ready='no'])\")")
        screen.run("localStorage.clear()")
        screen.until(f"{cell(firm, None)}.contains({chip})")
    for number, screen in enumerate(screens):
        held.append(screen.hold(chip, cell(firm, number)))
    at_once(
        *(
            lambda screen=screen, place=place: screen.mouse("Released", *place)
            for screen, place in zip(screens, held, strict=True)
        )
    )

    for screen in screens:
        screen.until(f"{chip} && !{cell(firm, None)}.contains({chip})")
    [(winner, writer)] = lab.query(
        DATABASE,
        "SELECT s.employee_id, p.name FROM security_shift s"
        " JOIN res_users u ON u.id = s.write_uid"
        f" JOIN res_partner p ON p.id = u.partner_id WHERE s.id = {firm['dragged']}",
    )
    first = firm["guards"].index(winner)
    # Both screens end with the shift as it is.
    for screen in screens:
        screen.until(f"{cell(firm, first)}.contains({chip})")
    told = screens[1 - first].until(
        'document.querySelector(".o_notification")?.innerText'
    )
    assert "was changed meanwhile by" in told
    assert writer in told
    assert not screens[first].run('document.querySelector(".o_notification")')


def test_second_operator_sees_what_the_first_does(firm, screens):
    """Through the bus, on a page that is not read again."""
    row = f"document.querySelector(\"[data-shift='{firm['watched']}']\")"
    for number, screen in enumerate(screens):
        login = ("operator_one", "operator_two")[number]
        screen.login(DATABASE, login, login)
        screen.open(COVER_NOW)
        screen.until('document.querySelector(".o_cover_live.o_cover_green")')
        screen.until(f"{row}.querySelector('.o_cover_on_my_way')")
    acting, watching = screens
    watching.run("window.samePage = true")
    acting.click(f"{row}.querySelector('.o_cover_on_my_way')")
    begun = time.monotonic()
    watching.until(f"/said on the way/.test({row}.innerText)")
    spent = time.monotonic() - begun
    print(f"\nsecond operator sees it after {1000 * spent:.0f} ms")
    assert watching.run("window.samePage")
    assert watching.run("!document.querySelector('.o_cover_live.o_cover_amber')")
