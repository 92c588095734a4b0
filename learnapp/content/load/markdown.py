"""Markdown to clean HTML: a parser without HTML, a cleaner that lets few tags through, and refused marks."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.container import container_plugin

# A host in plain letters (no user name, no bare number), a page of this site, or a part of this page.
LINK = re.compile(
    r"https://([a-z0-9-]+\.)+[a-z0-9-]{2,}(/\S*)?|/([a-z0-9-]+/)*[a-z0-9-]*(#[a-z0-9-]+)?|#[a-z0-9-]+", re.I
)

# A name such as Il-sung, outside of tags: it stays on one line.
_NAME = re.compile(r"\b[A-Z][a-z]{1,6}-[a-z]{1,6}\b(?![^<]*>)")

_CLEANER = nh3.Cleaner(
    tags={"p", "ul", "ol", "li", "strong", "em", "a", "dfn", "br"},
    attributes={"a": {"href", "rel"}, "dfn": {"id"}, "*": set()},
    allowed_classes={"dfn": {"term"}},
    url_schemes={"https"},
    link_rel=None,
)

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
LEFTOVERS = (
    (r"\{", "markup-braces", _BRACES),
    (r"\]\(", "markup-link", _LINK),
    (r"</?[A-Za-z][^>]*>", "markup-html", "HTML is not used; it would be shown as text"),
    (r"^\s*\|.*\|\s*$", "markup-table", "tables are not used; make it a figure"),
    (r"^\s*:::", "markup-block", "unknown block; there are ask, figure, card, short and pause"),
)
# In a text without Markdown each of these would be shown as it is typed.
TYPED_MARK = re.compile(r"\*\*|(?<!\w)\*\w|\]\(|\]\{|`|</?[A-Za-z][^>]*>")


BODY = MarkdownIt("commonmark", {"html": False})
BODY.use(attrs_block_plugin).use(attrs_plugin, after=(), spans=True)
# Block attributes stay in the token stream, so that each keeps its line; body.py attaches them.
BODY.disable(["attr", "reference", "lheading", "autolink"]).block.ruler.enable("attr")
for _name in ("ask", "figure", "card", "short", "pause"):
    BODY.use(container_plugin, _name)
_INLINE = MarkdownIt("commonmark", {"html": False})


def render(tokens: Sequence[Token]) -> str:
    """Return inline tokens as clean HTML: links outside tell nothing, marked words are `<dfn>` with an anchor."""
    return clean(BODY.renderer.render([_shown(token) for token in tokens], BODY.options, {}))


def _shown(token: Token) -> Token:
    if token.type == "span_open":
        return token.copy(tag="dfn", attrs={"class": "term", "id": f"term-{token.attrs.get('term', '')}"})
    if token.type == "span_close":
        return token.copy(tag="dfn")
    if token.type != "link_open":
        return token
    address = str(token.attrs.get("href", ""))
    if not LINK.fullmatch(address):
        return token.copy(attrs={})
    outside = {"rel": "noopener noreferrer"} if address.startswith("https:") else {}
    return token.copy(attrs={"href": address, **outside})


def clean(html: str) -> str:
    """Remove every tag and attribute that content may not have, and keep hyphened names on one line."""
    return keep_names_on_one_line(_CLEANER.clean(html))


def keep_names_on_one_line(html: str) -> str:
    """Keep hyphened names in clean or escaped HTML on one line."""
    return _NAME.sub(r'<span class="nowrap">\g<0></span>', html)


def inline_tokens(text: str) -> Sequence[Token]:
    """Return the tokens of one line of Markdown."""
    lines = _INLINE.parseInline(text)
    return lines[0].children or () if lines else ()


@lru_cache(maxsize=8192)
def inline(text: str) -> str:
    """Return the clean HTML of one line of Markdown, such as a stem: emphasis and links, no blocks."""
    return render(inline_tokens(text))


def words_of(tokens: Sequence[Token]) -> str:
    """Return the words of inline tokens, without marks."""
    return "".join(" " if token.type in {"softbreak", "hardbreak"} else token.content for token in tokens)


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
            for pattern, rule, message in LEFTOVERS:
                if match := re.search(pattern, token.content):
                    left = token.content[match.start() : match.start() + 12].split("\n")[0]
                    yield Fault(rule, message, re.escape(left))
