"""Staleness: facts and headings that changed since a review, and exactly what rests on them. Pure.

A part, paragraph, figure, item or term rests on a fact that it names, and on the section of such a fact. A
lesson is stale while something that it rests on is not as it was when somebody last reviewed the lesson.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, NamedTuple

from learnapp.content.blocks import figure_anchor
from learnapp.content.facts import Fact
from learnapp.content.load.drafts import CourseDraft, LessonDraft
from learnapp.content.load.ledger import Ledger
from learnapp.content.problems import EVIDENCE, FACTS, GLOSSARY, SOURCE, Position
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
    never: bool = False
    changes: tuple[LedgerChange, ...] = ()
    dependents: tuple[StalePart, ...] = ()

    @property
    def items(self) -> tuple[str, ...]:
        """Return the ids of the items among what is stale, each once."""
        return tuple(dict.fromkeys(part.name for part in self.dependents if part.kind == "item"))

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {**asdict(self), "items": list(self.items)}

    def lines(self) -> list[str]:
        """Return what to look at, a line each in the form that editors can jump to."""
        if self.never:
            return [f"{self.place}: nobody has reviewed this yet"]
        words = {"changed": "has changed", "new": "it did not rest on then", "gone": "is gone"}
        states = {change.name: words[change.state] for change in self.changes}
        return [
            *(
                f"{part.place}: {part.kind} {part.name} rests on {part.on}, which {states[part.on]}"
                for part in self.dependents
            ),
            *(f"{self.place}: rested on {name}, which is gone" for name, state in states.items() if state == "is gone"),
        ]


def reviewed_now(draft: CourseDraft, before: CourseReviews, names: Iterable[str]) -> CourseReviews:
    """Return the reviews after these lessons (and "glossary") were reviewed; lessons that are gone fall out.

    Raises LookupError with the first name that is neither a lesson nor the glossary.
    """
    wanted, ledger = set(names), draft.ledger
    if unknown := sorted(wanted - {lesson.key for lesson in draft.lessons} - {TERMS}):
        raise LookupError(unknown[0])
    lessons: dict[str, LessonReview] = {}
    for lesson in draft.lessons:
        old = _last_review(lesson, before)
        if review := _review(_lesson_parts(lesson), ledger) if lesson.key in wanted else old:
            lessons[lesson.key] = review
    terms = _review(_terms(ledger), ledger).facts if TERMS in wanted else before.glossary
    return CourseReviews(lessons=lessons, glossary=terms)


def stale(draft: CourseDraft, reviews: CourseReviews) -> tuple[StaleLesson, ...]:
    """List every lesson that is stale, in the order of the course, and the glossary last.

    What cannot be read is left out; without the outline and the ledger there is nothing to compare with.
    """
    ledger = draft.ledger
    if not all(ledger.is_known(path) for path in (SOURCE, FACTS, EVIDENCE)):
        return ()
    entries = []
    for lesson in draft.lessons:
        before, parts = _last_review(lesson, reviews), tuple(_lesson_parts(lesson))
        entry = StaleLesson(lesson.key, lesson.front.title, Position(lesson.document.path))
        entries.append(_compared(entry, before, _review(parts, ledger), parts, ledger))
    terms = tuple(_terms(ledger))
    now = LessonReview(facts=_review(terms, ledger).facts)
    before = LessonReview(facts=reviews.glossary) if reviews.glossary or not now.facts else None
    entries.append(_compared(StaleLesson(TERMS, "Glossary", Position(GLOSSARY)), before, now, terms, ledger))
    return tuple(entry for entry in entries if entry.never or entry.changes)


def _last_review(lesson: LessonDraft, reviews: CourseReviews) -> LessonReview | None:
    """Return the last review of a lesson, under its key or one that it had."""
    keys = (lesson.key, *lesson.former)
    return next((reviews.lessons[key] for key in keys if key in reviews.lessons), None)


class CitingPart(NamedTuple):
    """Something that rests on facts and sections: it names them `on`."""

    kind: Kind
    name: str
    place: Position
    on: tuple[str, ...]
    anchor: str = ""


def _lesson_parts(lesson: LessonDraft) -> Iterator[CitingPart]:
    """Yield what rests on something; paragraphs are numbered as on the lesson's page."""
    body, at = lesson.body, lesson.document.place
    for place, name in (*lesson.listed("sections"), *lesson.listed("facts")):
        yield CitingPart("lesson", lesson.key, place, (name,))
    for number, (where, figure) in enumerate(lesson.front.figures(), 1):
        yield CitingPart("figure", figure.title, at(*where), figure.facts, figure_anchor(number))
    for section in body.sections:
        yield CitingPart("part", section.id, section.place, section.sources, section.id)
    for number, (paragraph, _) in enumerate(body.paragraphs(), 1):
        yield CitingPart("paragraph", str(number), paragraph.place, paragraph.facts, f"p{number}")
    for number, paragraph in enumerate(body.short, 1):
        yield CitingPart("short paragraph", str(number), paragraph.place, paragraph.facts, f"s{number}")
    for draft in lesson.items():
        rests_on = tuple(dict.fromkeys((*draft.facts(), *draft.item.rests_on)))
        yield CitingPart("item", draft.item.id, draft.place("id"), rests_on, draft.item.id)


def _terms(ledger: Ledger) -> Iterator[CitingPart]:
    for number, term in enumerate(ledger.glossary.values()):
        yield CitingPart("term", term.slug, ledger.documents[GLOSSARY].place("terms", number), term.facts)


def _review(parts: Iterable[CitingPart], ledger: Ledger) -> LessonReview:
    """Return what a review of these parts finds now: headings with those above them, facts with all that they say."""
    names = {name for part in parts for name in part.on}
    facts = {name: ledger.facts[name] for name in names if name in ledger.facts}
    above = {fact.section for fact in facts.values() if fact.section}
    sections = {*names, *above} & ledger.sections.keys()
    return LessonReview(
        sections={name: _digest({"slug": name, "path": ledger.sections[name].path}) for name in sections},
        facts={name: _digest(_said(fact)) for name, fact in facts.items()},
    )


def _said(fact: Fact) -> dict[str, Any]:
    """Return all that a fact says; where it is found and how it was verified is no part of it."""
    data = fact.model_dump(exclude={"src", "where", "stored_copy", "verified", "topics"})
    if not data.get("also"):
        data.pop("also", None)  # so that facts without keep the digests that they had before there was any
    return data


def _compared(
    entry: StaleLesson, before: LessonReview | None, now: LessonReview, parts: Iterable[CitingPart], ledger: Ledger
) -> StaleLesson:
    """Return an entry with what has changed since its review, and its parts that rest on each change, in order."""
    if before is None:
        return replace(entry, never=True)
    changes: list[LedgerChange] = []
    pairs = ((before.sections, now.sections, ledger.sections), (before.facts, now.facts, ledger.facts))
    for old, new, entries in pairs:
        differing = sorted(name for name, digest in new.items() if old.get(name) != digest)
        changes += [LedgerChange(name, "changed" if name in old else "new") for name in differing]
        # What it rested on then, does not now, and is still in the ledger, is no change.
        changes += [LedgerChange(name, "gone") for name in sorted(old.keys() - entries.keys())]
    changed = [change.name for change in changes if change.state != "gone"]
    dependents: dict[StalePart, None] = {}
    for kind, name, place, on, anchor in sorted(parts, key=lambda part: part.place):
        below = {*on, *(ledger.facts[fact].section for fact in on if fact in ledger.facts)}
        dependents |= dict.fromkeys(StalePart(kind, name, fact, place, anchor) for fact in changed if fact in below)
    return replace(entry, changes=tuple(changes), dependents=tuple(dependents))


def _digest(data: Mapping[str, Any]) -> str:
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]
