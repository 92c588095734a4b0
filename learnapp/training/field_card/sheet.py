"""Sheet: the lines of a field card with who says so, and how long its numbers may be used. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from learnapp.content.catalog import Catalog
from learnapp.content.evidence import Evidence
from learnapp.content.facts import Fact
from learnapp.content.programs import CardFigure, FieldCard, SafetyPoint
from learnapp.training.certificates.dates import add_months

FRESH_MONTHS = 6  # after them the numbers are to be looked up again


@dataclass(frozen=True, slots=True)
class SheetFigure:
    """A number with its words, and who says so and when."""

    line: CardFigure
    by: str


@dataclass(frozen=True, slots=True)
class CardSheet:
    """Lines of a field card, the safety points among them.

    `checked` is the first day of the month before which none of its numbers was verified, `until` when they are to be
    looked up again.
    """

    card: FieldCard
    figures: tuple[SheetFigure, ...]
    safety: tuple[SafetyPoint, ...]
    source: str
    checked: date
    until: date
    version: str


def card_sheet(catalog: Catalog) -> CardSheet | None:
    """Return the sheet of a course, None where it has no card."""
    if catalog.card is None:
        return None
    named = [catalog.facts[line.fact] for line in catalog.card.figures]
    checked = _checked(named)
    return CardSheet(
        card=catalog.card,
        figures=tuple(SheetFigure(*pair) for pair in zip(catalog.card.figures, map(_said_by, named), strict=True)),
        safety=catalog.safety,
        source=f"{catalog.source.name}, {catalog.source.when}",
        checked=checked,
        until=add_months(checked, FRESH_MONTHS),
        version=catalog.digest[:12],
    )


def _said_by(fact: Fact) -> str:
    return fact.by if isinstance(fact, Evidence) else ""


def _checked(facts: Iterable[Fact]) -> date:
    """Return the first day of the month before which none of these numbers was verified."""
    months = [fact.verified.on[:7] for fact in facts if isinstance(fact, Evidence) and fact.verified]
    return date.fromisoformat(f"{min(months)}-01")
