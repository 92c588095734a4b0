"""References: lessons and quizzes against the ledger; nothing points nowhere, nothing gated gets out."""

from __future__ import annotations

from collections.abc import Iterable

from learnapp.content.checks.reference_checker import ReferenceChecker
from learnapp.content.figures import Figure
from learnapp.content.figures.base import Where
from learnapp.content.figures.readings import readings
from learnapp.content.load.drafts import (
    CardDraft,
    CourseDraft,
    FigureDraft,
    ItemDraft,
    LessonDraft,
    ParagraphDraft,
)
from learnapp.content.problems import Position, Report


def check_references(draft: CourseDraft, report: Report) -> None:
    """Report whatever would mislead a reader or break a page."""
    checker = ReferenceChecker.of(draft, report)
    pages = {f"/modules/{lesson.module}/{lesson.slug}" for lesson in draft.lessons}
    pages |= {f"/modules/{module.slug}" for module in draft.modules}
    pages |= {f"/modules/{name}" for name in draft.renamed_names()}  # the link is built with the new name
    for number, lesson in enumerate(draft.lessons):
        _check_front(lesson, number, checker)
        _check_parts(lesson, report)
        _check_body(lesson, number, checker)
        _check_short(lesson, checker)
        _check_figures(lesson, number, checker)
        _check_marks(lesson, checker, pages if draft.has_every_lesson else None)
        for item in lesson.items():
            _check_item(lesson, item, number, checker)
    for item in (item for quiz in draft.stray_quizzes for item in quiz.items()):
        for n, fact in enumerate(item.item.facts):
            checker.fact(fact, item.place("facts", n))


def _check_front(lesson: LessonDraft, number: int, checker: ReferenceChecker) -> None:
    front, at, report = lesson.front, lesson.document.place, checker.report
    for n, section in enumerate(front.sections):
        checker.section(section, at("sections", n))
    for key, facts in (("facts", front.facts), ("gated", front.gated), ("skip", front.skip)):
        for n, fact in enumerate(facts):
            if facts.index(fact) != n:
                report.error(at(key, n), "fact-twice", f"{fact} stands in this list already")
            elif checker.fact(fact, at(key, n)):
                _check_listed(lesson, key, fact, at(key, n), number, checker)


def _check_listed(
    lesson: LessonDraft, key: str, fact: str, place: Position, number: int, checker: ReferenceChecker
) -> None:
    front, report = lesson.front, checker.report
    gate = checker.gated.get(fact)
    if key == "facts" and gate and fact not in front.gated:
        report.error(place, "gated-elsewhere", f"{gate.path} gates {fact}; gate it here too, or leave it out")
    if key == "gated" and fact not in front.facts:
        report.error(place, "gated-not-listed", f"{fact} is gated but not among the lesson's facts")
    if key == "skip":
        if gate:
            report.error(place, "gated-skip", f"{fact} is gated; the short version does not tell it")
        elif not checker.taught(fact, number):
            report.error(place, "not-taught", f"neither this lesson nor an earlier one teaches {fact}")


def _check_parts(lesson: LessonDraft, report: Report) -> None:
    """A strong lesson has all that makes it safe to open; the short way is whole or not there."""
    front, body, at = lesson.front, lesson.body, lesson.document.key
    strong = front.sensitivity == "strong"
    if strong and front.advisory is None:
        report.error(
            at("advisory"), "advisory-missing", "a strong lesson needs an advisory: what comes, in a sentence"
        )
    if strong and body.short is None:
        report.error(body.place, "short-missing", "a strong lesson needs a short version: ::: short")
    if strong and body.pause is None:
        report.error(
            body.place, "pause-missing", "a strong lesson ends with ::: pause: help, and one small act"
        )
    if body.short and not front.skip:
        report.error(at("skip"), "skip-missing", "list in `skip` the facts that the short version uses")
    if lesson.quiz is not None:
        if body.short and not lesson.quiz.quiz.short:
            report.error(
                lesson.quiz.document.place(), "short-quiz", "the short version needs its own quiz: `short`"
            )
        if lesson.quiz.quiz.short and not body.short:
            report.error(
                lesson.quiz.document.key("short"), "short-quiz", "there is no short version in the lesson"
            )


def _check_body(lesson: LessonDraft, number: int, checker: ReferenceChecker) -> None:
    for block in lesson.body.blocks():
        if isinstance(block, ParagraphDraft):
            _check_paragraph(lesson, block, False, number, checker)
        elif isinstance(block, CardDraft):
            for paragraph in block.paragraphs:
                _check_paragraph(lesson, paragraph, True, number, checker)


def _check_paragraph(
    lesson: LessonDraft, one: ParagraphDraft, in_card: bool, number: int, checker: ReferenceChecker
) -> None:
    place = one.attributes_at
    for fact in one.facts:
        if not checker.fact(fact, place):
            continue
        gate = checker.gated.get(fact)
        if gate and (not in_card or fact not in lesson.front.gated):
            words = "stands outside a card" if not in_card else f"is gated in {gate.path}; gate it here too"
            checker.report.error(place, "gated-outside-card", f"{fact} is gated and {words}")
        elif fact not in lesson.front.facts and not checker.earlier(fact, number):
            words = "is neither in the lesson's list of facts nor taught in an earlier lesson"
            checker.report.error(place, "fact-not-listed", f"{fact} {words}")
    voices = {checker.ledger.facts[fact].voice for fact in one.facts if fact in checker.ledger.facts}
    if one.note and len(voices) > 1:
        words = "note= stands for one voice, but these facts have " + ", ".join(sorted(voices))
        checker.report.error(place, "paragraph-note", words)


def _check_short(lesson: LessonDraft, checker: ReferenceChecker) -> None:
    for one in lesson.body.short.paragraphs if lesson.body.short else ():
        for fact in one.facts:
            if checker.fact(fact, one.attributes_at) and fact not in lesson.front.skip:
                checker.report.error(one.attributes_at, "short-fact", f"{fact} is not in `skip`")


def _check_figures(lesson: LessonDraft, number: int, checker: ReferenceChecker) -> None:
    """Each figure has its place in the text, and shows only what this lesson may show."""
    figures, document = lesson.front.figures(), lesson.document
    slots = [block for block in lesson.body.blocks() if isinstance(block, FigureDraft)]
    for slot in slots[len(figures) :]:
        words = "every figure stands in the text already" if figures else "the front matter has no figure"
        checker.report.error(slot.place, "figure-slot", words)
    for where, _figure in figures[len(slots) :]:
        words = "say where the figure stands: ::: figure and :::"
        checker.report.error(document.key(*where), "figure-slot", words)
    for where, figure in figures:
        _check_figure(lesson, where, figure, number, checker)


def _check_figure(
    lesson: LessonDraft, where: Where, figure: Figure, number: int, checker: ReferenceChecker
) -> None:
    report, at = checker.report, lesson.document.place
    for n, fact in enumerate(figure.facts):
        place = at(*where, "facts", n)
        if not checker.fact(fact, place):
            continue
        if fact in checker.ledger.facts and not checker.ledger.facts[fact].quizzable:
            report.error(place, "not-charted", f"{fact} is never asked, and no figure shows it")
        if fact in checker.gated:
            report.error(place, "gated-figure", f"{fact} is gated; a figure does not show it")
        elif fact not in lesson.front.facts and not checker.earlier(fact, number):
            words = f"{fact} is neither in the lesson's list of facts nor taught in an earlier lesson"
            report.error(place, "fact-not-listed", words)
    for inside, fact in figure.part_facts():
        place = at(*where, *inside)
        if checker.fact(fact, place) and fact not in figure.facts:
            report.error(place, "figure-facts", f"{fact} is not among the figure's facts")
    for inside, asked in figure.numbers():
        if asked.fact in checker.ledger.facts:
            found = readings(checker.ledger.facts[asked.fact].figures)
            if asked.at >= len(found):
                has = ", ".join(f"{n}: {one.text}" for n, one in enumerate(found)) or "no number in digits"
                words = f"{asked.fact} has no number at {asked.at}; in its figures it has {has}"
                report.error(at(*where, *inside, "at"), "figure-number", words)


def _check_marks(lesson: LessonDraft, checker: ReferenceChecker, pages: Iterable[str] | None) -> None:
    """Check what the text points to: sections, terms, links."""
    for section in lesson.body.sections:
        for slug in section.sources:
            if checker.section(slug, section.attributes_at) and slug not in lesson.front.sections:
                words = f"“{slug}” is not among the lesson's sections"
                checker.report.error(section.attributes_at, "section-not-listed", words)
    body = [paragraph for paragraph, _ in lesson.body.paragraphs()]
    short = lesson.body.short.paragraphs if lesson.body.short else ()
    for part in (body, short):
        seen: set[str] = set()
        for mark in (mark for paragraph in part for mark in paragraph.terms):
            if checker.term(mark.slug, mark.place) and mark.slug in seen:
                checker.report.error(
                    mark.place, "term-twice", f"“{mark.slug}” is marked already; mark its first use only"
                )
            seen.add(mark.slug)
    ids = {section.id for section in lesson.body.sections}
    for paragraph in (*body, *short):
        for link in paragraph.links:
            page, _, anchor = link.partition("#")
            lost = page.startswith("/modules/") and pages is not None and page.rstrip("/") not in pages
            if lost or (not page and anchor not in ids):
                checker.report.error(paragraph.place, "dangling-link", f"{link} leads nowhere")


def _check_item(lesson: LessonDraft, draft: ItemDraft, number: int, checker: ReferenceChecker) -> None:
    """An item rests on facts that its reader has met, and may be asked about."""
    item = draft.item
    for n, fact in enumerate(item.facts):
        _check_tested(lesson, draft, fact, draft.place("facts", n), number, checker)
        if draft.short and fact not in lesson.front.skip:
            checker.report.error(
                draft.place("facts", n), "short-fact", f"{fact} is not in the lesson's `skip`"
            )
    for where, fact in draft.strings("see"):
        _check_tested(lesson, draft, fact, draft.place(*where), number, checker)
    if item.review and not any(checker.earlier(fact, number) for fact in item.facts):
        checker.report.error(
            draft.place("review"), "review-fact", "a review item asks what an earlier lesson taught"
        )


def _check_tested(
    lesson: LessonDraft, draft: ItemDraft, fact: str, place: Position, number: int, checker: ReferenceChecker
) -> None:
    if not checker.fact(fact, place):
        return
    report = checker.report
    if fact in checker.ledger.facts and not checker.ledger.facts[fact].quizzable:
        report.error(place, "not-quizzable", f"{fact} is never asked (`quizzable: false`)")
    elif not checker.taught(fact, number):
        report.error(place, "not-taught", f"neither this lesson nor an earlier one teaches {fact}")
    elif fact in checker.gated and (draft.short or draft.item.review or fact not in lesson.front.gated):
        report.error(place, "gated-item", f"{fact} is gated; only the main quiz of its own lesson asks it")
