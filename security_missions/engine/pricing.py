"""Sharing an invoiced amount over the hours that make it, to the cent."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal


def allocate(
    total: float, weights: Sequence[float], rounding: float = 0.01
) -> list[float]:
    """Share ``total`` in proportion to ``weights``; the shares add up exactly.

    Largest-remainder method: every share is a multiple of ``rounding``, and the
    units that rounding down leaves over go to the largest remainders first.

    :param total: amount, itself a multiple of ``rounding``; may be negative
    :param weights: one number per share, all of the same sign
    :return: the shares, in the order of the weights
    :raises ValueError: when there is something to share and nobody to take it
    """
    unit = Decimal(str(rounding))
    amount = Decimal(str(total)).quantize(unit)
    exact = [Decimal(str(weight)) for weight in weights]
    whole = sum(exact)
    if not whole:
        if amount:
            raise ValueError("an amount cannot be shared over weights that are all 0")
        return [0.0] * len(exact)
    units = amount / unit
    ideal = [units * weight / whole for weight in exact]
    floors = [share.to_integral_value(ROUND_FLOOR) for share in ideal]
    left = int(units - sum(floors))
    by_remainder = sorted(
        range(len(ideal)), key=lambda i: ideal[i] - floors[i], reverse=True
    )
    for index in by_remainder[:left]:
        floors[index] += 1
    return [float(share * unit) for share in floors]
