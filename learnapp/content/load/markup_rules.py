"""Marks that our texts do not have: code, images, HTML, unsafe links, braces that could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from learnapp.content.load.markdown import LINK, inline_tokens

REFUSED_BLOCKS = {
    "blockquote": "quotations are not used; retell in our own words",
    "fence": "code is not used in lessons",
    "code_block": "this is indented by four spaces, which makes it code; start it at the margin",
    "hr": "lines across are not used; start a part with ##",
}
_REFUSED = {
    "image": (r"!\[", "images are not used; a figure is drawn from the front matter"),
    "code_inline": (r"`", "code is not used in lessons"),
}
_BRACES = "these braces could not be read; check quotes, and that they stand on a line of their own"
_LINK = "links go to https:// addresses or pages of this site"
_TERM = 'words in brackets mark a glossary term only: [words]{term="slug"}'
_LEFTOVERS = (
    (r"\{", "markup-braces", _BRACES),
    (r"\]\(", "markup-link", _LINK),
    (r"</?[A-Za-z][^>]*>", "markup-html", "HTML is not used; it would be shown as text"),
    (r"^\s*\|.*\|\s*$", "markup-table", "tables are not used; make it a figure"),
    (r"^\s*:::", "markup-block", "unknown block; there are ask, figure, card, short and pause"),
)
# In plain text each of these would be shown as it is typed.
_PLAIN = re.compile(r"\*\*|(?<!\w)\*\w|\]\(|\]\{|`|</?[A-Za-z][^>]*>")
LEFTOVER_RULES = frozenset(rule for _, rule, _ in _LEFTOVERS)


class Fault(NamedTuple):
    """What is wrong; `pattern` finds it in the lines as they were typed."""

    rule: str
    message: str
    pattern: str


def faults_in(tokens: Sequence[Token]) -> Iterator[Fault]:
    """Yield what is wrong with the inline tokens of a text."""
    for token in tokens:
        if token.type in _REFUSED:
            pattern, message = _REFUSED[token.type]
            yield Fault("markup-inline", message, pattern)
        elif token.type == "span_open" and {*token.attrs, *token.meta.get("insecure_attrs", ())} != {"term"}:
            yield Fault("markup-attribute", _TERM, r"\]\{")
        elif token.type == "link_open" and not LINK.fullmatch(str(token.attrs.get("href", ""))):
            yield Fault("markup-link", _LINK, r"\]\(")
        elif token.type == "text":
            for pattern, rule, message in _LEFTOVERS:
                if match := re.search(pattern, token.content):
                    left = token.content[match.start() : match.start() + 12].split("\n")[0]
                    yield Fault(rule, message, re.escape(left))


def faults_of(text: str) -> Iterator[Fault]:
    """Yield what is wrong with one line of Markdown, such as a stem."""
    yield from faults_in(inline_tokens(text))


def marks_in_plain(text: str) -> str | None:
    """Return the first Markdown mark in a text that is shown as it is typed, or None."""
    match = _PLAIN.search(text)
    return match[0] if match else None
