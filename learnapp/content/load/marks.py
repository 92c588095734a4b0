"""Typed marks: what would be shown to readers as it was typed, told from plain punctuation.

It is looked for in the words that are shown, after rendering. Each sign on a keyboard is decided here: some never
stand in a text, the others only where no common Markdown makes anything of them. What is not plain is refused.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from learnapp.content.load.markdown import LINK, words_of

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
_BLOCKS = "unknown block; there are figure, card, piece, guess, judge, gap, short, short-pause and pause"
LEFTOVERS = (
    (r"<!--", "markup-html", "comments are not used; readers would see it"),
    (r"\{", "markup-braces", _BRACES),
    (r"\]\(", "markup-link", _LINK),
    (r"</?[A-Za-z][^>]*>", "markup-html", "HTML is not used; it would be shown as text"),
    (r"^\s*\|.*\|\s*$", "markup-table", "tables are not used; make it a figure"),
    (r"^\s*:::", "markup-block", _BLOCKS),
)
# What a parser takes away before anything is shown: an entity, an escape, a star inside a word.
_TAKEN = re.compile(r"&(?:#\w+|[A-Za-z]\w*);|\\|(?<=\w)\*+(?=\w)")
# A stroke or a # with a space behind it begins a list or a heading. A number would, too; but where it begins
# none, "2. Obey" is read as it is meant.
_START = re.compile(r"\s*[-+*#>–—]+(?=\s|$)")
_SIGN = re.compile(
    r"""
      [*_~^<>\[\]{}|\\`\#@•‣◦▪]+                  # never
    | \b(?:(?-i:TODO|FIXME|TBD)|lorem\s+ipsum)\b | \?\?+   # what authors leave for themselves
    | \$(?![0-9]) | (?<=[^\s(“‘/–-])\$            # before a price
    | (?<![0-9])\+(?![0-9]) | \+[+-]              # beside a number
    | (?<!\s)=+ | =+(?!\s)                        # between spaces
    | &(?=\#?\w+;) | &&
    | --+ | (?<!\S)-(?!\S)                        # not alone and not twice
    | (?<!\S): | :(?![\s”’"']|$)(?!(?<=[0-9]:)[0-9])   # behind a word, or in a time of day
    | ;(?![\s”’"']|$)
    | // | \bwww\. | %% | %(?=\w) | !! | ''
    | \((?:c|r|tm|p)\)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# A quotation mark that faces the wrong way.
_QUOTE = re.compile(r"(?<=\w)[“‘](?=\w)|(?<!\S)”|“(?=\s|$)|(?<=\w)”(?=\w)")


class Fault(NamedTuple):
    """What is wrong; `pattern` finds it in the lines as they were typed."""

    rule: str
    message: str
    pattern: str


def typed_mark(shown: str) -> str | None:
    """Return the first mark in words that are shown, None where all is plain; of a pair, what follows it too."""
    if match := _START.match(shown) or _SIGN.search(shown) or _QUOTE.search(shown):
        return match[0].strip() + re.match(r"\S{0,11}", shown[match.end() :])[0]  # type: ignore[index]
    if shown.count("“") != shown.count("”"):
        return shown[max(shown.rfind("“"), shown.rfind("”")) :][:12].split("\n")[0]
    return None


def faults_in(tokens: Sequence[Token], typed: str) -> Iterator[Fault]:
    """Yield what is wrong with a text: its inline tokens, and how it was typed."""
    known = [*_wrong_tokens(tokens), *_leftovers(tokens)]
    yield from known
    if match := _TAKEN.search(typed):
        words = f"“{match[0]}” is not shown as it is typed; write the character itself, or a word for it"
        yield Fault("markup-sign", words, re.escape(match[0]))
    elif not known and (mark := typed_mark(words_of(tokens))):
        yield Fault("markup-sign", f"“{mark}” would be shown as typed; write it in words", re.escape(mark))


def plain_faults(text: str) -> Iterator[Fault]:
    """Yield what is wrong with a text that has no Markdown."""
    if mark := typed_mark(text):
        words = f"“{mark}” would be shown as typed; this text has no Markdown"
        yield Fault("plain-text", words, re.escape(mark))


def _wrong_tokens(tokens: Sequence[Token]) -> Iterator[Fault]:
    for token in tokens:
        if token.type in _REFUSED:
            pattern, message = _REFUSED[token.type]
            yield Fault("markup-inline", message, pattern)
        elif token.type == "span_open" and {*token.attrs, *token.meta.get("insecure_attrs", ())} != {"term"}:
            yield Fault("markup-attribute", _TERM, r"\]\{")
        elif token.type == "link_open" and not LINK.fullmatch(str(token.attrs.get("href", ""))):
            yield Fault("markup-link", _LINK, r"\]\(")
        elif token.type == "link_open" and "title" in token.attrs:
            yield Fault("markup-link", "a link’s title is shown to nobody; say it in the text", r"\]\(")
        elif token.type == "hardbreak":
            yield Fault("markup-inline", "lines are not broken by hand; remove what ends this line", r"(?: {2,}|\\)$")


def _leftovers(tokens: Sequence[Token]) -> Iterator[Fault]:
    for token in tokens:
        for pattern, rule, message in LEFTOVERS if token.type == "text" else ():
            if match := re.search(pattern, token.content):
                left = token.content[match.start() : match.start() + 12].split("\n")[0]
                yield Fault(rule, message, re.escape(left))
