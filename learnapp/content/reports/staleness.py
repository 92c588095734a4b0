"""Staleness: facts and headings that changed since a review, and exactly what rests on them. Pure.

A part, paragraph, figure, item or term rests on a fact that it names, and on the section of such a fact. A
lesson is stale while something that it rests on is not as it was when somebody last reviewed the lesson.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any, Literal, NamedTuple

from learnapp.content.blocks import figure_anchor
from learnapp.content.facts import Fact, Section
from learnapp.content.load.drafts import CardDraft, CourseDraft, LessonDraft, ParagraphDraft
from learnapp.content.load.ledger import Ledger
from learnapp.content.problems import FACTS, GLOSSARY, SOURCE, Position
from learnapp.content.reports.reviews import CourseReviews, LessonReview

Kind = Literal["lesson", "part", "paragraph", "short paragraph", "figure", "item", "term"]
State = Literal["changed", "new", "gone"]
TERMS = "glossary"
LENGTH = 12


@dataclass(frozen=True, slots=True)
class LedgerChange:
    """A fact or a section that is not as it was; `new`: the lesson rests on it only since its last review."""

    name: str
    state: State


@dataclass(frozen=True, slots=True)
class StalePart:
    """Something that rests on what has changed, where it stands in the files, and its anchor on a page."""

    kind: Kind
    name: str
    on: str
    place: Position
    anchor: str


@dataclass(frozen=True, slots=True)
class StaleLesson:
    """A lesson (or the glossary) to look at again. `never`: nobody has reviewed it, so nothing is listed."""

    key: str
    title: str
    place: Position
    never: bool
    changes: tuple[LedgerChange, ...]
    dependents: tuple[StalePart, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """Return the ids of the items among what is stale, each once."""
        return tuple(dict.fromkeys(one.name for one in self.dependents if one.kind == "item"))

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {**asdict(self), "items": list(self.items)}

    def lines(self) -> list[str]:
        """Return what to look at, a line each in the form that editors can jump to."""
        if self.never:
            return [f"{self.place}: nobody has reviewed this yet"]
        words = {"changed": "has changed", "new": "it did not rest on then", "gone": "is gone"}
        states = {change.name: words[change.state] for change in self.changes}
        lines = [
            f"{one.place}: {one.kind} {one.name} rests on {one.on}, which {states[one.on]}"
            for one in self.dependents
        ]
        return lines + [
            f"{self.place}: rested on {change.name}, which is gone"
            for change in self.changes
            if change.state == "gone"
        ]


def fact_digest(fact: Fact) -> str:
    """Return a short digest of all that a fact says, without the lines of the copy that it came from."""
    return _digest({key: value for key, value in asdict(fact).items() if key != "src"})


def section_digest(section: Section) -> str:
    """Return a short digest of a heading and the headings above it, wherever it stands among the others."""
    return _digest({"slug": section.slug, "path": section.path})


def review_of(lesson: LessonDraft, ledger: Ledger) -> LessonReview:
    """Return what a review of this lesson finds now."""
    names = {name for row in _rests(lesson) for name in row.on}
    facts, named = names & ledger.facts.keys(), names & ledger.sections.keys()
    sections = named | {ledger.facts[name].section for name in facts}
    return LessonReview(
        sections={name: section_digest(ledger.sections[name]) for name in sections & ledger.sections.keys()},
        facts={name: fact_digest(ledger.facts[name]) for name in facts},
    )


def glossary_review(ledger: Ledger) -> Mapping[str, str]:
    """Return what a review of the glossary finds now."""
    facts = {fact for term in ledger.glossary.values() for fact in term.facts if fact in ledger.facts}
    return {name: fact_digest(ledger.facts[name]) for name in facts}


def reviewed_now(draft: CourseDraft, before: CourseReviews, names: Iterable[str]) -> CourseReviews:
    """Return the reviews after these lessons (and "glossary") were reviewed; lessons that are gone fall out.

    Raises LookupError with the first name that is neither a lesson nor the glossary.
    """
    lessons = {lesson.key: lesson for lesson in draft.lessons}
    wanted = set(names)
    if unknown := sorted(wanted - lessons.keys() - {TERMS}):
        raise LookupError(unknown[0])
    found: dict[str, LessonReview] = {}
    for key, lesson in lessons.items():
        if key in wanted:
            found[key] = review_of(lesson, draft.ledger)
        elif known := _last_review(lesson, before):
            found[key] = known
    return CourseReviews(found, glossary_review(draft.ledger) if TERMS in wanted else before.glossary)


def stale(draft: CourseDraft, reviews: CourseReviews) -> tuple[StaleLesson, ...]:
    """List every lesson that is stale, in the order of the course, and the glossary last.

    What cannot be read is left out; without the outline and the ledger there is nothing to compare with.
    """
    ledger = draft.ledger
    if any(path not in ledger.documents for path in (SOURCE, FACTS)):
        return ()
    found = []
    for lesson in draft.lessons:
        key, title, place = lesson.key, lesson.front.title, Position(lesson.path)
        before = _last_review(lesson, reviews)
        if before is None:
            found.append(StaleLesson(key, title, place, True, (), ()))
            continue
        changes = _changes(before, review_of(lesson, draft.ledger), ledger)
        if changes:
            rows = _dependents(_rests(lesson), changes, ledger)
            found.append(StaleLesson(key, title, place, False, changes, rows))
    terms = _changes(LessonReview({}, reviews.glossary), LessonReview({}, glossary_review(ledger)), ledger)
    if terms:
        never = not reviews.glossary
        rows = () if never else _dependents(_terms(ledger), terms, ledger)
        found.append(StaleLesson(TERMS, "Glossary", Position(GLOSSARY), never, () if never else terms, rows))
    return tuple(found)


def _last_review(lesson: LessonDraft, reviews: CourseReviews) -> LessonReview | None:
    """Return the last review of a lesson, under its key or one that it had."""
    keys = (key for key in (lesson.key, *lesson.former) if key in reviews.lessons)
    return next((reviews.lessons[key] for key in keys), None)


def _changes(before: LessonReview, now: LessonReview, ledger: Ledger) -> tuple[LedgerChange, ...]:
    """Compare two reviews; what the lesson no longer rests on counts only if it has left the ledger."""
    found: list[LedgerChange] = []
    pairs = ((before.sections, now.sections, ledger.sections), (before.facts, now.facts, ledger.facts))
    for old, new, known in pairs:
        for name, digest in sorted(new.items()):
            if name not in old:
                found.append(LedgerChange(name, "new"))
            elif old[name] != digest:
                found.append(LedgerChange(name, "changed"))
        found += [LedgerChange(name, "gone") for name in sorted(old.keys() - known.keys())]
    return tuple(found)


class CitingPart(NamedTuple):
    """Something that rests on facts and sections: it names them `on`."""

    kind: Kind
    name: str
    place: Position
    on: tuple[str, ...]
    anchor: str = ""


def _rests(lesson: LessonDraft) -> Iterator[CitingPart]:
    """Yield what rests on something; paragraphs are numbered as on the lesson's page."""
    front, at = lesson.front, lesson.document.place
    key = lesson.key
    for number, name in enumerate(front.sections):
        yield CitingPart("lesson", key, at("sections", number), (name,))
    for number, name in enumerate(front.facts):
        yield CitingPart("lesson", key, at("facts", number), (name,))
    for number, (where, figure) in enumerate(front.figures(), 1):
        yield CitingPart("figure", figure.title, at(*where), figure.facts, figure_anchor(number))
    numbers = count(1)
    for section in lesson.body.sections:
        yield CitingPart("part", section.id, section.place, section.sources, section.id)
        for block in section.blocks:
            inside = block.paragraphs if isinstance(block, CardDraft) else (block,)
            for one in inside:
                if isinstance(one, ParagraphDraft):
                    number = next(numbers)
                    yield CitingPart("paragraph", str(number), one.place, one.facts, f"p{number}")
    for number, one in enumerate(lesson.body.short.paragraphs if lesson.body.short else (), 1):
        yield CitingPart("short paragraph", str(number), one.place, one.facts, f"s{number}")
    for draft in lesson.items():
        seen = (str(name) for _where, name in draft.strings("see"))
        facts = tuple(dict.fromkeys((*draft.item.facts, *seen)))
        yield CitingPart("item", draft.item.id, draft.place("id"), facts, draft.item.id)


def _terms(ledger: Ledger) -> Iterator[CitingPart]:
    document = ledger.documents.get(GLOSSARY)
    for number, term in enumerate(ledger.glossary.values()):
        place = document.place("terms", number) if document else Position(GLOSSARY)
        yield CitingPart("term", term.slug, place, term.facts)


def _dependents(
    rows: Iterable[CitingPart], changes: Iterable[LedgerChange], ledger: Ledger
) -> tuple[StalePart, ...]:
    """Return what rests on each change, in the order of the files."""
    changed = [change.name for change in changes if change.state != "gone"]
    found = []
    for kind, name, place, on, anchor in rows:
        below = {*on, *(ledger.facts[fact].section for fact in on if fact in ledger.facts)}
        found += [StalePart(kind, name, one, place, anchor) for one in changed if one in below]
    return tuple(dict.fromkeys(found))


def _digest(data: Mapping[str, Any]) -> str:
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]
