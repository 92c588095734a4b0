"""Prose of lessons: attribution lives in the margin, whoever acts is named, and no two lessons begin or end alike."""

import re
from collections.abc import Iterable

from learnapp.content.load.drafts import CourseDraft, LessonDraft
from learnapp.content.load.lesson.blocks import ParagraphDraft
from learnapp.content.problems import Report
from learnapp.content.readability import words_in

MOST = 2  # attributions, and mentions of the page
PASSIVES = 6
SAME_WORDS = 4

_SAYS = (
    r"(?:says?|said|finds?|found|writes?|wrote|states?|stated|reports?|reported|notes?|noted|concludes?|concluded"
    r"|estimates?|estimated)"
)
_BODY = r"(?:inquiry|commission|report|reports|office|survey|study|page|organization|group|researchers|experts)"
PAGE = re.compile(r"\b(?:the|this|our source) page\b|\bLiNK’s page\b|\bthe source page\b", re.IGNORECASE)
ATTRIBUTION = re.compile(
    rf"\baccording to\b|{PAGE.pattern}|\b(?:the|a|an|one) (?:[\w’]+ ){{0,3}}{_BODY} {_SAYS}\b", re.IGNORECASE
)
_IRREGULAR = (
    "taken|given|held|told|made|sent|kept|sold|shot|put|beaten|brought|caught|forced|found|hidden|known|left|lost|"
    "paid|seen|shown|shut|thrown|written|cut|built|broken|chosen|driven|forbidden|heard|led|read|said|taught|torn|worn"
)
PASSIVE = re.compile(
    rf"\b(?:is|are|was|were|been)\s+(?:(?:not|never|often|then|also|still|even|only|\w+ly)\s+)?"
    rf"(?P<done>\w{{2,}}ed|{_IRREGULAR})\b(?!\W+(?:\w+\W+){{0,5}}?by\b)",
    re.IGNORECASE,
)
# What reads like a passive and hides nobody: a state, or what nobody does.
_STATE_WORDS = """
born called named allowed interested married tired united crowded supposed used scared frightened ashamed convinced
worried surprised relieved divided limited located based aged needed dated related connected

held locked
"""
STATES = frozenset(_STATE_WORDS.split())
NEXT_LESSON = re.compile(r"\bin the next lesson\b", re.IGNORECASE)
AS_YOU_READ = re.compile(r"\bas you read\b", re.IGNORECASE)


def check_prose(draft: CourseDraft, report: Report) -> None:
    """Hold the prose of lessons against the guide."""
    for lesson in draft.lessons:
        for version, paragraphs in (("the lesson", open_paragraphs(lesson)), ("the short version", lesson.body.short)):
            _check_attributions(version, paragraphs, report)
        _check_passives(open_paragraphs(lesson), report)
    _check_openings(draft.lessons, report)
    _check_endings(draft.lessons, report)


def attributions(text: str) -> list[str]:
    """Return the words of a text that say who says so."""
    return [match[0] for match in ATTRIBUTION.finditer(text)]


def passives(text: str) -> list[str]:
    """Return the passives of a text that name nobody who acts."""
    return [match[0] for match in PASSIVE.finditer(text) if match["done"].lower() not in STATES]


def _check_attributions(version: str, paragraphs: Iterable[ParagraphDraft], report: Report) -> None:
    texts = [(paragraph.place, paragraph.text) for paragraph in paragraphs]
    said = [(place, words) for place, text in texts for words in attributions(text)]
    pages = [(place, match[0]) for place, text in texts for match in PAGE.finditer(text)]
    advice = "two are the most: who says so stands in the margin"
    if len(said) > MOST:
        words = f"{version} has {len(said)} attributions in its prose ({_quoted(words for _, words in said)}); {advice}"
        report.error(said[MOST][0], "attribution-prose", words)
    if len(pages) > MOST:
        words = f"{version} names the page {len(pages)} times ({_quoted(words for _, words in pages)}); {advice}"
        report.error(pages[MOST][0], "page-words", words)


def _check_passives(paragraphs: Iterable[ParagraphDraft], report: Report) -> None:
    found = [(paragraph.place, words) for paragraph in paragraphs for words in passives(paragraph.text)]
    if len(found) > PASSIVES:
        words = f"{len(found)} passives name nobody who acts ({_quoted(words for _, words in found)})"
        report.warning(found[PASSIVES][0], "passive-no-actor", f"{words}; make those who act the subject")


def _check_openings(lessons: Iterable[LessonDraft], report: Report) -> None:
    """Report a lesson that begins as another one does."""
    seen: dict[tuple[str, ...], str] = {}
    for lesson in lessons:
        paragraphs = open_paragraphs(lesson)
        for paragraph in paragraphs:
            if match := AS_YOU_READ.search(paragraph.text):
                report.error(paragraph.place, "opening-template", f"“{match[0]}” is a template; say it in another way")
        first = tuple(word.lower() for word in words_in(paragraphs[0].text)[:SAME_WORDS]) if paragraphs else ()
        if first and seen.setdefault(first, lesson.key) != lesson.key:
            words = f"“{' '.join(first)}” opens {seen[first]} too; begin in another way"
            report.error(paragraphs[0].place, "opening-template", words)


def _check_endings(lessons: Iterable[LessonDraft], report: Report) -> None:
    """Report a lesson that ends as another one does, or with a look ahead."""
    seen: dict[tuple[str, ...], str] = {}
    for lesson in lessons:
        paragraphs = open_paragraphs(lesson)
        for paragraph in paragraphs:
            if match := NEXT_LESSON.search(paragraph.text):
                report.error(paragraph.place, "ending-template", f"“{match[0]}” is a template; end with this lesson")
        last = tuple(word.lower() for word in words_in(paragraphs[-1].text)[-SAME_WORDS:]) if paragraphs else ()
        if last and seen.setdefault(last, lesson.key) != lesson.key:
            words = f"“{' '.join(last)}” ends {seen[last]} too; end in another way"
            report.error(paragraphs[-1].place, "ending-template", words)


def open_paragraphs(lesson: LessonDraft) -> list[ParagraphDraft]:
    """Return the paragraphs of a lesson that stand in no card."""
    return [paragraph for paragraph, card in lesson.body.paragraphs() if card is None]


def _quoted(found: Iterable[str]) -> str:
    return ", ".join(f"“{' '.join(words.split())}”" for words in list(dict.fromkeys(found))[:8])
