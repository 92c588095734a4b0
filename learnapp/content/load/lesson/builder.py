"""Blocks: what a lesson's body has as drafts becomes what pages show, with its notes and glosses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count, groupby

from learnapp.content.blocks import Block, Card, FigureSlot, Gap, Guess, Judge, Paragraph, Paragraphs, Piece, VoiceNote
from learnapp.content.facts import Term
from learnapp.content.load.citations import CitationFormatter, Note, Notes
from learnapp.content.load.ledger import Ledger
from learnapp.content.load.lesson.blocks import (
    BlockDraft,
    CardDraft,
    GapDraft,
    GuessDraft,
    JudgeDraft,
    ParagraphDraft,
    PieceDraft,
)
from learnapp.content.load.lesson.witness import with_links, witness
from learnapp.content.load.schemas import LessonFront

NotedParagraph = tuple[Paragraph, Notes, tuple[Term, ...]]


@dataclass(slots=True)
class BlockBuilder:
    """Numbers paragraphs through a lesson and gives neighbours with the same notes one margin."""

    lesson: LessonFront
    prefix: str
    ledger: Ledger
    citations: CitationFormatter
    moved: Mapping[str, str]
    ages: Mapping[str, int]
    letters: str = ""
    paragraphs: int = 0
    cards: int = 0
    figures: int = 0
    pieces: int = 0

    def blocks(self, drafts: Sequence[BlockDraft]) -> tuple[Block, ...]:
        blocks: list[Block] = []
        waiting: list[NotedParagraph] = []
        for draft in drafts:
            if isinstance(draft, ParagraphDraft):
                waiting.append(self.paragraph(draft))
                continue
            blocks += _grouped(waiting)
            waiting = []
            blocks.append(self.block(draft))
        return (*blocks, *_grouped(waiting))

    def block(self, draft: BlockDraft) -> Block:
        """Return a block that is no paragraph."""
        match draft:
            case CardDraft():
                return self.card(draft)
            case PieceDraft():
                return self.piece(draft)
            case GapDraft():
                return Gap(_grouped(map(self.paragraph, draft.paragraphs)))
            case GuessDraft():
                choices = tuple(draft.choices.text.split("\n")) if draft.choices else ()
                return Guess(draft.name, draft.question.html, choices, draft.kept.html if draft.kept else None)
            case JudgeDraft():
                return Judge()
        _, figure = self.lesson.figures()[self.figures]
        self.figures += 1
        return FigureSlot(figure, self.figures)

    def piece(self, draft: PieceDraft) -> Piece:
        letter = self.letters[self.pieces]
        self.pieces += 1
        blocks = _grouped(map(self.paragraph, draft.paragraphs))
        names = dict.fromkeys(fact for paragraph in draft.paragraphs for fact in paragraph.facts)
        facts = [self.ledger.facts[name] for name in names]
        return witness(letter, draft.title, blocks, facts, self.citations, self.ledger.people)

    def card(self, draft: CardDraft) -> Card:
        self.cards += 1
        inside = [self.paragraph(paragraph) for paragraph in draft.paragraphs]
        return Card(
            title=draft.title,
            anchor=f"card-{self.cards}",
            numbers=tuple(paragraph.number for paragraph, _, _ in inside),
            blocks=_grouped(inside),
            gated=not set(self.lesson.gated).isdisjoint(draft.facts()),
        )

    def _is_open(self, fact: str) -> bool:
        """Tell whether whoever is shown this lesson is shown the fact as well."""
        return self.ages[fact] <= self.lesson.age.opens

    def paragraph(self, draft: ParagraphDraft) -> NotedParagraph:
        self.paragraphs += 1
        number = self.paragraphs
        facts = [self.ledger.facts[fact] for fact in draft.facts]
        html = draft.html
        for link in draft.links:
            page, mark, anchor = link.partition("#")
            if new := self.moved.get(page.rstrip("/")):
                html = html.replace(f'href="{link}"', f'href="{new}{mark}{anchor}"')
        rel = with_links(draft.rel, self.letters) if draft.rel else None
        return (
            Paragraph(number, f"{self.prefix}{number}", html, number == 1, draft.facts, draft.tag, draft.notice, rel),
            self.citations.notes(facts, draft.own, draft.note, self._is_open),
            tuple(self.ledger.glossary[mark.slug] for mark in draft.terms),
        )


def _grouped(paragraphs: Iterable[NotedParagraph]) -> tuple[Paragraphs, ...]:
    """Join neighbours whose notes are the same; one with a notice or a remark stands alone."""
    groups: list[Paragraphs] = []
    alone = count(1)

    def look(noted: NotedParagraph) -> tuple[object, ...]:
        stands_alone = noted[0].notice or noted[0].rel_html
        return ([note.words for note in noted[1]], next(alone) if stands_alone else 0)

    for _, same in groupby(paragraphs, key=look):
        items, notes, glosses = zip(*same, strict=True)
        numbers = tuple(paragraph.number for paragraph in items)
        margin = tuple(_shared(together, numbers) for together in zip(*notes, strict=True))
        groups.append(Paragraphs(items, margin, tuple(chain.from_iterable(glosses))))
    return tuple(groups)


def _shared(notes: Sequence[Note], numbers: tuple[int, ...]) -> VoiceNote:
    """Return one margin note for notes with the same words."""
    facts = dict.fromkeys(fact for note in notes for fact in note.facts)
    first = notes[0]
    return VoiceNote(first.voice, numbers, first.text, first.by, tuple(facts), first.also, first.in_part)
