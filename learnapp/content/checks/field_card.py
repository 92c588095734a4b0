"""Field card: its numbers and years against the ledger, and nothing on it that nobody may tell at a table."""

from collections.abc import Mapping

from learnapp.content.ages import YOUNGEST, fact_ages
from learnapp.content.checks.ledger import ReferenceChecker
from learnapp.content.checks.numbers import numbers_in
from learnapp.content.evidence import Evidence
from learnapp.content.facts import Fact
from learnapp.content.load.build import fact_use
from learnapp.content.load.drafts import CourseDraft
from learnapp.content.problems import Position, Report
from learnapp.content.vocabulary import YEAR, years_in


def check_field_card(draft: CourseDraft, report: Report) -> None:
    """Report facts that may not stand on a card, and figures whose number or year their fact does not have."""
    if draft.programs is None or draft.programs.model.card is None:
        return
    checker, document, card = ReferenceChecker(draft, report), draft.programs.document, draft.programs.model.card
    ages = fact_ages(checker.ledger.facts, map(fact_use, draft.lessons))
    for number, line in enumerate(card.figures):
        place = document.place("card", "figures", number, "fact")
        if _may_stand(line.fact, place, checker, ages):
            said = checker.ledger.facts[line.fact]
            if not isinstance(said, Evidence):
                report.error(place, "card-unverified", f"{said.id} is a claim of the page; name evidence for a number")
            _check_figure(f"{line.figure} {line.words}", said, place, report)
    for key, lines in (("openings", card.openings), ("unknown", card.unknown)):
        for number, one in enumerate(lines):
            for at, fact in enumerate(one.facts):
                _may_stand(fact, document.place("card", key, number, "facts", at), checker, ages)


def _may_stand(name: str, place: Position, checker: ReferenceChecker, ages: Mapping[str, int]) -> bool:
    """Tell whether a fact is known, and report it where it may not stand on a card."""
    if not checker.require_fact(name, place) or name not in checker.ledger.facts:
        return False
    fact = checker.ledger.facts[name]
    if name in checker.gating_files or fact.sensitivity == "strong" or not fact.quizzable:
        checker.report.error(place, "card-fact", f"{name} is gated, strong or never asked; nobody tells it at a table")
    elif ages[name] > YOUNGEST:
        checker.report.error(place, "card-age", f"{name} is shown from age {ages[name]} on; the card is for everybody")
    return True


def _check_figure(words: str, fact: Fact, place: Position, report: Report) -> None:
    said = f"{fact.text} {' '.join(fact.figures)}"
    if unknown := sorted({*numbers_in(YEAR.sub("", words))} - {*numbers_in(YEAR.sub("", said))}):
        report.error(place, "card-figure", f"{fact.id} does not have the number {unknown[0]}")
    known = years_in(f"{said} {fact.dated or ''} {fact.source.date if isinstance(fact, Evidence) else ''}")
    years = years_in(words)
    if not years or not set(years) <= set(known):
        report.error(place, "card-year", f"say the year of the number as {fact.id} has it")
