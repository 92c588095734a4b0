"""Items: the make-up of each quiz, and the craft of each item."""

import re
from collections.abc import Sequence

from learnapp.content.checks.words import document_words
from learnapp.content.load.drafts import CourseDraft, ItemDraft, items_in
from learnapp.content.load.validate import ModelFile
from learnapp.content.problems import Report
from learnapp.content.readability import words_in
from learnapp.quiz.options import Option
from learnapp.quiz.quiz import Quiz
from learnapp.quiz.types.multiple import Multiple
from learnapp.quiz.types.scenario import Scenario
from learnapp.quiz.types.single import Single
from learnapp.quiz.types.true_false import TrueFalse

ITEMS = (5, 7)
TYPES_MIN = 4
REVIEW_FROM = 3  # the third lesson of the course
OPTIONS = 3
FEEDBACK_WORDS = 12
LENGTHS = (0.8, 1.25)
FEEDBACK = frozenset({"feedback", "right", "low", "high", "true", "false"})

ALL_OF = re.compile(r"\b(?:all|none|both|any|neither) of (?:the )?(?:above|these|them)\b|\ball three\b", re.I)
NEGATIVE = re.compile(
    r"\b(?:which|what|who|whom|where|when|choose|pick|find)\b[^.?!]*\b(?:not|except|never|least)\b", re.I
)
SHOUTED = re.compile(r"\b(?:NOT|EXCEPT|NEVER|LEAST)\b")
ABSOLUTE = re.compile(r"\b(?:always|never)\b", re.I)
BLAME = re.compile(r"\b(?:obviously|silly|stupid|foolish|careless|you should have|of course not)\b|\bwrong!", re.I)


def check_items(draft: CourseDraft, report: Report) -> None:
    """Hold each lesson's quiz and each item against the guide."""
    for number, lesson in enumerate(draft.lessons, 1):
        if lesson.quiz:
            _check_mix(lesson.quiz, number, report)
        for item in lesson.items():
            _check_feedback(item, report)
            _check_wording(item, report)
            _check_options(item, report)


def _check_mix(quiz: ModelFile[Quiz], number: int, report: Report) -> None:
    items, place = quiz.model.items, quiz.document.key("items")
    if not ITEMS[0] <= len(items) <= ITEMS[1]:
        report.error(place, "item-count", f"the quiz has {len(items)} items; {ITEMS[0]} to {ITEMS[1]} are wanted")
    types = {item.type for item in items}
    if len(types) < TYPES_MIN:
        report.error(place, "item-types", f"the quiz has {len(types)} types of item; {TYPES_MIN} or more are wanted")
    if number >= REVIEW_FROM and not any(item.review for item in items):
        report.error(place, "review", "from the third lesson on, one item reviews an earlier one: `review: true`")
    if quiz.model.behaviour == "interactive":
        for item in items_in(quiz):
            if not item.item.hints:
                report.error(item.place(), "hints", "items may be tried again here, so each needs a hint")


def _check_feedback(draft: ItemDraft, report: Report) -> None:
    for words in document_words(draft.document, draft.where):
        if words.key not in FEEDBACK:
            continue
        if (count := len(words_in(words.text))) < FEEDBACK_WORDS:
            message = f"this feedback has {count} words; say why, in {FEEDBACK_WORDS} or more"
            report.error(words.place, "feedback", message)
        if match := BLAME.search(words.text):
            report.warning(words.place, "blame", f"“{match[0]}”: correct without blame")


def _check_wording(draft: ItemDraft, report: Report) -> None:
    stem = draft.item.stem
    choice = isinstance(draft.item, Single | Multiple)
    if SHOUTED.search(stem) or (choice and NEGATIVE.search(stem)):
        report.error(draft.place("stem"), "negative-stem", "ask for what is so, not for what is not")
    for part, options in _choices(draft):
        texts = [option.text for option in options]
        absolute = [bool(ABSOLUTE.search(text)) for text in texts]
        for number, text in enumerate(texts):
            if ALL_OF.search(text):
                words = "no option sums up others (“all of these”)"
                report.error(draft.place(part, number, "text"), "all-of-these", words)
            if absolute[number] and not all(absolute):
                words = "“always” or “never” in one option gives the answer away"
                report.error(draft.place(part, number, "text"), "giveaway", words)
    if isinstance(draft.item, Scenario) and len(draft.item.turns) < 2:
        report.warning(draft.place("turns"), "scenario-turns", "a conversation has two turns or more")


def _check_options(draft: ItemDraft, report: Report) -> None:
    """Three options; the key neither much longer nor much shorter than the others."""
    item = draft.item
    if isinstance(item, Single) and len(item.options) != OPTIONS:
        words = f"single choice has three options, this has {len(item.options)}"
        report.error(draft.place("options"), "option-count", words)
    if isinstance(item, Multiple):
        return
    for part, options in _choices(draft):
        ratio = key_ratio(options)
        if not LENGTHS[0] <= ratio <= LENGTHS[1]:
            number = next(n for n, option in enumerate(options) if option.key)
            bounds = f"{LENGTHS[0]} to {LENGTHS[1]}"
            words = f"the key is {ratio:.2f} times as long as the others; {bounds} is wanted"
            report.error(draft.place(part, number, "text"), "key-length", words)


def _choices(draft: ItemDraft) -> list[tuple[str, Sequence[Option]]]:
    """Return the options of an item with the key under which they stand."""
    if isinstance(draft.item, Single | Multiple):
        return [("options", draft.item.options)]
    return [("reasons", draft.item.reasons)] if isinstance(draft.item, TrueFalse) else []


def key_ratio(options: Sequence[Option]) -> float:
    """Return the key's length by the mean length of the other options, in characters."""
    keys = [len(option.text) for option in options if option.key]
    others = [len(option.text) for option in options if not option.key]
    return (sum(keys) / len(keys)) / (sum(others) / len(others))
