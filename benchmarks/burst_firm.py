"""The firm of benchmarks/burst.py, as a server makes it: guards on post, their phones.

``%`` takes the public keys of the phones and ``{parameter: value}`` of the system.
"""

FIRM = """
from datetime import timedelta
from odoo import fields

keys = %s
# {parameter: value}, of the system
for name, value in %s.items():
    env["ir.config_parameter"].set_param(name, value)
company = env["res.company"].create(
    {"name": "Benchmark", "country_id": env.ref("base.fr").id}
)
env.user.company_ids += company
env = env(context={**env.context, "allowed_company_ids": company.ids,
                   "tracking_disable": True, "no_reset_password": True})


def user(login, group):
    return {
        "name": login, "login": login, "tz": "Europe/Paris",
        "company_id": company.id, "company_ids": [(6, 0, company.ids)],
        "group_ids": [(6, 0, env.ref(group).ids)],
    }


# The guards need no password: their phones sign.
operator = user("burst_operator", "security_workforce.group_security_operator")
env["res.users"].create(operator | {"password": "burst_operator"})
client = env["res.partner"].create({"name": "Client", "is_company": True})
sites = env["security.site"].create([
    {
        "name": f"Site {n}", "partner_id": client.id, "company_id": company.id,
        "latitude": 48.85, "longitude": 2.35,
    }
    for n in range(max(1, len(keys) // 10))
])
posts = env["security.post"].create([
    {"name": f"Post {n}", "site_id": sites[n %% len(sites)].id}
    for n in range(2 * len(sites))
])
points = env["security.checkpoint"].create([
    {
        "name": f"Point {rank}", "site_id": site.id,
        "latitude": 48.85 + rank * 0.0005, "longitude": 2.35,
    }
    for site in sites
    for rank in range(5)
])
routes = env["security.patrol.route"].create([
    {
        "name": "Evening", "site_id": site.id,
        "post_ids": [(6, 0, (posts[n] + posts[n + len(sites)]).ids)],
        "line_ids": [
            (0, 0, {"checkpoint_id": point.id}) for point in points[5 * n:5 * n + 5]
        ],
    }
    for n, site in enumerate(sites)
])
orders = env["security.post.order"].create([
    {"name": "Loading bay", "body": "<p>Closed at 22:00</p>", "must_read": True,
     "site_ids": [(6, 0, site.ids)]}
    for site in sites
])
orders.action_publish()
users = env["res.users"].create([
    user(f"burst_{n}", "base.group_portal") for n in range(len(keys))
])
guards = env["hr.employee"].create([
    {"name": f"Guard {n:03}", "company_id": company.id, "user_id": login.id}
    for n, login in enumerate(users)
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
begin = fields.Datetime.now().replace(second=0, microsecond=0) - timedelta(hours=2)
shifts = env["security.shift"].create([
    {
        "post_id": posts[n %% len(posts)].id,
        "employee_id": guard.id,
        "date_start": begin,
        "date_stop": begin + timedelta(hours=8),
    }
    for n, guard in enumerate(guards)
])
shifts.action_publish()
phones = []
for n, guard in enumerate(guards):
    device = env["security.device"]._enrol(guard, keys[n], "Benchmark")
    place = n %% len(sites)
    phones.append({
        "token": device.token,
        "shift": shifts[n].id,
        "route": routes[place].id,
        "order": orders[place].id,
        "points": [
            {"id": point.id, "code": point._printed_code(),
             "latitude": point.latitude, "longitude": point.longitude}
            for point in points[5 * place:5 * place + 5]
        ],
    })
env.cr.commit()
answer({"company": company.id, "begin": begin.timestamp(), "phones": phones})
"""
