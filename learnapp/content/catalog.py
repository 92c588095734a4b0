"""Catalog: courses, modules and lessons as pages, quizzes and commands read them; nothing changes them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from learnapp.content.blocks import Block, BodySection, Guess, ParagraphPlace, Piece, facts_in_cards, places_in
from learnapp.content.conversations import Conversation
from learnapp.content.evidence import Person
from learnapp.content.facts import Difference, Fact, Section, Source, Term
from learnapp.content.lesson_key import LessonKey
from learnapp.content.lesson_parts import LessonPerson, TeacherNotes
from learnapp.content.programs import FieldCard, FinalBank, Program, SafetyPoint
from learnapp.content.vocabulary import Ages, Sensitivity, Sequencing, Voice
from learnapp.quiz.item import Item
from learnapp.quiz.quiz import QuizVersion


@dataclass(frozen=True, slots=True)
class RestsRow:
    """One line of "what this rests on": how many facts speak in this voice, and what to bear in mind."""

    voice: Voice
    count: int
    keep_in_mind: str


@dataclass(frozen=True, slots=True)
class LessonEnd:
    """What stands below the text of one version of a lesson; all of it rests on what this version tells.

    `open_rests` are the rows of whoever gets no gated cards: they neither count nor name what only those tell.
    """

    key_points: tuple[str, ...] = ()
    rests: tuple[RestsRow, ...] = ()
    rests_note: str | None = None
    pause_html: str | None = None
    answer: str = ""
    open_rests: tuple[RestsRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Lesson:
    """A whole lesson, rendered: every `html` is clean, the rest plain text; `was` are the keys that it had.

    `strong_evidence` is what its questions show of evidence that is strong, `teachers` for leaders and authors only.
    `closed_facts` are those that it is the first to teach and tells in cards alone.
    """

    module: str
    slug: str
    number: int
    title: str
    lead: str
    minutes: int
    sections: tuple[str, ...]
    facts: tuple[str, ...]
    objectives: tuple[str, ...]
    sensitivity: Sensitivity
    age: Ages
    gated: tuple[str, ...]
    advisory: str | None
    advisory_cards: str | None
    body: tuple[BodySection, ...]
    end: LessonEnd
    short: tuple[Block, ...]
    short_end: LessonEnd
    quiz: QuizVersion
    short_quiz: QuizVersion | None
    words: int
    teachers: TeacherNotes
    question: str | None = None
    person: LessonPerson | None = None
    short_minutes: int | None = None
    was: tuple[LessonKey, ...] = ()
    strong_evidence: tuple[str, ...] = ()
    key: LessonKey = field(init=False)
    closed_facts: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        # What pages ask of all lessons: its name in rows and addresses, and what it teaches in cards alone.
        object.__setattr__(self, "key", LessonKey.of(self.module, self.slug))
        object.__setattr__(self, "closed_facts", facts_in_cards(self.body).intersection(self.facts))

    def quiz_for(self, route: str | None) -> QuizVersion:
        """Return the quiz that follows this route of reading: the short version has its own, if any."""
        return self.short_quiz if route == "short" and self.short_quiz else self.quiz

    def end_for(self, route: str | None) -> LessonEnd:
        """Return what stands below the text that this route shows."""
        return self.short_end if route == "short" else self.end

    @property
    def asks(self) -> str:
        """Return the question that the lesson answers."""
        return self.question or self.title

    @property
    def guess(self) -> Guess | None:
        """Return its guess, if it has one."""
        return next((block for block in self.blocks if isinstance(block, Guess)), None)

    def advisory_for(self, cards: bool) -> str | None:
        """Return what stands before the lesson; what its closed cards tell only for who gets them."""
        return " ".join(filter(None, [self.advisory, self.advisory_cards if cards else None])) or None

    @property
    def quizzes(self) -> tuple[QuizVersion, ...]:
        """Return the lesson's quizzes: the main one, and the short one if there is one."""
        return (self.quiz, self.short_quiz) if self.short_quiz else (self.quiz,)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return its pieces of evidence, under their letters."""
        return tuple(block for block in self.blocks if isinstance(block, Piece))

    def pieces_for(self, item: Item) -> tuple[Piece, ...]:
        """Return the pieces that an item works with.

        An attempt may show an item as it was before the lesson changed: a piece that has its letter now and tells
        nothing of what the item asks is another one.
        """
        listed = (piece for piece in self.pieces if piece.letter in (item.pieces or ()))
        return tuple(piece for piece in listed if not piece.facts.isdisjoint(item.facts))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return the blocks of all its parts."""
        return tuple(block for section in self.body for block in section.blocks)


@dataclass(frozen=True, slots=True)
class Module:
    """A sequence of lessons; `emblem` is the name of its drawing."""

    slug: str
    number: int
    title: str
    lead: str
    lessons: tuple[Lesson, ...]
    emblem: str | None = None

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True, slots=True)
class Course:
    """A sequence of modules; `places` of the map with the keys of lessons, `abilities` of who has done all of it."""

    slug: str
    title: str
    lead: str
    sequencing: Sequencing
    modules: tuple[Module, ...]
    places: Mapping[str, str] = field(default_factory=dict)
    abilities: tuple[str, ...] = ()

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """Return every lesson in the order of the course."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)


@dataclass(frozen=True, eq=False)
class Catalog:
    """Everything there is to learn, deeply frozen, lessons in the order of the courses; a catalog equals itself only.

    `renamed_...` lead from former names to current ones. `finals` are the banks of programs, see `finals.py`.
    """

    source: Source
    courses: Mapping[str, Course]
    modules: Mapping[str, Module]
    sections: Mapping[str, Section]
    facts: Mapping[str, Fact]
    glossary: Mapping[str, Term]
    lessons: Mapping[str, Lesson]
    digest: str
    differences: tuple[Difference, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    renamed_modules: Mapping[str, str] = field(default_factory=dict)
    renamed_lessons: Mapping[str, LessonKey] = field(default_factory=dict)
    programs: Mapping[str, Program] = field(default_factory=dict)
    safety: tuple[SafetyPoint, ...] = ()
    finals: Mapping[str, FinalBank] = field(default_factory=dict)
    conversations: Mapping[str, Conversation] = field(default_factory=dict)
    card: FieldCard | None = None

    def lesson(self, module: str, lesson: str) -> Lesson | None:
        """Return the lesson that has these names now, None for former ones and for any other."""
        return self.lessons.get(f"{module}/{lesson}")

    def lesson_by_key(self, key: str) -> Lesson | None:
        """Return the lesson that has or had this key, None where it has left the course."""
        return self.lessons.get(self.renamed_lessons.get(key, key))

    def program_by_name(self, name: str) -> Program | None:
        """Return the program that has or had this name, None where it has left the course."""
        found = (program for program in self.programs.values() if name in program.was)
        return self.programs.get(name) or next(found, None)

    def course_of(self, lesson: Lesson) -> Course:
        """Return the first course that teaches this lesson."""
        return next(
            course for course in self.courses.values() if any(module.slug == lesson.module for module in course.modules)
        )

    def places_of(self, fact_id: str) -> Sequence[tuple[Lesson, ParagraphPlace]]:
        """Return all paragraphs for a fact, each with its lesson, in order."""
        return self._places.get(fact_id, ())

    def paragraph_of(
        self,
        fact_id: str,
        preferring: Lesson | None,
        *,
        short: bool = False,
        shown: Callable[[Lesson, bool], bool] | None = None,
    ) -> tuple[Lesson, str, int] | None:
        """Find where a fact is taught: (lesson, anchor to link to, paragraph number).

        Looks in `preferring` first (in its short version if asked), then in the latest lesson before it, then anywhere;
        without one, in the last lesson of all.
        `shown(lesson, gated)` tells whether the reader gets what stands in the lesson, or in its gated cards.
        """
        if short and preferring:
            for place in places_in(preferring.short):
                if fact_id in place.facts:
                    return preferring, place.anchor, place.number
        order = list(self.lessons)
        position = order.index(preferring.key) if preferring and preferring.key in self.lessons else len(order)
        first: dict[str, tuple[Lesson, str, int]] = {}
        for lesson, place in self.places_of(fact_id):
            if shown is None or shown(lesson, place.gated):
                first.setdefault(lesson.key, (lesson, place.anchor, place.number))
        before = [key for key in first if order.index(key) <= position]
        return first[before[-1]] if before else next(iter(first.values()), None)

    @cached_property
    def _places(self) -> Mapping[str, list[tuple[Lesson, ParagraphPlace]]]:
        places: dict[str, list[tuple[Lesson, ParagraphPlace]]] = {}
        for lesson in self.lessons.values():
            for place in places_in(lesson.blocks):
                for fact in place.facts:
                    places.setdefault(fact, []).append((lesson, place))
        return places
