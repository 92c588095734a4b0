"""The commands of `flask content`: check, coverage, stats, schema, stale and reviewed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from learnapp.content.loader import LoadResult, check, load
from learnapp.content.problems import Problem, Report, SkippedFile, skipped_words
from learnapp.content.reports.coverage import coverage
from learnapp.content.reports.json_schema import schema_texts, write_schemas
from learnapp.content.reports.reviews import CourseReviews, read_reviews, write_reviews
from learnapp.content.reports.staleness import TERMS, reviewed_now, stale
from learnapp.content.reports.stats import bank_stats

content = AppGroup("content", help="Look after lessons, quizzes and facts.")

root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with modules/ and quizzes/; the app's own if left out.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@content.command("check")
@root_option
@json_option
@click.option("--strict", is_flag=True, help="Exit 1 for warnings, too.")
def content_check(root: Path | None, as_json: bool, strict: bool) -> None:
    """Print every problem in the content as file:line:column; exit 1 if there is an error."""
    loaded = check(root or own_root())
    problems, skipped = loaded.problems, loaded.draft.skipped
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if as_json:
        data = {"errors": errors, "warnings": warnings, "problems": [asdict(one) for one in problems]}
        _print_json({**data, "skipped": [one.path for one in skipped]})
    else:
        for problem in problems:
            click.echo(_line(problem))
        _say_skipped(skipped)
        click.echo(f"{_count(errors, 'error')}, {_count(warnings, 'warning')}")
    if errors or (strict and warnings):
        raise SystemExit(1)


@content.command("coverage")
@root_option
@json_option
@click.option("--facts", is_flag=True, help="List every fact with its lessons and items.")
@click.option("--require-complete", is_flag=True, help="Exit 1 if something is missing or cannot be read.")
def content_coverage(root: Path | None, as_json: bool, facts: bool, require_complete: bool) -> None:
    """Show for each section what is taught, what is asked and what is missing."""
    loaded = _loaded(root)
    found = coverage(loaded.draft)
    if as_json:
        _print_json(found.as_data())
    else:
        click.echo(found.as_text(facts))
    if require_complete and not found.complete:
        raise SystemExit(1)


@content.command("stats")
@root_option
@json_option
def content_stats(root: Path | None, as_json: bool) -> None:
    """Show the measures of lessons and of the item bank."""
    loaded = _loaded(root)
    found, skipped = bank_stats(loaded.draft), loaded.draft.skipped
    if as_json:
        _print_json({**found.as_data(), "skipped": [one.path for one in skipped]})
    else:
        click.echo(found.as_text())
        _say_skipped(skipped)


@content.command("stale")
@root_option
@json_option
@click.option("--require-fresh", is_flag=True, help="Exit 1 if something is stale or cannot be read.")
def content_stale(root: Path | None, as_json: bool, require_fresh: bool) -> None:
    """List what to look at again because a fact or a heading changed since its last review."""
    loaded = _loaded(root)
    found = stale(loaded.draft, _reviews(root or own_root()))
    skipped = loaded.draft.skipped
    if as_json:
        _print_json({"stale": [one.as_data() for one in found], "skipped": [one.path for one in skipped]})
    else:
        for line in (line for one in found for line in one.lines()):
            click.echo(line)
        items = sum(len(one.items) for one in found)
        lessons = sum(one.key != TERMS for one in found)
        _say_skipped(skipped)
        click.echo(f"stale: {_count(lessons, 'lesson')}, {_count(items, 'item')}")
    if require_fresh and (found or skipped):
        raise SystemExit(1)


@content.command("reviewed")
@root_option
@click.argument("lessons", nargs=-1)
def content_reviewed(root: Path | None, lessons: tuple[str, ...]) -> None:
    """Record that LESSONS (module/lesson, or glossary) fit their facts as they are now; all if left out."""
    folder = root or own_root()
    loaded = load(folder)
    if loaded.catalog is None:
        raise click.ClickException("The content has errors; see `flask content check`.")
    names = lessons or (*(lesson.key for lesson in loaded.draft.lessons), TERMS)
    try:
        reviews = reviewed_now(loaded.draft, _reviews(folder), names)
    except LookupError as error:
        raise click.BadParameter(f"there is no lesson {error}", param_hint="LESSONS") from None
    write_reviews(folder, reviews)
    click.echo(f"recorded: {', '.join(names) if lessons else 'every lesson and the glossary'}")


@content.command("schema")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Write a file each into this folder."
)
def content_schema(out: Path | None) -> None:
    """Print the JSON Schemas of the content files, or write them for editors."""
    if out is None:
        _print_json({name: json.loads(text) for name, text in schema_texts().items()})
        return
    for file in write_schemas(out):
        click.echo(str(file))


def init_app(app: Flask) -> None:
    """Give the app its commands."""
    app.cli.add_command(content)


def own_root() -> Path:
    """Return the content folder that the app serves."""
    root: Path = current_app.config["SETTINGS"].content_path
    return root


def _loaded(root: Path | None) -> LoadResult:
    """Load what can be read; what cannot is left out of the figures and said so."""
    loaded = load(root or own_root())
    if loaded.catalog is None:
        click.echo("The content has errors, so this is not all of it; see `flask content check`.", err=True)
    return loaded


def _say_skipped(skipped: Iterable[SkippedFile]) -> None:
    """Say what is not counted, in a line, where there is any."""
    if words := skipped_words(skipped):
        click.echo(words)


def _reviews(root: Path) -> CourseReviews:
    """Read the last reviews; a file that cannot be read is said so and counts as none."""
    report = Report()
    reviews = read_reviews(root, report)
    for problem in report.problems:
        click.echo(_line(problem), err=True)
    return reviews


def _line(problem: Problem) -> str:
    mark = problem.rule if problem.severity == "error" else f"warning: {problem.rule}"
    return f"{problem} [{mark}]"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _print_json(data: dict[str, Any]) -> None:
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))
