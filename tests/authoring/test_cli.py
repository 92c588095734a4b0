import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result
from flask import Flask

from learnapp.authoring import cli
from learnapp.content.load.schemas import schemas
from tests.courses.island import FACTS, LAMP, WRECK, Island


@pytest.fixture(autouse=True)
def fresh() -> None:
    """There is no database to empty."""


@pytest.fixture
def app(island: Island) -> Flask:
    """Give an app that serves the island and has nothing but our commands."""
    app = Flask("island")
    app.config["SETTINGS"] = SimpleNamespace(content_path=island.root)
    cli.init_app(app)
    return app


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["content", *words])


def test_check_of_a_sound_course_says_so(app: Flask) -> None:
    result = run(app, "check")

    assert (result.exit_code, result.output) == (0, "0 errors, 0 warnings\n")


def test_check_prints_every_problem_with_its_place_and_fails(app: Flask, island: Island) -> None:
    island.edit(LAMP, "minutes: 8", "minutes: 60")
    island.edit(LAMP, "what the captains looked for", "what North Koreans looked for")

    result = run(app, "check")

    assert result.exit_code == 1
    minutes, people, summary = result.output.splitlines()
    assert minutes.startswith(f"{LAMP}:4:10: write 7 minutes, not 60")
    assert minutes.endswith("[minutes]")
    assert people.startswith(f"{LAMP}:{island.line(LAMP, 'North Koreans')}:")
    assert people.endswith("[warning: people-first]")
    assert summary == "1 error, 1 warning"


def test_warnings_alone_do_not_fail_unless_asked_to(app: Flask, island: Island) -> None:
    island.edit(LAMP, "what the captains looked for", "what North Koreans looked for")

    assert run(app, "check").exit_code == 0
    assert run(app, "check", "--strict").exit_code == 1


def test_check_prints_json(app: Flask, island: Island) -> None:
    island.edit(LAMP, "minutes: 8", "minutes: 60")

    result = run(app, "check", "--json")

    data = json.loads(result.output)
    assert result.exit_code == 1
    assert (data["errors"], data["warnings"]) == (1, 0)
    assert data["problems"][0]["path"] == LAMP
    assert data["problems"][0]["rule"] == "minutes"


def test_another_folder_can_be_checked(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = tmp_path_factory.mktemp("empty")

    result = run(app, "check", "--root", str(empty))

    assert result.exit_code == 1
    assert "modules/course.yaml:1:1: modules/course.yaml does not exist" in result.output


def test_coverage_fails_for_gaps_only_if_completeness_is_required(app: Flask, island: Island) -> None:
    assert run(app, "coverage", "--require-complete").exit_code == 0

    source = "modules/source.yaml"
    island.write(source, island.text(source) + "  - {slug: tides, title: Tides, path: [Tides], depth: 1}\n")

    result = run(app, "coverage")
    assert (result.exit_code, "tides: no lesson" in result.output) == (0, True)
    assert run(app, "coverage", "--require-complete").exit_code == 1
    assert json.loads(run(app, "coverage", "--json").output)["gaps"] == ["tides: no lesson"]
    assert "keepers.04" in run(app, "coverage", "--facts").output


def test_coverage_says_that_it_could_not_read_everything(app: Flask, island: Island) -> None:
    island.write(LAMP, "no front matter")

    result = run(app, "coverage")

    assert "see `flask content check`" in result.stderr


def test_what_cannot_be_read_is_said_by_every_command(app: Flask, island: Island) -> None:
    run(app, "reviewed")
    island.edit(LAMP, "title: The lamp", "title: 12")

    for command in ("check", "coverage", "stats", "stale"):
        assert "not counted: 1 lesson cannot be read" in run(app, command).output.splitlines()
        assert json.loads(run(app, command, "--json").stdout)["skipped"] == [LAMP]
    assert run(app, "coverage", "--require-complete").exit_code == 1
    assert run(app, "stale", "--require-fresh").exit_code == 1


def test_every_problem_of_a_run_keeps_file_line_and_column(app: Flask, island: Island) -> None:
    island.edit(WRECK, "sensitivity: strong", "mood: sad\nsensitivity: strong")
    island.edit(LAMP, '{facts="light.02"}', '{facts="light.92"}')

    *lines, left_out, summary = run(app, "check").output.splitlines()

    assert left_out == "not counted: 1 lesson cannot be read"
    mood, fact = island.line(WRECK, "mood"), island.line(LAMP, "light.92")
    assert f"{WRECK}:{mood}:1: unknown key “mood” [schema-extra-forbidden]" in lines
    assert f"{LAMP}:{fact}:1: there is no fact light.92 [unknown-fact]" in lines
    assert all(re.fullmatch(r"[a-z0-9/.-]+:\d+:\d+: .+ \[[a-z: -]+\]", line) for line in lines)
    assert summary == f"{len(lines)} errors, 0 warnings"


def test_stats_come_as_text_and_json(app: Flask) -> None:
    assert "single choice   5" in run(app, "stats").output
    assert json.loads(run(app, "stats", "--json").output)["singles"] == 5


def test_schemas_are_printed_or_written(app: Flask, tmp_path: Path) -> None:
    printed = json.loads(run(app, "schema").output)
    assert set(printed) == set(schemas())

    result = run(app, "schema", "--out", str(tmp_path / "schemas"))

    assert result.exit_code == 0
    assert {file.name for file in (tmp_path / "schemas").iterdir()} == set(printed)


def test_a_review_is_recorded_and_a_change_is_listed(app: Flask, island: Island) -> None:
    assert "nobody has reviewed this yet" in run(app, "stale").output
    assert "every lesson, what training has, and the glossary" in run(app, "reviewed").output
    assert run(app, "stale", "--require-fresh").output == "stale: 0 lessons, 0 items\n"

    island.edit(FACTS, "Harbor Watch counted 31 dark nights", "Harbor Watch noted 31 dark nights")

    changed = run(app, "stale")
    assert changed.exit_code == 0
    assert "item lamp-q3 rests on lamp.03, which has changed" in changed.output
    assert changed.output.splitlines()[-1].startswith("stale: 1 lesson, ")
    assert run(app, "stale", "--require-fresh").exit_code == 1
    (one,) = json.loads(run(app, "stale", "--json").output)["stale"]
    assert (one["key"], one["changes"]) == ("1-light/1-the-lamp", [{"name": "lamp.03", "state": "changed"}])
    assert "lamp-q3" in one["items"]


def test_one_lesson_can_be_recorded_by_its_name(app: Flask, island: Island) -> None:
    run(app, "reviewed")
    island.edit(FACTS, "Harbor Watch counted 31 dark nights", "Harbor Watch noted 31 dark nights")

    assert run(app, "reviewed", "1-sea/1-the-wreck").output == "recorded: 1-sea/1-the-wreck\n"
    assert run(app, "stale", "--require-fresh").exit_code == 1
    run(app, "reviewed", "1-light/1-the-lamp")
    assert run(app, "stale", "--require-fresh").exit_code == 0


def test_nothing_is_recorded_for_a_lesson_that_is_not_there(app: Flask, island: Island) -> None:
    result = run(app, "reviewed", "1-light/9-tides")

    assert result.exit_code == 2
    assert "there is no lesson 1-light/9-tides" in result.output
    assert not (island.root / "modules/reviewed.yaml").exists()


def test_nothing_is_recorded_while_the_content_has_errors(app: Flask, island: Island) -> None:
    island.write(LAMP, "no front matter")

    result = run(app, "reviewed")

    assert result.exit_code == 1
    assert "see `flask content check`" in result.output
    assert not (island.root / "modules/reviewed.yaml").exists()


def test_a_broken_file_of_reviews_is_said_so(app: Flask, island: Island) -> None:
    island.write("modules/reviewed.yaml", "lessons: [")

    result = run(app, "stale")

    assert result.stderr.startswith("modules/reviewed.yaml:")
    assert "stale: 3 lessons, 0 items" in result.output


def test_a_new_lesson_is_named_file_by_file_and_can_be_checked_at_once(app: Flask, island: Island) -> None:
    result = run(app, "new", "lesson", "1-light", "the-boat")

    assert result.output.splitlines() == [
        "modules/1-light/the-boat.md",
        "quizzes/1-light/the-boat.yaml",
        "modules/1-light/module.yaml",
    ]
    assert "schema" not in run(app, "check").output
    again = run(app, "new", "lesson", "1-light", "the-boat")
    assert (again.exit_code, "is or was another lesson" in again.output) == (1, True)
    quiz = run(app, "new", "quiz", "1-light", "the-boat")
    assert (quiz.exit_code, "exists already" in quiz.output) == (1, True)
