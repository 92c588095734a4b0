"""Evidence: numbers against facts, and dates and caveats where readers can see them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from learnapp.content.checks.numbers import numbers_in
from learnapp.content.checks.words import document_words
from learnapp.content.facts import Fact
from learnapp.content.figures import Figure
from learnapp.content.load.citations import YEAR, CitationFormatter
from learnapp.content.load.drafts import AskDraft, CourseDraft, ItemDraft, LessonDraft, ParagraphDraft
from learnapp.content.load.ledger import Ledger
from learnapp.content.load.yaml import Where
from learnapp.content.problems import FACTS, SOURCE, Position, Report

# "Two", "three" and "four" mostly count what the sentence itself names; from five on they are figures.
WORDS_FROM = 5
FRONT_KEYS = ("title", "lead", "objectives", "advisory", "advisory_cards", "key_points", "keep_in_mind", "rests_note")
REASONS = frozenset({"feedback", "right", "low", "high", "unit", "true", "false", "hints"})
REFERENCE = re.compile(
    r"\b(?:module|lesson|paragraph|step|part|question)s? [0-9]+(?:(?:, | to | and | or |[–-])[0-9]+)*", re.I
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The facts that a text may take its numbers from."""

    ledger: Ledger
    report: Report

    def facts(self, names: Iterable[str]) -> list[Fact]:
        """Return these facts, each once, without names that the ledger does not have."""
        return [self.ledger.facts[name] for name in dict.fromkeys(names) if name in self.ledger.facts]

    def numbers(self, names: Iterable[str]) -> set[Decimal]:
        """Return every number that these facts, their dates, caveats and citations have."""
        source = self.ledger.source
        texts = [source.date_note, source.when] if source else []
        for fact in self.facts(names):
            texts += [fact.text, *fact.figures, fact.attribution, fact.dated or "", fact.caveat or ""]
            texts += [fact.note or "", self.ledger.cites.get(fact.attribution, "")]
        return {number for text in texts for number in numbers_in(text)}

    def check(self, text: str, citable: set[Decimal], place: Position, whose: str) -> None:
        """Report each number of a text that is not among the citable ones."""
        for number in claimed_numbers(text):
            self.check_number(number, citable, place, whose)

    def check_number(self, number: Decimal, citable: set[Decimal], place: Position, whose: str) -> None:
        """Report a number that is not among the citable ones."""
        if number not in citable:
            self.report.error(place, "number", f"{number:f} stands in no fact that {whose} cites")


def claimed_numbers(text: str) -> list[Decimal]:
    """List the numbers of a text that need a fact, each once; "module 5" and the like need none."""
    return list(dict.fromkeys(numbers_in(REFERENCE.sub("", text), WORDS_FROM)))


def check_evidence(draft: CourseDraft, report: Report) -> None:
    """Report numbers that the cited facts do not have, and dates and caveats that readers cannot see."""
    ledger = draft.ledger
    if not {SOURCE, FACTS} <= ledger.documents.keys():
        return  # every number may be in the file that cannot be read
    evidence = Evidence(ledger, report)
    citations = ledger.citations()
    for lesson in draft.lessons:
        names = [*lesson.front.facts, *lesson.cited(), *lesson.front.skip, *lesson.shown()]
        lesson_numbers = evidence.numbers(names)
        for paragraph in lesson.body.all_paragraphs():
            _check_paragraph(paragraph, lesson_numbers, evidence)
            if citations:
                _check_visible(paragraph, citations, evidence)
        _check_titles(lesson, lesson_numbers, evidence)
        for where, figure in lesson.front.figures():
            _check_figure(lesson, where, figure, evidence)
        for item in lesson.items():
            _check_item(item, lesson_numbers, evidence)


def _check_paragraph(paragraph: ParagraphDraft, lesson_numbers: set[Decimal], evidence: Evidence) -> None:
    """Report a retelling with numbers of other facts than its own; a comment of ours may use all of the lesson's."""
    for words in filter(None, (paragraph.own, paragraph.note)):
        evidence.check(words, lesson_numbers, paragraph.attributes_at, "the lesson")
    citable, whose = lesson_numbers, "the lesson"
    if not paragraph.own:
        citable, whose = evidence.numbers(paragraph.facts), "this paragraph"
    for number in claimed_numbers(paragraph.text):
        lines = (place.line for place, line in paragraph.written() if number in numbers_in(line))
        place = paragraph.place._replace(line=next(lines, paragraph.place.line))
        evidence.check_number(number, citable, place, whose)


def _check_visible(paragraph: ParagraphDraft, citations: CitationFormatter, evidence: Evidence) -> None:
    """Report a date, an estimate or a caveat that stands neither in the paragraph nor beside it."""
    facts = [fact for fact in evidence.facts(paragraph.facts) if fact.section in citations.sections]
    notes = citations.notes(facts, paragraph.own, paragraph.note)
    seen = " ".join([paragraph.text, *(text for _, text in notes)])
    numbers = set(numbers_in(seen))
    place, report = paragraph.attributes_at, evidence.report
    for fact in facts:
        if years := _missing_years(fact, seen):
            report.error(place, "date", f"{fact.id} is dated {years}; say so in the text or its note")
        if (fact.dated or "").lower().startswith("estimate") and "estimate" not in seen.lower():
            report.error(place, "date", f"{fact.id} is an estimate; say so in the text or its note")
        noted = fact.note is not None or paragraph.note is not None
        if not noted and not numbers.issuperset(numbers_in(fact.caveat or "")):
            words = f"readers cannot see the caveat of {fact.id}: give the fact a `note`, or the paragraph note="
            report.error(place, "caveat", words)


def _missing_years(fact: Fact, seen: str) -> str:
    """Return the years of a fact's date that these words do not have, "" for none."""
    return " and ".join(year for year in YEAR.findall(fact.dated or "") if year not in seen)


def _check_titles(lesson: LessonDraft, lesson_numbers: set[Decimal], evidence: Evidence) -> None:
    """Report numbers in titles, key points and the like that no fact of the lesson has."""
    for section in lesson.body.sections:
        evidence.check(section.title, lesson_numbers, section.place, "the lesson")
    for block in lesson.body.blocks(AskDraft):
        evidence.check(block.question.text, lesson_numbers, block.place, "the lesson")
    for key in FRONT_KEYS:
        if key in lesson.document.data:
            for words in document_words(lesson.document, (key,)):
                evidence.check(words.text, lesson_numbers, words.place, "the lesson")
    short_numbers = evidence.numbers(lesson.cited_short())
    for words in document_words(lesson.document, ("short",)) if lesson.front.short else ():
        evidence.check(words.text, short_numbers, words.place, "the short version")


def _check_figure(lesson: LessonDraft, where: Where, figure: Figure, evidence: Evidence) -> None:
    """Report other numbers than those of a figure's own facts and parts, and a year that it does not tell."""
    citable = evidence.numbers(figure.facts) | {Decimal(count) for count in figure.counts()}
    texts = list(document_words(lesson.document, where))
    for words in texts:
        evidence.check(words.text, citable, words.place, "the figure")
    seen = " ".join(words.text for words in texts)
    for fact in evidence.facts(figure.facts):
        if years := _missing_years(fact, seen):
            message = f"{fact.id} is dated {years}; say so in `dated`, the caption or the description"
            evidence.report.error(lesson.document.key(*where), "date", message)


def _check_item(draft: ItemDraft, lesson_numbers: set[Decimal], evidence: Evidence) -> None:
    """Report right answers with other numbers than their facts', and a figure that is asked about without its year."""
    item = draft.item
    citable = evidence.numbers(draft.facts())
    for where, text in item.claims():
        evidence.check(text, citable, draft.place(*where), "this item")
    if item.right_numbers and citable.isdisjoint(item.right_numbers):
        evidence.check_number(item.right_numbers[0], citable, draft.place("answer"), "this item")
    texts = list(document_words(draft.document, draft.where))
    for words in texts:
        if words.key in REASONS:
            evidence.check(words.text, citable | lesson_numbers, words.place, "the lesson")
    seen = " ".join(words.text for words in texts)
    numbers = {*numbers_in(seen), *item.right_numbers[:1]}
    for fact in evidence.facts(item.facts):
        years = _missing_years(fact, seen)
        figures = {number for figure in fact.figures for number in numbers_in(figure)}
        if years and not figures.isdisjoint(numbers):
            message = f"this asks about a figure of {fact.id}; give its date, {years}"
            evidence.report.error(draft.place("stem"), "date", message)
