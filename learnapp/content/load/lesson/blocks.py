"""Block drafts: the parts of a lesson's body as written, with their positions."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeVar

from learnapp.content.problems import Position

Tag = Literal["p", "ul", "ol"]


class TermMark(NamedTuple):
    """A glossary term marked in a paragraph."""

    slug: str
    place: Position


@dataclass(frozen=True, slots=True)
class ParagraphDraft:
    """One paragraph or list: its clean inner HTML, its words, its lines as typed, and what it rests on, if anything.

    `rel` says how a paragraph of a piece of evidence stands to the others, `notice` what comes before it is read.
    """

    place: Position
    attributes_at: Position
    tag: Tag
    html: str
    text: str
    lines: tuple[str, ...]
    terms: tuple[TermMark, ...]
    links: tuple[str, ...]
    facts: tuple[str, ...] = ()
    own: str | None = None
    note: str | None = None
    rel: str | None = None
    notice: str | None = None

    def beside(self) -> tuple[str, ...]:
        """Return the words that stand beside it or before it."""
        return tuple(filter(None, (self.own, self.note, self.rel, self.notice)))

    def written(self) -> Iterator[tuple[Position, str]]:
        """Yield each of its lines as typed, with the place where it starts."""
        for number, line in enumerate(self.lines, self.place.line):
            yield Position(self.place.path, number), line


@dataclass(frozen=True, slots=True)
class FigureDraft:
    place: Position


@dataclass(frozen=True, slots=True)
class CardDraft:
    place: Position
    title: str
    paragraphs: tuple[ParagraphDraft, ...]

    def facts(self) -> tuple[str, ...]:
        """Return the facts that its paragraphs rest on, each once."""
        return tuple(dict.fromkeys(fact for paragraph in self.paragraphs for fact in paragraph.facts))


@dataclass(frozen=True, slots=True)
class PieceDraft:
    """A piece of evidence; its letter is that of its place among them."""

    place: Position
    title: str
    paragraphs: tuple[ParagraphDraft, ...]


@dataclass(frozen=True, slots=True)
class GuessDraft:
    """A guess before reading on: its question, what there is to choose from (else a line), what is said once kept."""

    place: Position
    name: str
    question: ParagraphDraft
    choices: ParagraphDraft | None
    kept: ParagraphDraft | None

    def texts(self) -> tuple[ParagraphDraft, ...]:
        """Return all that it says, in order."""
        return tuple(filter(None, (self.question, self.choices, self.kept)))


@dataclass(frozen=True, slots=True)
class JudgeDraft:
    place: Position


@dataclass(frozen=True, slots=True)
class GapDraft:
    """What we cannot know."""

    place: Position
    paragraphs: tuple[ParagraphDraft, ...]


Kind = TypeVar("Kind", FigureDraft, CardDraft, PieceDraft, GuessDraft, JudgeDraft, GapDraft)
BlockDraft = ParagraphDraft | FigureDraft | CardDraft | PieceDraft | GuessDraft | JudgeDraft | GapDraft


@dataclass(frozen=True, slots=True)
class SectionDraft:
    place: Position
    attributes_at: Position
    id: str
    title: str
    sources: tuple[str, ...]
    blocks: list[BlockDraft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BodyDraft:
    """A lesson's body; `short` are the paragraphs of its short version, `pause` those at its end, if it has them.

    `short_pause` stands at the end of the short version.
    """

    place: Position
    sections: tuple[SectionDraft, ...]
    short: tuple[ParagraphDraft, ...]
    pause: tuple[ParagraphDraft, ...] | None
    short_pause: tuple[ParagraphDraft, ...] | None = None

    def blocks(self, kind: type[Kind]) -> list[Kind]:
        """Return its blocks of one kind, in order."""
        return [block for section in self.sections for block in section.blocks if isinstance(block, kind)]

    def paragraphs(self) -> Iterator[tuple[ParagraphDraft, CardDraft | None]]:
        """Yield every paragraph of the body with the card that it stands in, if any; not the short version's."""
        for block in (block for section in self.sections for block in section.blocks):
            if isinstance(block, ParagraphDraft):
                yield block, None
            elif isinstance(block, CardDraft):
                yield from ((paragraph, block) for paragraph in block.paragraphs)
            elif isinstance(block, PieceDraft | GapDraft):
                yield from ((paragraph, None) for paragraph in block.paragraphs)

    def all_paragraphs(self) -> Iterator[ParagraphDraft]:
        """Yield every paragraph that rests on something, those of the short version last."""
        yield from (paragraph for paragraph, _card in self.paragraphs())
        yield from self.short

    def questions(self) -> Iterator[tuple[Position, ParagraphDraft]]:
        """Yield what asks something of the reader and rests on no facts, with the place of its block."""
        yield from ((guess.place, text) for guess in self.blocks(GuessDraft) for text in guess.texts())

    def text(self) -> str:
        """Return what a reader reads, a paragraph a line: cards and questions too, headings not."""
        questions = [question.text for _, question in self.questions()]
        return "\n".join([*questions, *(paragraph.text for paragraph, _card in self.paragraphs())])
