"""Decoding of lists: bytes to text, by the mark at their beginning or as strict UTF-8; anything else is asked."""

from collections.abc import Mapping

from learnapp.groups.roster.lists.errors import refused

# What is offered where a file is not UTF-8: Korean Windows, western Windows, western Europe before Unicode.
OFFERED = ("cp949", "cp1252", "latin-1")
PEEKED = 16 * 1024
_MARKS: Mapping[bytes, str] = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# Files that people take for lists, by their first bytes.
_OTHER_PROGRAMS: Mapping[bytes, str] = {b"\xd0\xcf\x11\xe0": "workbook", b"%PDF": "pdf", b"{\\rtf": "text_document"}


def decode(content: bytes, chosen: str = "") -> str | None:
    """Return the text, None where its encoding must be asked; raises ListRefused for what is no text.

    `chosen` is one of those OFFERED, and counts for bytes alone that are not UTF-8.
    """
    for mark, program in _OTHER_PROGRAMS.items():
        if content.startswith(mark):
            raise refused(program)
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _strict(content.removeprefix(mark), encoding)
    if b"\0" in content:
        raise refused("nul", content.count(b"\n", 0, content.index(b"\0")) + 1)
    try:
        return content.decode()
    except UnicodeDecodeError:
        return possible_texts(content).get(chosen)


def peek(content: bytes) -> str:
    """Return the beginning of a text, with marks in place of what cannot be read: enough to know a header."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return content[len(mark) : PEEKED].decode(encoding, "replace")
    return content[:PEEKED].decode("utf-8", "replace")


def possible_texts(content: bytes) -> dict[str, str]:
    """Return what the bytes come to in each encoding on offer that allows them."""
    texts = {}
    for encoding in OFFERED:
        try:
            texts[encoding] = content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return texts


def _strict(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise refused("broken_letters", encoding=encoding.upper()) from error
    if "\0" in text:
        raise refused("nul", text.count("\n", 0, text.index("\0")) + 1)
    return text
