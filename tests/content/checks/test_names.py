"""Names: what takes another one's name is refused, and the course's own names hold no numbers."""

import re

from tests.courses.island import LAMP_QUIZ, WRECK_QUIZ, Island
from tests.courses.real import real_catalog


def test_an_item_may_have_the_id_of_an_item_of_another_quiz(island: Island) -> None:
    island.edit(WRECK_QUIZ, "id: wreck-q4", "id: lamp-q4")

    assert island.problems() == ()


def test_an_id_used_twice_in_a_quiz_is_reported_at_the_second_item(island: Island) -> None:
    island.edit(WRECK_QUIZ, "id: wreck-q4", "id: wreck-q1")

    problem, first = island.only_problem(), island.line(WRECK_QUIZ, "id: wreck-q1")
    second = [n for n, line in enumerate(island.text(WRECK_QUIZ).splitlines(), 1) if "wreck-q1" in line][1]
    assert (problem.rule, problem.line) == ("name-taken", second)
    assert f"see {WRECK_QUIZ}:{first};" in problem.message


def test_an_item_may_not_have_the_id_that_another_of_its_quiz_had(island: Island) -> None:
    island.edit(LAMP_QUIZ, "id: lamp-q4", "id: nights\n    was: [lamp-q4]")
    assert island.problems() == ()

    island.edit(LAMP_QUIZ, "id: lamp-q5", "id: lamp-q4")

    problem = island.only_problem()
    assert (problem.rule, problem.line) == ("name-taken", island.line(LAMP_QUIZ, "was: [lamp-q4]"))


def test_two_things_may_not_swap_their_names(island: Island) -> None:
    island.edit("modules/1-light/1-the-lamp.md", "sensitivity:", "was: [2-the-keepers]\nsensitivity:")
    island.edit("modules/1-light/2-the-keepers.md", "sensitivity:", "was: [1-the-lamp]\nsensitivity:")

    assert [problem.rule for problem in island.problems()] == ["name-taken", "name-taken"]


def test_the_course_has_no_positions_in_its_names_and_knows_its_former_ones() -> None:
    catalog = real_catalog()

    names = [name for key in catalog.lessons for name in key.split("/")]
    names += [item.id for one in catalog.lessons.values() for quiz in one.quizzes for item in quiz.items]
    assert [name for name in names if re.match(r"[0-9]|m[0-9]l[0-9]", name)] == []
    assert len(catalog.renamed_modules) == len(catalog.modules) == 6
    assert catalog.renamed_lessons["4-fear/2-hidden-camps"] == "fear/hidden-camps"
