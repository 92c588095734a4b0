"""Rules of the house that no single test could hold: who imports whom, who commits, what is named how."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from learnapp.config import ROOT
from learnapp.web.commands import markdown_table
from learnapp.web.styleguide.tokens import stylesheet

CODE = sorted((ROOT / "learnapp").rglob("*.py"))
TEMPLATES = sorted((ROOT / "learnapp" / "templates").rglob("*.html"))
FEATURES = ("accounts", "authoring", "learning", "library")
# In a feature, what speaks with the browser or holds something for the app has one of these names;
# everything else knows no web.
WEB_NAMES = re.compile(
    r"(views|\w+_views|forms|\w+form|\w+_forms|cli|access|identity"
    r"|pages|responses|screens|question|feedback|wording|cache|working_copy)\.py"
)
WEB_PACKAGES = ("flask", "flask_login", "wtforms", "flask_wtf", "werkzeug")
COMMITTERS = re.compile(r"(views|\w+_views|cli)\.py")


def relative(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def calls(file: Path) -> Iterator[ast.Call]:
    return (one for one in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(one, ast.Call))


def test_imports_point_down_only() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("file", [one for one in CODE if not COMMITTERS.fullmatch(one.name)], ids=relative)
def test_only_views_and_commands_commit(file: Path) -> None:
    found = [
        call.lineno
        for call in calls(file)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "commit"
        and "session" in ast.unparse(call.func)
    ]
    assert found == []


@pytest.mark.parametrize(
    "file",
    [
        one
        for one in CODE
        if one.relative_to(ROOT / "learnapp").parts[0] in FEATURES and not WEB_NAMES.fullmatch(one.name)
    ],
    ids=relative,
)
def test_services_know_the_database_not_the_web(file: Path) -> None:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    assert found & set(WEB_PACKAGES) == set()


@pytest.mark.parametrize("file", CODE, ids=relative)
def test_files_stay_small(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 300


def test_an_endpoint_is_a_function_in_the_views_of_its_blueprint(app: Flask) -> None:
    """`lessons.quiz` is `quiz` in a module `views` or `<name>_views`; no two blueprints share a module."""
    blueprints: dict[str, str] = {}
    for endpoint, view in app.view_functions.items():
        if "." not in endpoint:
            continue
        blueprint, name = endpoint.split(".")
        module = view.__module__
        assert inspect.unwrap(view).__name__ == name, endpoint
        assert re.search(r"\.(views|\w+_views|views_\w+)$", module), f"{endpoint} stands in {module}"
        assert blueprints.setdefault(module, blueprint) == blueprint


def test_a_view_renders_templates_of_its_blueprint_only(app: Flask) -> None:
    modules = {inspect.unwrap(view).__module__: name for name, view in app.view_functions.items()}
    for module, endpoint in modules.items():
        if not module.startswith("learnapp."):
            continue
        file = ROOT / (module.replace(".", "/") + ".py")
        for call in calls(file):
            if not (isinstance(call.func, ast.Name) and call.func.id == "render_template"):
                continue
            names = [
                one.value
                for one in ast.walk(call.args[0])
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
            for name in names:
                assert name.startswith((endpoint.split(".")[0] + "/", "errors/")), (
                    f"{relative(file)}:{call.lineno} renders {name}"
                )


def test_every_page_template_belongs_to_a_view(app: Flask) -> None:
    views = {endpoint.replace(".", "/", 1) for endpoint in app.view_functions}
    # A view may have a second page, for a link that has ended, say; it is then named in the code.
    views |= set(
        re.findall(r'"([a-z]+/[a-z_]+)\.html"', "".join(one.read_text(encoding="utf-8") for one in CODE))
    )
    names = {
        file.relative_to(ROOT / "learnapp" / "templates").with_suffix("").as_posix() for file in TEMPLATES
    }
    pages = {name for name in names if "/" in name and not name.startswith("_") and "/_" not in name}
    assert pages - views == set()


@pytest.mark.parametrize("file", TEMPLATES, ids=relative)
def test_templates_hold_no_inline_style_or_script(file: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", file.read_text(encoding="utf-8"), flags=re.S)
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", text) == []


# Templates that still have long lines; no name may be added.
LONG_LINED = ("attempts/_", "authoring/quiz", "lessons/", "pretest/", "review/")


def test_lines_of_templates_styles_and_scripts_are_short() -> None:
    files = [file for kind in ("css", "js") for file in (ROOT / "learnapp/static" / kind).glob(f"*.{kind}")]
    assert len(files) > 12
    assert len(TEMPLATES) > 60
    short = [
        one
        for one in TEMPLATES
        if not relative(one).removeprefix("learnapp/templates/").startswith(LONG_LINED)
    ]
    long = [
        f"{relative(file)}:{number}"
        for file in files + short
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120
    ]
    assert long == []


def test_attributes_of_templates_stand_in_double_quotes() -> None:
    """Their strings, too, so that there is one way to write both."""
    names = [relative(one) for one in TEMPLATES if re.search(r"=\'|[(,]\s*\'[a-z]", one.read_text("utf-8"))]
    assert names == []


@pytest.mark.parametrize("file", TEMPLATES, ids=relative)
def test_every_class_of_a_template_is_in_the_stylesheet(file: Path) -> None:
    css = stylesheet()
    known = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/", "", css, flags=re.S))) | {
        "lessonpage",
        "flow",
    }
    text = re.sub(r"\{#.*?#\}", "", file.read_text(encoding="utf-8"), flags=re.S)
    used: set[str] = set()
    for value in re.findall(r'\bclass="((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*)"', text):
        used |= set(re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", value).split())
    assert {name for name in used if re.fullmatch(r"[a-z][\w-]*[a-z0-9]", name)} - known == set()


def test_settings_are_documented_as_they_are() -> None:
    table = markdown_table()
    for name in ("docs/settings.md", "README.md"):
        file = ROOT / name
        assert table in file.read_text(encoding="utf-8"), (
            f"{name}: paste the output of `flask settings --markdown`"
        )


def test_every_setting_is_used() -> None:
    rest = "".join(one.read_text(encoding="utf-8") for one in CODE)
    unused = []
    for line in markdown_table().splitlines()[2:]:
        variable = line.split("`")[1]
        name = variable.removeprefix("LEARNAPP_").lower()
        if not re.search(rf"(?:settings|SETTINGS\"\]|now|self)\.{name}\b", rest):
            unused.append(name)
    assert unused == []


def test_every_command_has_a_line_of_help(app: Flask) -> None:
    assert {"accounts", "assets", "content", "db", "routes-policy", "settings", "tick"} <= set(
        app.cli.commands
    )
    silent = [name for name, command in app.cli.commands.items() if not command.get_short_help_str()]
    assert silent == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        relative(one) for one in CODE if not ast.get_docstring(ast.parse(one.read_text(encoding="utf-8")))
    ]
    assert silent == []
