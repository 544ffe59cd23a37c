"""Which post orders a guard has still to read."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Order:
    """A published order.

    :param version: the number of its last version
    :param ack: ``guard`` (once), ``change`` (each version), ``shift`` (each shift) or
        ``none``
    :param must_read: whether it is read before clocking in
    """

    id: int
    version: int
    ack: str
    must_read: bool
    posts: frozenset
    date_from: date | None = None
    date_to: date | None = None

    def is_in_force(self, day):
        """Whether it holds on a local day, both ends included."""
        begun = self.date_from is None or self.date_from <= day
        return begun and (self.date_to is None or day <= self.date_to)


@dataclass(frozen=True)
class Receipt:
    """A guard has read a version, on a shift when he said which."""

    order: int
    version: int
    shift: int | None = None


def is_read(order, receipts, shift=None):
    """Whether the receipts of one guard are enough for an order, on a shift."""
    mine = [receipt for receipt in receipts if receipt.order == order.id]
    if order.ack == "none":
        return True
    if order.ack == "guard":
        return bool(mine)
    current = [receipt for receipt in mine if receipt.version >= order.version]
    if order.ack == "shift":
        return any(receipt.shift == shift for receipt in current)
    return bool(current)


def unread(orders, receipts, post, day, shift=None):
    """The orders of a post in force on a day that a guard has still to read."""
    return [
        order
        for order in orders
        if post in order.posts
        and order.is_in_force(day)
        and not is_read(order, receipts, shift)
    ]
