"""Results of finals: points by theme, what keeps from passing, the lessons to go over, and how sure one was."""

from dataclasses import replace

import pytest

from learnapp.content.catalog import Catalog
from learnapp.learning.attempts.answer import Submission
from learnapp.learning.attempts.values import AttemptItem
from learnapp.quiz.certainty import Certainty, CertaintyLevel
from learnapp.training.final.results import FinalResult, final_result
from tests.actors.attempts import giving, right, wrong
from tests.actors.training import Answers, Db, begin, finish, read_all, wrong_in
from tests.courses.tea import course_with, lesson
from tests.courses.training import BANKS, SPILLS, program, training_course, with_programs
from tests.quiz.samples import make


def result(session: Db, catalog: Catalog, user_id: int, given: Answers = right) -> FinalResult:
    """Have somebody take the final; return what came of it."""
    read_all(catalog, user_id)
    return final_result(catalog, finish(session, begin(session, catalog, user_id), given))


def in_bank(name: str, given: Answers) -> Answers:
    """Return answers that are right but in this bank."""
    names = {item.id for item in BANKS[name]}
    return lambda item: given(item) if item.item.id in names else right(item)


def test_what_was_right_is_whole_in_every_theme(db_session: Db, catalog: Catalog, vera: int) -> None:
    found = result(db_session, catalog, vera)
    assert (found.points, found.out_of, found.pass_points, found.passed) == (6, 6, 5, True)
    themes = [(theme.name, theme.title, theme.points, theme.out_of, theme.full_marks) for theme in found.themes]
    assert themes == [
        ("1-tea", "Tea", 3, 3, False),
        ("2-pot", "Pot", 2, 2, False),
        (SPILLS, "When tea is spilled", 1, 1, True),
    ]
    assert (found.lacking, found.to_go_over) == ((), ())
    assert all(theme.whole and not theme.lacking and not theme.lessons for theme in found.themes)


def test_a_safety_point_that_lacks_something_comes_first_and_says_so(
    db_session: Db, catalog: Catalog, vera: int
) -> None:
    in_part = in_bank(SPILLS, lambda item: giving(item, {"replies": [1, 1]}))
    found = result(db_session, catalog, vera, lambda item: wrong(item) if "leaf" in item.item.id else in_part(item))
    assert [theme.name for theme in found.to_go_over] == [SPILLS, "1-tea"]
    assert [(theme.name, theme.points) for theme in found.lacking] == [(SPILLS, 0.75)]
    assert found.to_go_over[1].lacking is False
    assert found.passed is False


def test_thirds_that_add_up_to_all_are_all(db_session: Db, vera: int) -> None:
    """Of three questions each a third short of nothing is left; of seven sevenths nothing, either."""
    banks = {**BANKS, "1-tea": tuple(make("matching", id=f"final-leaf-{n}") for n in range(6))}
    found = result(db_session, training_course(banks=banks), vera)
    assert found.themes[0].whole
    assert found.themes[0].points == 3


def test_what_was_not_answered_earns_nothing_and_was_sure_of_nothing(
    db_session: Db, catalog: Catalog, vera: int
) -> None:
    nothing: Answers = lambda item: Submission(None)  # noqa: E731
    found = result(db_session, catalog, vera, nothing)
    assert (found.points, found.certainty) == (0, ())
    assert [theme.points for theme in found.themes] == [0, 0, 0]


def test_certainty_is_counted_beside_what_was_right(db_session: Db, catalog: Catalog, vera: int) -> None:
    def sure(item: AttemptItem) -> Submission:
        certainty: Certainty = 1 if "leaf" in item.item.id else 3
        given = wrong(item) if item.number == 1 else right(item)
        return replace(given, certainty=certainty)

    found = result(db_session, catalog, vera, sure)
    first_is_a_guess = found.themes[0].points == 2
    assert first_is_a_guess  # the form asks of its modules in order
    assert found.certainty == (CertaintyLevel(1, 3, 2), CertaintyLevel(3, 3, 3))


@pytest.fixture
def taught() -> Catalog:
    """Give a course in which tea.01 is taught in both modules, tea.02 in the second one alone."""
    lessons = (lesson("1-leaf"), lesson("2-water"), lesson("1-cup", "2-pot"))
    banks = {
        "1-tea": (*(make("single", id=f"final-leaf-{n}", facts=["tea.01"]) for n in range(6)),),
        "2-pot": (*(make("single", id=f"final-pot-{n}", facts=["tea.99"]) for n in range(4)),),
        SPILLS: BANKS[SPILLS],
    }
    return with_programs(course_with(*lessons), program(), banks=banks)


def test_what_was_missed_is_taught_by_a_lesson_of_its_module(db_session: Db, taught: Catalog, vera: int) -> None:
    found = result(db_session, taught, vera, lambda item: right(item) if SPILLS in item.item.id else wrong(item))
    assert [[one.key for one in theme.lessons] for theme in found.to_go_over] == [["1-tea/1-leaf"], []]


def test_a_lesson_of_another_module_stands_in_where_the_module_has_none(
    db_session: Db, taught: Catalog, vera: int
) -> None:
    moved = course_with(lesson("1-cup", "2-pot"))
    read_all(taught, vera)
    attempt = finish(db_session, begin(db_session, taught, vera), wrong)
    theme = final_result(moved, attempt).themes[0]
    # The module has left the course as well, and with it its title.
    assert (theme.title, [one.key for one in theme.lessons]) == ("1-tea", ["2-pot/1-cup"])


def test_only_what_was_missed_leads_to_a_lesson(db_session: Db, taught: Catalog, vera: int) -> None:
    read_all(taught, vera)
    attempt = begin(db_session, taught, vera)
    pot = next(item for item in attempt.summary.item_ids if "pot" in item)
    found = final_result(taught, finish(db_session, attempt, wrong_in(pot)))
    assert [(theme.name, theme.lessons) for theme in found.to_go_over] == [("2-pot", ())]
