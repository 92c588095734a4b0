"""Drafts: modules, lessons and quiz items as written, with their positions, for building and checking."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeVar

from learnapp.content.lesson_key import LessonKey
from learnapp.content.load.ledger import Ledger
from learnapp.content.load.schemas import LessonFront, ModuleFile
from learnapp.content.load.validate import ModelFile
from learnapp.content.load.yaml import Document, Where
from learnapp.content.problems import Position, SkippedFile
from learnapp.quiz.item import Item
from learnapp.quiz.quiz import Quiz

Tag = Literal["p", "ul", "ol"]


class TermMark(NamedTuple):
    """A glossary term marked in a paragraph."""

    slug: str
    place: Position


@dataclass(frozen=True, slots=True)
class ParagraphDraft:
    """One paragraph or list: its clean inner HTML, its words, its lines as typed, and what it rests on, if anything."""

    place: Position
    attributes_at: Position
    tag: Tag
    html: str
    text: str
    lines: tuple[str, ...]
    terms: tuple[TermMark, ...]
    links: tuple[str, ...]
    facts: tuple[str, ...] = ()
    own: str | None = None
    note: str | None = None

    def written(self) -> Iterator[tuple[Position, str]]:
        """Yield each of its lines as typed, with the place where it starts."""
        for number, line in enumerate(self.lines, self.place.line):
            yield Position(self.place.path, number), line


@dataclass(frozen=True, slots=True)
class AskDraft:
    """A question to read with, which rests on no facts."""

    place: Position
    question: ParagraphDraft


@dataclass(frozen=True, slots=True)
class FigureDraft:
    place: Position


@dataclass(frozen=True, slots=True)
class CardDraft:
    place: Position
    title: str
    paragraphs: tuple[ParagraphDraft, ...]

    def facts(self) -> tuple[str, ...]:
        """Return the facts that its paragraphs rest on, each once."""
        return tuple(dict.fromkeys(fact for paragraph in self.paragraphs for fact in paragraph.facts))


Kind = TypeVar("Kind", AskDraft, FigureDraft, CardDraft)
BlockDraft = ParagraphDraft | AskDraft | FigureDraft | CardDraft


@dataclass(frozen=True, slots=True)
class SectionDraft:
    place: Position
    attributes_at: Position
    id: str
    title: str
    sources: tuple[str, ...]
    blocks: list[BlockDraft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BodyDraft:
    """A lesson's body; `short` are the paragraphs of its short version, `pause` those at its end, if it has them.

    `short_pause` stands at the end of the short version.
    """

    place: Position
    sections: tuple[SectionDraft, ...]
    short: tuple[ParagraphDraft, ...]
    pause: tuple[ParagraphDraft, ...] | None
    short_pause: tuple[ParagraphDraft, ...] | None = None

    def blocks(self, kind: type[Kind]) -> list[Kind]:
        """Return its blocks of one kind, in order."""
        return [block for section in self.sections for block in section.blocks if isinstance(block, kind)]

    def paragraphs(self) -> Iterator[tuple[ParagraphDraft, CardDraft | None]]:
        """Yield every paragraph of the body with the card that it stands in, if any; not the short version's."""
        for block in (block for section in self.sections for block in section.blocks):
            if isinstance(block, ParagraphDraft):
                yield block, None
            elif isinstance(block, CardDraft):
                yield from ((paragraph, block) for paragraph in block.paragraphs)

    def all_paragraphs(self) -> Iterator[ParagraphDraft]:
        """Yield every paragraph that rests on something, those of the short version last."""
        yield from (paragraph for paragraph, _card in self.paragraphs())
        yield from self.short

    def text(self) -> str:
        """Return what a reader reads, a paragraph a line: cards and questions too, headings not."""
        questions = [block.question.text for block in self.blocks(AskDraft)]
        return "\n".join([*questions, *(paragraph.text for paragraph, _card in self.paragraphs())])


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """A quiz item and where it stands."""

    item: Item
    document: Document
    where: Where

    @property
    def short(self) -> bool:
        return self.where[0] == "short"

    def place(self, *inside: str | int) -> Position:
        return self.document.place(*self.where, *inside)

    def tested_facts(self) -> Iterator[tuple[Position, str]]:
        """Yield the facts that the item tests, each with its place."""
        for number, fact in enumerate(self.item.facts):
            yield self.place("facts", number), fact

    def see_facts(self) -> Iterator[tuple[Position, str]]:
        """Yield the facts under the keys `see`, which parts of its feedback rest on, each with its place."""
        texts = self.document.texts(self.where)
        yield from ((self.document.place(*at), text) for at, text in texts if at[-1] == "see")

    def facts(self) -> tuple[str, ...]:
        """Return the facts that the item and its feedback rest on, each once."""
        return tuple(dict.fromkeys((*self.item.facts, *(fact for _, fact in self.see_facts()))))


def items_in(quiz: ModelFile[Quiz]) -> Iterator[ItemDraft]:
    """Yield every item of a quiz, the short one's last."""
    for part, items in (("items", quiz.model.items), ("short", quiz.model.short)):
        for number, item in enumerate(items):
            yield ItemDraft(item, quiz.document, (part, number))


@dataclass(frozen=True, slots=True)
class LessonDraft:
    """A lesson's file and its quiz, None where that was skipped; `former` are the keys that it had."""

    module: str
    slug: str
    number: int
    front: LessonFront
    document: Document
    body: BodyDraft
    quiz: ModelFile[Quiz] | None
    former: tuple[LessonKey, ...] = ()

    @property
    def key(self) -> LessonKey:
        return LessonKey.of(self.module, self.slug)

    def listed(self, key: Literal["sections", "facts", "gated", "skip"]) -> Iterator[tuple[Position, str]]:
        """Yield the names of one list of the front matter, each with its place."""
        for number, name in enumerate(getattr(self.front, key)):
            yield self.document.place(key, number), name

    def cited(self) -> tuple[str, ...]:
        """Return the facts that the body's paragraphs rest on, each once, in order."""
        paragraphs = (paragraph for paragraph, _card in self.body.paragraphs())
        return tuple(dict.fromkeys(fact for paragraph in paragraphs for fact in paragraph.facts))

    def cited_short(self) -> tuple[str, ...]:
        """Return the facts that the short version's paragraphs rest on, each once, in order."""
        return tuple(dict.fromkeys(fact for paragraph in self.body.short for fact in paragraph.facts))

    def shown(self) -> tuple[str, ...]:
        """Return the facts that the figures show, each once."""
        return tuple(dict.fromkeys(fact for _, figure in self.front.figures() for fact in figure.facts))

    def items(self) -> Iterator[ItemDraft]:
        """Yield every item of the quiz, the short one's last; none if the quiz was skipped."""
        return items_in(self.quiz) if self.quiz else iter(())


@dataclass(frozen=True, slots=True)
class ModuleDraft:
    """A module's file with those of its lessons that could be read."""

    slug: str
    number: int
    entry: ModuleFile
    document: Document
    lessons: tuple[LessonDraft, ...]


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """All that was written, in the course's order, and what it cites; `listed` are all files that something lists.

    `course` is the list of courses, None where it could not be read.
    """

    ledger: Ledger
    modules: tuple[ModuleDraft, ...] = ()
    stray_quizzes: tuple[ModelFile[Quiz], ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    listed: frozenset[str] = frozenset()
    course: Document | None = None

    @property
    def documents(self) -> tuple[Document, ...]:
        """Return every file and front matter that could be read."""
        shared = [*([self.course] if self.course else []), *self.ledger.documents.values()]
        modules, lessons = [module.document for module in self.modules], [lesson.document for lesson in self.lessons]
        return (*shared, *modules, *lessons, *(quiz.document for quiz in self.quizzes))

    @property
    def lessons(self) -> tuple[LessonDraft, ...]:
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    @property
    def quizzes(self) -> tuple[ModelFile[Quiz], ...]:
        """Return every quiz that could be read, those of skipped lessons last."""
        return (*(lesson.quiz for lesson in self.lessons if lesson.quiz), *self.stray_quizzes)

    @property
    def has_every_lesson(self) -> bool:
        """Tell whether no lesson was skipped, nor what lists lessons."""
        return not any(file.kind in ("course", "module", "lesson") for file in self.skipped)

    @property
    def has_every_quiz(self) -> bool:
        """Tell whether the items of every lesson are known."""
        return self.has_every_lesson and not any(file.kind == "quiz" for file in self.skipped)

    def renamed_modules(self) -> dict[str, str]:
        """Return the current name of each module by its former ones."""
        return {name: module.slug for module in self.modules for name in module.entry.was}

    def renamed_lessons(self) -> dict[str, LessonKey]:
        """Return the current key of each lesson by its former ones."""
        return {key: lesson.key for lesson in self.lessons for key in lesson.former}

    def renamed_names(self) -> dict[str, str]:
        """Return the current name or key of each module and lesson by its former ones."""
        return {**self.renamed_modules(), **self.renamed_lessons()}
