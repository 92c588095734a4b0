"""Staleness: facts and headings that changed since a review, and exactly what rests on them. Pure.

A part, paragraph, figure, item, term, reply or line rests on a fact that it names, and on the section of such a fact.
A lesson is stale while something that it rests on is not as it was when somebody last reviewed the lesson. So is a
file of training: a bank of finals, a conversation, or the programs with their card and updates.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, NamedTuple

from learnapp.content.blocks import figure_anchor
from learnapp.content.facts import Fact
from learnapp.content.load.drafts import ConversationDraft, CourseDraft, LessonDraft
from learnapp.content.load.ledger import Ledger
from learnapp.content.load.schemas import ProgramsFile
from learnapp.content.load.validate import ModelFile
from learnapp.content.problems import EVIDENCE, FACTS, GLOSSARY, SOURCE, Position
from learnapp.content.reports.reviews import CourseReviews, LessonReview

Kind = Literal["lesson", "part", "paragraph", "short paragraph", "figure", "item", "term", "reply", "line"]
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
    """A lesson, a file of training or the glossary to look at again. `never`: nobody has, so nothing is listed."""

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
    """Return the reviews after these (see `reviewed_names`) were reviewed; what is gone falls out.

    Raises LookupError with the first name that is none of them.
    """
    wanted, ledger = set(names), draft.ledger
    if unknown := sorted(wanted - set(reviewed_names(draft))):
        raise LookupError(unknown[0])
    lessons: dict[str, LessonReview] = {}
    for lesson in draft.lessons:
        old = _last_review(lesson, before)
        if review := _review(_lesson_parts(lesson), ledger) if lesson.key in wanted else old:
            lessons[lesson.key] = review
    for key, _title, _place, parts in _training(draft):
        if found := _review(parts, ledger) if key in wanted else before.lessons.get(key):
            lessons[key] = found
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
    for key, title, place, parts in _training(draft):
        entry = StaleLesson(key, title, place)
        entries.append(_compared(entry, reviews.lessons.get(key), _review(parts, ledger), parts, ledger))
    terms = tuple(_terms(ledger))
    now = LessonReview(facts=_review(terms, ledger).facts)
    before = LessonReview(facts=reviews.glossary) if reviews.glossary or not now.facts else None
    entries.append(_compared(StaleLesson(TERMS, "Glossary", Position(GLOSSARY)), before, now, terms, ledger))
    return tuple(entry for entry in entries if entry.never or entry.changes)


def reviewed_names(draft: CourseDraft) -> tuple[str, ...]:
    """Return the names of all that is reviewed: lessons, files of training, and the glossary."""
    return (*(lesson.key for lesson in draft.lessons), *(key for key, *_rest in _training(draft)), TERMS)


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


Reviewed = tuple[str, str, Position, tuple[CitingPart, ...]]  # its name, its title, its file, and what rests on facts


def _training(draft: CourseDraft) -> Iterator[Reviewed]:
    """Yield the banks of finals, the conversations, and the programs, as far as there are any that rest on facts."""
    for bank in draft.banks:
        items = tuple(CitingPart("item", one.item.id, one.place("id"), one.facts()) for one in bank.items())
        yield f"final/{bank.name}", f"Final: {bank.name}", Position(bank.file.document.path), items
    for one in draft.conversations:
        yield f"practice/{one.slug}", one.file.model.title, Position(one.file.document.path), tuple(_replies(one))
    if draft.programs and (lines := tuple(_program_lines(draft.programs))):
        yield "programs", "Programs", Position(draft.programs.document.path), lines


def _replies(draft: ConversationDraft) -> Iterator[CitingPart]:
    for at, turn in enumerate(draft.file.model.turns):
        for number, reply in enumerate(turn.replies):
            place = draft.file.document.place("turns", at, "replies", number)
            yield CitingPart("reply", f"{turn.id}/{reply.id}", place, reply.facts)


def _program_lines(file: ModelFile[ProgramsFile]) -> Iterator[CitingPart]:
    place, card = file.document.place, file.model.card
    for at, program in enumerate(file.model.programs):
        for number, update in enumerate(program.updates):
            yield CitingPart("line", update.title, place("programs", at, "updates", number), update.facts)
    if card is None:
        return
    for number, figure in enumerate(card.figures):
        yield CitingPart("line", figure.figure, place("card", "figures", number), (figure.fact,))
    for key, lines in (("openings", card.openings), ("unknown", card.unknown)):
        for number, line in enumerate(lines):
            if line.facts:
                yield CitingPart("line", line.text, place("card", key, number), line.facts)


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
