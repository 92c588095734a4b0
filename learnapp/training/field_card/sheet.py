"""Sheet: the lines of a field card with who says so, and how long its numbers may be used. Pure."""

from dataclasses import dataclass
from datetime import date

from learnapp.content.catalog import Catalog
from learnapp.content.evidence import Evidence
from learnapp.content.facts import Fact
from learnapp.content.programs import CardFigure, FieldCard, SafetyPoint

FRESH_MONTHS = 6  # after them the numbers are to be looked up again


@dataclass(frozen=True, slots=True)
class SheetFigure:
    """A number with its words, and who says so and when."""

    line: CardFigure
    by: str


@dataclass(frozen=True, slots=True)
class CardSheet:
    """What stands on a field card: `dated` is the first day of the month in which the ledger was checked last."""

    card: FieldCard
    figures: tuple[SheetFigure, ...]
    safety: tuple[SafetyPoint, ...]
    source: str
    dated: date
    until: date
    version: str


def card_sheet(catalog: Catalog) -> CardSheet | None:
    """Return the sheet of a course, None where it has no card."""
    if catalog.card is None:
        return None
    dated = _checked_last(catalog)
    return CardSheet(
        card=catalog.card,
        figures=tuple(SheetFigure(line, _said_by(catalog, catalog.facts[line.fact])) for line in catalog.card.figures),
        safety=catalog.safety,
        source=f"{catalog.source.name}, {catalog.source.when}",
        dated=dated,
        until=_months_later(dated, FRESH_MONTHS),
        version=catalog.digest[:12],
    )


def _said_by(catalog: Catalog, fact: Fact) -> str:
    return fact.by if isinstance(fact, Evidence) else f"{catalog.source.name}, {catalog.source.when}"


def _checked_last(catalog: Catalog) -> date:
    """Return the month in which a piece of evidence that the card names was verified last."""
    named = (catalog.facts[line.fact] for line in catalog.card.figures) if catalog.card else ()
    months = [fact.verified.on[:7] for fact in named if isinstance(fact, Evidence) and fact.verified]
    return date.fromisoformat(f"{max(months, default='2020-01')}-01")


def _months_later(day: date, months: int) -> date:
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)
