"""Drafts: modules, lessons and quiz items as written, with their positions, for building and checking."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from learnapp.content.conversations import ConversationFile
from learnapp.content.lesson_key import LessonKey
from learnapp.content.load.ledger import Ledger
from learnapp.content.load.lesson.blocks import BodyDraft
from learnapp.content.load.schemas import BankFile, LessonFront, ModuleFile, ProgramsFile
from learnapp.content.load.validate import ModelFile
from learnapp.content.load.yaml import Document, Where
from learnapp.content.problems import Position, SkippedFile
from learnapp.quiz.item import Item
from learnapp.quiz.quiz import Quiz


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
class BankDraft:
    """A file of items that finals are drawn from; its name is that of a module or a safety point."""

    name: str
    file: ModelFile[BankFile]

    def items(self) -> Iterator[ItemDraft]:
        """Yield every item."""
        for number, item in enumerate(self.file.model.items):
            yield ItemDraft(item, self.file.document, ("items", number))


@dataclass(frozen=True, slots=True)
class ConversationDraft:
    """A conversation's file; its name is that of the file."""

    slug: str
    file: ModelFile[ConversationFile]


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

    def cited_openly(self) -> tuple[str, ...]:
        """Return the facts that the body's paragraphs outside of gated cards rest on, each once, in order."""
        gated = set(self.front.gated)
        is_open = [
            paragraph for paragraph, card in self.body.paragraphs() if card is None or gated.isdisjoint(card.facts())
        ]
        return tuple(dict.fromkeys(fact for paragraph in is_open for fact in paragraph.facts))

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
    """All that was written, in the course's order, and what it cites; `listed` has a digest of each listed file.

    `course` is the list of courses, None where it could not be read.
    """

    ledger: Ledger
    modules: tuple[ModuleDraft, ...] = ()
    stray_quizzes: tuple[ModelFile[Quiz], ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    listed: Mapping[str, str] = field(default_factory=dict)
    course: Document | None = None
    programs: ModelFile[ProgramsFile] | None = None
    banks: tuple[BankDraft, ...] = ()
    conversations: tuple[ConversationDraft, ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        """Return every file and front matter that could be read."""
        shared = [*([self.course] if self.course else []), *self.ledger.documents.values()]
        shared += [self.programs.document] if self.programs else []
        modules, lessons = [module.document for module in self.modules], [lesson.document for lesson in self.lessons]
        banks = [bank.file.document for bank in self.banks]
        talks = [one.file.document for one in self.conversations]
        return (*shared, *modules, *lessons, *(quiz.document for quiz in self.quizzes), *banks, *talks)

    @property
    def lessons(self) -> tuple[LessonDraft, ...]:
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    @property
    def quizzes(self) -> tuple[ModelFile[Quiz], ...]:
        """Return every quiz that could be read, those of skipped lessons last."""
        return (*(lesson.quiz for lesson in self.lessons if lesson.quiz), *self.stray_quizzes)

    def bank_items(self) -> tuple[ItemDraft, ...]:
        """Return every item that finals are drawn from."""
        return tuple(item for bank in self.banks for item in bank.items())

    def item_groups(self) -> Iterator[tuple[ItemDraft, ...]]:
        """Yield the items that are stored together, under ids of their own: those of each quiz, those of all banks."""
        yield from (tuple(items_in(quiz)) for quiz in self.quizzes)
        yield self.bank_items()

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
