"""Lesson body: Markdown with the few attributes and containers that lessons have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from markdown_it.tree import SyntaxTreeNode

from learnapp.content.load.drafts import (
    AskDraft,
    BlockDraft,
    BodyDraft,
    CardDraft,
    FigureDraft,
    ParagraphDraft,
    PauseDraft,
    SectionDraft,
    ShortDraft,
)
from learnapp.content.load.inline import (
    TAKEN,
    Attributes,
    InlineReader,
    Written,
    first_line,
    slugify,
    tokens_in,
)
from learnapp.content.load.markdown import BODY, clean, plain
from learnapp.content.problems import Position, Report
from learnapp.quiz.model import SLUG

ALLOWED: Mapping[str, frozenset[str]] = {
    "heading": frozenset({"id", "section"}),
    "paragraph": frozenset({"facts", "own", "note"}),
}


def read_body(text: str, path: str, starts_on: int, report: Report) -> BodyDraft:
    """Read the body that starts on this line of the file; everything odd is reported."""
    # Empty lines in front keep the parser's line numbers those of the file.
    whole = "\n" * (starts_on - 1) + text
    reader = _Reader(Written(path, whole.split("\n")), report)
    return reader.read(SyntaxTreeNode(BODY.parse(whole)), Position(path, starts_on))


class _Reader:
    def __init__(self, written: Written, report: Report) -> None:
        self.written = written
        self.report = report
        self.inline = InlineReader(written, report)
        self.sections: list[SectionDraft] = []
        self.blocks: list[BlockDraft] = []
        self.short: ShortDraft | None = None
        self.pause: PauseDraft | None = None

    def read(self, root: SyntaxTreeNode, place: Position) -> BodyDraft:
        for node, above in self.pairs(root.children):
            if node.type == "heading":
                self.add_section(node, above)
            elif node.type == "container_short":
                self.add_short(node, above)
            elif node.type == "container_pause":
                self.add_pause(node, above)
            elif block := self.block(node, above):
                if not self.sections:
                    self.inline.error(node, "body-heading", "start with a heading: ## and its words")
                    self.add_untitled(node)
                if self.short or self.pause:
                    self.inline.error(node, "body-order", "the short version and the pause stand last")
                self.blocks.append(block)
        self.close_section()
        if not self.sections:
            words = "the lesson has no text; write parts, each with a ## heading"
            self.report.error(place, "body-empty", words)
        return BodyDraft(place, tuple(self.sections), self.short, self.pause)

    def pairs(self, nodes: Sequence[SyntaxTreeNode]) -> list[tuple[SyntaxTreeNode, Attributes | None]]:
        """Join each block with the braces above it; report braces above nothing and open containers."""
        found: list[tuple[SyntaxTreeNode, Attributes | None]] = []
        above: Attributes | None = None
        for node in nodes:
            if node.type == "attrs_block":
                if above:
                    self.report.error(above.place, "markup-braces", "join this with the braces below it")
                values = {str(key): str(value).replace('\\"', '"') for key, value in node.attrs.items()}
                above = Attributes(self.written.at(first_line(node)), values)
                continue
            if node.type.startswith("container_"):
                self.check_container(node, above)
            found.append((node, above))
            above = None
        if above:
            self.report.error(above.place, "markup-braces", "there is nothing below these braces")
        return found

    def check_container(self, node: SyntaxTreeNode, above: Attributes | None) -> None:
        _, end = node.map or (0, 0)
        if end >= len(self.written.lines) or not re.fullmatch(r"\s*:{3,}\s*", self.written.lines[end]):
            self.inline.error(
                node, "markup-block", "this block is not closed; put ::: on a line of its own after it"
            )
        if above:
            self.report.error(above.place, "markup-braces", "braces belong on headings, paragraphs and lists")
        name, _, title = node.info.strip().partition(" ")
        if title.strip() and name != "card":
            self.inline.error(node, "markup-block", f"only a card has a title; write ::: {name}")

    def block(self, node: SyntaxTreeNode, above: Attributes | None) -> BlockDraft | None:
        if node.type == "container_ask":
            return self.ask(node)
        if node.type == "container_figure":
            if node.children:
                self.inline.error(
                    node, "markup-block", "nothing stands in ::: figure; it is drawn from the front matter"
                )
            return FigureDraft(self.written.at(first_line(node)))
        if node.type == "container_card":
            return self.card(node)
        return self.paragraph(node, above)

    def add_section(self, node: SyntaxTreeNode, above: Attributes | None) -> None:
        self.close_section()
        if self.short or self.pause:
            self.inline.error(node, "body-order", "the short version and the pause stand last")
        if node.tag != "h2":
            self.inline.error(node, "body-heading", "headings are ## only")
        above = self.allow(node, above, "heading")
        title = plain(tokens_in(node))
        self.inline.check(node, tokens_in(node))
        if any(token.type not in {"text", "softbreak"} for token in tokens_in(node)):
            self.inline.error(node, "body-heading", "a heading is plain words")
        name = above.values.get("id") or slugify(title)
        if not title:
            self.inline.error(node, "body-heading", "this heading has no words")
        elif not re.fullmatch(SLUG, name) or TAKEN.fullmatch(name):
            self.report.error(
                above.place, "section-id", f"“{name}” cannot be an anchor; give another: {{#my-words}}"
            )
        elif any(section.id == name for section in self.sections):
            self.report.error(above.place, "section-id", f"another part has the anchor “{name}”")
        if not above.slugs("section"):
            self.report.error(
                above.place, "section-source", 'tie this part to the source: {section="its-slug"}'
            )
        self.sections.append(
            SectionDraft(
                self.written.at(first_line(node)), above.place, name, title, above.slugs("section"), ()
            )
        )

    def add_untitled(self, node: SyntaxTreeNode) -> None:
        place = self.written.at(first_line(node))
        self.sections.append(SectionDraft(place, place, "start", "", (), ()))

    def close_section(self) -> None:
        """Give the last section the blocks that were read since its heading."""
        if self.sections:
            last = self.sections.pop()
            if not self.blocks and last.title:
                self.report.error(last.place, "body-heading", "this part has no text")
            self.sections.append(replace(last, blocks=tuple(self.blocks)))
        self.blocks = []

    def add_short(self, node: SyntaxTreeNode, _above: Attributes | None) -> None:
        if self.short:
            self.inline.error(node, "body-order", "there is a short version already")
        self.short = ShortDraft(self.written.at(first_line(node)), self.only_paragraphs(node))

    def add_pause(self, node: SyntaxTreeNode, _above: Attributes | None) -> None:
        if self.pause:
            self.inline.error(node, "body-order", "there is a pause already")
        html, texts = [], []
        for child, above in self.pairs(node.children):
            if above:
                self.report.error(
                    above.place, "markup-braces", "a pause rests on no facts; remove the braces"
                )
            if content := self.inline.content(child):
                html.append(f"<{content.tag}>{content.html}</{content.tag}>")
                texts.append(content.text)
        self.pause = PauseDraft(
            self.written.at(first_line(node)), clean("".join(html)), "\n".join(texts), self.inline.lines(node)
        )

    def ask(self, node: SyntaxTreeNode) -> AskDraft | None:
        pairs = self.pairs(node.children)
        for _, above in pairs:
            if above:
                self.report.error(
                    above.place, "markup-braces", "a question rests on no facts; remove the braces"
                )
        if len(pairs) != 1 or pairs[0][0].type != "paragraph":
            self.inline.error(node, "markup-block", "::: ask holds one paragraph")
            return None
        content = self.inline.content(pairs[0][0])
        return content and AskDraft(
            self.written.at(first_line(node)), content.html, content.text, self.inline.lines(node)
        )

    def card(self, node: SyntaxTreeNode) -> CardDraft:
        title = node.info.strip().removeprefix("card").strip()
        if not title:
            self.inline.error(
                node, "markup-block", "say what the card holds: ::: card What the family risked"
            )
        return CardDraft(self.written.at(first_line(node)), title, self.only_paragraphs(node))

    def only_paragraphs(self, node: SyntaxTreeNode) -> tuple[ParagraphDraft, ...]:
        found = []
        for child, above in self.pairs(node.children):
            if child.type in {"heading", "container_ask", "container_figure", "container_card"}:
                self.inline.error(child, "markup-block", "only paragraphs and lists stand here")
            elif paragraph := self.paragraph(child, above):
                found.append(paragraph)
        if not found:
            self.inline.error(node, "markup-block", "this block has no text")
        return tuple(found)

    def paragraph(self, node: SyntaxTreeNode, above: Attributes | None) -> ParagraphDraft | None:
        content = self.inline.content(node)
        if content is None:
            return None
        above = self.allow(node, above, "paragraph")
        facts, own, note = above.slugs("facts"), above.values.get("own"), above.values.get("note")
        if not facts and not own:
            self.inline.error(
                node,
                "paragraph-facts",
                'say what this rests on: {facts="..."} or {own="..."} on the line above',
            )
        if note is not None and (not note.strip() or not facts):
            self.report.error(above.place, "paragraph-note", "note= replaces the words for facts=; give both")
        return ParagraphDraft(
            place=self.written.at(first_line(node)),
            attributes_at=above.place,
            tag=content.tag,
            html=content.html,
            text=content.text,
            lines=self.inline.lines(node),
            facts=facts,
            own=own,
            note=note,
            terms=self.inline.terms(node),
            links=tuple(str(token.attrs["href"]) for token in tokens_in(node) if token.type == "link_open"),
        )

    def allow(self, node: SyntaxTreeNode, above: Attributes | None, kind: str) -> Attributes:
        """Return the attributes, without those that this kind of block may not have, which are reported."""
        if above is None:
            return Attributes(self.written.at(first_line(node)), {})
        allowed = ALLOWED[kind]
        for key in above.values.keys() - allowed:
            known = ", ".join(sorted(allowed))
            self.report.error(
                above.place, "markup-attribute", f"“{key}” is not possible here; there are {known}"
            )
        return Attributes(above.place, {key: value for key, value in above.values.items() if key in allowed})
