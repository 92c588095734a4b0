"""Documents: what they list is what the code has, and what they name exists."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from flask import Flask
from ruamel.yaml import YAML

from learnapp.config import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
GUIDES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
CODE = sorted((ROOT / "learnapp").rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
COMMAND = re.compile(r" *(?:\.venv/bin/)?flask (?:--app \S+ )?([a-z][a-z-]*)(?: ([a-z][a-z-]*))?")
# Places that stand for any: the rule of two paths, and the course by which authors are taught.
PLACEHOLDERS = re.compile(r"\bx/|coast")
TARGETS = re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.M)


def test_make_help_has_a_line_for_every_target() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)

    assert [line.split(" ")[0] for line in done.stdout.splitlines()] == TARGETS


def test_every_target_is_one_whatever_files_there_are() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.M)

    assert phony is not None
    assert sorted(phony.group(1).split()) == sorted(TARGETS)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_a_guide_names_only_targets_that_make_has(guide: Path) -> None:
    named = re.findall(r"(?:^|`)make ([a-z-]+)", guide.read_text(encoding="utf-8"), re.M)

    assert set(named) <= set(TARGETS)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_links_of_a_guide_lead_to_files_and_headings(guide: Path) -> None:
    text = re.sub(r"^```.*?^```", "", guide.read_text(encoding="utf-8"), flags=re.M | re.S)
    dead = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        file = (guide.parent / path).resolve() if path else guide
        if re.match(r"[a-z]+:", target):
            continue
        if not file.exists() or (anchor and anchor not in headings(file.read_text(encoding="utf-8"))):
            dead.append(target)

    assert dead == []


def headings(text: str) -> set[str]:
    """Return the anchors that a Markdown page's headings get."""
    found = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


def test_hooks_run_what_is_installed_and_fetch_nothing() -> None:
    config = YAML(typ="safe").load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))

    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    for hook in config["repos"][0]["hooks"]:
        assert hook["language"] == "system"
        assert hook["entry"].startswith(".venv/bin/")


def test_the_changelog_begins_with_this_version_or_what_is_not_released() -> None:
    version = PROJECT["project"]["version"]
    versions = re.findall(r"^## (\S+)", (ROOT / "CHANGES.md").read_text(encoding="utf-8"), re.M)

    assert versions[0] in {"Unreleased", version}
    assert version in versions[:2]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", one) for one in versions if one != "Unreleased")


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_architecture_lists_every_room() -> None:
    rooms = {
        f"{file.parent.relative_to(ROOT / 'learnapp').as_posix()}/"
        for file in CODE
        if file.name == "__init__.py" and file.parent.name != "learnapp"
    }
    rows = re.findall(r"^\| (`[^|]+) \|", page("docs/architecture.md"), re.M)
    listed = {place for row in rows for place in re.findall(r"`([\w/]+/)`", row)}

    assert listed - {"templates/", "static/", "translations/"} == rooms


@pytest.mark.parametrize(
    "name", ["README.md", "docs/architecture.md", "docs/decisions/0001-feature-first.md"]
)
def test_the_floors_are_those_that_are_held(name: str) -> None:
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    floors = " -> ".join(layer.removeprefix("learnapp.") for layer in layers)

    assert f"create_app, {floors}\n" in page(name).replace("`.", "\n")


@pytest.mark.parametrize("guide", GUIDES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_files_that_a_guide_names_are_there(guide: Path) -> None:
    """A path may be told from the root, from learnapp or from the folder of a feature."""
    named = re.findall(
        r"`([\w.-]+/[\w./-]+\.(?:py|html|md|js|css|yaml|gz))`", guide.read_text(encoding="utf-8")
    )
    roots = [ROOT, *(file.parent for file in CODE if file.name == "__init__.py")]
    gone = [
        path
        for path in named
        if not PLACEHOLDERS.search(path) and not any((root / path).exists() for root in roots)
    ]

    assert gone == []


def test_every_word_of_the_glossary_is_in_the_code_or_the_files() -> None:
    classes = {
        node.name
        for file in CODE
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    keys = set(re.findall(r'"(\w+)": \{', "".join(map(page, sorted_schemas()))))
    cells = re.findall(r"^\| [^|]+ \| [^|]+ \| ([^|]+) \|$", page("docs/glossary.md"), re.M)
    places = {place for cell in cells for place in re.findall(r"`([^`]+)`", cell)}

    assert len(places) > 50
    gone = {
        place
        for place in places
        if place not in classes and not (place.endswith(":") and place[:-1] in keys) and "/" not in place
    }
    assert gone == set()


def sorted_schemas() -> list[str]:
    """Return the paths of the schemas of content files, which hold every key."""
    return [file.relative_to(ROOT).as_posix() for file in sorted((ROOT / "docs/schemas").glob("*.json"))]


def test_every_decision_is_in_the_list_of_decisions() -> None:
    listed = re.findall(r"^\| \[\d{4}\]\(([^)]+)\)", page("docs/decisions/README.md"), re.M)

    assert listed == sorted(file.name for file in (ROOT / "docs/decisions").glob("[0-9]*.md"))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_commands_that_a_guide_names_are_there(app: Flask, guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    lines = [*re.findall(r"`([^`\n]+)`", text), *text.splitlines()]
    called = [COMMAND.match(line) for line in lines]
    gone = []
    for name, word in (found.groups() for found in called if found):
        command = app.cli.commands.get(name)
        if command is None and name not in {"run", "db"}:
            gone.append(name)
        if word and word not in getattr(command, "commands", {word: command}):
            gone.append(f"{name} {word}")

    assert gone == []
