from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date
from odoo.tools.date_utils import end_of, start_of

from odoo.addons.security_workforce.engine.worktime import local, named_zone

from ..engine.cover import by_day, cover, percent, totals
from ..engine.demand import to_utc

PLANNED = ("draft", "published", "started", "done")
# A map is read at a glance: two months of columns are the most that can be.
WIDEST_MAP = 62


class SecurityPost(models.Model):
    """How far the guards who are planned meet the needs of a post."""

    _inherit = "security.post"

    def _cover(self, first, last):
        """The stretches of each post between two local dates, both included.

        :return: ``{post id: [engine.cover.Stretch]}``, in a fixed number of queries
        """
        needed, planned = self._needed_spans(first, last), self._held_spans(first, last)
        return {
            post.id: cover(
                post._within_days(needed[post.id], first, last),
                post._within_days(planned[post.id], first, last),
            )
            for post in self
        }

    def _needed_spans(self, first, last):
        spans = {post.id: [] for post in self}
        # A night that began the day before is held still.
        eve = first - timedelta(days=1)
        for post, slot in self.env["security.shift"]._expand_needs(self, eve, last):
            spans[post.id].append((slot.start, slot.stop))
        return spans

    def _held_spans(self, first, last):
        spans = {post.id: [] for post in self}
        shifts = self.env["security.shift"].search_fetch(
            [
                ("post_id", "in", self.ids),
                ("employee_id", "!=", False),
                ("state", "in", PLANNED),
                ("date_start", "<", last + timedelta(days=2)),
                ("date_stop", ">", first - timedelta(days=2)),
            ],
            ["post_id", "date_start", "date_stop"],
        )
        for shift in shifts:
            spans[shift.post_id.id].append((shift.date_start, shift.date_stop))
        return spans

    def _within_days(self, spans, first, last):
        """These spans within the days of the period, on the clock of the site."""
        begin, end = self._day_bounds(first)[0], self._day_bounds(last)[1]
        clipped = [(max(start, begin), min(stop, end)) for start, stop in spans]
        return [(start, stop) for start, stop in clipped if start < stop]

    def _day_bounds(self, day):
        """(start, end) of a local date, naive UTC."""
        zone = named_zone(self.tz)
        return to_utc(day, 0, zone), to_utc(day + timedelta(days=1), 0, zone)

    # ------------------------------------------------------------
    # FIGURE
    # ------------------------------------------------------------

    def _month_cover(self):
        """``{post id: (hours needed, hours held of these)}`` of the current month."""
        today = fields.Date.context_today(self)
        found = self._cover(start_of(today, "month"), end_of(today, "month"))
        return {key: totals(stretches) for key, stretches in found.items()}

    def _cover_words(self, figures):
        """“96 %” for these posts together, False when they need nobody."""
        found = percent(figures.get(post.id, (0, 0)) for post in self._origin)
        return False if found is None else self.env._("%s %%", found)

    # ------------------------------------------------------------
    # MAP
    # ------------------------------------------------------------

    @api.model
    def get_cover_map(self, date_from, date_to, domain=None):
        """The map of the cover: a row a post, a column a day.

        :param date_from, date_to: ISO dates, both included, 62 days apart at most
        :param domain: which posts; those who need or have nobody are left out
        :return: ``{"days": […], "rows": […], "percent": "96 %" or False}``
        :raises UserError: on an impossible period
        """
        first, last = map(fields.Date.to_date, (date_from, date_to))
        self._check_map_period(first, last)
        needing = Domain("need_ids", "!=", False) | Domain("shift_ids", "!=", False)
        posts = self.search(needing & Domain(domain or Domain.TRUE))
        found = posts._cover(first, last)
        shown = posts.filtered(lambda post: found[post.id])
        figures = {key: totals(stretches) for key, stretches in found.items()}
        days = [first + timedelta(days=day) for day in range((last - first).days + 1)]
        return {
            "days": [self._map_day(day) for day in days],
            "rows": [
                {
                    "id": post.id,
                    "name": post.name,
                    "site": post.site_id.name,
                    "percent": post._cover_words(figures),
                    "cells": post._map_cells(found[post.id]),
                }
                for post in shown
            ],
            "percent": shown._cover_words(figures),
        }

    def _check_map_period(self, first, last):
        self.env["security.shift"]._check_period(first, last)
        if (last - first).days >= WIDEST_MAP:
            raise UserError(
                self.env._(
                    "The map shows %(days)s days at most: choose a shorter period.",
                    days=WIDEST_MAP,
                )
            )

    def _map_day(self, day):
        return {
            "date": day.isoformat(),
            "number": day.day,
            "weekday": format_date(self.env, day, date_format="EEE"),
            "weekend": day.weekday() >= 5,
        }

    def _map_cells(self, stretches):
        return {
            day.isoformat(): {
                "missing": cell.missing,
                "surplus": cell.surplus,
                "title": "\n".join(self._told(stretch) for stretch in cell.stretches),
            }
            for day, cell in by_day(stretches, self.tz).items()
        }

    def _told(self, stretch):
        zone = named_zone(self.tz)
        return self.env._(
            "%(start)s-%(stop)s: %(planned)s planned, %(needed)s needed",
            start=f"{local(stretch.start, zone):%H:%M}",
            stop=f"{local(stretch.stop, zone):%H:%M}",
            planned=stretch.planned,
            needed=stretch.needed,
        )

    def action_open_day(self, day):
        """The shifts of this post on one local date.

        :param day: ISO date
        """
        self.ensure_one()
        start, stop = self._day_bounds(fields.Date.to_date(day))
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_missions.security_shift_action"
        )
        return {
            **action,
            "domain": [
                ("post_id", "=", self.id),
                ("date_start", "<", fields.Datetime.to_string(stop)),
                ("date_stop", ">", fields.Datetime.to_string(start)),
            ],
            "views": [[False, "list"], [False, "form"]],
            "context": {
                "default_post_id": self.id,
                "default_date_start": fields.Datetime.to_string(start),
            },
        }

    def _action_cover_map(self, name, domain):
        """Open the map on some posts."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "security_missions.security_cover_map_action"
        )
        return {**action, "name": name, "params": {"domain": domain}}
