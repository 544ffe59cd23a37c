"""A month of 50, 100 and 500 guards on the rota board, in Chromium, on a real server.

    script/odoo shell --no-http < benchmarks/board.py

Copies the demo database (script/server must have made it, and not run now), builds one
firm for each size in it through the models, serves it and drops it again. Prints, for
each size, the median of several tries in milliseconds, and the queries of the calls:

    opened    the whole page, from its address to the month painted
    turned    the month painted, from the click on the button of the page
    dropped   a shift let go on another day, until it is painted there
    peer      the timeline of the same shifts (web_timeline), the whole page, once
"""

import logging
import os
import re
import sys
from pathlib import Path
from statistics import median

import odoo.addons.security_missions as missions

ROOT = Path(missions.__path__[0]).parent
sys.path.insert(0, str(ROOT / "tests"))
os.environ.setdefault("SUITE_CLUSTER", str(Path(os.environ["ODOO_RC"]).parent))

from chromium import Chromium  # noqa: E402
from lab import Lab  # noqa: E402

logging.disable(logging.INFO)
SIZES = [int(size) for size in os.environ.get("SIZES", "50 100 500").split()]
TRIES = 5
DATABASE = "security_board_benchmark"
BOARD = "/odoo/action-security_missions.security_rota_board_action"
TIMELINE = "/odoo/action-security_missions.security_shift_action"
MINUTES_OF_PATIENCE = 5
# Any item: the timeline draws all of its shifts before the first is seen. With more
# guards than this it takes minutes.
ITEM = "document.querySelector('.o_shift_timeline .vis-item')"
LARGEST_PEER = 100
FIRM = """
import calendar
from datetime import date, datetime, timedelta

number = %d
company = env["res.company"].create({
    "name": f"Benchmark {number}", "country_id": env.ref("base.fr").id,
})
env.user.company_ids += company
env = env(context={**env.context, "allowed_company_ids": company.ids,
                   "tracking_disable": True, "no_reset_password": True})
login = f"benchmark_{number}"
env["res.users"].create({
    "name": login, "login": login, "password": login, "tz": "Europe/Paris",
    "company_id": company.id, "company_ids": [(6, 0, company.ids)],
    "group_ids": [(4, env.ref("security_workforce.group_security_planner").id)],
})
client = env["res.partner"].create({"name": "Client", "is_company": True})
sites = env["security.site"].create([
    {"name": f"Site {n}", "partner_id": client.id, "company_id": company.id}
    for n in range(max(1, number // 20))
])
posts = env["security.post"].create([
    {"name": f"Post {n}", "site_id": sites[n %% len(sites)].id}
    for n in range(max(1, number // 5))
])
guards = env["hr.employee"].create([
    {"name": f"Guard {n:03}", "company_id": company.id} for n in range(number)
])
cards = env["security.card"].create([
    {
        "employee_id": guard.id,
        "number": f"CAR-075-2035-01-01-2019{guard.id:07}",
        "activity_id": posts[0].activity_id.id,
        "date_issued": "2025-01-01",
        "date_expiry": "2035-01-01",
    }
    for guard in guards
])
env["security.card.check"].create(
    [{"card_id": card.id, "result": "valid"} for card in cards]
)
cards.action_attach()
# The month of the board, and the four weeks of the timeline.
today = date.today()
first = min(today.replace(day=1), today - timedelta(days=14))
month_end = today.replace(day=calendar.monthrange(today.year, today.month)[1])
last = max(month_end, today + timedelta(days=14))
days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
midnight = datetime.min.time()
shifts = env["security.shift"].create([
    {
        "post_id": posts[place %% len(posts)].id,
        "employee_id": guard.id,
        "date_start": datetime.combine(day, midnight) + timedelta(hours=7),
        "date_stop": datetime.combine(day, midnight) + timedelta(hours=15),
    }
    for place, guard in enumerate(guards)
    for day in days
    if day.weekday() < 5
])
env.cr.commit()
inside = [day for day in days if day.month == today.month]
friday = next(day for day in inside[7:] if day.weekday() == 4)
answer({
    "login": login,
    "shifts": len(shifts),
    "shown": number * sum(day.weekday() < 5 for day in inside),
    "dragged": shifts.filtered(
        lambda s: s.employee_id == guards[0] and s.date_start.date() == friday
    ).id,
    "row": f"g{guards[0].id}",
    "days": [str(friday), str(friday + timedelta(days=1))],
})
"""
PAINTED = """new Promise((resolve) => {
    const begun = %s;
    const look = () => {
        if (%s) {
            // What is in the document now is on the screen after the next frame.
            requestAnimationFrame(() =>
                setTimeout(() => resolve(performance.now() - begun))
            );
        } else {
            requestAnimationFrame(look);
        }
    };
    look();
})"""
GRID = "document.querySelector(\".o_rota_grid:not([data-ready='no'])\")"
THIS_MONTH = (
    f"{GRID}?.getAttribute('aria-label') === luxon.DateTime.now().toFormat('LLLL yyyy')"
)
MONTH = f"{THIS_MONTH} && {GRID}.querySelector('.o_rota_chip')"
ANOTHER = f"{GRID} && !({THIS_MONTH})"
BUTTONS = "document.querySelectorAll('.o_rota_toolbar .btn-group:first-child button')"
LINE = re.compile(
    r'"POST /web/dataset/call_kw/([\w./]+)[^"]*" \d+ - (\d+) ([\d.]+) ([\d.]+)'
)


class Calls:
    """What the server says of the calls made since the last look."""

    def __init__(self, log):
        self.log, self.at = log, 0
        self.since()

    def since(self):
        """{method: (queries, milliseconds of the server)} of the last call of each."""
        with self.log.open() as lines:
            lines.seek(self.at)
            text = lines.read()
            self.at = lines.tell()
        return {
            path.rpartition("/")[2]: (
                int(queries),
                round(1000 * (float(database) + float(rest))),
            )
            for path, queries, database, rest in LINE.findall(text)
        }


def opened(browser, path, drawn):
    """Milliseconds from the address of a page to what is drawn on it."""
    browser.call("Page.navigate", url="about:blank")
    browser.call("Page.navigate", url=browser.base + path)
    browser.until(drawn, 60 * MINUTES_OF_PATIENCE)
    # Seen by looking every 15 ms: of a page that takes hundreds.
    return browser.run("performance.now()")


def turned(browser):
    """From the month before to the month of the shifts."""
    browser.run(f"{BUTTONS}[0].click()")
    browser.until(ANOTHER)
    clicked = f"({BUTTONS}[2].click(), performance.now())"
    return browser.run(PAINTED % (clicked, MONTH))


def dropped(browser, firm, day):
    """From letting go of the shift to the shift painted on the other day."""
    chip = f"document.querySelector(\".o_rota_chip[data-id='{firm['dragged']}']\")"
    cell = (
        f"document.querySelector(\".o_rota_cell[data-row='{firm['row']}']"
        f"[data-day='{day}']\")"
    )
    place = browser.hold(chip, cell)
    browser.run(
        "window.let_go = new Promise((resolve) => addEventListener('pointerup',"
        " () => resolve(performance.now()), {capture: true, once: true})); 1"
    )
    there = f"{cell}.contains({chip}) && !document.querySelector('.o_rota_ghost')"
    painted = PAINTED % ("let_go", there)
    browser.run(f"window.painted = window.let_go.then((let_go) => {painted}); 1")
    browser.mouse("Released", *place)
    return browser.run("window.painted")


def told(spent, call=None):
    text = f"{median(spent):.0f} ms"
    return text + (f" ({call[0]} queries, {call[1]} ms of the server)" if call else "")


def measure(base, log, firm, size):
    with Chromium(base, height=1000) as browser:
        browser.login(DATABASE, firm["login"], firm["login"])
        calls = Calls(log)
        opened(browser, BOARD, MONTH)  # assets and caches
        calls.since()
        found = {"opened": [opened(browser, BOARD, MONTH) for _try in range(TRIES)]}
        found["turned"] = [turned(browser) for _try in range(TRIES)]
        board = calls.since()["rota_board"]
        first, other = firm["days"]
        found["dropped"] = [
            dropped(browser, firm, first if number % 2 else other)
            for number in range(2 * TRIES)
        ]
        move = calls.since()["rota_move"]
        print(f"{size} guards, {firm['shown']} shifts in the month:")
        for name, call in (("opened", board), ("turned", board), ("dropped", move)):
            print(f"  {name:7} {told(found[name], call)}", flush=True)
        if size <= LARGEST_PEER:
            found["peer"] = [opened(browser, TIMELINE, ITEM)]
            print(f"  peer    {told(found['peer'])}", flush=True)
    return {name: median(spent) for name, spent in found.items()}


def main():
    lab = Lab()
    try:
        lab.copy("security_demo", DATABASE)
        firms = {size: lab.code(DATABASE, FIRM % size) for size in SIZES}
        with lab.serve(DATABASE) as base:
            log = lab.cluster / "log" / f"{DATABASE}.log"
            found = [measure(base, log, firms[size], size) for size in SIZES]
        for name in found[0].keys() & found[-1].keys():
            ratio = found[-1][name] / found[0][name]
            print(
                f"{SIZES[-1] // SIZES[0]} times the guards, {name}: {ratio:.1f} times"
            )
    finally:
        lab.drop(DATABASE)


main()
