"""Scales: round ends for an axis of amounts, and the steps of a slider along it."""

from decimal import Decimal

_ROUND = tuple(Decimal(number) for number in ("1", "1.2", "1.6", "2", "2.4", "3", "4", "5", "6", "8", "10"))


def round_end(highest: Decimal) -> Decimal:
    """Return the first round number that is no less than this one, which is above 0."""
    unit = Decimal(10) ** highest.adjusted()
    return next(number * unit for number in _ROUND if number * unit >= highest).normalize() + 0


def slider_step(end: Decimal) -> Decimal:
    """Return the step of a slider from 0 to this end: some hundred of them."""
    return Decimal(10) ** (end.adjusted() - 2)


def plain(number: Decimal) -> str:
    """Write a number as scales do: "1,600", "0.5"."""
    return f"{number.normalize() + 0:,f}"
