"""Inline Markdown: what stands inside a paragraph, list or heading, and where it stands."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from learnapp.content.load.drafts import TermMark
from learnapp.content.load.markdown import REFUSED_BLOCKS, faults_in, plain, render
from learnapp.content.problems import Position, Report

# Ids that the pages around a lesson's parts use themselves.
TAKEN = re.compile(
    r"main|points|rests|pause|quiz|keep|text|next|place|band|age-group|care-h|in-lesson|p[0-9]+|s[0-9]+"
    r"|(card|term|short|h|figure)(-.*)?"
)
Tag = Literal["p", "ul", "ol"]


@dataclass(frozen=True, slots=True)
class Written:
    """The lines of a file, for finding where something stands."""

    path: str
    lines: Sequence[str]

    def at(self, line: int) -> Position:
        """Return the place of the first character on a line counted from 0."""
        text = self.lines[line] if line < len(self.lines) else ""
        return Position(self.path, line + 1, len(text) - len(text.lstrip()) + 1)

    def find(self, pattern: str, first: int, end: int) -> Position:
        """Return where a pattern first matches on these lines; the first line if nowhere."""
        for number in range(first, min(end, len(self.lines))):
            if match := re.search(pattern, self.lines[number]):
                return Position(self.path, number + 1, match.start() + 1)
        return self.at(first)


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stands in braces above a block."""

    place: Position
    values: Mapping[str, str]

    def slugs(self, key: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.values.get(key, "").split()))


class Content(NamedTuple):
    """A paragraph's or list's tag, clean inner HTML and words."""

    tag: Tag
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class InlineReader:
    """Reads inline tokens; reports all that lessons do not have."""

    written: Written
    report: Report

    def content(self, node: SyntaxTreeNode) -> Content | None:
        """Return tag, clean inner HTML and words of a paragraph or plain list; report anything else."""
        if node.type == "paragraph":
            tokens = tokens_in(node)
            self.check(node, tokens)
            return Content("p", render(_with_terms(tokens)), plain(tokens))
        if node.type in {"bullet_list", "ordered_list"}:
            html, texts = [], []
            for item in node.children:
                if [child.type for child in item.children] != ["paragraph"]:
                    self.error(item, "markup-list", "a list entry is one plain paragraph, without lists in it")
                    return None
                tokens = tokens_in(item)
                self.check(item, tokens)
                html.append(f"<li>{render(_with_terms(tokens))}</li>")
                texts.append(plain(tokens))
            tag: Tag = "ul" if node.type == "bullet_list" else "ol"
            return Content(tag, "".join(html), "\n".join(texts))
        words = REFUSED_BLOCKS.get(node.type, "only paragraphs and lists stand here")
        self.error(node, "markup-block", words)
        return None

    def check(self, node: SyntaxTreeNode, tokens: Sequence[Token]) -> None:
        """Report all marks among the tokens that lessons do not have."""
        first, end = node.map or (0, 0)
        for fault in faults_in(tokens):
            self.report.error(self.written.find(fault.pattern, first, end), fault.rule, fault.message)

    def terms(self, node: SyntaxTreeNode) -> tuple[TermMark, ...]:
        first, end = node.map or (0, 0)
        spans = [token for token in tokens_in(node) if token.type == "span_open"]
        slugs = [str(token.attrs["term"]) for token in spans if "term" in token.attrs]
        patterns = {slug: rf'term="?{re.escape(slug)}\b' for slug in slugs}
        return tuple(TermMark(slug, self.written.find(patterns[slug], first, end)) for slug in slugs)

    def lines(self, node: SyntaxTreeNode) -> tuple[str, ...]:
        first, end = node.map or (0, 0)
        return tuple(self.written.lines[first:end])

    def error(self, node: SyntaxTreeNode, rule: str, message: str) -> None:
        self.report.error(self.written.at(first_line(node)), rule, message)


def slugify(title: str) -> str:
    """Return words as an anchor: small letters, digits and hyphens."""
    text = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", text.replace("'", "")).strip("-")[:60].rstrip("-")


def first_line(node: SyntaxTreeNode) -> int:
    """Return the block's first line, counted from 0."""
    while node.map is None and node.parent is not None:
        node = node.parent
    return node.map[0] if node.map else 0


def tokens_in(node: SyntaxTreeNode) -> list[Token]:
    """Return the inline tokens of a block and of the blocks in it."""
    inlines = (child.token for child in node.walk() if child.type == "inline")
    return [token for inline in inlines if inline for token in inline.children or ()]


def _with_terms(tokens: Sequence[Token]) -> list[Token]:
    """Turn marked words into `<dfn>`, whose anchor is made from the term's slug."""
    marked = []
    for token in tokens:
        if token.type == "span_open":
            attributes: dict[str, str | int | float] = {"class": "term"}
            attributes["id"] = f"term-{token.attrs.get('term', '')}"
            token = token.copy(tag="dfn", attrs=attributes)
        elif token.type == "span_close":
            token = token.copy(tag="dfn")
        marked.append(token)
    return marked
