"""Containers: what stands between ::: and ::: in a lesson's body, and paragraphs with the braces above them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markdown_it.tree import SyntaxTreeNode

from learnapp.content.load.inline import LISTS, InlineReader, span
from learnapp.content.load.lesson.blocks import (
    BlockDraft,
    CardDraft,
    FigureDraft,
    GapDraft,
    GuessDraft,
    JudgeDraft,
    ParagraphDraft,
    PieceDraft,
)
from learnapp.content.problems import Position
from learnapp.quiz.model import SLUG

PARAGRAPH_KEYS = frozenset({"facts", "own", "note", "notice"})
PIECE_KEYS = PARAGRAPH_KEYS | {"rel"}
# What each container with words behind its name needs there.
TITLES = {
    "card": "say what the card holds: ::: card What the family risked",
    "piece": "say what this piece of evidence is: ::: piece She names a river",
    "guess": "give the guess a name of its own: ::: guess whom-to-ask",
}
CHOICES = (2, 5)
CHOICE_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stands in braces above a block."""

    place: Position
    values: Mapping[str, str]

    def slugs(self, key: str) -> tuple[str, ...]:
        """Return the names that an attribute lists, each once."""
        return tuple(dict.fromkeys(self.values.get(key, "").split()))


class ContainerReader(InlineReader):
    """Blocks of a body, one by one; the braces above a block stand before it in the tree."""

    def pairs(self, nodes: Sequence[SyntaxTreeNode]) -> list[tuple[SyntaxTreeNode, Attributes | None]]:
        """Join each block with the braces above it; report braces above nothing and open containers."""
        pairs: list[tuple[SyntaxTreeNode, Attributes | None]] = []
        above: Attributes | None = None
        for node in nodes:
            if node.type == "attrs_block":
                self.refuse_braces(above, "join this with the braces below it")
                values = {str(key): str(value).replace('\\"', '"') for key, value in node.attrs.items()}
                above = Attributes(self.place(node), values)
                for words in values.values():
                    self.check_plain(node, words)
                continue
            if node.type.startswith("container_"):
                self.refuse_braces(above, "braces belong on headings, paragraphs and lists")
                self.check_container(node)
            pairs.append((node, above))
            above = None
        self.refuse_braces(above, "there is nothing below these braces")
        return pairs

    def refuse_braces(self, above: Attributes | None, message: str) -> None:
        if above:
            self.report.error(above.place, "markup-braces", message)

    def check_container(self, node: SyntaxTreeNode) -> None:
        end = span(node)[1]
        if end >= len(self.lines) or not re.fullmatch(r"\s*:{3,}\s*", self.lines[end]):
            self.error(node, "markup-block", "this block is not closed; put ::: on a line of its own after it")
        name, _, title = node.info.strip().partition(" ")
        if title.strip() and name not in TITLES:
            self.error(node, "markup-block", f"only cards, pieces and guesses have words there; write ::: {name}")

    def block(self, node: SyntaxTreeNode, above: Attributes | None) -> BlockDraft | None:
        if node.type in {"container_figure", "container_judge"}:
            if node.children:
                words = "nothing stands in this block; what it shows stands in the front matter"
                self.error(node, "markup-block", words)
            return (FigureDraft if node.type == "container_figure" else JudgeDraft)(self.place(node))
        if node.type == "container_card":
            return CardDraft(self.place(node), self.title(node), self.only_paragraphs(node))
        if node.type == "container_piece":
            return self.piece(node)
        if node.type == "container_gap":
            return GapDraft(self.place(node), self.only_paragraphs(node))
        if node.type == "container_guess":
            return self.guess(node)
        return self.paragraph(node, above)

    def piece(self, node: SyntaxTreeNode) -> PieceDraft:
        piece = PieceDraft(self.place(node), self.title(node), self.only_paragraphs(node, PIECE_KEYS))
        if piece.paragraphs and not any(paragraph.facts for paragraph in piece.paragraphs):
            self.error(
                node, "paragraph-facts", 'a piece of evidence rests on facts: {facts="..."} on a paragraph of it'
            )
        return piece

    def title(self, node: SyntaxTreeNode) -> str:
        """Return the words behind a container's name, without which it may not stand."""
        name, _, title = node.info.strip().partition(" ")
        if not title.strip():
            self.error(node, "markup-block", TITLES[name])
        self.check_plain(node, title)
        return title.strip()

    def guess(self, node: SyntaxTreeNode) -> GuessDraft | None:
        name, pairs = self.title(node), self.pairs(node.children)
        if name and not re.fullmatch(SLUG, name):
            self.error(node, "markup-block", TITLES["guess"])
        for _, above in pairs:
            self.refuse_braces(above, "a guess rests on no facts; remove the braces")
        kinds = ["list" if child.type in LISTS else child.type for child, _ in pairs]
        if kinds[:1] != ["paragraph"] or kinds[1:] not in ([], ["list"], ["paragraph"], ["list", "paragraph"]):
            words = "::: guess holds a question, then a list of answers if there are some, then what is said once kept"
            self.error(node, "markup-block", words)
            return None
        texts = [self.text(child) for child, _ in pairs]
        choices = texts[1] if kinds[1:2] == ["list"] else None
        if choices:
            self.check_choices(node, choices)
        kept = texts[-1] if len(texts) > 1 and kinds[-1] == "paragraph" else None
        return GuessDraft(self.place(node), name, texts[0], choices, kept) if texts[0] else None

    def check_choices(self, node: SyntaxTreeNode, choices: ParagraphDraft) -> None:
        answers = choices.text.split("\n")
        if not CHOICES[0] <= len(answers) <= CHOICES[1]:
            self.error(node, "markup-block", f"a guess has {CHOICES[0]} to {CHOICES[1]} answers to choose from")
        if any(len(answer) > CHOICE_CHARACTERS for answer in answers) or len(set(answers)) < len(answers):
            words = f"answers to choose from differ, and have at most {CHOICE_CHARACTERS} characters"
            self.error(node, "markup-block", words)

    def only_paragraphs(
        self, node: SyntaxTreeNode, keys: frozenset[str] = PARAGRAPH_KEYS
    ) -> tuple[ParagraphDraft, ...]:
        paragraphs = []
        for child, above in self.pairs(node.children):
            if child.type == "heading" or child.type.startswith("container_"):
                self.error(child, "markup-block", "only paragraphs and lists stand here")
            elif paragraph := self.paragraph(child, above, keys):
                paragraphs.append(paragraph)
        if not paragraphs:
            self.error(node, "markup-block", "this block has no text")
        return tuple(paragraphs)

    def paragraph(
        self, node: SyntaxTreeNode, above: Attributes | None, keys: frozenset[str] = PARAGRAPH_KEYS
    ) -> ParagraphDraft | None:
        paragraph = self.text(node)
        if paragraph is None:
            return None
        above = self.keep_allowed(node, above, keys)
        facts, own, note = above.slugs("facts"), above.values.get("own"), above.values.get("note")
        if not facts and not own:
            words = 'say what this rests on: {facts="..."} or {own="..."} on the line above'
            self.error(node, "paragraph-facts", words)
        if note is not None and (not note.strip() or not facts):
            self.report.error(above.place, "paragraph-note", "note= replaces the words for facts=; give both")
        rel, notice = above.values.get("rel"), above.values.get("notice")
        for key, given in (("rel", rel), ("notice", notice)):
            if given is not None and not given.strip():
                self.report.error(above.place, "paragraph-note", f"{key}= has no words")
        above_it = replace(paragraph, attributes_at=above.place, rel=rel, notice=notice)
        return replace(above_it, facts=facts, own=own, note=note)

    def keep_allowed(self, node: SyntaxTreeNode, above: Attributes | None, keys: frozenset[str]) -> Attributes:
        """Report the attributes that this kind of block may not have, and return those with these keys."""
        if above is None:
            return Attributes(self.place(node), {})
        for key in above.values.keys() - keys:
            words = f"“{key}” is not possible here; there are {', '.join(sorted(keys))}"
            self.report.error(above.place, "markup-attribute", words)
        return Attributes(above.place, {key: value for key, value in above.values.items() if key in keys})
