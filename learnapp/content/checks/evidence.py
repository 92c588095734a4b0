"""Evidence: numbers against facts, and dates and caveats where readers can see them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from learnapp.content.checks.numbers import numbers_in
from learnapp.content.checks.quizzes.stimuli import derived_numbers, shown_numbers, worked_out
from learnapp.content.checks.words import document_words
from learnapp.content.facts import Fact
from learnapp.content.figures import Figure
from learnapp.content.load.citations import CitationFormatter
from learnapp.content.load.drafts import CourseDraft, ItemDraft, LessonDraft
from learnapp.content.load.ledger import Ledger
from learnapp.content.load.lesson.blocks import ParagraphDraft, PieceDraft
from learnapp.content.load.yaml import Where
from learnapp.content.problems import EVIDENCE, FACTS, SOURCE, Position, Report
from learnapp.content.vocabulary import years_in

# "Two", "three" and "four" mostly count what the sentence itself names; from five on they are figures.
WORDS_FROM = 5
FRONT_KEYS = (
    "title",
    "lead",
    "objectives",
    "advisory",
    "advisory_cards",
    "key_points",
    "keep_in_mind",
    "rests_note",
    "question",
    "answer",
    "person",
)
REASONS = frozenset({"feedback", "right", "low", "high", "unit", "true", "false", "hints"})
DECADE = re.compile(r"\b([12][0-9]{2}0)s\b")
REFERENCE = re.compile(
    r"\b(?:module|lesson|paragraph|step|part|question)s? [0-9]+(?:(?:, | to | and | or |[–-])[0-9]+)*", re.I
)


@dataclass(frozen=True, slots=True)
class NumberChecker:
    """The facts that a text may take its numbers from."""

    ledger: Ledger
    report: Report

    def facts(self, names: Iterable[str]) -> list[Fact]:
        """Return these facts, each once, without names that the ledger does not have."""
        return [self.ledger.facts[name] for name in dict.fromkeys(names) if name in self.ledger.facts]

    def numbers(self, names: Iterable[str]) -> set[Decimal]:
        """Return every number that these facts, their dates, caveats and citations have."""
        return {number for text in self.texts(names) for number in numbers_in(text)}

    def years(self, names: Iterable[str]) -> set[Decimal]:
        """Return the numbers of these facts and each year of a decade that they name, such as the mid-1960s."""
        names = list(names)
        decades = [int(decade) for text in self.texts(names) for decade in DECADE.findall(text)]
        return self.numbers(names) | {Decimal(decade + year) for decade in decades for year in range(10)}

    def texts(self, names: Iterable[str]) -> list[str]:
        """Return all that these facts say, with what dates and cites them."""
        source = self.ledger.source
        texts = [source.date_note, source.when] if source else []
        for fact in self.facts(names):
            texts += [fact.text, *fact.figures, fact.attribution, fact.dated or "", fact.caveat or ""]
            texts += [fact.note or "", self.ledger.cites.get(fact.attribution, "")]
        return texts

    def course_numbers(self, draft: CourseDraft) -> set[Decimal]:
        """Return every number of the facts that a course teaches."""
        return self.numbers(fact for lesson in draft.lessons for fact in (*lesson.front.facts, *lesson.cited()))

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
    if not all(ledger.is_known(path) for path in (SOURCE, FACTS, EVIDENCE)):
        return  # every number may be in the file that cannot be read
    evidence = NumberChecker(ledger, report)
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
            check_item_numbers(item, lesson_numbers, evidence)


def _check_paragraph(paragraph: ParagraphDraft, lesson_numbers: set[Decimal], evidence: NumberChecker) -> None:
    """Report a retelling with numbers of other facts than its own; a comment of ours may use all of the lesson's."""
    for words in paragraph.beside():
        evidence.check(words, lesson_numbers, paragraph.attributes_at, "the lesson")
    citable, whose = lesson_numbers, "the lesson"
    if not paragraph.own:
        citable, whose = evidence.numbers(paragraph.facts), "this paragraph"
    for number in claimed_numbers(paragraph.text):
        lines = (place.line for place, line in paragraph.written() if number in numbers_in(line))
        place = paragraph.place._replace(line=next(lines, paragraph.place.line))
        evidence.check_number(number, citable, place, whose)


def _check_visible(paragraph: ParagraphDraft, citations: CitationFormatter, evidence: NumberChecker) -> None:
    """Report a date, an estimate or a caveat that stands neither in the paragraph nor beside it."""
    facts = [fact for fact in evidence.facts(paragraph.facts) if citations.can_cite(fact)]
    notes = citations.notes(facts, paragraph.own, paragraph.note)
    seen = " ".join([paragraph.text, *(note.text for note in notes)])
    numbers = set(numbers_in(seen))
    place, report = paragraph.attributes_at, evidence.report
    for fact in facts:
        if years := _missing_years(fact, seen):
            report.error(place, "date", f"{fact.id} is dated {years}; say so in the text or its note")
        if (fact.dated or "").lower().startswith("estimate") and "estimate" not in seen.lower():
            report.error(place, "date", f"{fact.id} is an estimate; say so in the text or its note")
        # What evidence warns its authors of is for them alone.
        noted = fact.note is not None or paragraph.note is not None or fact.section is None
        if not noted and not numbers.issuperset(numbers_in(fact.caveat or "")):
            words = f"readers cannot see the caveat of {fact.id}: give the fact a `note`, or the paragraph note="
            report.error(place, "caveat", words)


def _missing_years(fact: Fact, seen: str, figures: Iterable[str] = ()) -> str:
    """Return the years of a fact's date that these words do not have, "" for none.

    Evidence is dated by when it was published: one year that can be seen, of its date, of its statement or of
    these of its figures, says as much.
    """
    told = years_in(" ".join([fact.text, fact.dated or "", *figures])) if fact.section is None else []
    if any(year in seen for year in told):
        return ""
    return " and ".join(year for year in years_in(fact.dated or "") if year not in seen)


def _check_titles(lesson: LessonDraft, lesson_numbers: set[Decimal], evidence: NumberChecker) -> None:
    """Report numbers in titles, key points and the like that no fact of the lesson has."""
    for section in lesson.body.sections:
        evidence.check(section.title, lesson_numbers, section.place, "the lesson")
    for piece in lesson.body.blocks(PieceDraft):
        evidence.check(piece.title, lesson_numbers, piece.place, "the lesson")
    for place, question in lesson.body.questions():
        evidence.check(question.text, lesson_numbers, place, "the lesson")
    for key in FRONT_KEYS:
        if key in lesson.document.data:
            for words in document_words(lesson.document, (key,)):
                evidence.check(words.text, lesson_numbers, words.place, "the lesson")
    short_numbers = evidence.numbers(lesson.cited_short())
    for words in document_words(lesson.document, ("short",)) if lesson.front.short else ():
        evidence.check(words.text, short_numbers, words.place, "the short version")


def _check_figure(lesson: LessonDraft, where: Where, figure: Figure, evidence: NumberChecker) -> None:
    """Report other numbers than those of a figure's own facts and parts, and a year that it does not tell."""
    citable = evidence.years(figure.facts) | {Decimal(count) for count in (*figure.counts(), *figure.axis_ends())}
    texts = list(document_words(lesson.document, where))
    for words in texts:
        evidence.check(words.text, citable, words.place, "the figure")
    for inside, year, facts in figure.years():
        place = lesson.document.place(*where, *inside)
        if year not in figure.axis_ends():
            evidence.check_number(Decimal(year), evidence.years(facts), place, "this part of the figure")
    seen = " ".join([*(words.text for words in texts), *(str(year) for _, year, _ in figure.years())])
    for fact in evidence.facts(figure.facts):
        if years := _missing_years(fact, seen, fact.figures):
            message = f"{fact.id} is dated {years}; say so in `dated`, the caption or the description"
            evidence.report.error(lesson.document.key(*where), "date", message)


def _check_stimulus(draft: ItemDraft, evidence: NumberChecker) -> set[Decimal]:
    """Report numbers that the evidence of a stimulus does not have; return those that it shows or lets work out."""
    stimulus = draft.item.stimulus
    if stimulus is None:
        return set()
    if not stimulus.made_up:
        citable = evidence.numbers(stimulus.evidence)
        for where, text in stimulus.texts():
            evidence.check(text, citable, draft.place("stimulus", *where), "this stimulus")
    return shown_numbers(stimulus) | derived_numbers(stimulus)


def check_item_numbers(draft: ItemDraft, lesson_numbers: set[Decimal], evidence: NumberChecker) -> None:
    """Report right answers with other numbers than their facts', and a figure that is asked about without its year."""
    item = draft.item
    shown = _check_stimulus(draft, evidence)
    citable = evidence.numbers(draft.facts()) | shown
    for where, text in item.claims():
        evidence.check(text, citable, draft.place(*where), "this item")
    exact, low, high = item.right_numbers or (None, Decimal(0), Decimal(0))
    if exact is not None and citable.isdisjoint(item.right_numbers):
        # A case asks to work with what the lesson told.
        amounts = shown | worked_out(citable) if item.stimulus else shown
        if not any(low <= number <= high for number in amounts):
            evidence.check_number(item.right_numbers[0], citable, draft.place("answer"), "this item")
    texts = list(document_words(draft.document, draft.where))
    for words in texts:
        if words.key in REASONS:
            evidence.check(words.text, citable | lesson_numbers | set(item.right_numbers), words.place, "the lesson")
    seen = " ".join(words.text for words in texts)
    numbers = {*numbers_in(seen, WORDS_FROM), *item.right_numbers[:1]}
    for fact in evidence.facts(item.facts):
        years = _missing_years(fact, seen, fact.figures)
        figures = {number for figure in fact.figures for number in numbers_in(figure)}
        if years and not figures.isdisjoint(numbers):
            message = f"this asks about a figure of {fact.id}; give its date, {years}"
            evidence.report.error(draft.place("stem"), "date", message)
