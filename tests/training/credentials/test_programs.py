"""Programs as credentials know them: those of the course, and none where it has none."""

from learnapp.training.credentials.programs import achievement_of
from learnapp.training.credentials.values import Achievement
from tests.courses.programs import TaughtProgram, with_programs
from tests.courses.tea import catalog_of


def test_a_program_of_the_course_is_found_by_its_slug() -> None:
    catalog = with_programs(catalog_of(), TaughtProgram("tea", "Tea for guests", "How to pour."))
    assert achievement_of(catalog, "tea") == Achievement("tea", "Tea for guests", "How to pour.")
    assert achievement_of(catalog, "coffee") is None


def test_a_course_without_programs_has_none() -> None:
    assert achievement_of(catalog_of(), "tea") is None
    assert achievement_of(None, "tea") is None
