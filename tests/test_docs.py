"""Documents: what they list is what the code has, and what they name exists."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator

from flask import Flask
from ruamel.yaml import YAML

from learnapp.config.settings import ROOT

CODE = sorted((ROOT / "learnapp").rglob("*.py"))
GUIDES = {
    file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8")
    for file in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.M)
COMMAND = re.compile(r" *(?:(?:\.venv/bin/)?flask|learnapp) (?:--app \S+ )?([a-z][a-z-]*)(?: ([a-z][a-z-]*))?")
# Places that stand for any: the rule of two paths, and the course by which authors are taught.
PLACEHOLDERS = re.compile(r"\bx/|coast")


def named_in_guides(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield (guide, what it names) for everything in a guide that fits."""
    for guide, text in GUIDES.items():
        for name in re.findall(pattern, text, re.M):
            yield guide, name


def test_make_help_has_a_line_for_every_target() -> None:
    done = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert [line.split(" ")[0] for line in done.stdout.splitlines()] == TARGETS


def test_every_target_is_one_whatever_files_there_are() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.M)

    assert phony is not None
    assert sorted(phony.group(1).split()) == sorted(TARGETS)


def test_guides_name_only_targets_that_make_has() -> None:
    named = list(named_in_guides(r"(?:^|`)make ([a-z-]+)"))

    assert {"run", "dev", "test", "check"} <= {target for _guide, target in named}
    assert [one for one in named if one[1] not in TARGETS] == []


def test_guides_name_only_commands_that_there_are(app: Flask) -> None:
    called = set()
    for guide, text in GUIDES.items():
        lines = [*re.findall(r"`([^`\n]+)`", text), *text.splitlines()]
        called |= {(guide, *found.groups()) for line in lines if (found := COMMAND.match(line))}
    gone = []
    for guide, name, word in called:
        command = app.cli.commands.get(name)
        if command is None and name not in {"run", "db", "serve"}:
            gone.append((guide, name))
        elif word and word not in getattr(command, "commands", {word: command}):
            gone.append((guide, f"{name} {word}"))

    assert len(called) > 20
    assert gone == []


def test_links_of_guides_lead_to_files_and_headings() -> None:
    dead = []
    for guide, text in GUIDES.items():
        for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)):
            path, _, anchor = target.partition("#")
            file = ((ROOT / guide).parent / path).resolve() if path else ROOT / guide
            if re.match(r"[a-z]+:", target):
                continue
            if not file.exists() or (anchor and anchor not in anchors(file.read_text(encoding="utf-8"))):
                dead.append((guide, target))

    assert dead == []


def anchors(text: str) -> set[str]:
    """Return the anchors that the headings of a Markdown page get."""
    found = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


def test_files_that_guides_name_are_there() -> None:
    """A path may be told from the root, from learnapp or from the folder of a room."""
    roots = [ROOT, *(file.parent for file in CODE if file.name == "__init__.py")]
    named = list(named_in_guides(r"`([\w.-]+/[\w./-]+\.(?:py|html|md|js|css|yaml|gz))`"))
    gone = [
        (guide, path)
        for guide, path in named
        if not PLACEHOLDERS.search(path) and not any((root / path).exists() for root in roots)
    ]

    assert len(named) > 100
    assert gone == []


def test_the_floors_are_those_that_are_held() -> None:
    contracts = [one for one in PROJECT["tool"]["importlinter"]["contracts"] if one["type"] == "layers"]
    floors = [" -> ".join(one["layers"]).replace("learnapp.", "") for one in contracts]

    assert f"`create_app, {floors[0]}`" in GUIDES["README.md"]
    assert f"    create_app, {floors[0]}\n" in GUIDES["docs/architecture.md"]
    assert [line for line in floors[1:] if f"`{line}`" not in GUIDES["docs/architecture.md"]] == []


def test_the_architecture_lists_every_room() -> None:
    folders = {file.parent.relative_to(ROOT / "learnapp").as_posix() for file in CODE}
    rows = re.findall(r"^\| (`[^|]+) \|", GUIDES["docs/architecture.md"], re.M)
    listed = {place for row in rows for place in re.findall(r"`([\w/]+)/`", row)}

    assert listed - {"templates", "static", "translations"} == folders - {"."}


def test_functions_that_the_architecture_names_are_there() -> None:
    functions = {node.name for node in nodes() if isinstance(node, ast.FunctionDef)}
    drawn = set(re.findall(r"\b([a-z]+(?:_[a-z]+)*)\(", GUIDES["docs/architecture.md"]))
    drawn |= set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", GUIDES["docs/architecture.md"]))

    assert len(drawn) > 7
    assert drawn - functions - {"guest_is_taken", "lesson_is_complete"} == set()


def nodes() -> Iterator[ast.AST]:
    return (node for file in CODE for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))))


def test_every_word_of_the_glossary_is_in_the_code_or_the_files() -> None:
    classes = {node.name for node in nodes() if isinstance(node, ast.ClassDef)}
    schemas = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "docs/schemas").glob("*.json"))
    keys = {f"{key}:" for key in re.findall(r'"(\w+)": \{', schemas)}
    cells = re.findall(r"^\| [^|]+ \| [^|]+ \| (`[^|]+) \|$", GUIDES["docs/glossary.md"], re.M)
    places = {place for cell in cells for place in re.findall(r"`([^`/]+)`", cell)}

    assert len(places) > 50
    assert places - classes - keys == set()


def test_every_decision_is_in_the_list_of_decisions() -> None:
    listed = re.findall(r"^\| \[\d{4}\]\(([^)]+)\)", GUIDES["docs/decisions/README.md"], re.M)

    assert listed == sorted(file.name for file in (ROOT / "docs/decisions").glob("[0-9]*.md"))


def test_the_changelog_begins_with_this_version_or_the_next_one() -> None:
    version = PROJECT["project"]["version"]
    versions = re.findall(r"^## (\S+)", GUIDES["CHANGES.md"], re.M)

    assert version in versions[:2]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", one) for one in versions)
    assert versions == sorted(versions, key=lambda one: [int(part) for part in one.split(".")], reverse=True)


def test_hooks_run_what_is_installed_and_fetch_nothing() -> None:
    config = YAML(typ="safe").load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))

    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    for hook in config["repos"][0]["hooks"]:
        assert hook["language"] == "system"
        assert hook["entry"].startswith(".venv/bin/")


def test_every_test_that_the_security_page_names_is_there() -> None:
    named = re.findall(r"`(test_\w+)`", (ROOT / "docs/security.md").read_text(encoding="utf-8"))
    files = (ROOT / "tests").rglob("test_*.py")
    there = {name for file in files for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)}
    assert len(named) > 60
    assert set(named) - there == set()
