"""Schemas: the shape of each content file, as authors write it; editors get them as JSON Schemas."""

import json
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, Field

from learnapp.content.conversations import ConversationFile
from learnapp.content.evidence import By, Evidence, Person
from learnapp.content.facts import Difference, PageFact, Section, Source, Term
from learnapp.content.figures import Figure, Figures
from learnapp.content.figures.base import Where
from learnapp.content.figures.places import PlaceName
from learnapp.content.lesson_parts import TeacherNotes
from learnapp.content.load.lesson.front import PersonFront, ShortFront
from learnapp.content.programs import FieldCard, Program, SafetyPoint
from learnapp.content.vocabulary import Ages, FactVoice, Line, Sensitivity, Sequencing
from learnapp.quiz.model import SLUG, FactId, FrozenModel, Slug, Text
from learnapp.quiz.quiz import Quiz
from learnapp.quiz.types import AnyItem

# A slug, or two with a slash between them.
FormerName = Annotated[str, Field(pattern=SLUG.removesuffix("$") + "(/" + SLUG[1:-1] + ")?$", max_length=161)]


LessonName = Annotated[str, Field(pattern=SLUG.removesuffix("$") + "/" + SLUG[1:], max_length=161)]


class CourseEntry(FrozenModel):
    """A course: its modules in order.

    `places` lead from the map of the first page to lessons, by their keys; `abilities` are what one can do who has done
    the whole course.
    """

    slug: Slug
    title: Line
    lead: Text
    sequencing: Sequencing = "advice"
    modules: tuple[Slug, ...] = Field(min_length=1, max_length=40)
    places: dict[PlaceName, LessonName] = {}
    abilities: tuple[Line, ...] = Field(default=(), max_length=6)


class CourseFile(FrozenModel):
    """modules/course.yaml"""

    courses: tuple[CourseEntry, ...] = Field(min_length=1, max_length=20)


class VoiceEntry(FrozenModel):
    """How margin notes cite one attribution. `{section}` in `cite` becomes the section's title.

    `by` stands in a folded note: who and when.
    """

    match: Line
    cite: Line
    by: By | None = None


class SourceFile(FrozenModel):
    """modules/source.yaml"""

    source: Source
    voices: tuple[VoiceEntry, ...] = Field(default=(), max_length=200)
    sections: tuple[Section, ...] = Field(min_length=1, max_length=200)
    differences: tuple[Difference, ...] = Field(default=(), max_length=200)


class FactsFile(FrozenModel):
    """modules/facts.yaml"""

    facts: tuple[PageFact, ...] = Field(min_length=1, max_length=2000)


class EvidenceFile(FrozenModel):
    """modules/evidence.yaml, which a course may do without."""

    evidence: tuple[Evidence, ...] = Field(default=(), max_length=2000)


class PeopleFile(FrozenModel):
    """modules/people.yaml, which a course may do without."""

    people: tuple[Person, ...] = Field(default=(), max_length=500)


class GlossaryFile(FrozenModel):
    """modules/glossary.yaml"""

    terms: tuple[Term, ...] = Field(default=(), max_length=500)


class ProgramsFile(FrozenModel):
    """modules/programs.yaml, which a course may do without."""

    safety: tuple[SafetyPoint, ...] = Field(default=(), max_length=12)
    programs: tuple[Program, ...] = Field(min_length=1, max_length=20)
    card: FieldCard | None = None


class BankFile(FrozenModel):
    """quizzes/final/<module or safety point>.yaml: items that finals are drawn from."""

    items: tuple[AnyItem, ...] = Field(min_length=1, max_length=200)


class ModuleFile(FrozenModel):
    """modules/<module>/module.yaml; `was` are names that the module had, `emblem` a drawing of a thing."""

    title: Line
    lead: Text
    lessons: tuple[Slug, ...] = Field(min_length=1, max_length=30)
    emblem: Slug | None = None
    was: tuple[Slug, ...] = Field(default=(), max_length=20)


class LessonFront(FrozenModel):
    """The front matter of modules/<module>/<lesson>.md. All of it is plain text, no Markdown.

    `keep_in_mind` is the last column of "what this rests on", by voice; what is not there is worded from the
    facts. `was` are names that the lesson had in its module, or whole keys such as "light/the-lamp". `question` is
    left out where the title is one.
    """

    title: Line
    lead: Text
    minutes: int = Field(ge=1, le=60)
    question: Line | None = None
    answer: Text
    person: PersonFront | None = None
    sections: tuple[Slug, ...] = Field(min_length=1, max_length=12)
    facts: tuple[FactId, ...] = Field(min_length=1, max_length=60)
    objectives: tuple[Line, ...] = Field(min_length=1, max_length=6)
    sensitivity: Sensitivity
    age: Ages
    gated: tuple[FactId, ...] = Field(default=(), max_length=60)
    skip: tuple[FactId, ...] = Field(default=(), max_length=60)
    advisory: Text | None = None
    advisory_cards: Text | None = None
    figure: Figures | None = None
    key_points: tuple[Line, ...] = Field(min_length=2, max_length=6)
    keep_in_mind: dict[FactVoice, Line] = {}
    rests_note: Text | None = None
    short: ShortFront | None = None
    teachers: TeacherNotes
    was: tuple[FormerName, ...] = Field(default=(), max_length=20)

    def figures(self) -> tuple[tuple[Where, Figure], ...]:
        """Return the lesson's figures in order, each with its way there in the file."""
        if self.figure is None:
            return ()
        if isinstance(self.figure, tuple):
            return tuple((("figure", n), figure) for n, figure in enumerate(self.figure))
        return ((("figure",), self.figure),)


MODELS: dict[str, type[BaseModel]] = {
    "course": CourseFile,
    "source": SourceFile,
    "facts": FactsFile,
    "evidence": EvidenceFile,
    "people": PeopleFile,
    "glossary": GlossaryFile,
    "programs": ProgramsFile,
    "bank": BankFile,
    "conversation": ConversationFile,
    "module": ModuleFile,
    "lesson": LessonFront,
    "quiz": Quiz,
}


def schemas() -> dict[str, dict[str, Any]]:
    """Return a schema for each kind of file, by the name of its own file; `lesson` is a lesson's front matter."""
    draft = "https://json-schema.org/draft/2020-12/schema"
    return {f"{name}.schema.json": {"$schema": draft, **model.model_json_schema()} for name, model in MODELS.items()}


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas into a folder, which is made if need be; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = {folder / name: schema for name, schema in schemas().items()}
    for file, schema in written.items():
        file.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return list(written)
