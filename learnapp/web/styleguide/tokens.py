"""Colors of the stylesheet: what each is called, what it is for, and its values, for the style guide."""

import re
from dataclasses import dataclass

from learnapp.web.assets import STATIC, read_file

_COLOR = r"(#[0-9a-f]{3}(?:[0-9a-f]{3})?)"
_PAIR = rf"var\(--light, {_COLOR}\) var\(--dark, {_COLOR}\)"
_TOKEN = re.compile(rf"(?:/\* (.+) \*/\s+)?--([\w-]+): var\(--plain, {_PAIR}\)\s+var\(--more, {_PAIR}\);")


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
    """Return the colors of the stylesheet, in its order; what each is for stands in a comment before it."""
    return tuple(Token(name, meaning, tuple(values)) for meaning, name, *values in _TOKEN.findall(stylesheet()))
