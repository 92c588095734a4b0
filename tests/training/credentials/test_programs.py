"""Programs as credentials know them: those of the course, and none where it has none."""

from learnapp.training.credentials.programs import achievement_of
from learnapp.training.credentials.values import Achievement
from tests.courses.tea import catalog_of
from tests.courses.training import SERVER, training_course


def test_a_program_of_the_course_is_found_by_its_slug() -> None:
    assert achievement_of(training_course(), SERVER) == Achievement(SERVER, "Tea server", "For whoever pours.")
    assert achievement_of(training_course(), "coffee") is None


def test_a_course_without_programs_has_none() -> None:
    assert achievement_of(catalog_of(), SERVER) is None
