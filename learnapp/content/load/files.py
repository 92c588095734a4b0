"""Content files, read without trusting them: nothing outside the root, nothing huge, only clean text."""

import hashlib
from pathlib import Path

from learnapp.content.load.characters import odd_characters
from learnapp.content.problems import Position, Report

BYTES_MAX = 1_000_000


class Folder:
    """A content root; reads each file once, and has in `asked` a digest of each.

    That is "" of a file that is not there or cannot be read.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.asked: dict[str, str] = {}

    def has(self, path: str) -> bool:
        """Tell whether there is such a file; that there is none is kept in `asked`, too."""
        there = (self.root / path).exists()
        if not there:
            self.asked[path] = ""
        return there

    def read(self, path: str, asked_at: Position, report: Report) -> str | None:
        """Return a file's text with plain line ends; None, with the reason reported, where it cannot be read."""
        self.asked[path] = ""
        file = self.root / path
        try:
            real = file.resolve(strict=True)
        except (OSError, RuntimeError):
            report.error(asked_at, "file-missing", f"{path} does not exist")
            return None
        if not real.is_relative_to(self.root):
            report.error(Position(path), "file-outside", "this is a link that leads out of the content folder")
            return None
        if not real.is_file():
            report.error(Position(path), "file-kind", "this is not a plain file")
            return None
        try:
            size = real.stat().st_size
            with real.open("rb") as handle:
                data = handle.read(BYTES_MAX + 1)
        except OSError as error:
            report.error(Position(path), "file-unreadable", f"cannot read this file: {error.strerror}")
            return None
        if len(data) > BYTES_MAX:
            report.error(Position(path), "file-size", f"this file has {size / 1_000_000:.1f} MB; the limit is 1 MB")
            return None
        self.asked[path] = digest_of(data)
        return _decode(data, path, report)


def digest_of(data: bytes) -> str:
    """Return letters that stand for what is in a file."""
    return hashlib.sha256(data).hexdigest()


def _decode(data: bytes, path: str, report: Report) -> str | None:
    nul = data.find(b"\0")
    if nul >= 0 and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        report.error(_place(data[:nul], path), "file-encoding", "remove the NUL character; this is not a text file")
        return None
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        words = "this is not UTF-8; save the file with the encoding UTF-8"
        report.error(_place(data[: error.start], path), "file-encoding", words)
        return None
    odd = list(odd_characters(text))
    for character in odd[:20]:
        report.error(_place(text[: character.at].encode(), path), "file-character", character.advice)
    return None if odd else text


def _place(before: bytes, path: str) -> Position:
    """Return the place of the character after these."""
    text = before.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return Position(path, text.count("\n") + 1, len(text) - text.rfind("\n"))
