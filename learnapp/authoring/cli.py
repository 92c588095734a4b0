"""Commands of `flask content`: check, follow, new, coverage, stats, stale, reviewed and schema."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup, ScriptInfo

from learnapp.authoring.skeletons import write_lesson, write_quiz
from learnapp.content.catalog import Catalog
from learnapp.content.load.schemas import schemas, write_schemas
from learnapp.content.loader import LoadResult, check, load
from learnapp.content.problems import COURSE, Position, Problem, Report, skipped_words
from learnapp.content.reports.coverage import coverage
from learnapp.content.reports.reviews import CourseReviews, read_reviews, write_reviews
from learnapp.content.reports.staleness import TERMS, reviewed_names, reviewed_now, stale
from learnapp.content.reports.stats import bank_stats
from learnapp.database.db import AnySession, db
from learnapp.learning.lessons.renames import LostName, follow_renames, lost_names
from learnapp.web.catalog import current_catalog

content = AppGroup("content", help="Look after lessons, quizzes and facts.")


def _root_or_own(context: click.Context, _option: click.Parameter, root: Path | None) -> Path:
    """Return the folder that was named, else the one that the app serves."""
    own: Path = context.ensure_object(ScriptInfo).load_app().config["SETTINGS"].content_path
    return root or own


root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    callback=_root_or_own,
    help="The folder with modules/ and quizzes/; the app’s own if left out.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@content.command("check")
@root_option
@json_option
@click.option("--strict", is_flag=True, help="Exit 1 for warnings, too.")
@click.option("--database", is_flag=True, help="Name what learners have that the content has no name for.")
def content_check(root: Path, as_json: bool, strict: bool, database: bool) -> None:
    """Print every problem in the content as file:line:column; exit 1 if there is an error."""
    loaded = check(root)
    problems = loaded.problems
    if database and loaded.catalog is not None:
        problems += tuple(map(_lost_problem, lost_names(db.session, loaded.catalog)))
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    data = {"errors": errors, "warnings": warnings, "problems": [asdict(problem) for problem in problems]}
    summary = f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"
    _print(loaded, as_json, data, *map(_line, problems), summary=summary)
    if errors or (strict and warnings):
        raise SystemExit(1)


@content.command("follow")
def content_follow() -> None:
    """Let progress, attempts and review cards follow lessons and items that were renamed (`was:`)."""
    click.echo(f"{_count(follow_all(db.session, current_catalog()), 'row')} followed")


@content.command("coverage")
@root_option
@json_option
@click.option("--facts", is_flag=True, help="List every fact with its lessons and items.")
@click.option("--require-complete", is_flag=True, help="Exit 1 if something is missing or cannot be read.")
def content_coverage(root: Path, as_json: bool, facts: bool, require_complete: bool) -> None:
    """Show for each section what is taught, what is asked and what is missing."""
    loaded = _load(root)
    report = coverage(loaded.draft)
    _print(loaded, as_json, report.as_data(), report.as_text(facts))
    if require_complete and not report.complete:
        raise SystemExit(1)


@content.command("stats")
@root_option
@json_option
def content_stats(root: Path, as_json: bool) -> None:
    """Show the measures of lessons and of the item bank."""
    loaded = _load(root)
    stats = bank_stats(loaded.draft)
    _print(loaded, as_json, asdict(stats), stats.as_text())


@content.command("stale")
@root_option
@json_option
@click.option("--require-fresh", is_flag=True, help="Exit 1 if something is stale or cannot be read.")
def content_stale(root: Path, as_json: bool, require_fresh: bool) -> None:
    """List what to look at again because a fact or a heading changed since its last review."""
    loaded = _load(root)
    entries = stale(loaded.draft, _reviews(root))
    keys = {lesson.key for lesson in loaded.draft.lessons}
    lessons = sum(entry.key in keys for entry in entries)
    others = sum(entry.key not in keys and entry.key != TERMS for entry in entries)
    items = sum(len(entry.items) for entry in entries)
    lines = [line for entry in entries for line in entry.lines()]
    data = {"stale": [entry.as_data() for entry in entries]}
    summary = f"stale: {_count(lessons, 'lesson')}, {_count(items, 'item')}"
    summary += f", {_count(others, 'file')} of training" if others else ""
    _print(loaded, as_json, data, *lines, summary=summary)
    if require_fresh and (entries or loaded.draft.skipped):
        raise SystemExit(1)


@content.command("reviewed")
@root_option
@click.argument("lessons", nargs=-1)
def content_reviewed(root: Path, lessons: tuple[str, ...]) -> None:
    """Record that LESSONS (module/lesson, final/bank, practice/conversation, programs, glossary) fit their facts now.

    All if none is named.
    """
    loaded = load(root)
    if loaded.catalog is None:
        raise click.ClickException("The content has errors; see `flask content check`.")
    names = lessons or reviewed_names(loaded.draft)
    try:
        reviews = reviewed_now(loaded.draft, _reviews(root), names)
    except LookupError as error:
        raise click.BadParameter(f"there is no lesson {error}", param_hint="LESSONS") from None
    write_reviews(root, reviews)
    click.echo(f"recorded: {', '.join(names) if lessons else 'every lesson, what training has, and the glossary'}")


@content.group("new")
def content_new() -> None:
    """Begin a lesson or a quiz with files that load; `flask content check` says what is to be written."""


@content_new.command("lesson")
@click.argument("module")
@click.argument("name")
@click.option("--section", help="The section of the source to build on; the first without a lesson if left out.")
@root_option
def new_lesson(module: str, name: str, section: str | None, root: Path) -> None:
    """Write a lesson NAME with its quiz and list it last in MODULE."""
    _echo_paths(root, write_lesson(root, load(root).draft, module, name, section))


@content_new.command("quiz")
@click.argument("module")
@click.argument("name")
@root_option
def new_quiz(module: str, name: str, root: Path) -> None:
    """Write the quiz of the lesson NAME in MODULE, which has none yet."""
    _echo_paths(root, write_quiz(root, load(root).draft, module, name))


@content.command("schema")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write a file each into this folder.")
def content_schema(out: Path | None) -> None:
    """Print the JSON Schemas of the content files, or write them for editors."""
    if out is None:
        _print_json(schemas())
    else:
        click.echo("\n".join(map(str, write_schemas(out))))


def init_app(app: Flask) -> None:
    """Give the app its commands."""
    app.cli.add_command(content)


def follow_all(session: AnySession, catalog: Catalog) -> int:
    """Let all rows follow the renames of the content, batch by batch; return how many did."""
    total = 0
    while moved := follow_renames(session, catalog):
        session.commit()
        total += moved
    session.rollback()
    return total


def _load(root: Path) -> LoadResult:
    """Load what can be read; what cannot is left out of the counts, with a word about it."""
    loaded = load(root)
    if loaded.catalog is None:
        click.echo("The content has errors, so this is not all of it; see `flask content check`.", err=True)
    return loaded


def _print(loaded: LoadResult, as_json: bool, data: dict[str, Any], *lines: str, summary: str = "") -> None:
    """Print a report as JSON or as lines, with the files that were skipped, and last its summary."""
    skipped = loaded.draft.skipped
    if as_json:
        _print_json({**data, "skipped": [file.path for file in skipped]})
        return
    for line in filter(None, (*lines, skipped_words(skipped), summary)):
        click.echo(line)


def _reviews(root: Path) -> CourseReviews:
    """Read the last reviews; of a file that cannot be read, print the problem and go on without."""
    report = Report()
    reviews = read_reviews(root, report)
    for problem in report.problems:
        click.echo(_line(problem), err=True)
    return reviews


def _echo_paths(root: Path, files: Iterable[Path]) -> None:
    click.echo("\n".join(file.relative_to(root).as_posix() for file in files))


def _lost_problem(lost: LostName) -> Problem:
    what = f"item {lost.item} of {lost.lesson}" if lost.item else f"lesson {lost.lesson}"
    words = f"{_count(lost.learners, 'learner')} would lose what they have of {what}: add `was:` or the thing"
    return Problem(*Position(COURSE), words, "warning", "lost-name")


def _line(problem: Problem) -> str:
    mark = problem.rule if problem.severity == "error" else f"warning: {problem.rule}"
    return f"{problem} [{mark}]"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _print_json(data: dict[str, Any]) -> None:
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))
