"""Blocks: the parts of a rendered lesson; their `html` was cleaned at load and may be shown as it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple

from learnapp.content.facts import Term
from learnapp.content.figures import Figure
from learnapp.content.vocabulary import Voice


@dataclass(frozen=True, slots=True)
class VoiceNote:
    """A margin note: who says so, for these paragraphs. Plain text."""

    voice: Voice
    numbers: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One numbered paragraph; `html` is what goes inside the element `tag` (p, ul or ol)."""

    number: int
    anchor: str
    html: str
    opening: bool
    facts: tuple[str, ...]
    tag: Literal["p", "ul", "ol"] = "p"


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Neighbouring paragraphs with the same voices, which share their notes; `glosses` are terms used here first."""

    kind: ClassVar = "paragraphs"
    items: tuple[Paragraph, ...]
    notes: tuple[VoiceNote, ...]
    glosses: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """Something to look for while reading; `html` goes inside one paragraph."""

    kind: ClassVar = "ask"
    html: str


def figure_anchor(number: int) -> str:
    """Return the anchor of a lesson's figure, counted from 1: "figure", that of the second "figure-2"."""
    return "figure" if number == 1 else f"figure-{number}"


@dataclass(frozen=True, slots=True)
class FigureSlot:
    """The place where a figure stands; figures are counted through the lesson, from 1."""

    kind: ClassVar = "figure"
    figure: Figure
    number: int

    @property
    def anchor(self) -> str:
        return figure_anchor(self.number)


@dataclass(frozen=True, slots=True)
class Card:
    """A strong part that is closed at first; a gated one is not sent at all to readers whose band excludes it."""

    kind: ClassVar = "card"
    title: str
    anchor: str
    numbers: tuple[int, ...]
    blocks: tuple[Paragraphs, ...]
    gated: bool


Block = Paragraphs | Ask | FigureSlot | Card


@dataclass(frozen=True, slots=True)
class BodySection:
    """One headed part of a lesson."""

    id: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def last_anchor(self) -> str | None:
        """Return the anchor of the last paragraph that is not in a card, None where there is none."""
        anchors = [block.items[-1].anchor for block in self.blocks if isinstance(block, Paragraphs)]
        return anchors[-1] if anchors else None


def figures_in(body: tuple[BodySection, ...]) -> tuple[Figure, ...]:
    """Return the figures of a lesson in the order in which they stand in it."""
    blocks = (block for section in body for block in section.blocks)
    return tuple(block.figure for block in blocks if isinstance(block, FigureSlot))


def groups_in(blocks: Iterable[Block]) -> Iterator[tuple[Paragraphs, Card | None]]:
    """Yield all neighbouring paragraphs with the card that they stand in, None for those outside of cards."""
    for block in blocks:
        if isinstance(block, Paragraphs):
            yield block, None
        elif isinstance(block, Card):
            yield from ((group, block) for group in block.blocks)


class ParagraphPlace(NamedTuple):
    """A paragraph as it is linked to: one in a card by the card's anchor, as a link must not open a card."""

    anchor: str
    number: int
    facts: tuple[str, ...]
    gated: bool  # it stands in a gated card


def places_in(blocks: Iterable[Block]) -> Iterator[ParagraphPlace]:
    """Yield the places of all paragraphs."""
    for group, card in groups_in(blocks):
        for paragraph in group.items:
            anchor, gated = (card.anchor, card.gated) if card else (paragraph.anchor, False)
            yield ParagraphPlace(anchor, paragraph.number, paragraph.facts, gated)
