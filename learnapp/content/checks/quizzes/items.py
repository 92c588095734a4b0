"""Items: the make-up of each quiz, and the craft of each item."""

import re
from collections.abc import Sequence

from learnapp.content.checks.words import FEEDBACK, document_words
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

ITEMS, SHORT_ITEMS = (5, 8), (3, 5)
TYPES_MIN = 3
RECALL, RECALL_SHORT = 2, 1
REVIEW_FROM = 3  # the third lesson of the course
OPTIONS = 3
FEEDBACK_WORDS = 12
LENGTHS = (0.8, 1.25)

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
            _check_unseen(lesson.quiz, report)
        for item in lesson.items():
            check_feedback(item, report)
            check_wording(item, report)


def _check_mix(quiz: ModelFile[Quiz], number: int, report: Report) -> None:
    items, place = quiz.model.items, quiz.document.key("items")
    few, many = ITEMS
    if not few <= len(items) <= many:
        report.error(place, "item-count", f"the quiz has {len(items)} items; {few} to {many} are wanted")
    if (types := len({item.type for item in items})) < TYPES_MIN:
        report.error(place, "item-types", f"the quiz has {types} types of item; {TYPES_MIN} or more are wanted")
    if number >= REVIEW_FROM and not any(item.review for item in items):
        report.error(place, "review", "from the third lesson on, one item reviews an earlier one: `review: true`")
    if quiz.model.behaviour == "interactive":
        for item in items_in(quiz):
            if not item.item.hints:
                report.error(item.place(), "hints", "items may be tried again here, so each needs a hint")


def _check_unseen(quiz: ModelFile[Quiz], report: Report) -> None:
    """Report a quiz that asks mostly what was read, and a short one of another length than wanted."""
    drafts = list(items_in(quiz))
    for key, most in (("items", RECALL), ("short", RECALL_SHORT)):
        items = [draft for draft in drafts if draft.where[0] == key]
        recall = [draft for draft in items if draft.item.is_recall]
        if len(recall) > most:
            words = f"{len(recall)} items ask what was read, {most} at most may; show something unseen: `stimulus`"
            report.error(recall[most].place(), "recall-share", words)
        if 2 * len(recall) > len(items):
            words = f"{len(items) - len(recall)} of {len(items)} items show something unseen; at least half are wanted"
            report.error(quiz.document.key(key), "stimulus-share", words)
    few, many = SHORT_ITEMS
    if quiz.model.short and not few <= len(quiz.model.short) <= many:
        words = f"the short quiz has {len(quiz.model.short)} items; {few} to {many} are wanted"
        report.error(quiz.document.key("short"), "item-count", words)


def check_feedback(draft: ItemDraft, report: Report) -> None:
    """Report feedback that is too short to say why, or that blames."""
    for words in document_words(draft.document, draft.where):
        if words.key not in FEEDBACK:
            continue
        if (count := len(words_in(words.text))) < FEEDBACK_WORDS:
            message = f"this feedback has {count} words; say why, in {FEEDBACK_WORDS} or more"
            report.error(words.place, "feedback", message)
        if match := BLAME.search(words.text):
            report.warning(words.place, "blame", f"“{match[0]}”: correct without blame")


def check_wording(draft: ItemDraft, report: Report) -> None:
    """Report a stem or options that ask for what is not so, or give the answer away."""
    item = draft.item
    if SHOUTED.search(item.stem) or (isinstance(item, Single | Multiple) and NEGATIVE.search(item.stem)):
        report.error(draft.place("stem"), "negative-stem", "ask for what is so, not for what is not")
    if isinstance(item, Scenario) and len(item.turns) < 2:
        report.warning(draft.place("turns"), "scenario-turns", "a conversation has two turns or more")
    if isinstance(item, Single) and len(item.options) != OPTIONS:
        words = f"single choice has three options, this has {len(item.options)}"
        report.error(draft.place("options"), "option-count", words)
    if isinstance(item, Single | Multiple):
        _check_options(draft, "options", item.options, report)
    elif isinstance(item, TrueFalse):
        _check_options(draft, "reasons", item.reasons, report)


def _check_options(draft: ItemDraft, part: str, options: Sequence[Option], report: Report) -> None:
    """Report an option that gives the answer away, and a single key much longer or shorter than the others."""
    absolute = [bool(ABSOLUTE.search(option.text)) for option in options]
    for number, option in enumerate(options):
        place = draft.place(part, number, "text")
        if ALL_OF.search(option.text):
            report.error(place, "all-of-these", "no option sums up others (“all of these”)")
        if absolute[number] and not all(absolute):
            report.error(place, "giveaway", "“always” or “never” in one option gives the answer away")
    if not isinstance(draft.item, Multiple) and not LENGTHS[0] <= (ratio := key_ratio(options)) <= LENGTHS[1]:
        number = next(n for n, option in enumerate(options) if option.key)
        words = f"the key is {ratio:.2f} times as long as the others; {LENGTHS[0]} to {LENGTHS[1]} is wanted"
        report.error(draft.place(part, number, "text"), "key-length", words)


def key_ratio(options: Sequence[Option]) -> float:
    """Return the key's length by the mean length of the other options, in characters."""
    keys = [len(option.text) for option in options if option.key]
    others = [len(option.text) for option in options if not option.key]
    return (sum(keys) / len(keys)) / (sum(others) / len(others))
