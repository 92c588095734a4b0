"""Markup of pages: each shape of a page is read strictly by html5lib once.

A shape is all that decides how a page is taken apart: its tags with the names of their attributes, in order, and
where text stands. Two pages of one shape differ in words and values alone, and no page is read here in which these
could be anything else than words and values.
"""

import re
from html import unescape
from xml.etree.ElementTree import Element, TreeBuilder

import html5lib

# What no page may hold: characters that control, halves of characters, and numbers that are no character.
NO_TEXT = re.compile(
    r"[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane + low) for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF))
    + "]"
)
REFERENCE = "&(?:amp|lt|gt|quot|nbsp|shy|#34|#39);"
TEXT = f"[^<&]*(?:{REFERENCE}[^<&]*)*"
VALUE = f'[^<&"]*(?:{REFERENCE}[^<&"]*)*'
ATTRIBUTE = re.compile(rf'\s+([a-zA-Z][\w:-]*)(?:="({VALUE})")?', re.ASCII)
PART = re.compile(
    rf'<(?P<tag>[a-z][a-z0-9]*)(?P<attributes>(?:\s+[a-zA-Z][\w:-]*(?:="{VALUE}")?)*)\s*(?P<closed>/?)>'
    rf"|</(?P<end>[a-z][a-z0-9]*)>|(?P<doctype><!doctype html>)|(?P<text>(?=[^<]){TEXT})",
    re.ASCII,
)
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
known_shapes: set[str] = set()


class NotPlain(AssertionError):
    """Markup that HTML allows and that is not written out: a tag left open, a value without quotes, a comment."""


def read_markup(text: str) -> Element:
    """Return the `html` element of a page; raise `ParseError` or `NotPlain` where anything is wrong with it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")  # as HTML has it for the ends of lines
    parts, read = [], 0
    for part in PART.finditer(text):
        if part.start() != read:
            break
        parts.append(part)
        read = part.end()
    shape = "".join(shape_of(part) for part in parts)
    plain = read == len(text) and not NO_TEXT.search(text)
    if plain and shape in known_shapes:
        return build(parts)
    strict = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    if not plain:
        raise NotPlain(text[read : read + 80])
    tree = build(parts)
    for one, other in zip(outline(strict), outline(tree), strict=True):
        if one != other:
            raise NotPlain(f"{one} is written as {other}")
    known_shapes.add(shape)
    return tree


def shape_of(part: re.Match[str]) -> str:
    """Return what a part of a page has in common with the same part of another one."""
    if part["text"]:
        return "." if part["text"].strip(" \t\n\f") else " "
    if not part["attributes"]:
        return part[0]
    # A hidden field may stand where no other may.
    names = [f"{name}={value}" if name == "type" else name for name, value in ATTRIBUTE.findall(part["attributes"])]
    return f"<{part['tag']} {' '.join(names)}{part['closed']}>"


def build(parts: list[re.Match[str]]) -> Element:
    """Return the tree of a page whose tags are all written out."""
    builder = TreeBuilder()
    opened: list[str] = []
    tag = ""
    for part in parts:
        if text := part["text"]:
            dropped = tag in {"textarea", "pre"} and text.startswith("\n")
            builder.data(unescape(text[dropped:]))
        elif end := part["end"]:
            if not opened or opened.pop() != end:
                raise NotPlain(f"{part[0]} closes what is not open")
            builder.end(end)
        elif part["tag"]:
            attributes = ATTRIBUTE.findall(part["attributes"])
            builder.start(part["tag"], {name: unescape(value) for name, value in attributes})
            if part["closed"] or part["tag"] in VOID:
                builder.end(part["tag"])
            else:
                opened.append(part["tag"])
        tag = part["tag"]
    if opened:
        raise NotPlain(f"left open: {opened}")
    return builder.close()


def outline(tree: Element) -> list[tuple[str, dict[str, str], str, str, int]]:
    """Return the elements of a tree in order, without spaces between them, each with the number of those within."""
    return [
        (str(one.tag).split("}")[-1], dict(one.attrib), (one.text or "").strip(), (one.tail or "").strip(), len(one))
        for one in tree.iter()
    ]
