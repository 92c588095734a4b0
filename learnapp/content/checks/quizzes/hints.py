"""Hints: they help to think, and neither repeat the key, nor count the keys, nor name a heading."""

import re

from learnapp.content.checks.quizzes.telling import distinctive_words, spelled, telling_words
from learnapp.content.load.drafts import CourseDraft, ItemDraft, LessonDraft
from learnapp.content.problems import Report
from learnapp.quiz.types.multiple import Multiple
from learnapp.quiz.types.scenario import Scenario

_NUMBER = r"(?:one|two|three|four|five|six|[1-9])"
_OF_THEM = r"of (?:them|these|the (?:options|answers|statements|sentences|pieces))"
COUNT = re.compile(
    rf"\b{_NUMBER} (?:{_OF_THEM} )?(?:are|is) (?:right|true|wrong|correct|keys?)\b"
    rf"|\b{_NUMBER} {_OF_THEM} (?:are|is|fits?|belongs?|holds?|adds?|counts?)\b"
    rf"|\b(?:choose|pick|mark|there are|you need) {_NUMBER}\b(?! (?:of your|after|by))",
    re.IGNORECASE,
)
HEADING = re.compile(
    r"\b(?:part|section|heading|chapter|paragraph)s? (?:“|called|titled|named|on\b|about\b|[0-9])", re.IGNORECASE
)


def check_hints(draft: CourseDraft, report: Report) -> None:
    """Hold every hint of a quiz against the guide."""
    for lesson in draft.lessons:
        for item in lesson.items():
            _check_hints(lesson, item, report)


def _check_hints(lesson: LessonDraft, item: ItemDraft, report: Report) -> None:
    # Of a whole conversation one word may be the same by chance.
    least = 2 if isinstance(item.item, Scenario) else 1
    giveaways = [distinctive_words(item, key) for key in item.item.hidden_keys()]
    numbers = {f"{number:f}" for number in item.item.right_numbers[:1]}
    titles = [section.title.lower() for section in lesson.body.sections if len(section.title.split()) > 1]
    for n, hint in enumerate(item.item.hints):
        place = item.place("hints", n)
        said = telling_words(hint)
        shared = next((sorted(words & said) for words in giveaways if len(words & said) >= least), None)
        if shared or any(re.search(rf"\b{re.escape(number)}\b", hint.replace(",", "")) for number in numbers):
            words = (
                f"this hint has “{spelled(shared[0], hint)}” from the key"
                if shared
                else "this hint has the number that is asked"
            )
            report.error(place, "hint-key", f"{words}; ask something that helps to think instead")
        if isinstance(item.item, Multiple) and (match := COUNT.search(hint)):
            words = f"“{match[0]}” counts the keys; say what to look for in each answer"
            report.error(place, "hint-count", words)
        heading = next((title for title in titles if title in hint.lower()), None)
        if heading or (match := HEADING.search(hint)):
            words = "this hint names a heading; say what to think about, not where it stands"
            report.error(place, "hint-heading", words)
