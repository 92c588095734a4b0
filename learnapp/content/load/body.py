"""Lesson body: Markdown with the few attributes and containers that lessons have."""

import re

from markdown_it.tree import SyntaxTreeNode

from learnapp.content.load.inline import TAKEN, slugify, tokens_in
from learnapp.content.load.lesson.blocks import BlockDraft, BodyDraft, ParagraphDraft, SectionDraft
from learnapp.content.load.lesson.containers import Attributes, ContainerReader
from learnapp.content.load.markdown import BODY, words_of
from learnapp.content.problems import Position, Report
from learnapp.quiz.model import SLUG

HEADING_KEYS = frozenset({"id", "section"})


def read_body(text: str, path: str, starts_on: int, report: Report) -> BodyDraft:
    """Read the body that starts on this line of the file; everything odd is reported."""
    # Empty lines in front keep the parser's line numbers those of the file.
    whole = "\n" * (starts_on - 1) + text
    return _BodyReader(whole, path, report).read(SyntaxTreeNode(BODY.parse(whole)), Position(path, starts_on))


class _BodyReader(ContainerReader):
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
