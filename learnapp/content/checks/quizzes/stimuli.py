"""Stimuli: the evidence that questions show, against the ledger, the closed cards and the ages of lessons."""

from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import permutations

from learnapp.content.checks.ledger import ReferenceChecker
from learnapp.content.checks.numbers import numbers_in
from learnapp.content.load.drafts import CourseDraft, ItemDraft, LessonDraft, items_in
from learnapp.content.problems import Position, Report
from learnapp.quiz.stimulus import Stimulus


def check_stimuli(draft: CourseDraft, report: Report) -> None:
    """Report evidence that no question may show, or not to everybody to whom this one is open."""
    checker = ReferenceChecker(draft, report)
    for lesson in draft.lessons:
        for item in lesson.items():
            for place, fact in evidence_of(item):
                if checker.require_fact(fact, place):
                    _check_shown(lesson, item, fact, place, checker)
    for item in (item for quiz in draft.stray_quizzes for item in items_in(quiz)):
        for place, fact in evidence_of(item):
            checker.require_fact(fact, place)


def evidence_of(draft: ItemDraft) -> Iterator[tuple[Position, str]]:
    """Yield what the stimulus of an item rests on, each with its place."""
    for number, fact in enumerate(draft.item.stimulus.evidence if draft.item.stimulus else ()):
        yield draft.place("stimulus", "evidence", number), fact


def shown_numbers(stimulus: Stimulus | None) -> set[Decimal]:
    """Return the numbers that a question shows, which its stem, options and feedback may use."""
    if stimulus is None:
        return set()
    texts = [stimulus.source or "", *(text for _, text in stimulus.texts())]
    return {number for text in texts for number in numbers_in(text)}


def derived_numbers(stimulus: Stimulus | None) -> set[Decimal]:
    """Return what can be worked out from two amounts of a series or table: difference, sum, share, change, ratio."""
    return worked_out(
        {one for one in (stimulus.table.amounts if stimulus and stimulus.table else ()) if one is not None}
    )


def worked_out(amounts: Collection[Decimal]) -> set[Decimal]:
    """Return what can be worked out from two amounts: difference, sum, product, share, change, ratio."""
    found: set[Decimal] = set()
    for one, other in permutations(amounts, 2):
        found |= {abs(one - other), one + other, one * other, one * other / 100}
        if other:
            ratio = one / other
            found |= {ratio, ratio.to_integral_value(), 100 * ratio, abs(100 * ratio - 100)}
            found |= {(100 * ratio).to_integral_value(), abs(100 * ratio - 100).to_integral_value()}
    return found


def _check_shown(lesson: LessonDraft, item: ItemDraft, fact: str, place: Position, checker: ReferenceChecker) -> None:
    """Report what is never asked, and gated or strong evidence where its reader has not been told of it."""
    entry, report = checker.ledger.facts.get(fact), checker.report
    only_here = item.short or item.item.review or fact not in lesson.front.gated
    if entry is not None and not entry.quizzable:
        report.error(place, "not-quizzable", f"{fact} is never asked (`quizzable: false`); show something else")
    elif fact in checker.gating_files and only_here:
        words = f"{fact} is gated; only the main quiz of its own lesson shows it"
        report.error(place, "gated-item", words)
    elif entry is not None and entry.sensitivity == "strong" and (item.short or lesson.front.sensitivity != "strong"):
        words = f"{fact} is strong; only the main quiz of a strong lesson shows it, behind its advisory"
        report.error(place, "strong-stimulus", words)
