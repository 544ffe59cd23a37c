from datetime import timedelta

from odoo import fields, models
from odoo.fields import Command

from .firm_data import SITES

# key of the site: (route, posts, first start, every, until, points); a point is
# (zone, name, metres north, metres east, task, question).
ROUNDS = {
    "hospital": (
        "Ronde de nuit",
        ("Sécurité incendie", "Accueil des urgences", "Renfort ponctuel"),
        (22, 120, 6),
        (48.7903, 2.4556),
        (
            (
                "Bâtiment A",
                "Porte coupe-feu du sous-sol",
                0,
                0,
                "yes_no",
                "Porte fermée ?",
            ),
            (
                "Bâtiment A",
                "Local des fluides",
                60,
                20,
                "value",
                "Température du local",
            ),
            ("Bâtiment B", "Pharmacie", 120, 80, "none", ""),
            ("Extérieur", "Parking du personnel", 200, 150, "photo", "Vue du parking"),
        ),
    ),
    "works": (
        "Tour de l'enceinte",
        ("Ronde cynophile de nuit",),
        (20, 150, 6),
        (48.9869, 2.4486),
        (
            ("Enceinte", "Portail nord", 0, 0, "yes_no", "Cadenas en place ?"),
            ("Enceinte", "Grue", 90, 40, "none", ""),
            ("Base vie", "Bungalows", 150, -60, "none", ""),
        ),
    ),
}
METRE = 1 / 111_195
NIGHTS = 3
# What became of the rounds of the past nights, one after the other.
FATES = ("done", "done", "missed", "done", "hut", "done", "early", "done")


class SecurityDemo(models.AbstractModel):
    """Routes on two sites, the rounds of the past nights, those to come."""

    _inherit = "security.demo"

    def _live_months(self):
        result = super()._live_months()
        self._demo_as("planner")._make_rounds()
        return result

    def _make_rounds(self):
        names = {key: name for key, (__, name, *__) in SITES.items()}
        fates = 0
        for key, row in ROUNDS.items():
            site = self.env["security.site"].search(
                [("name", "=", names[key]), ("company_id", "=", self.env.company.id)]
            )
            route = self._make_route(site, row)
            fates = self._walk_nights(route, fates)
            self.env["security.patrol"]._plan_routes(route)

    def _make_route(self, site, row):
        name, posts, (first, every, until), (north, east), points = row
        places = self.env["security.checkpoint"].create(
            [
                {
                    "name": point,
                    "zone": zone,
                    "site_id": site.id,
                    "sequence": rank,
                    "latitude": north + up * METRE,
                    "longitude": east + right * METRE * 1.5,
                    "task": task,
                    "question": question or False,
                    "value_min": 15 if task == "value" else 0,
                    "value_max": 28 if task == "value" else 0,
                    "unit": "°C" if task == "value" else False,
                }
                for rank, (zone, point, up, right, task, question) in enumerate(points)
            ]
        )
        return self.env["security.patrol.route"].create(
            {
                "name": name,
                "site_id": site.id,
                "post_ids": [
                    Command.set(site.post_ids.filtered(lambda p: p.name in posts).ids)
                ],
                "minutes": 8 * len(points),
                "line_ids": [
                    Command.create({"checkpoint_id": place.id}) for place in places
                ],
                "start_ids": [
                    Command.create(
                        {"hour_start": first, "every": every, "hour_until": until}
                    )
                ],
            }
        )

    def _walk_nights(self, route, fates):
        """Rounds of the past nights in which somebody was on post."""
        now = fields.Datetime.now()
        # sudo: rounds are walked by phones; a planner writes none.
        Patrol = self.env["security.patrol"].sudo()
        over = now - timedelta(hours=2)
        for start in route._starts(now - timedelta(days=NIGHTS), over):
            patrol = Patrol.create(route.sudo()._round_vals(start))
            shift = patrol._shift_at(start)
            if not shift:
                patrol.unlink()
                continue
            self._walk_demo_round(patrol, shift, FATES[fates % len(FATES)])
            fates += 1
        return fates

    def _walk_demo_round(self, patrol, shift, fate):
        if fate == "missed":
            patrol._follow(fields.Datetime.now())
            return
        start = patrol.planned_start + timedelta(minutes=3)
        patrol.write({"employee_id": shift.employee_id.id, "shift_id": shift.id})
        patrol._begin(start)
        at = start
        points = patrol.point_ids.checkpoint_id
        for place in points[:2] if fate == "early" else points:
            # One has all the tags in his hut, and scans them there.
            at += timedelta(seconds=4) if fate == "hut" else timedelta(minutes=6)
            patrol._pass(at, self._demo_scan(place, at), place._printed_code())
        patrol._end(
            at + timedelta(minutes=2),
            "Appel de la régulation" if fate == "early" else None,
        )

    def _demo_scan(self, place, at):
        answers = {"yes_no": "yes", "value": "21.5"}
        return {
            "technology": "qr",
            "device_time": at,
            "received_at": at + timedelta(seconds=3),
            "latitude": place.latitude,
            "longitude": place.longitude,
            "accuracy": 8,
            "answer": answers.get(place.task, False),
            "photo_count": int(place.task == "photo"),
        }
