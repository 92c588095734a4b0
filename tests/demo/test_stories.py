"""Stories of made-up students: drawn by chance, but the same by the same chance, and as many as a class has."""

from random import Random

import pytest

from learnapp.content.ages import band_access
from learnapp.demo import stories
from tests.courses.real import real_catalog


def test_a_class_has_thirty_stories_the_written_ones_first() -> None:
    drawn = stories.main_stories(Random(7))
    assert len(drawn) == stories.STUDENTS
    assert tuple(drawn[: len(stories.STORIES)]) == tuple(stories.STORIES.values())
    assert drawn == stories.main_stories(Random(7)) != stories.main_stories(Random(8))


@pytest.mark.parametrize("over", [True, False])
def test_a_class_with_one_module_is_further_once_that_is_over(over: bool) -> None:
    drawn = stories.one_module(Random(7), over=over)
    assert len(drawn) == stories.STUDENTS
    assert (sum(story.reach for story in drawn) > 2 * stories.STUDENTS) == over
    assert any(story.opened for story in drawn) != over


def test_the_numbers_of_lessons_are_those_of_the_course() -> None:
    catalog = real_catalog()
    access = band_access(catalog.lessons.values(), 14)
    asked = [lesson for module, *_days in stories.ASKED for lesson in catalog.modules[module].lessons]
    lessons = [lesson for lesson in asked if access.can_open(lesson)]

    due_last = stories.ASKED[stories.DUE_LAST][0]
    assert lessons[stories.FIRST].module == due_last
    assert lessons[stories.FIRST - 1].module != due_last
    assert lessons[stories.CARE].advisory
    assert not lessons[stories.AFTER_CARE].advisory
    assert lessons[stories.ALL_DUE - 1].module == due_last
    assert lessons[stories.ALL_DUE].module != due_last


def test_whoever_passes_does_so_in_the_end() -> None:
    for seed in range(50):
        *before, last = stories.first_share(Random(seed))
        assert last >= 0.7
        assert all(share < 0.7 for share in before)
