"""Dates of lessons: the present tense is for what a source of the last three years supports; else the year is told."""

import re
from collections.abc import Iterable

from learnapp.content.evidence import Evidence
from learnapp.content.facts import Fact
from learnapp.content.load.citations import years_of
from learnapp.content.load.drafts import CourseDraft
from learnapp.content.load.ledger import Ledger
from learnapp.content.load.lesson.blocks import GapDraft
from learnapp.content.problems import Report
from learnapp.content.vocabulary import years_in

YEARS = 3
# What a witness saw stays as it was, and a law holds until it is changed.
LASTING = frozenset({"said", "law"})
PRESENT = re.compile(r"\b(?:is|are|has|have|does|do|must|can|cannot|may|runs?|keeps?|lives?|works?)\b", re.IGNORECASE)
TODAY = re.compile(r"\b(?:today|nowadays|still|currently|these days)\b", re.IGNORECASE)
PAST = re.compile(
    r"\b(?:was|were|had|did|could|would|\w{2,}ed|came|went|got|left|wrote|told|said|saw|found|gave|took)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def check_dates(draft: CourseDraft, report: Report) -> None:
    """Warn of paragraphs that speak of today and rest on old evidence alone."""
    today = _newest_reading(draft.ledger)
    for lesson in draft.lessons:
        # What cannot be known, and what we say ourselves, is told of every year.
        unknown = [text for gap in lesson.body.blocks(GapDraft) for text in gap.paragraphs]
        for paragraph in lesson.body.all_paragraphs():
            if paragraph.own or paragraph in unknown:
                continue
            facts = [draft.ledger.facts[name] for name in paragraph.facts if name in draft.ledger.facts]
            newest = newest_year(facts)
            if newest and today - newest > YEARS and (words := speaks_of_today(paragraph.text)):
                message = f"“{words}” is the present tense, and rests on nothing newer than {newest}; give the year"
                report.warning(paragraph.place, "old-present", message)


def newest_year(facts: Iterable[Fact]) -> int | None:
    """Return the last year of evidence that ages; None where a fact is something else, or has no date."""
    years: list[int] = []
    for fact in facts:
        dated = years_of(fact)
        if not isinstance(fact, Evidence) or fact.voice in LASTING or not dated:
            return None
        years.append(max(map(int, dated)))
    return max(years, default=None)


def speaks_of_today(text: str) -> str:
    """Return the first words of a text that tell something of today, "" for none: no year, and no past tense.

    A text that tells of the past, or says a year, is read in that time, but for a sentence that says "today".
    """
    in_past = PAST.search(text) or years_in(text)
    for sentence in _SENTENCE.split(text):
        says_today = TODAY.search(sentence) and PRESENT.search(sentence) and not years_in(sentence)
        if says_today or (not in_past and PRESENT.search(sentence)):
            return " ".join(sentence.split()[:6])
    return ""


def _newest_reading(ledger: Ledger) -> int:
    """Return the year in which evidence was last verified, which stands for the day of writing; 0 without any."""
    return max((int(entry.verified.on[:4]) for entry in ledger.evidence if entry.verified), default=0)
