"""Answers: items that answer each other, feedback about a source's silence, numbers that are right and marked wrong."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import permutations

from learnapp.content.checks.numbers import numbers_in
from learnapp.content.checks.quizzes.telling import asked_texts, distinctive_words, telling_words
from learnapp.content.checks.words import FEEDBACK, document_words
from learnapp.content.evidence import Evidence
from learnapp.content.facts import Fact, is_verified
from learnapp.content.load.drafts import CourseDraft, ItemDraft
from learnapp.content.load.ledger import Ledger
from learnapp.content.problems import Report
from learnapp.content.vocabulary import years_in
from learnapp.quiz.types.numeric import Numeric
from learnapp.quiz.types.scenario import Scenario

SHARED_WORDS = 3  # of a key, and all of a shorter one
SHARED = 0.75
NUMBER_FROM = 10  # smaller ones count other things too
_SOURCE = r"(?:page|lesson|text|source|report|inquiry|survey|study|ledger|article|film|series)"
SILENT = re.compile(
    rf"\b(?:the|this|our) {_SOURCE} (?:(?:does|did) not|doesn’t|didn’t|never) "
    rf"(?:say|mention|tell|name|state|speak|give|report)\w*"
    rf"|\b(?:the|this|our) {_SOURCE} (?:says|said|tells|mentions) nothing\b"
    r"|\b(?:is|are|was|were) not (?:mentioned|named|stated|told) (?:in|on|by|here|there|anywhere)\b"
    r"|\bis not mentioned\b|\b(?:is|are) silent (?:on|about)\b",
    re.IGNORECASE,
)


def check_answers(draft: CourseDraft, report: Report) -> None:
    """Hold what the items of quizzes tell, and what they mark wrong, against the guide."""
    for lesson in draft.lessons:
        items = list(lesson.items())
        for item in items:
            check_silent_feedback(item, report)
            if isinstance(item.item, Numeric) and item.item.stimulus is None:
                _check_current(item, item.item, draft.ledger, report)
        for key in ("items", "short"):
            for one, other in permutations([item for item in items if item.where[0] == key], 2):
                _check_pair(one, other, report)


def check_silent_feedback(item: ItemDraft, report: Report) -> None:
    """Report feedback on what a text leaves out, in place of what is so."""
    for words in document_words(item.document, item.where):
        if words.key in FEEDBACK and (match := SILENT.search(words.text)):
            said = f"“{match[0]}” tells of a text; say what is so in the world, or what this answer would need"
            report.error(words.place, "feedback-silent", said)


def _check_pair(teller: ItemDraft, asked: ItemDraft, report: Report) -> None:
    """Report the first text of an item, read before it is answered, that tells the key of the other."""
    for where, text in asked_texts(teller):
        if key := _told_key(text, asked):
            words = f"this tells the answer of {asked.item.id} (“{key}”); word one of them in another way"
            report.error(teller.place(*where), "item-answers-item", words)
            return


def _told_key(text: str, asked: ItemDraft) -> str | None:
    """Return the key of an item that a text tells, None where it tells none."""
    said = telling_words(text)
    for key in asked.item.hidden_keys() if not isinstance(asked.item, Scenario) else ():
        words = distinctive_words(asked, key)
        shared = words & said
        enough = len(shared) >= SHARED_WORDS and len(shared) >= SHARED * len(words)
        if enough or (key.where[0] == "blanks" and words and words <= said):
            return key.text
    number, question = asked.item.right_numbers[:1], " ".join(words for _, words in asked_texts(asked))
    if number and number[0] >= NUMBER_FROM and number[0] in numbers_in(text) and number[0] not in numbers_in(question):
        return f"{number[0]:f}"
    return None


def _check_current(draft: ItemDraft, item: Numeric, ledger: Ledger, report: Report) -> None:
    """Report a number that the ledger gives for the same thing on the same topic, and that would be marked wrong.

    One of another year than the stem asks about is no answer to it.
    """
    low, high = item.answer - item.tolerance, item.answer + item.tolerance
    asked_years = set(years_in(item.stem))
    for fact, number in _other_numbers(item, ledger):
        years = set(years_in(f"{fact.dated or ''} {fact.text}"))
        another_time = asked_years and years and asked_years.isdisjoint(years)
        if not low <= number <= high and not another_time:
            words = f"{fact.id} gives {number:f} {item.unit}, which would be marked wrong: "
            words += "ask about a year in the stem, widen `tolerance`, or ask for the order of magnitude"
            report.error(draft.place("answer"), "current-number", words)


def _other_numbers(item: Numeric, ledger: Ledger) -> Iterator[tuple[Fact, Decimal]]:
    """Yield the numbers of the item's unit that the ledger has on the topics of what it tests."""
    tested = [ledger.facts[name] for name in item.facts if name in ledger.facts]
    topics = {topic for fact in tested for topic in topics_of(fact)}
    for fact in ledger.facts.values() if item.unit else ():
        if is_verified(fact) and not topics.isdisjoint(topics_of(fact)):
            for figure in fact.figures:
                if _counts(figure, item.unit or ""):
                    yield from ((fact, number) for number in numbers_in(figure)[:1])


def topics_of(fact: Fact) -> Iterable[str]:
    """Return the sections that a fact is about: its own, and those that evidence names."""
    return fact.topics if isinstance(fact, Evidence) else (fact.section,)


def _counts(figure: str, unit: str) -> bool:
    """Tell whether a figure of the ledger counts what the item asks for."""
    return re.search(rf"\b{re.escape(unit.lower())}\b", figure.lower()) is not None
