"""Colors of the stylesheet: what each is called, what it is for, and its values, for the style guide."""

import re
from dataclasses import dataclass

from learnapp.web.assets import STATIC, read_file

_COLOR = r"(#[0-9a-f]{3}(?:[0-9a-f]{3})?)"
_PAIR = rf"var\(--light, {_COLOR}\) var\(--dark, {_COLOR}\)"
_TOKEN = re.compile(rf"--([\w-]+): var\(--plain, {_PAIR}\)\s+var\(--more, {_PAIR}\);")

MEANING = {
    "paper": "page",
    "raised": "cards, fields",
    "sunken": "notes, foot",
    "ink": "text, progress",
    "ink-2": "second text",
    "line": "decoration only",
    "edge": "outline of controls",
    "act": "what can be pressed",
    "act-2": "the same, pointed at",
    "act-tint": "a chosen answer",
    "on-act": "text on blue",
    "here": "where you are",
    "here-ink": "words of place",
    "here-tint": "behind words of place",
    "good": "right, done, saved",
    "good-tint": "behind it",
    "bad": "wrong, missing, late",
    "bad-tint": "behind it",
    "data": "figures",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A color's name, what it is for, and its value in each of the four modes."""

    name: str
    meaning: str
    values: tuple[str, ...]


def stylesheet() -> str:
    """Return the stylesheet's text."""
    return read_file(STATIC / "css" / "look.css").decode()


def tokens() -> tuple[Token, ...]:
    """Return the colors of the stylesheet, in its order."""
    return tuple(Token(name, MEANING.get(name, ""), tuple(values)) for name, *values in _TOKEN.findall(stylesheet()))
