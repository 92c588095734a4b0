"""Lesson body: Markdown with the few attributes and containers that lessons have."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markdown_it.tree import SyntaxTreeNode

from learnapp.content.load.drafts import (
    AskDraft,
    BlockDraft,
    BodyDraft,
    CardDraft,
    FigureDraft,
    ParagraphDraft,
    SectionDraft,
)
from learnapp.content.load.inline import TAKEN, InlineReader, slugify, span, tokens_in
from learnapp.content.load.markdown import BODY, words_of
from learnapp.content.problems import Position, Report
from learnapp.quiz.model import SLUG

HEADING_KEYS = frozenset({"id", "section"})
PARAGRAPH_KEYS = frozenset({"facts", "own", "note"})


def read_body(text: str, path: str, starts_on: int, report: Report) -> BodyDraft:
    """Read the body that starts on this line of the file; everything odd is reported."""
    # Empty lines in front keep the parser's line numbers those of the file.
    whole = "\n" * (starts_on - 1) + text
    return _BodyReader(whole, path, report).read(SyntaxTreeNode(BODY.parse(whole)), Position(path, starts_on))


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stands in braces above a block."""

    place: Position
    values: Mapping[str, str]

    def slugs(self, key: str) -> tuple[str, ...]:
        """Return the names that an attribute lists, each once."""
        return tuple(dict.fromkeys(self.values.get(key, "").split()))


class _BodyReader(InlineReader):
    def __init__(self, text: str, path: str, report: Report) -> None:
        super().__init__(text, path, report)
        self.sections: list[SectionDraft] = []
        self.short: tuple[ParagraphDraft, ...] = ()
        self.pause: tuple[ParagraphDraft, ...] | None = None
        self.short_pause: tuple[ParagraphDraft, ...] | None = None

    def read(self, root: SyntaxTreeNode, place: Position) -> BodyDraft:
        for node, above in self.pairs(root.children):
            if node.type == "heading":
                self.add_section(node, above)
            elif node.type == "container_short":
                if self.short:
                    self.error(node, "body-order", "there is a short version already")
                self.short = self.only_paragraphs(node)
            elif node.type == "container_pause":
                self.pause = self.paused(node, self.pause)
            elif node.type == "container_short-pause":
                if not self.short:
                    self.error(node, "body-order", "this pause ends a short version, which stands before it")
                self.short_pause = self.paused(node, self.short_pause)
            elif block := self.block(node, above):
                self.add_block(node, block)
        for section in self.sections:
            if not section.blocks and section.title:
                self.report.error(section.place, "body-heading", "this part has no text")
        if not self.sections:
            self.report.error(place, "body-empty", "the lesson has no text; write parts, each with a ## heading")
        return BodyDraft(place, tuple(self.sections), self.short, self.pause, self.short_pause)

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
        if title.strip() and name != "card":
            self.error(node, "markup-block", f"only a card has a title; write ::: {name}")

    def block(self, node: SyntaxTreeNode, above: Attributes | None) -> BlockDraft | None:
        if node.type == "container_ask":
            return self.ask(node)
        if node.type == "container_figure":
            if node.children:
                self.error(node, "markup-block", "nothing stands in ::: figure; it is drawn from the front matter")
            return FigureDraft(self.place(node))
        if node.type == "container_card":
            title = node.info.strip().removeprefix("card").strip()
            if not title:
                self.error(node, "markup-block", "say what the card holds: ::: card What the family risked")
            self.check_plain(node, title)
            return CardDraft(self.place(node), title, self.only_paragraphs(node))
        return self.paragraph(node, above)

    def add_block(self, node: SyntaxTreeNode, block: BlockDraft) -> None:
        if not self.sections:
            self.error(node, "body-heading", "start with a heading: ## and its words")
            self.sections.append(SectionDraft(self.place(node), self.place(node), "start", "", ()))
        self.require_last_parts_last(node)
        self.sections[-1].blocks.append(block)

    def require_last_parts_last(self, node: SyntaxTreeNode) -> None:
        if self.short or self.pause is not None:
            self.error(node, "body-order", "the short version and the pause stand last")

    def add_section(self, node: SyntaxTreeNode, above: Attributes | None) -> None:
        self.require_last_parts_last(node)
        if node.tag != "h2":
            self.error(node, "body-heading", "headings are ## only")
        above = self.keep_allowed(node, above, HEADING_KEYS)
        title, sources = words_of(tokens_in(node)), above.slugs("section")
        self.check(node)
        if any(token.type not in {"text", "softbreak"} for token in tokens_in(node)):
            self.error(node, "body-heading", "a heading is plain words")
        name = above.values.get("id") or slugify(title)
        if not title:
            self.error(node, "body-heading", "this heading has no words")
        elif not re.fullmatch(SLUG, name) or TAKEN.fullmatch(name):
            self.report.error(above.place, "section-id", f"“{name}” cannot be an anchor; give another: {{#my-words}}")
        elif any(section.id == name for section in self.sections):
            self.report.error(above.place, "section-id", f"another part has the anchor “{name}”")
        if not sources:
            self.report.error(above.place, "section-source", 'tie this part to the source: {section="its-slug"}')
        self.sections.append(SectionDraft(self.place(node), above.place, name, title, sources))

    def paused(self, node: SyntaxTreeNode, before: tuple[ParagraphDraft, ...] | None) -> tuple[ParagraphDraft, ...]:
        if before is not None:
            self.error(node, "body-order", "there is a pause already")
        pairs = self.pairs(node.children)
        for _, above in pairs:
            self.refuse_braces(above, "a pause rests on no facts; remove the braces")
        return tuple(filter(None, (self.text(child) for child, _ in pairs)))

    def ask(self, node: SyntaxTreeNode) -> AskDraft | None:
        pairs = self.pairs(node.children)
        for _, above in pairs:
            self.refuse_braces(above, "a question rests on no facts; remove the braces")
        if len(pairs) != 1 or pairs[0][0].type != "paragraph":
            self.error(node, "markup-block", "::: ask holds one paragraph")
            return None
        question = self.text(pairs[0][0])
        return AskDraft(self.place(node), question) if question else None

    def only_paragraphs(self, node: SyntaxTreeNode) -> tuple[ParagraphDraft, ...]:
        paragraphs = []
        for child, above in self.pairs(node.children):
            if child.type in {"heading", "container_ask", "container_figure", "container_card"}:
                self.error(child, "markup-block", "only paragraphs and lists stand here")
            elif paragraph := self.paragraph(child, above):
                paragraphs.append(paragraph)
        if not paragraphs:
            self.error(node, "markup-block", "this block has no text")
        return tuple(paragraphs)

    def paragraph(self, node: SyntaxTreeNode, above: Attributes | None) -> ParagraphDraft | None:
        paragraph = self.text(node)
        if paragraph is None:
            return None
        above = self.keep_allowed(node, above, PARAGRAPH_KEYS)
        facts, own, note = above.slugs("facts"), above.values.get("own"), above.values.get("note")
        if not facts and not own:
            words = 'say what this rests on: {facts="..."} or {own="..."} on the line above'
            self.error(node, "paragraph-facts", words)
        if note is not None and (not note.strip() or not facts):
            self.report.error(above.place, "paragraph-note", "note= replaces the words for facts=; give both")
        return replace(paragraph, attributes_at=above.place, facts=facts, own=own, note=note)

    def keep_allowed(self, node: SyntaxTreeNode, above: Attributes | None, keys: frozenset[str]) -> Attributes:
        """Report the attributes that this kind of block may not have, and return those with these keys."""
        if above is None:
            return Attributes(self.place(node), {})
        for key in above.values.keys() - keys:
            words = f"“{key}” is not possible here; there are {', '.join(sorted(keys))}"
            self.report.error(above.place, "markup-attribute", words)
        return Attributes(above.place, {key: value for key, value in above.values.items() if key in keys})
