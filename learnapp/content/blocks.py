"""Blocks: the parts of a rendered lesson; their `html` was cleaned at load and may be shown as it is."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple

from learnapp.content.facts import Term
from learnapp.content.figures import Figure
from learnapp.content.vocabulary import Voice


class AlsoFound(NamedTuple):
    """Verified evidence that found the same as a note's fact: its id, and in a few words who and when."""

    id: str
    by: str


@dataclass(frozen=True, slots=True)
class VoiceNote:
    """A margin note: who says so, for these paragraphs. Plain text.

    `by` says who and when in a few words, for a note that is folded; `facts` are what it rests on, evidence among
    them. `also` found the same; `in_part` tells that this holds for some of its facts only.
    """

    voice: Voice
    numbers: tuple[int, ...]
    text: str
    by: str = ""
    facts: tuple[str, ...] = ()
    also: tuple[AlsoFound, ...] = ()
    in_part: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One numbered paragraph; `html` is what goes inside the element `tag` (p, ul or ol).

    `notice` is read before it, plain text; `rel_html` says how it stands to other pieces of evidence.
    """

    number: int
    anchor: str
    html: str
    opening: bool
    facts: tuple[str, ...]
    tag: Literal["p", "ul", "ol"] = "p"
    notice: str | None = None
    rel_html: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Neighbouring paragraphs with the same voices, which share their notes; `glosses` are terms used here first."""

    kind: ClassVar = "paragraphs"
    items: tuple[Paragraph, ...]
    notes: tuple[VoiceNote, ...]
    glosses: tuple[Term, ...]


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


class PieceSource(NamedTuple):
    """Where a piece of evidence stands, in words; `fact` is the entry of the ledger that says more."""

    text: str
    fact: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence; `who` says it, `when`, and `how` they know, one entry for each source, all plain text."""

    kind: ClassVar = "piece"
    letter: str
    title: str
    voice: Voice
    blocks: tuple[Paragraphs, ...]
    who: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    how: tuple[str, ...] = ()
    sources: tuple[PieceSource, ...] = ()

    @property
    def anchor(self) -> str:
        return f"piece-{self.letter.lower()}"

    @property
    def rels(self) -> tuple[str, ...]:
        """Return how its paragraphs stand to other pieces."""
        return tuple(one.rel_html for group in self.blocks for one in group.items if one.rel_html)

    @property
    def facts(self) -> frozenset[str]:
        """Return what it tells."""
        return frozenset(fact for group in self.blocks for one in group.items for fact in one.facts)


@dataclass(frozen=True, slots=True)
class Guess:
    """A guess before reading on; without `choices` it is a line to type. `kept_html` is said once it is kept."""

    kind: ClassVar = "guess"
    name: str
    html: str
    choices: tuple[str, ...] = ()
    kept_html: str | None = None


@dataclass(frozen=True, slots=True)
class Judge:
    """The place where readers write down what they think."""

    kind: ClassVar = "judge"


@dataclass(frozen=True, slots=True)
class Gap:
    """What we cannot know."""

    kind: ClassVar = "gap"
    blocks: tuple[Paragraphs, ...]


Block = Paragraphs | FigureSlot | Card | Piece | Guess | Judge | Gap


@dataclass(frozen=True, slots=True)
class BodySection:
    """One headed part of a lesson."""

    id: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def last_anchor(self) -> str | None:
        """Return the anchor of the last paragraph that is not in a card, None where there is none."""
        anchors = [group.items[-1].anchor for group, card in groups_in(self.blocks) if card is None]
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
        elif isinstance(block, Piece | Gap):
            yield from ((group, None) for group in block.blocks)


def facts_in_cards(body: tuple[BodySection, ...], opened: Collection[str] = ()) -> frozenset[str]:
    """Return the facts that a lesson tells in cards alone, those `opened` (anchors) not counted as cards."""
    inside: set[str] = set()
    outside = {fact for figure in figures_in(body) for fact in figure.facts}
    for group, card in groups_in(block for section in body for block in section.blocks):
        told = outside if card is None or card.anchor in opened else inside
        told.update(fact for paragraph in group.items for fact in paragraph.facts)
    return frozenset(inside - outside)


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
