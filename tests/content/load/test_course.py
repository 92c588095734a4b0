"""Courses, modules and lessons are read in the order of their lists, and what is listed has to be there, once."""

import pytest

from tests.courses.island import COURSE, KEEPERS, LAMP, Island, at


def test_a_missing_lesson_is_reported_where_it_is_listed(island: Island) -> None:
    (island.root / KEEPERS).unlink()

    problem = island.only_problem()

    assert (problem.path, problem.line, problem.column) == ("modules/1-light/module.yaml", 3, 23)
    assert KEEPERS in problem.message


def test_the_order_stands_in_the_lists_and_not_in_names(island: Island) -> None:
    before = {key: one.number for key, one in island.catalog().lessons.items()}
    island.edit("modules/1-light/module.yaml", "[1-the-lamp, 2-the-keepers]", "[2-the-keepers, 1-the-lamp]")

    after = {key: one.number for key, one in island.catalog().lessons.items()}

    assert before == {"1-light/1-the-lamp": 1, "1-light/2-the-keepers": 2, "1-sea/1-the-wreck": 1}
    assert after == {"1-light/2-the-keepers": 1, "1-light/1-the-lamp": 2, "1-sea/1-the-wreck": 1}


def test_nothing_is_listed_twice(island: Island) -> None:
    island.edit(COURSE, "modules: [1-sea]", "modules: [1-sea, 1-light]")
    island.edit(COURSE, "slug: coast", "slug: island")
    island.edit("modules/1-sea/module.yaml", "[1-the-wreck]", "[1-the-wreck, 1-the-wreck]")

    doubles = [problem for problem in island.problems() if problem.rule == "duplicate-entry"]

    assert [(one.path, one.line) for one in doubles] == [("modules/1-sea/module.yaml", 3), (COURSE, 6), (COURSE, 10)]


@pytest.mark.parametrize("front", ["", "title: The lamp\n---\n", "---\ntitle: The lamp\n", "\n---\ntitle: x\n---\n"])
def test_a_lesson_without_front_matter_is_told_so(island: Island, front: str) -> None:
    island.write(LAMP, front + "# Words\n")

    assert at(island.only_problem()) == (LAMP, 1, "front-matter")


def test_the_body_is_read_even_if_the_front_matter_is_broken(island: Island) -> None:
    island.edit(LAMP, "minutes: 8", "minutes: soon")
    island.edit(LAMP, "Was it ever dark?", "Was it <b>ever</b> dark?")

    assert [problem.rule for problem in island.problems()] == ["schema-int-parsing", "markup-html"]
