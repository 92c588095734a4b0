"""Documents: what they list is what the code has, and what they name exists."""

from __future__ import annotations

import re
import subprocess
import tomllib
from typing import Any

import pytest
from ruamel.yaml import YAML

from learnapp.config import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
GUIDES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TARGETS = re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.M)


def test_make_help_has_a_line_for_every_target() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)

    assert [line.split(" ")[0] for line in done.stdout.splitlines()] == TARGETS


def test_every_target_is_one_whatever_files_there_are() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.M)

    assert phony is not None
    assert sorted(phony.group(1).split()) == sorted(TARGETS)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_a_guide_names_only_targets_that_make_has(guide: Any) -> None:
    named = re.findall(r"(?:^|`)make ([a-z-]+)", guide.read_text(encoding="utf-8"), re.M)

    assert set(named) <= set(TARGETS)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_links_of_a_guide_lead_to_files_and_headings(guide: Any) -> None:
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
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = re.findall(r"^## (\S+)", (ROOT / "CHANGES.md").read_text(encoding="utf-8"), re.M)

    assert versions[0] in {"Unreleased", project["version"]}
    assert project["version"] in versions[:2]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions if version != "Unreleased")
