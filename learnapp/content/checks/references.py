"""References: lessons and quizzes against the ledger; nothing points nowhere, nothing gated gets out."""

from collections.abc import Set
from dataclasses import dataclass

from learnapp.content.checks.ledger import ReferenceChecker, check_ledger
from learnapp.content.figures import Figure
from learnapp.content.figures.base import Where
from learnapp.content.figures.readings import readings
from learnapp.content.load.drafts import CourseDraft, ItemDraft, LessonDraft, items_in
from learnapp.content.load.lesson.blocks import FigureDraft, ParagraphDraft
from learnapp.content.problems import Position, Report


def _check_places(draft: CourseDraft, report: Report) -> None:
    """Report a name on the map of a first page that leads to no lesson."""
    if draft.course is None or not draft.has_every_lesson:
        return
    keys = {str(lesson.key) for lesson in draft.lessons}
    for number, course in enumerate(draft.course.data["courses"]):
        for place, key in course.get("places", {}).items():
            if key not in keys:
                position = draft.course.place("courses", number, "places", place)
                report.error(position, "unknown-lesson", f"“{key}” is no lesson of a course")


def check_references(draft: CourseDraft, report: Report) -> None:
    """Report whatever would mislead a reader or break a page."""
    checker = ReferenceChecker(draft, report)
    _check_places(draft, report)
    check_ledger(checker)
    names = {*(lesson.key for lesson in draft.lessons), *(module.slug for module in draft.modules)}
    names |= draft.renamed_names().keys()  # the link is built with the new name
    pages = {f"/modules/{name}" for name in names} if draft.has_every_lesson else None
    for number, lesson in enumerate(draft.lessons):
        _LessonReferences(lesson, number, checker, report).check(pages)
    for item in (item for quiz in draft.stray_quizzes for item in items_in(quiz)):
        for place, fact in item.tested_facts():
            checker.require_fact(fact, place)


@dataclass(frozen=True, slots=True)
class _LessonReferences:
    """The references of one lesson; `number` is the lesson's position among all."""

    lesson: LessonDraft
    number: int
    checker: ReferenceChecker
    report: Report

    def check(self, pages: Set[str] | None) -> None:
        """Report what leads nowhere; `pages` are the addresses that links may lead to, None where unknown."""
        self._check_front()
        self._check_safety()
        for paragraph, card in self.lesson.body.paragraphs():
            self._check_paragraph(paragraph, in_card=card is not None)
        self._check_slots()
        for where, figure in self.lesson.front.figures():
            self._check_figure(where, figure)
        self._check_parts()
        self._check_terms()
        self._check_links(pages)
        for item in self.lesson.items():
            self._check_item(item)

    def _check_front(self) -> None:
        if person := self.lesson.front.person:
            self.checker.require_person(person.id, self.lesson.document.place("person", "id"))
        for place, section in self.lesson.listed("sections"):
            self.checker.require_section(section, place)
        for key in ("facts", "gated", "skip"):
            earlier: set[str] = set()
            for place, fact in self.lesson.listed(key):
                if fact in earlier:
                    self.report.error(place, "fact-twice", f"{fact} stands in this list already")
                elif self.checker.require_fact(fact, place):
                    self._check_listed(key, fact, place)
                earlier.add(fact)

    def _check_listed(self, key: str, fact: str, place: Position) -> None:
        front, gating_file = self.lesson.front, self.checker.gating_files.get(fact)
        if key == "facts" and gating_file and fact not in front.gated:
            self.report.error(
                place, "gated-elsewhere", f"{gating_file} gates {fact}; gate it here too, or leave it out"
            )
        if key == "gated" and fact not in front.facts:
            self.report.error(place, "gated-not-listed", f"{fact} is gated but not among the lesson’s facts")
        if key == "skip" and gating_file:
            self.report.error(place, "gated-skip", f"{fact} is gated; the short version does not tell it")
        elif key == "skip":
            self._require_taught(fact, place)

    def _check_safety(self) -> None:
        """Report what a strong lesson lacks to be safe to open, and a short version that is not whole."""
        front, body, quiz, at = (self.lesson.front, self.lesson.body, self.lesson.quiz, self.lesson.document.key)
        strong = front.sensitivity == "strong"
        if strong and front.advisory is None:
            words = "a strong lesson needs an advisory: what comes, in a sentence"
            self.report.error(at("advisory"), "advisory-missing", words)
        if strong and not body.short:
            self.report.error(body.place, "short-missing", "a strong lesson needs a short version: ::: short")
        if strong and body.pause is None:
            words = "a strong lesson ends with ::: pause: help, and one small act"
            self.report.error(body.place, "pause-missing", words)
        if body.short and not front.skip:
            self.report.error(at("skip"), "skip-missing", "list in `skip` the facts that the short version uses")
        if quiz and body.short and not quiz.model.short:
            self.report.error(quiz.document.place(), "short-quiz", "the short version needs its own quiz: `short`")
        if quiz and quiz.model.short and not body.short:
            self.report.error(quiz.document.key("short"), "short-quiz", "there is no short version in the lesson")

    def _check_paragraph(self, paragraph: ParagraphDraft, in_card: bool) -> None:
        place, ledger = paragraph.attributes_at, self.checker.ledger
        for fact in paragraph.facts:
            if not self.checker.require_fact(fact, place):
                continue
            gating_file = self.checker.gating_files.get(fact)
            if gating_file and not in_card:
                self.report.error(place, "gated-outside-card", f"{fact} is gated and stands outside a card")
            elif gating_file and fact not in self.lesson.front.gated:
                self.report.error(place, "gated-outside-card", f"{fact} is gated in {gating_file}; gate it here too")
            else:
                self._require_listed(fact, place)
        voices = {ledger.facts[fact].voice for fact in paragraph.facts if fact in ledger.facts}
        if paragraph.note and len(voices) > 1:
            words = "note= stands for one voice, but these facts have " + ", ".join(sorted(voices))
            self.report.error(place, "paragraph-note", words)

    def _check_slots(self) -> None:
        """Report a figure without a place in the text, and a place without a figure."""
        figures = self.lesson.front.figures()
        slots = self.lesson.body.blocks(FigureDraft)
        for slot in slots[len(figures) :]:
            words = "every figure stands in the text already" if figures else "the front matter has no figure"
            self.report.error(slot.place, "figure-slot", words)
        for where, _figure in figures[len(slots) :]:
            words = "say where the figure stands: ::: figure and :::"
            self.report.error(self.lesson.document.key(*where), "figure-slot", words)

    def _check_figure(self, where: Where, figure: Figure) -> None:
        """Report what this lesson may not show in a figure, and numbers that the ledger does not have."""
        at, facts = self.lesson.document.place, self.checker.ledger.facts
        for n, fact in enumerate(figure.facts):
            place = at(*where, "facts", n)
            if not self.checker.require_fact(fact, place):
                continue
            if fact in facts and not facts[fact].quizzable:
                self.report.error(place, "not-charted", f"{fact} is never asked, and no figure shows it")
            if fact in self.checker.gating_files:
                self.report.error(place, "gated-figure", f"{fact} is gated; a figure does not show it")
            else:
                self._require_listed(fact, place)
        for inside, fact in figure.part_facts():
            place = at(*where, *inside)
            if self.checker.require_fact(fact, place) and fact not in figure.facts:
                self.report.error(place, "figure-facts", f"{fact} is not among the figure’s facts")
        for inside, number in figure.numbers():
            fact_readings = readings(facts[number.fact].figures) if number.fact in facts else ()
            if number.fact in facts and number.at >= len(fact_readings):
                numbers = ", ".join(f"{n}: {reading.text}" for n, reading in enumerate(fact_readings))
                words = f"{number.fact} has no number at {number.at}; in its figures it has "
                words += numbers or "no number in digits"
                self.report.error(at(*where, *inside, "at"), "figure-number", words)

    def _check_parts(self) -> None:
        for section in self.lesson.body.sections:
            place = section.attributes_at
            for slug in section.sources:
                if self.checker.require_section(slug, place) and slug not in self.lesson.front.sections:
                    self.report.error(place, "section-not-listed", f"“{slug}” is not among the lesson’s sections")
        for paragraph in self.lesson.body.short:
            for fact in paragraph.facts:
                if self.checker.require_fact(fact, paragraph.attributes_at) and fact not in self.lesson.front.skip:
                    self.report.error(paragraph.attributes_at, "short-fact", f"{fact} is not in `skip`")

    def _check_terms(self) -> None:
        """Report a term that is marked again after its first use, in the body or in the short version."""
        body = [paragraph for paragraph, _ in self.lesson.body.paragraphs()]
        for paragraphs in (body, self.lesson.body.short):
            seen: set[str] = set()
            for mark in (mark for paragraph in paragraphs for mark in paragraph.terms):
                if self.checker.require_term(mark.slug, mark.place) and mark.slug in seen:
                    words = f"“{mark.slug}” is marked already; mark its first use only"
                    self.report.error(mark.place, "term-twice", words)
                seen.add(mark.slug)

    def _check_links(self, pages: Set[str] | None) -> None:
        anchors = {section.id for section in self.lesson.body.sections}
        for paragraph in self.lesson.body.all_paragraphs():
            for link in paragraph.links:
                page, _, anchor = link.partition("#")
                lost = page.startswith("/modules/") and pages is not None and page.rstrip("/") not in pages
                if lost or (not page and anchor not in anchors):
                    self.report.error(paragraph.place, "dangling-link", f"{link} leads nowhere")

    def _check_item(self, draft: ItemDraft) -> None:
        """Report an item on facts that its reader has not met, or that are never asked."""
        for place, fact in (*draft.tested_facts(), *draft.see_facts()):
            self._check_tested(draft, fact, place)
        for place, fact in draft.tested_facts() if draft.short else ():
            if fact not in self.lesson.front.skip:
                self.report.error(place, "short-fact", f"{fact} is not in the lesson’s `skip`")
        earlier = any(self.checker.taught_before(fact, self.number) for fact in draft.item.facts)
        if draft.item.review and not earlier:
            self.report.error(draft.place("review"), "review-fact", "a review item asks what an earlier lesson taught")

    def _check_tested(self, draft: ItemDraft, fact: str, place: Position) -> None:
        if not self.checker.require_fact(fact, place):
            return
        facts = self.checker.ledger.facts
        only_here = draft.short or draft.item.review or fact not in self.lesson.front.gated
        if fact in facts and not facts[fact].quizzable:
            self.report.error(place, "not-quizzable", f"{fact} is never asked (`quizzable: false`)")
        elif self._require_taught(fact, place) and fact in self.checker.gating_files and only_here:
            self.report.error(place, "gated-item", f"{fact} is gated; only the main quiz of its own lesson asks it")

    def _require_taught(self, fact: str, place: Position) -> bool:
        """Tell whether this lesson or an earlier one teaches a fact; report where none does."""
        if self.checker.taught_before(fact, self.number + 1):
            return True
        self.report.error(place, "not-taught", f"neither this lesson nor an earlier one teaches {fact}")
        return False

    def _require_listed(self, fact: str, place: Position) -> None:
        """Report a fact that neither this lesson lists nor an earlier one teaches."""
        if fact not in self.lesson.front.facts and not self.checker.taught_before(fact, self.number):
            words = f"{fact} is neither in the lesson’s list of facts nor taught in an earlier lesson"
            self.report.error(place, "fact-not-listed", words)
