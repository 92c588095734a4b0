"""Rules of the house that no single test could hold: who imports whom, who commits, what is named how."""

import ast
import inspect
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from flask import Flask

from learnapp.cli import markdown_table
from learnapp.config.settings import ROOT
from learnapp.web.http.assets import stylesheet

CODE = sorted((ROOT / "learnapp").rglob("*.py"))
TEMPLATES = sorted((ROOT / "learnapp" / "templates").rglob("*.html"))
FEATURES = ("accounts", "authoring", "learning", "library")
# In a feature, what speaks with the browser or holds something for the app has one of these names;
# everything else knows no web.
WEB_NAMES = re.compile(
    r"(views|\w+_views|forms|\w+form|\w+_forms|cli|access|identity"
    r"|pages|responses|screens|notices|question|feedback|(\w+_)?wording|cache|working_copy)\.py"
)
WEB_PACKAGES = ("flask", "flask_login", "wtforms", "flask_wtf", "werkzeug")
# A module's docstring begins with its nouns, not with a question or an order.
NO_NOUNS = re.compile(
    "All|Ask|Every|Find|Give|Hold|How|In|It|Keep|Make|Read|Return|Say|Tell|This|Turn|W(hat|hen|here|hether|hich|ho|hy)"
)
# These lists may only get shorter.
TOO_FULL: set[str] = set()
# What has no test file of its own name, and the file that tests it: names and plain values, which
# are tried by those who use them, and workers, which need a whole server.
TESTED_BY = {
    "accounts/errors": "accounts/test_service",
    "config/chosen": "config/test_settings",
    "content/blocks": "content/load/test_build",
    "content/lesson_parts": "content/load/lesson/test_front",
    "content/load/drafts": "content/load/test_body",
    "content/load/lesson/blocks": "content/load/lesson/test_containers",
    "content/vocabulary": "content/load/test_validate",
    "groups/errors": "groups/membership/test_service",
    "groups/membership/pages": "groups/membership/test_views",
    "groups/membership/values": "groups/membership/test_store",
    "groups/roster/lists/errors": "groups/roster/lists/reading/test_table",
    "groups/roster/lists/values": "groups/roster/lists/reading/test_files",
    "groups/assignments/errors": "groups/assignments/test_service",
    "groups/outcomes/values": "groups/outcomes/test_service",
    "groups/roster/models": "accounts/own_data/test_rows",
    "learning/errors": "learning/attempts/test_answer",
    "learning/review/models": "learning/review/test_service",
    "offline/wording": "offline/test_views",
    "operating/errors": "operating/test_backup",
    "quiz/display": "quiz/types/test_ordering",
    "reports/story/models": "accounts/own_data/test_rows",
    "server/workers": "faults/test_processes",
    "demo/school": "demo/test_service",
    "teams/errors": "teams/events/test_service",
    "training/credentials/values": "training/credentials/test_credential",
    "training/errors": "training/certificates/test_store",
    "training/models": "accounts/own_data/test_rows",
    "training/practice/values": "training/practice/test_store",
}
COMMITTERS = re.compile(r"(views|\w+_views|responses|cli)\.py")


def relative(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def calls(file: Path) -> Iterator[ast.Call]:
    return (one for one in ast.walk(parsed(file)) if isinstance(one, ast.Call))


def test_imports_point_down_only() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout


def test_only_views_their_responses_and_commands_commit() -> None:
    found = [
        f"{relative(file)}:{call.lineno}"
        for file in CODE
        if not COMMITTERS.fullmatch(file.name)
        for call in calls(file)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "commit" and "session" in ast.unparse(call.func)
    ]
    assert found == []


def test_nothing_is_stored_while_an_error_is_answered() -> None:
    """What a second write could meet there is caught nowhere."""
    found = [
        f"{relative(file)}:{call.lineno}"
        for file in CODE
        for handler in ast.walk(parsed(file))
        if isinstance(handler, ast.ExceptHandler)
        for call in ast.walk(handler)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(("session.commit", "begin_write"))
    ]
    assert found == []


def test_services_know_the_database_not_the_web() -> None:
    for file in CODE:
        if file.relative_to(ROOT / "learnapp").parts[0] not in FEATURES or WEB_NAMES.fullmatch(file.name):
            continue
        found = set()
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
        assert found & set(WEB_PACKAGES) == set(), relative(file)


def test_files_stay_small() -> None:
    lines = {relative(file): len(file.read_text(encoding="utf-8").splitlines()) for file in CODE}
    assert {name for name, count in lines.items() if count > 260} == set()


def test_functions_stay_small() -> None:
    found = {
        f"{relative(file)}:{node.name}"
        for file in CODE
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 45
    }
    assert found == set()


def test_folders_stay_small() -> None:
    counts = Counter(file.parent for file in CODE if file.name != "__init__.py")
    strict = tuple(ROOT / "learnapp" / name for name in ("learning", "groups", "reports"))
    full = {
        folder.relative_to(ROOT).as_posix()
        for folder, count in counts.items()
        if count > (13 if any(map(folder.is_relative_to, strict)) else 16)
    }
    assert full == TOO_FULL


def test_no_two_public_classes_have_one_name() -> None:
    places: dict[str, list[str]] = {}
    for file in CODE:
        for node in parsed(file).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(relative(file))
    assert {name for name, files in places.items() if len(files) > 1} == set()


def test_a_module_is_tested_by_the_file_of_its_name() -> None:
    """`learnapp/x/y.py` has `tests/x/test_y.py`, or the list says which file tests it."""
    lacking = set()
    for file in CODE:
        name = file.relative_to(ROOT / "learnapp").with_suffix("").as_posix()
        folder, _, module = name.rpartition("/")
        if module != "__init__" and not (ROOT / "tests" / folder / f"test_{module}.py").exists():
            lacking.add(name)
    assert lacking == set(TESTED_BY)
    gone = [one for one in TESTED_BY.values() if not (ROOT / "tests" / f"{one}.py").exists()]
    assert gone == []


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
    views |= set(re.findall(r'"([a-z]+/[a-z_]+)\.html"', "".join(one.read_text(encoding="utf-8") for one in CODE)))
    names = {file.relative_to(ROOT / "learnapp" / "templates").with_suffix("").as_posix() for file in TEMPLATES}
    pages = {name for name in names if "/" in name and not name.startswith("_") and "/_" not in name}
    assert pages - views == set()


def test_templates_hold_no_inline_style_or_script() -> None:
    for file in TEMPLATES:
        text = re.sub(r"\{#.*?#\}", "", file.read_text(encoding="utf-8"), flags=re.S)
        found = re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", text)
        assert found == [], relative(file)


def test_lines_of_templates_styles_and_scripts_are_short() -> None:
    files = [file for kind in ("css", "js") for file in (ROOT / "learnapp/static" / kind).glob(f"*.{kind}")]
    assert len(files) > 12
    assert len(TEMPLATES) > 60
    long = [
        f"{relative(file)}:{number}"
        for file in files + TEMPLATES
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120
    ]
    assert long == []


def test_attributes_of_templates_stand_in_double_quotes() -> None:
    """Their strings, too, so that there is one way to write both."""
    names = [relative(one) for one in TEMPLATES if re.search(r"=\'|[(,]\s*\'[a-z]", one.read_text("utf-8"))]
    assert names == []


def texts(file: Path) -> Iterator[str]:
    """Yield what people may read of a file: of code its strings but docstrings, of a script what stands in quotes."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        docstrings = {node.value for node in ast.walk(parsed(file)) if isinstance(node, ast.Expr)}
        strings = (node for node in ast.walk(parsed(file)) if isinstance(node, ast.Constant) and node not in docstrings)
        yield from (node.value for node in strings if isinstance(node.value, str))
    elif file.suffix == ".js":
        yield from re.findall(r'"[^"\n]*"|`[^`]*`', re.sub(r"(?m)^\s*(//|/?\*).*", "", text))
    else:
        yield re.sub(r"\{#.*?#\}", "", text, flags=re.S)


def test_apostrophes_that_people_read_are_curly() -> None:
    """A teacher’s, it’s, teachers’ accounts: in pages, messages and content alike."""
    straight = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])|(?<=s)'(?= [a-z])")
    files = [*CODE, *TEMPLATES, *(ROOT / "learnapp/static/js").glob("*.js")]
    content = (one for name in ("modules", "quizzes") for one in (ROOT / name).rglob("*.*"))
    files += [one for one in content if one.suffix in (".md", ".yaml")]
    found = [relative(file) for file in files if any(map(straight.search, texts(file)))]
    assert found == []


def test_every_class_of_a_template_is_in_the_stylesheet() -> None:
    css = stylesheet()
    known = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/", "", css, flags=re.S))) | {"lessonpage", "flow"}
    for file in TEMPLATES:
        text = re.sub(r"\{#.*?#\}", "", file.read_text(encoding="utf-8"), flags=re.S)
        used: set[str] = set()
        for value in re.findall(r'\bclass="((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*)"', text):
            used |= set(re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", value).split())
        unknown = {name for name in used if re.fullmatch(r"[a-z][\w-]*[a-z0-9]", name)} - known
        assert unknown == set(), relative(file)


def test_settings_are_documented_as_they_are() -> None:
    table = markdown_table()
    for name in ("docs/settings.md", "README.md"):
        file = ROOT / name
        assert table in file.read_text(encoding="utf-8"), f"{name}: paste the output of `flask settings --markdown`"


def test_every_setting_is_used() -> None:
    rest = "".join(one.read_text(encoding="utf-8") for one in CODE)
    unused = []
    for line in markdown_table().splitlines()[2:]:
        variable = line.split("`")[1]
        name = variable.removeprefix("LEARNAPP_").lower()
        if not re.search(rf"(?:settings(?:\(\))?|SETTINGS\"\]|now|self)\.{name}\b", rest):
            unused.append(name)
    assert unused == []


def test_every_command_has_a_line_of_help(app: Flask) -> None:
    assert {"accounts", "assets", "content", "db", "routes-policy", "settings", "tick"} <= set(app.cli.commands)
    silent = [name for name, command in app.cli.commands.items() if not command.get_short_help_str()]
    assert silent == []


def test_every_module_begins_with_the_nouns_that_it_is_about() -> None:
    for file in CODE:
        first = (ast.get_docstring(parsed(file)) or "").split(" ")[0]
        assert re.fullmatch(r"[A-Z]\S*", first), f"{relative(file)} says nothing"
        assert not NO_NOUNS.fullmatch(first), f"{relative(file)} begins with {first}"
