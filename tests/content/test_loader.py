import shutil
import time
from pathlib import Path

import pytest

from learnapp.content.loader import load
from learnapp.content.reports.reviews import CourseReviews
from learnapp.content.reports.staleness import reviewed_now, stale
from tests.courses.island import (
    COURSE,
    FACTS,
    FILES,
    GLOSSARY,
    KEEPERS,
    KEEPERS_QUIZ,
    LAMP,
    LAMP_QUIZ,
    SOURCE,
    WRECK,
    WRECK_QUIZ,
    Island,
    at,
)


def test_a_sound_course_loads_without_a_problem(island: Island) -> None:
    loaded = island.load()

    assert loaded.problems == ()
    assert loaded.catalog is not None
    assert [lesson.key for lesson in loaded.catalog.courses["island"].lessons] == [
        "1-light/1-the-lamp",
        "1-light/2-the-keepers",
    ]


def test_a_sound_course_breaks_no_rule_of_the_guide(island: Island) -> None:
    assert island.checked() == ()


def test_an_error_means_no_catalog(island: Island) -> None:
    island.edit(LAMP, "minutes: 8", "minutes: soon")

    loaded = island.load()

    assert loaded.catalog is None
    assert at(loaded.problems[0]) == (LAMP, island.line(LAMP, "minutes"), "schema-int-parsing")


def test_the_problems_of_all_files_come_in_one_run(island: Island) -> None:
    island.edit(COURSE, "sequencing: advice", "sequencing: wild")
    island.edit(SOURCE, "depth: 2}\n  - {slug: keepers", "depth: 3}\n  - {slug: keepers")
    island.edit(FACTS, "figures: [31 nights]", "figures: [31 nights")
    island.edit(GLOSSARY, "slug: strait", "slug: Strait!")

    assert {problem.path for problem in island.problems()} == {COURSE, SOURCE, FACTS, GLOSSARY}


def test_the_problems_of_all_lessons_and_quizzes_come_in_one_run(island: Island) -> None:
    island.edit(LAMP, "objectives:", "objectivs:")
    island.edit(KEEPERS, "::: figure\n:::\n", "::: figur\n:::\n")
    island.edit(WRECK, "sensitivity: strong", "sensitivity: very")
    island.edit(LAMP_QUIZ, "answer: 31", "answer: many")
    island.edit(KEEPERS_QUIZ, "accept: [three", "accept: [two, three")
    island.edit(WRECK_QUIZ, "pass_mark: 60", "pass_mark: 160")

    assert {problem.path for problem in island.problems()} == {
        LAMP,
        KEEPERS,
        WRECK,
        LAMP_QUIZ,
        KEEPERS_QUIZ,
        WRECK_QUIZ,
    }


def test_a_broken_file_does_not_make_others_look_broken(island: Island) -> None:
    island.edit(KEEPERS, "title: The keepers", "title: [The keepers]")

    assert at(island.only_problem()) == (KEEPERS, 2, "schema-string-type")


def test_rules_are_held_although_other_files_cannot_be_read(island: Island) -> None:
    island.write(FACTS, "facts: [")
    island.edit(LAMP, "what the captains looked for", "what robots looked for")

    assert {"banned-word", "yaml-syntax"} <= {problem.rule for problem in island.checked()}


def test_a_broken_ledger_does_not_make_every_fact_unknown(island: Island) -> None:
    island.edit(FACTS, "src: [3]", "src: three")

    assert at(island.only_problem()) == (FACTS, island.line(FACTS, "src: three"), "schema-tuple-type")


@pytest.mark.parametrize("path", [COURSE, SOURCE, FACTS, GLOSSARY, "modules/1-sea/module.yaml", LAMP, LAMP_QUIZ])
def test_a_missing_file_is_one_problem(island: Island, path: str) -> None:
    (island.root / path).unlink()

    assert island.only_problem().rule == "file-missing"


def test_an_empty_folder_has_problems_and_no_catalog(tmp_path: Path) -> None:
    loaded = load(tmp_path)

    assert loaded.catalog is None
    assert {problem.rule for problem in loaded.problems} == {"file-missing"}


@pytest.mark.parametrize(
    "slug",
    [
        "../../etc",
        "1-light/../2-x",
        "/etc/passwd",
        "1-Light",
        "1-lïght",
        "1-light ",
        "1_light",
        "1-a\\0",
        "1-" + "a" * 80,
    ],
)
def test_a_slug_cannot_lead_anywhere_else(island: Island, slug: str) -> None:
    island.edit(COURSE, "modules: [1-light]", f'modules: ["{slug}"]')

    problem = island.only_problem()

    assert (problem.path, problem.line) == (COURSE, island.line(COURSE, "modules: ["))


def test_a_module_folder_that_is_a_link_out_is_refused(
    island: Island, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "1-light"
    shutil.move(island.root / "modules/1-light", outside)
    (island.root / "modules/1-light").symlink_to(outside)

    assert {problem.rule for problem in island.problems()} == {"file-outside"}


def test_a_file_of_ten_megabytes_is_refused_in_no_time(island: Island) -> None:
    island.write(FACTS, "facts:\n" + "- {id: [[[[\n" * 900_000)

    started = time.perf_counter()
    problem = island.only_problem()

    assert at(problem) == (FACTS, 1, "file-size")
    assert time.perf_counter() - started < 1


def rename(island: Island) -> Island:
    """Give a module, a lesson and an item other names, and say what they were."""
    for folder in ("modules", "quizzes"):
        (island.root / folder / "1-light").rename(island.root / folder / "light")
    for ending in ("modules/light/{}.md", "quizzes/light/{}.yaml"):
        (island.root / ending.format("1-the-lamp")).rename(island.root / ending.format("the-lamp"))
    island.edit(COURSE, "modules: [1-light]", "modules: [light]")
    island.edit("modules/light/module.yaml", "[1-the-lamp, ", "[the-lamp, ")
    island.edit("modules/light/module.yaml", "lead:", "was: [1-light]\nlead:")
    island.edit("modules/light/the-lamp.md", "sensitivity: none", "was: [1-the-lamp]\nsensitivity: none")
    island.edit("quizzes/light/the-lamp.yaml", "id: lamp-q4", "id: dark-nights\n    was: [lamp-q4]")
    return island


def test_former_names_lead_to_what_has_them_now(island: Island) -> None:
    catalog = rename(island).catalog()

    assert catalog.renamed_modules == {"1-light": "light"}
    assert catalog.renamed_lessons == {
        "light/1-the-lamp": "light/the-lamp",
        "1-light/the-lamp": "light/the-lamp",
        "1-light/1-the-lamp": "light/the-lamp",
        "1-light/2-the-keepers": "light/2-the-keepers",
    }
    lamp = catalog.lesson_by_key("1-light/1-the-lamp")
    assert lamp is catalog.lessons["light/the-lamp"]
    assert [item.was for item in lamp.quiz.items if item.id == "dark-nights"] == [("lamp-q4",)]


def test_a_link_to_a_former_name_is_built_with_the_current_one(island: Island) -> None:
    old = "[in the first lesson](/modules/1-light/1-the-lamp#glass)"
    path = "modules/light/2-the-keepers.md"
    rename(island)
    text = island.text(path)
    paragraph = next(line for line in text.splitlines() if line.startswith("{facts="))
    island.write(path, text.replace(paragraph + "\n", f"{paragraph}\nSee {old}. ", 1))

    html = repr(island.catalog().lessons["light/2-the-keepers"].body)

    assert 'href="/modules/light/the-lamp#glass"' in html
    assert "1-the-lamp" not in html


def test_a_review_of_a_lesson_holds_under_its_new_name(island: Island) -> None:
    draft = island.load().draft
    reviews = reviewed_now(draft, CourseReviews(), [*(one.key for one in draft.lessons), "glossary"])

    assert stale(rename(island).load().draft, reviews) == ()


def test_windows_files_with_a_mark_in_front_are_read_alike(island: Island) -> None:
    before = island.catalog().digest
    for path in (LAMP, LAMP_QUIZ, FACTS):
        text = island.text(path).replace("\n", "\r\n")
        (island.root / path).write_bytes(b"\xef\xbb\xbf" + text.encode())

    assert island.catalog().digest == before


@pytest.mark.slow
def test_thirty_lessons_load_well_within_the_start(tmp_path: Path) -> None:
    """30 copies of a lesson and its quiz, and a ledger of 2,000 lines."""
    island = Island.copy_to(tmp_path)
    slugs = [f"{number}-copy" for number in range(1, 31)]
    island.edit("modules/1-sea/module.yaml", "[1-the-wreck]", "[" + ", ".join(slugs) + "]")
    for number, slug in enumerate(slugs):
        quiz = (FILES / WRECK_QUIZ).read_text().replace("id: wreck-", f"id: wreck{number}-")
        island.write(f"quizzes/1-sea/{slug}.yaml", quiz)
        text = (FILES / WRECK).read_text()
        island.write(f"modules/1-sea/{slug}.md", text.replace("title: The wreck", f"title: The wreck {number}"))
    extra = [island.text(FACTS).split("  - id: ")[1].replace("light.01", f"light.{n}") for n in range(10, 99)]
    island.write(FACTS, island.text(FACTS) + "".join(f"  - id: {one}" for one in extra))

    started = time.process_time()
    loaded = island.load()
    spent = time.process_time() - started

    assert loaded.problems == ()
    assert spent < 1.0
