"""A server that hears as many phones as it can already."""

from contextlib import contextmanager

from odoo.sql_db import db_connect
from odoo.tests.common import get_db_name
from odoo.tools import SQL

from ..models.security_inbox_turn import PLACES_LOCK


@contextmanager
def full_house(env):
    """Other requests, on a connection of their own, hold every place until the end."""
    places = env["security.inbox"]._places()
    with db_connect(get_db_name()).cursor() as cr:
        cr.execute(
            SQL(
                "SELECT pg_advisory_xact_lock(%s, place)"
                " FROM generate_series(1, %s) AS place",
                PLACES_LOCK,
                places,
            )
        )
        yield
