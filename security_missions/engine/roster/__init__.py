"""Rota solving: who takes which shift, with a bound and reasons; no Odoo import."""

from .model import (
    Guard,
    History,
    Limits,
    Need,
    Problem,
    Progress,
    Solution,
    Uncovered,
    Weights,
    Wish,
)
