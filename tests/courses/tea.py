"""A small course about tea: `lesson`, `quiz` and `course` make its parts, `course_with` a whole catalog."""

from dataclasses import replace
from typing import Any

from learnapp.content.blocks import BodySection, Card, Guess, Paragraph, Paragraphs
from learnapp.content.catalog import Catalog, Course, Lesson, LessonEnd, Module
from learnapp.content.evidence import Evidence
from learnapp.content.facts import Fact, PageFact, Source
from learnapp.content.lesson_parts import TeacherNotes
from learnapp.content.vocabulary import Ages
from learnapp.quiz.item import Item
from learnapp.quiz.quiz import Quiz, QuizVersion, main_version, short_version
from tests.quiz.samples import KEYS, make

TYPES = tuple(KEYS)


def quiz(*items: Item, **settings: Any) -> QuizVersion:
    """Make a quiz, of one item of each type unless told otherwise."""
    return main_version(Quiz(items=items or tuple(make(one) for one in TYPES), **settings))


def short_quiz(*items: Item) -> QuizVersion:
    """Make a lesson's short quiz."""
    made = short_version(Quiz(items=(make("single"),), short=items or (make("single", id="short-single"),)))
    assert made is not None
    return made


def paragraphs(first: int, *texts: str) -> Paragraphs:
    """Make paragraphs p<first>, p<first + 1>, ... with these texts."""
    items = (Paragraph(n, f"p{n}", text, n == 1, ("tea.01",)) for n, text in enumerate(texts, start=first))
    return Paragraphs(tuple(items), (), ())


def words(count: int) -> str:
    return " ".join(["tea"] * count)


BODY = (
    BodySection("leaves", "Leaves", (paragraphs(1, words(260), words(260)),)),
    BodySection(
        "water",
        "Water",
        (Card("Scalds", "card-1", (3,), (paragraphs(3, words(260)),), gated=False), paragraphs(4, words(260))),
    ),
)


# What asks readers for words of their own, and what only those who lead them see.
WHO = Guess("who-pours", "Who pours?", ("Mia", "The pot"), "Kept. You will see.")
NOTES = TeacherNotes(discuss=("xnotenx, who pours?",), plan=("10 min: pour",), concerned="Some may have burns.")
ASKING: dict[str, Any] = {
    "body": (*BODY, BodySection("ask", "A guess", (WHO,))),
    "end": LessonEnd(("Warm the pot",), answer="Mia pours."),
    "short_end": LessonEnd(answer="Tea is poured."),
}


def lesson(slug: str = "1-leaf", module: str = "1-tea", **changes: Any) -> Lesson:
    """Make a lesson of 1,040 words (8 minutes) and nine items (8 minutes), which is said to take 8."""
    made = Lesson(
        module=module,
        slug=slug,
        number=1,
        title=slug[2:].title(),
        lead="About tea.",
        minutes=8,
        sections=("tea",),
        facts=("tea.01", "tea.02"),
        objectives=("Make tea",),
        sensitivity="none",
        age=Ages(core=12, full=12),
        gated=(),
        advisory=None,
        advisory_cards=None,
        body=BODY,
        end=LessonEnd(key_points=("Warm the pot",)),
        short=(),
        short_end=LessonEnd(),
        quiz=quiz(),
        short_quiz=None,
        words=1040,
        teachers=NOTES,
    )
    return replace(made, **changes)


def strong_lesson(**changes: Any) -> Lesson:
    """Make a lesson with a short version of one minute and its own quiz."""
    short = (paragraphs(1, words(130)),)
    usual = {"sensitivity": "strong", "short": short, "short_minutes": 1, "short_quiz": short_quiz()}
    return lesson(**{**usual, **changes})


def course(*lessons: Lesson, sequencing: Any = "advice") -> Course:
    """Make a course of one module a module name, with these lessons or three usual ones."""
    given = lessons or (lesson("1-leaf"), lesson("2-water"), lesson("3-cup"))
    slugs = dict.fromkeys(one.module for one in given)
    modules = tuple(
        Module(slug, number, slug[2:].title(), "", tuple(one for one in given if one.module == slug))
        for number, slug in enumerate(slugs, start=1)
    )
    return Course("tea", "Tea", "All about tea.", sequencing, modules)


SOURCE = Source.model_validate(
    {
        "title": "The Tea Book",
        "publisher": "The Tea House",
        "name": "Tea Book",
        "rights": "all of it",
        "date_note": "undated",
        "when": "about 2020",
    }
)


LESSON = "/modules/1-tea/1-leaf"


def catalog_of(*lessons: Lesson, **about: Any) -> Catalog:
    """Make a catalog of one course; its digest differs whenever it does."""
    made = course(*lessons, **about)
    return Catalog(
        source=SOURCE,
        courses={made.slug: made},
        modules={module.slug: module for module in made.modules},
        sections={},
        facts={},
        glossary={},
        lessons={one.key: one for one in made.lessons},
        digest=repr(made),
        renamed_lessons={key: one.key for one in made.lessons for key in one.was},
    )


def fact(name: str, **changes: Any) -> Fact:
    """Make a fact that may be asked."""
    known: dict[str, Any] = {"sensitivity": "none", "testimony": False, "quizzable": True, "src": ()}
    about: dict[str, Any] = {"figures": (), "attribution": "the page", "voice": "page", "dated": None}
    plain = {"caveat": None, "note": None, "section": "tea", "fact": "Tea."}
    return PageFact.model_validate({"id": name, **known, **about, **plain, **changes})


def evidence(name: str, **changes: Any) -> Evidence:
    """Make a verified statement of another source than the page."""
    source = {"author": "Tea Board", "title": "Cups", "date": "May 1914"}
    known: dict[str, Any] = {"statement": "Cups were small in 1914.", "voice": "study", "source": source}
    about: dict[str, Any] = {"cite": "Tea Board, Cups, May 1914.", "where": ("https://tea.example/cups",)}
    checked: dict[str, Any] = {"verified": {"on": "2026-11", "how": "Read its page 3."}, "sensitivity": "none"}
    return Evidence.model_validate({"id": name, **known, **about, **checked, "quizzable": True, **changes})


def course_with(*lessons: Lesson, facts: tuple[Fact, ...] = ()) -> Catalog:
    """Make a catalog whose facts tea.01 to tea.03 may be asked unless others of these names are given."""
    ledger = {one.id: one for one in (*map(fact, ("tea.01", "tea.02", "tea.03")), *facts)}
    return replace(catalog_of(*(lessons or (lesson(),)), sequencing="advice"), facts=ledger)


def two_modules(each: int = 3) -> tuple[Lesson, Lesson]:
    """Make a lesson in each of two modules, with so many single choice questions."""
    questions = [tuple(make("single", id=f"{name}-{n}") for n in range(each)) for name in ("leaf", "cup")]
    return (lesson("1-leaf", "1-tea", quiz=quiz(*questions[0])), lesson("1-cup", "2-pot", quiz=quiz(*questions[1])))
