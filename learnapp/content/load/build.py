"""Turn drafts that have no errors into the frozen course."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from learnapp.content.blocks import (
    Ask,
    Block,
    BodySection,
    Card,
    FigureSlot,
    Gloss,
    Paragraph,
    Paragraphs,
    VoiceNote,
    figure_anchor,
)
from learnapp.content.catalog import Ages, Lesson
from learnapp.content.figures import Figure
from learnapp.content.load.citations import Citer
from learnapp.content.load.drafts import AskDraft, BlockDraft, CardDraft, LessonDraft, ParagraphDraft
from learnapp.content.load.ledger import Ledger
from learnapp.content.readability import words_in
from learnapp.content.vocabulary import Voice
from learnapp.quiz.quiz import main_form, short_form

Numbered = tuple[Paragraph, tuple[tuple[Voice, str], ...], tuple[Gloss, ...]]


def build_lesson(draft: LessonDraft, ledger: Ledger, citer: Citer) -> Lesson:
    """Return the lesson as pages show it."""
    if draft.quiz is None:
        raise ValueError(f"{draft.path} has no quiz that could be read")
    front = draft.front
    figures = tuple(figure for _, figure in front.figures())
    body = _Layout(ledger, citer, "p", frozenset(front.gated), figures)
    sections = tuple(
        BodySection(one.id, one.title, one.sources, body.blocks(one.blocks)) for one in draft.body.sections
    )
    short = draft.body.short
    lesson = Lesson(
        module=draft.module,
        slug=draft.slug,
        number=draft.number,
        title=front.title,
        lead=front.lead,
        minutes=front.minutes,
        sections=front.sections,
        facts=front.facts,
        objectives=front.objectives,
        sensitivity=front.sensitivity,
        age=Ages(front.age.core, front.age.full, front.age.teacher_release),
        gated=front.gated,
        skip=front.skip,
        advisory=front.advisory,
        advisory_cards=front.advisory_cards,
        key_points=front.key_points,
        rests=citer.rests([ledger.facts[fact] for fact in draft.cited()], front.keep_in_mind),
        rests_note=front.rests_note,
        body=sections,
        short=_Layout(ledger, citer, "s", frozenset()).blocks(short.paragraphs) if short else (),
        pause_html=draft.body.pause.html if draft.body.pause else None,
        quiz=main_form(draft.quiz),
        short_quiz=short_form(draft.quiz),
        words=len(words_in(draft.body.text())),
    )
    return replace(lesson, digest=digest_of([repr(lesson)]))


def digest_of(parts: Iterable[str]) -> str:
    """Return the SHA-256 of these texts, 64 hexadecimal digits."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


class _Layout:
    """Numbers paragraphs through a lesson and gives neighbours with the same notes one margin."""

    def __init__(
        self,
        ledger: Ledger,
        citer: Citer,
        prefix: str,
        gated: frozenset[str],
        figures: Sequence[Figure] = (),
    ) -> None:
        self.ledger = ledger
        self.citer = citer
        self.prefix = prefix
        self.gated = gated
        self.paragraphs = 0
        self.cards = 0
        self.figures = enumerate(figures, 1)

    def blocks(self, drafts: Sequence[BlockDraft]) -> tuple[Block, ...]:
        found: list[Block] = []
        waiting: list[Numbered] = []
        for draft in drafts:
            if isinstance(draft, ParagraphDraft):
                waiting.append(self.paragraph(draft))
                continue
            found += _grouped(waiting)
            waiting = []
            if isinstance(draft, AskDraft):
                found.append(Ask(draft.html))
            elif isinstance(draft, CardDraft):
                found.append(self.card(draft))
            else:
                number, figure = next(self.figures)
                found.append(FigureSlot(figure, figure_anchor(number)))
        return (*found, *_grouped(waiting))

    def card(self, draft: CardDraft) -> Card:
        self.cards += 1
        inside = [self.paragraph(one) for one in draft.paragraphs]
        facts = tuple(dict.fromkeys(fact for one in draft.paragraphs for fact in one.facts))
        return Card(
            title=draft.title,
            anchor=f"card-{self.cards}",
            numbers=tuple(paragraph.number for paragraph, _, _ in inside),
            blocks=_grouped(inside),
            facts=facts,
            gated=not self.gated.isdisjoint(facts),
        )

    def paragraph(self, draft: ParagraphDraft) -> Numbered:
        self.paragraphs += 1
        number = self.paragraphs
        facts = [self.ledger.facts[fact] for fact in draft.facts]
        terms = [self.ledger.glossary[mark.slug] for mark in draft.terms]
        return (
            Paragraph(number, f"{self.prefix}{number}", draft.html, number == 1, draft.facts, draft.tag),
            self.citer.notes(facts, draft.own, draft.note),
            tuple(Gloss(term.slug, term.term, term.meaning) for term in terms),
        )


def _grouped(paragraphs: Sequence[Numbered]) -> tuple[Paragraphs, ...]:
    """Join neighbours whose notes are the same."""
    groups: list[list[Numbered]] = []
    for one in paragraphs:
        if groups and groups[-1][-1][1] == one[1]:
            groups[-1].append(one)
        else:
            groups.append([one])
    return tuple(_group(group) for group in groups)


def _group(group: Sequence[Numbered]) -> Paragraphs:
    numbers = tuple(paragraph.number for paragraph, _, _ in group)
    return Paragraphs(
        items=tuple(paragraph for paragraph, _, _ in group),
        notes=tuple(VoiceNote(voice, numbers, text) for voice, text in group[0][1]),
        glosses=tuple(gloss for _, _, glosses in group for gloss in glosses),
    )
