"""The firm of the night: three posts, the guards on them, an operator; committed."""

DATABASE = "scenario_night"
HERE = (48.8566, 2.3522)
FIRM = """
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo
from odoo import Command
from odoo.addons.security_missions.tests.common import SecurityMissionsMixin
from odoo.addons.base.tests.common import DISABLED_MAIL_CONTEXT

class Firm(SecurityMissionsMixin):
    pass

Firm.env = env(context={**env.context, **DISABLED_MAIL_CONTEXT})
Firm.setup_firm()
env = Firm.env
now = datetime.now().replace(second=0, microsecond=0)
minutes = lambda count: timedelta(minutes=count)
operator = Firm.make_user("operator_n", "security_workforce.group_security_operator")
planner = Firm.make_user("planner_night", "security_workforce.group_security_planner")
Firm.site.write({"latitude": HERE[0], "longitude": HERE[1]})

def guard(name, login):
    return Firm.make_guard(name, user=Firm.make_user(login, "base.group_portal"))

def shift(post, employee, start, stop):
    made = env["security.shift"].create({
        "post_id": post.id,
        "employee_id": employee.id,
        "date_start": now + minutes(start),
        "date_stop": now + minutes(stop),
    })
    made.action_publish()
    return made

def items(*rows):
    return [Command.create(row) for row in rows]

keys = {"name": "Keys", "answer": "number", "expected": 12}
radio = {"name": "Radio", "answer": "check"}

# The whole night: a post where the guard is alone, which refuses who clocks elsewhere
# and who has not read its order, with a round that is due.
night = Firm.make_post(
    "Night desk", clock_in_mode="block", clock_out_mode="block", order_gate="block",
    lone_worker=True, lone_interval=10, handover_item_ids=items(keys, radio),
)
nadia = guard("Nadia Night", "nadia_night")
night_shift = shift(night, nadia, -2, 27)
order = env["security.post.order"].create({
    "name": "Loading bay",
    "body": "<p>The gate stays shut after 22:00.</p>",
    "site_ids": [Command.link(Firm.site.id)],
    "post_ids": [Command.set(night.ids)],
    "must_read": True,
})
order.action_publish()
points = env["security.checkpoint"].create([
    {"name": name, "site_id": Firm.site.id, "latitude": HERE[0], "longitude": HERE[1],
     **more}
    for name, more in (
        ("Boiler room", {"task": "value", "question": "Pressure", "unit": "bar",
                         "value_min": 1, "value_max": 3}),
        ("Car park", {}),
        ("Roof", {}),
    )
])
wall = (now + minutes(3)).replace(tzinfo=ZoneInfo("UTC"))
wall = wall.astimezone(ZoneInfo("Europe/Paris"))
route = env["security.patrol.route"].create({
    "name": "Night round",
    "site_id": Firm.site.id,
    "post_ids": [Command.set(night.ids)],
    "line_ids": items(*({"checkpoint_id": point.id} for point in points)),
    "start_ids": items({"hour_start": wall.hour + wall.minute / 60}),
})
env["security.patrol"]._plan_routes(route)

# The relief: one guard about to leave, the next about to come.
gate = Firm.make_post("Gate", handover_item_ids=items(keys, radio))
leaving = guard("Lea Leaving", "lea_leaving")
coming = guard("Carl Coming", "carl_coming")
ending = shift(gate, leaving, -460, 20)
Firm.attend(ending, check_out=False)
starting = shift(gate, coming, 20, 500)

# The call for help.
hall = Firm.make_post("Hall")
alone = guard("Sam Alone", "sam_alone")
hall_shift = shift(hall, alone, -60, 400)
Firm.attend(hall_shift, check_out=False)

def code(employee):
    action = env["security.device.code"]._open_for(employee)
    return action["context"]["security_device_code"].partition(":")[2]

env.flush_all()
answer({
    "night": night_shift.id,
    "post": night.id,
    "points": [
        {"name": point.name, "printed": point._printed_code(),
         "typed": point._spaced_code()}
        for point in points
    ],
    "gate": gate.id,
    "codes": {name: code(one) for name, one in
              (("leaving", leaving), ("coming", coming), ("alone", alone))},
})
env.cr.commit()
""".replace("HERE[0]", str(HERE[0])).replace("HERE[1]", str(HERE[1]))
# What the office reads of it in the morning, by the rights of a planner.
MORNING = """
planner = env["res.users"].search([("login", "=", "planner_night")])
env["security.logbook"]._cron_seal()
office = env(user=planner.id, context={"lang": "en_US"})
shift = office["security.shift"].browse(NIGHT)
attendance = shift.attendance_ids
patrol = office["security.patrol"].search([("shift_id", "=", shift.id)])
entries = office["security.logbook.entry"].search([("shift_id", "=", shift.id)])
written = entries.filtered("uuid").filtered(lambda e: "leak" in (e.text or ""))
rows = env["security.inbox"].search([("employee_id", "=", shift.employee_id.id)])
answer({
    "attendance": [attendance.security_in_method, attendance.security_in_verdict,
                   attendance.security_out_method, attendance.security_out_verdict],
    "closed": bool(attendance.check_out),
    "exceptions": len(shift.clock_exception_ids),
    "round": [patrol.state, patrol.done_count, patrol.doubt_summary],
    "answers": patrol.scan_ids.filtered("answer").mapped("answer"),
    "entries": entries.mapped("kind"),
    "unsealed": len(entries.filtered(lambda e: not e.seq)),
    "breaks": [str(each) for each in
               env["security.logbook"]._of(shift.site_id)._verify_chain().breaks],
    "photos": [[photo.mimetype, photo.file_size > 0]
               for photo in written.follow_ids.sudo().photo_ids],
    "checks": len(shift.lone_check_ids),
    "states": sorted(set(rows.mapped("state"))),
    "numbers": rows.sorted("number").mapped("number"),
    "relief": office["security.handover"].search(
        [("shift_out_id", "=", shift.id)]).state,
})
env.cr.commit()
"""
RELIEF = """
relief = env["security.handover"].search([("post_id", "=", GATE)])
answer({
    "state": relief.state,
    "guards": [relief.out_employee_id.name, relief.in_employee_id.name],
    "reserve": relief.reserve,
    "lines": [[line.name, line.number, line.is_ok, line.differs]
              for line in relief.line_ids],
    "signed": [
        relief.out_hash != relief.in_hash,
        relief.in_hash == relief._fingerprint(relief.in_signature),
        relief.out_signature != relief.in_signature,
    ],
})
"""
