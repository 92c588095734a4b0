"""Inline Markdown: what stands inside a paragraph, list or heading, and where it stands."""

import re
import unicodedata

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from learnapp.content.load.lesson.blocks import ParagraphDraft, Tag, TermMark
from learnapp.content.load.markdown import render, words_of
from learnapp.content.load.marks import REFUSED_BLOCKS, faults_in, plain_faults
from learnapp.content.problems import Position, Report

# Ids that the pages around a lesson's parts use themselves.
TAKEN = re.compile(
    r"main|points|rests|pause|quiz|keep|text|next|place|band|age-group|care-h|in-lesson|judge|guess|p[0-9]+|s[0-9]+"
    r"|(card|term|short|h|figure|piece|judge|guess|after)(-.*)?"
)
LISTS: dict[str, Tag] = {"bullet_list": "ul", "ordered_list": "ol"}


class InlineReader:
    """Paragraphs and lists of a file, whose lines it knows; reports all that lessons do not have."""

    def __init__(self, text: str, path: str, report: Report) -> None:
        self.lines = text.split("\n")
        self.path = path
        self.report = report

    def error(self, node: SyntaxTreeNode, rule: str, message: str) -> None:
        self.report.error(self.place(node), rule, message)

    def place(self, node: SyntaxTreeNode) -> Position:
        """Return the place of a block's first character."""
        line = span(node)[0]
        return Position(self.path, line + 1, len(self.lines[line]) - len(self.lines[line].lstrip()) + 1)

    def find(self, node: SyntaxTreeNode, pattern: str) -> Position:
        """Return where a pattern first matches on a block's lines; the block's place if nowhere."""
        first, end = span(node)
        for number, line in enumerate(self.lines[first:end], first + 1):
            if match := re.search(pattern, line):
                return Position(self.path, number, match.start() + 1)
        return self.place(node)

    def text(self, node: SyntaxTreeNode) -> ParagraphDraft | None:
        """Return a paragraph or plain list, as yet without what the braces above it say; report anything else."""
        if node.type == "paragraph":
            return self._draft(node, "p", *self._content(node))
        if node.type not in LISTS:
            words = REFUSED_BLOCKS.get(node.type, "only paragraphs and lists stand here")
            self.error(node, "markup-block", words)
            return None
        if len(node.children) < 2 or not _counts_up(node):
            words = "this reads as a list; give it two entries, counted from 1, or begin with a word instead"
            self.error(node, "markup-list", words)
            return None
        html, texts = [], []
        for item in node.children:
            if [child.type for child in item.children] != ["paragraph"]:
                self.error(item, "markup-list", "a list entry is one plain paragraph, without lists in it")
                return None
            content, text = self._content(item)
            html.append(f"<li>{content}</li>")
            texts.append(text)
        return self._draft(node, LISTS[node.type], "".join(html), "\n".join(texts))

    def check_plain(self, node: SyntaxTreeNode, words: str) -> None:
        """Report all marks in words that stand in the line of a block and are shown as typed."""
        for fault in plain_faults(words):
            self.report.error(self.find(node, fault.pattern), fault.rule, fault.message)

    def check(self, node: SyntaxTreeNode) -> None:
        """Report all marks in a block that lessons do not have."""
        for fault in faults_in(tokens_in(node), "\n".join(self.lines[slice(*span(node))])):
            self.report.error(self.find(node, fault.pattern), fault.rule, fault.message)

    def _content(self, node: SyntaxTreeNode) -> tuple[str, str]:
        self.check(node)
        return render(tokens_in(node)), words_of(tokens_in(node))

    def _draft(self, node: SyntaxTreeNode, tag: Tag, html: str, text: str) -> ParagraphDraft:
        tokens, place = tokens_in(node), self.place(node)
        slugs = [str(token.attrs["term"]) for token in tokens if token.type == "span_open" and "term" in token.attrs]
        return ParagraphDraft(
            place=place,
            attributes_at=place,
            tag=tag,
            html=html,
            text=text,
            lines=tuple(self.lines[slice(*span(node))]),
            terms=tuple(TermMark(slug, self.find(node, rf'term="?{re.escape(slug)}\b')) for slug in slugs),
            links=tuple(str(token.attrs["href"]) for token in tokens if token.type == "link_open"),
        )


def _counts_up(node: SyntaxTreeNode) -> bool:
    """Tell whether the numbers of a list are shown as they were typed: 1, 2, 3, and not 1994."""
    return all(item.info in ("", str(number)) for number, item in enumerate(node.children, 1))


def slugify(title: str) -> str:
    """Return words as an anchor: small letters, digits and hyphens."""
    text = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", text.replace("'", "")).strip("-")[:60].rstrip("-")


def span(node: SyntaxTreeNode) -> tuple[int, int]:
    """Return a block's first line, counted from 0, and the line after its last one."""
    return node.map or (0, 0)


def tokens_in(node: SyntaxTreeNode) -> list[Token]:
    """Return the inline tokens of a block and of the blocks in it."""
    inlines = (child.token for child in node.walk() if child.type == "inline")
    return [token for inline in inlines if inline for token in inline.children or ()]
