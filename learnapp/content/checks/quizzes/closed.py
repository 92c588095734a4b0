"""Closed items: questions that not everybody to whom they are open can have been told the answer of."""

from collections.abc import Iterator

from learnapp.content.ages import YOUNGEST, FactUse, fact_ages
from learnapp.content.checks.quizzes.stimuli import evidence_of
from learnapp.content.load.drafts import CourseDraft, ItemDraft, LessonDraft
from learnapp.content.load.lesson.blocks import CardDraft
from learnapp.content.problems import Position, Report
from learnapp.content.vocabulary import Ages

ITEMS_LEFT = 3  # of the main quiz, while all cards stay closed


def check_closed(draft: CourseDraft, report: Report) -> None:
    """Report items on what a closed lesson or a closed card tells."""
    opens = _told_from(draft)
    in_cards = {fact: lesson.key for lesson in draft.lessons for fact in card_facts(lesson)}
    for lesson in draft.lessons:
        for item in lesson.items():
            for place, fact in _rests_on(item):
                _check_item(lesson, item, fact, place, (opens.get(fact), in_cards.get(fact)), report)
        _check_left(lesson, report)


def _told_from(draft: CourseDraft) -> dict[str, int]:
    """Return from which age facts are told, gates left aside: those of mild evidence by the lessons on its topics.

    Strong evidence that no lesson tells is left out; which questions may show it is another rule's.
    """
    uses = [
        FactUse(lesson.front.age, lesson.front.sections, (*lesson.front.facts, *lesson.cited()), ())
        for lesson in draft.lessons
    ]
    taught = {fact for use in uses for fact in use.facts}
    ages = fact_ages(draft.ledger.facts, uses)
    strong = {name for name, fact in draft.ledger.facts.items() if fact.sensitivity == "strong"}
    return {name: age for name, age in ages.items() if name in taught or name not in strong}


def card_facts(lesson: LessonDraft) -> frozenset[str]:
    """Return the facts that only the cards of this lesson tell."""
    inside = {fact for card in lesson.body.blocks(CardDraft) for fact in card.facts()}
    outside = {fact for paragraph, card in lesson.body.paragraphs() if card is None for fact in paragraph.facts}
    return frozenset((inside & set(lesson.front.facts)) - outside - set(lesson.shown()))


def _check_item(
    lesson: LessonDraft,
    item: ItemDraft,
    fact: str,
    place: Position,
    told: tuple[int | None, str | None],
    report: Report,
) -> None:
    age, in_cards_of = told
    if age is not None and age > _opens(lesson.front.age):
        words = f"{fact} is told from {age} on and this quiz is open from {_opens(lesson.front.age)} on"
        report.error(place, "closed-item", f"{words}; ask something that this lesson tells")
    elif in_cards_of is not None and (in_cards_of != lesson.key or item.short or item.item.review):
        words = f"only a closed card of {in_cards_of} tells {fact}; the main quiz of that lesson alone asks it"
        report.error(place, "closed-item", words)
    elif in_cards_of is not None and lesson.front.sensitivity != "strong":
        words = f"only a closed card tells {fact}; here nobody chooses a way to read, so ask something else"
        report.error(place, "closed-item", words)


def _check_left(lesson: LessonDraft, report: Report) -> None:
    """Report a main quiz that has too few items for who keeps all cards closed."""
    closed = card_facts(lesson)
    if lesson.quiz and closed:
        left = sum(closed.isdisjoint(item.rests_on) for item in lesson.quiz.model.items)
        if left < ITEMS_LEFT:
            words = f"{left} items are left while all cards stay closed; {ITEMS_LEFT} are wanted"
            report.error(lesson.quiz.document.key("items"), "closed-item", words)


def _rests_on(item: ItemDraft) -> Iterator[tuple[Position, str]]:
    yield from item.tested_facts()
    yield from evidence_of(item)


def _opens(age: Ages) -> int:
    return max(YOUNGEST, age.full if age.core is None else age.core)
