"""A small course for classes: two plain lessons and a care lesson in its first module, one in the second."""

from learnapp.content.catalog import Catalog, Lesson
from tests.courses.gated import CORE_12, strong
from tests.courses.tea import course_with, lesson, quiz
from tests.quiz.samples import make


def questions(name: str, count: int = 5) -> tuple[object, ...]:
    return tuple(make("single", id=f"{name}-{number}") for number in range(count))


def plain(slug: str, module: str = "1-tea", number: int = 1, count: int = 5, **about: object) -> Lesson:
    """Make a lesson with so many single choice questions."""
    items = questions(slug[2:], count)
    return lesson(slug, module, number=number, quiz=quiz(*items), **about)  # type: ignore[arg-type]


LEAF, WATER = plain("1-leaf"), plain("2-water", number=2)
# One that is read in several ways, by whoever is 12 or older.
SCALD = strong("3-scald", number=3, age=CORE_12)
CUP = plain("1-cup", "2-pot")
CATALOG: Catalog = course_with(LEAF, WATER, SCALD, CUP)
