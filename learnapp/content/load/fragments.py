"""Names of facts, sections and terms in what could not be built: each that leads nowhere is reported."""

from __future__ import annotations

from learnapp.content.checks.pointers import Pointers
from learnapp.content.load.drafts import Bank, BodyDraft
from learnapp.content.load.ledger import Ledger
from learnapp.content.load.named import facts_named
from learnapp.content.load.yaml import Document, Where
from learnapp.content.problems import Report


def check_fragments(bank: Bank, ledger: Ledger, report: Report) -> None:
    """Report dangling names in lessons, figures and quizzes that are too faulty for other checks."""
    pointers = Pointers(ledger, report)
    for lesson in bank.lessons:
        if lesson.quiz is None and lesson.quiz_document is not None:
            _check_document(lesson.quiz_document, pointers)
        if lesson.lost_figure is not None:
            _check_document(lesson.lost_figure, pointers, ("figure",))
    for fragment in bank.fragments:
        if fragment.document is not None:
            _check_document(fragment.document, pointers)
            _check_sections(fragment.document, pointers)
        if fragment.quiz_document is not None:
            _check_document(fragment.quiz_document, pointers)
        if fragment.body is not None:
            _check_body(fragment.body, pointers)


def _check_document(document: Document, pointers: Pointers, below: Where = ()) -> None:
    for where, fact in facts_named(document.data):
        if where[: len(below)] == below:
            pointers.fact(fact, document.place(*where))


def _check_sections(document: Document, pointers: Pointers) -> None:
    listed = document.data.get("sections") if isinstance(document.data, dict) else None
    for number, slug in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(slug, str):
            pointers.section(slug, document.place("sections", number))


def _check_body(body: BodyDraft, pointers: Pointers) -> None:
    for section in body.sections:
        for slug in section.sources:
            pointers.section(slug, section.attributes_at)
    short = body.short.paragraphs if body.short else ()
    for paragraph in (*(one for one, _ in body.paragraphs()), *short):
        for fact in paragraph.facts:
            pointers.fact(fact, paragraph.attributes_at)
        for mark in paragraph.terms:
            pointers.term(mark.slug, mark.place)
