"""YAML as plain data that knows its lines: no aliases, tags or double keys, nothing too deep or big.

Events are read one by one, so that a hostile file is refused where it turns hostile. They are libyaml's
(through ruamel.yaml.clib), which is about 30 times as fast as the pure parser.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ruamel.yaml import events
from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]
from ruamel.yaml.error import YAMLError

from learnapp.content.load.characters import odd_characters
from learnapp.content.problems import Position, Report

DEPTH_MAX = 12
NODES_MAX = 40_000
Where = tuple[str | int, ...]

_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,18})")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,18})\.[0-9]{1,18}")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_ADVICE = {
    "mapping values are not allowed": "put a text that has a colon and a space in quotes",
    "found character that cannot start any token": "tabs cannot indent, @ and ` need quotes",
    "did not find expected '-' indicator": "entries of one list need the same indent",
    "did not find expected key": "check the indent of this line and the quotes above it",
    "could not find expected ':'": "a key needs a colon, and a text of several lines its indent",
}


class Refused(Exception):
    """The text cannot be read on; it has been reported."""


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data with the place of every key and value; not `sound` if a key stands twice: the first counts.

    `lines` are those of the text as it was typed, the first of which is the file's line `first_line`.
    """

    path: str
    data: Any
    values: Mapping[Where, Position]
    keys: Mapping[Where, Position]
    sound: bool = True
    lines: tuple[str, ...] = ()
    first_line: int = 1

    def place(self, *where: str | int) -> Position:
        """Return where this value stands, or the nearest thing around it that exists."""
        while where not in self.values and where:
            where = where[:-1]
        return self.values.get(where, Position(self.path))

    def texts(self, where: Where = ()) -> Iterator[tuple[Where, str]]:
        """Yield every text below this part of the data, with the way to it."""
        data = self.data
        for step in where:
            data = data[step]
        yield from _texts(data, where)

    def find(self, where: Where, pattern: str) -> Position:
        """Return where a pattern first matches in a value as it was typed; the value's place if nowhere."""
        start = self.place(*where)
        end = min((place.line for place in self.values.values() if place.line > start.line), default=None)
        lines = self.lines[start.line - self.first_line : end and end - self.first_line]
        for number, line in enumerate(lines, start.line):
            if match := re.compile(pattern).search(line, start.column - 1 if number == start.line else 0):
                return Position(self.path, number, match.start() + 1)
        return start

    def key(self, *where: str | int) -> Position:
        """Return where this key stands; for a list entry, where the entry stands."""
        return self.keys.get(where) or self.place(*where)


def _texts(data: Any, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(data, str):
        yield where, data
    elif isinstance(data, dict | list):
        for step, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _texts(value, (*where, step))


def parse(text: str, path: str, report: Report, first_line: int = 1) -> Document | None:
    """Read one document, which starts on this line of its file; None, with the reason reported, if it is unreadable."""
    reader = _Reader(path, report, first_line, _events(text))
    try:
        data = reader.read()
    except Refused:
        return None
    except YAMLError as error:
        reader.report_syntax(error)
        return None
    return Document(path, data, reader.values, reader.keys, reader.sound, tuple(text.split("\n")), first_line)


@dataclass(slots=True)
class _Reader:
    path: str
    report: Report
    first_line: int
    events: Iterator[Any]
    values: dict[Where, Position] = field(default_factory=dict)
    keys: dict[Where, Position] = field(default_factory=dict)
    sound: bool = True
    count: int = 0

    def read(self) -> Any:
        """Build the data of the one document from the parser's events."""
        documents: list[Any] = []
        for event in self.events:
            if isinstance(event, events.DocumentStartEvent) and documents:
                self.refuse(event, "yaml-documents", "a file holds one document; remove the second `---`")
            elif isinstance(event, events.NodeEvent):
                documents.append(self.value(event, ()))
        return documents[0] if documents else None

    def value(self, event: Any, where: Where) -> Any:
        """Build the value that begins with this event."""
        self.check(event, len(where))
        self.values.setdefault(where, self.at(event.start_mark))
        if isinstance(event, events.ScalarEvent):
            self.check_escapes(event)
            return _scalar(event)
        if isinstance(event, events.SequenceStartEvent):
            entries: list[Any] = []
            while not isinstance(event := next(self.events), events.SequenceEndEvent):
                entries.append(self.value(event, (*where, len(entries))))
            return entries
        data: dict[str, Any] = {}
        while not isinstance(event := next(self.events), events.MappingEndEvent):
            key = self.key(event, where, data)
            data.setdefault(key, self.value(next(self.events), (*where, key)))
        return data

    def key(self, event: Any, where: Where, data: Mapping[str, Any]) -> str:
        self.check(event, len(where) + 1)
        if not isinstance(event, events.ScalarEvent):
            self.refuse(event, "yaml-key", "a key is one word; check the braces and brackets")
        key, place = str(event.value), self.at(event.start_mark)
        first = self.keys.setdefault((*where, key), place)
        if key in data:
            self.sound = False
            self.report.error(place, "yaml-duplicate-key", f"“{key}” stands here twice, first on line {first.line}")
        return key

    def check(self, event: Any, depth: int) -> None:
        self.count += 1
        if isinstance(event, events.AliasEvent):
            self.refuse(event, "yaml-alias", "aliases (*) are not used here; write the value out")
        if event.anchor is not None:
            self.refuse(event, "yaml-alias", "anchors (&) are not used here; write the value out")
        if event.tag is not None:
            self.refuse(event, "yaml-tag", "tags (!) are not used here; put the text in quotes if it starts with !")
        if depth >= DEPTH_MAX and not isinstance(event, events.ScalarEvent):
            self.refuse(event, "yaml-depth", f"this is nested deeper than {DEPTH_MAX} levels")
        if self.count > NODES_MAX:
            self.refuse(event, "yaml-count", f"this file has more than {NODES_MAX:,} entries")

    def check_escapes(self, event: Any) -> None:
        """Report what no file may hold and \\u200b between quotation marks would write."""
        text = _CONTROL.sub(" ", str(event.value)) if event.style == '"' else ""  # models refuse controls
        for odd in odd_characters(text):
            self.report.error(self.at(event.start_mark), "file-character", odd.advice)

    def at(self, mark: Any) -> Position:
        return Position(self.path, mark.line + self.first_line, mark.column + 1)

    def refuse(self, event: Any, rule: str, message: str) -> None:
        self.report.error(self.at(event.start_mark), rule, message)
        raise Refused

    def report_syntax(self, error: YAMLError) -> None:
        """Report the parser's own words, with advice where we have some."""
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        words = str(getattr(error, "problem", None) or "this is not readable as YAML")
        advice = next((f"; {advice}" for fault, advice in _ADVICE.items() if fault in words), "")
        self.report.error(self.at(mark) if mark else Position(self.path), "yaml-syntax", f"{words}{advice}")


def _events(text: str) -> Iterator[Any]:
    parser = CParser(text)
    while parser.check_event():
        yield parser.get_event()


def _scalar(event: Any) -> Any:
    """Return a plain scalar as YAML 1.2 reads it, without octals and exponents; the rest is text."""
    text = str(event.value)
    if event.style not in (None, ""):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text
