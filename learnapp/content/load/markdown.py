"""Markdown to clean HTML: a parser without HTML, and a cleaner that lets few tags through."""

import re
from collections.abc import Sequence
from functools import lru_cache

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

BODY = MarkdownIt("commonmark", {"html": False})
BODY.use(attrs_block_plugin).use(attrs_plugin, after=(), spans=True)
# Block attributes stay in the token stream, so that each keeps its line; body.py attaches them.
BODY.disable(["attr", "reference", "lheading", "autolink"]).block.ruler.enable("attr")
for _name in ("figure", "card", "piece", "guess", "judge", "gap", "short", "short-pause", "pause"):
    BODY.use(container_plugin, _name)
_INLINE = MarkdownIt("commonmark", {"html": False}).disable("autolink")


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
