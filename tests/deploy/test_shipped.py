"""Files that operators start from: units, settings and containers name what is there."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from learnapp.config.settings import ROOT, Settings, read_settings, variable

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("unit", UNITS, ids=lambda one: one.name)
def test_systemd_takes_every_unit(tmp_path: Path, unit: Path) -> None:
    for one in UNITS:  # programs of this machine stand in for those of an installation
        text = re.sub(r"/srv/learnapp/\.venv/bin/\w+", "/bin/true", one.read_text()).replace("/srv/learnapp", "/tmp")
        (tmp_path / one.name).write_text(re.sub(r"(User|Group)=learnapp", r"\1=root", text))
    command = ["systemd-analyze", "verify", "--recursive-errors=no", str(tmp_path / unit.name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_guide_makes_every_folder_that_the_units_write_to() -> None:
    """systemd starts no unit of which such a folder is missing."""
    written = {
        path
        for one in UNITS
        for line in re.findall(r"^ReadWritePaths=(.*)$", one.read_text(), re.M)
        for path in line.split()
    }
    guide, made, folder = (ROOT / "docs" / "operating.md").read_text().partition("systemctl enable")[0], set(), "/"
    for command in guide.splitlines():
        match command.split():
            case ["cd", there]:
                folder = there
            case ["install", "-d", *_, name]:
                made.add(os.path.join(folder, name))
    assert written
    assert written <= made


def test_the_settings_that_are_shipped_are_settings_and_start(tmp_path: Path) -> None:
    text = (DEPLOY / "learnapp.env").read_text()
    found = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", text, re.M))
    assert set(found) <= {variable(spec) for spec in fields(Settings)}
    settings = read_settings({**found, "LEARNAPP_SECRET_KEY": "x" * 40, "LEARNAPP_INSTANCE": str(tmp_path)})
    assert settings.secure
    assert settings.proxy_hops == 1


def test_the_image_holds_what_the_server_needs() -> None:
    copied = set(re.findall(r"^COPY (?!--)(.+) \S+$", (DEPLOY / "container" / "Containerfile").read_text(), re.M))
    names = {name for line in copied for name in line.split()}
    assert names == {"requirements.txt", "wsgi.py", "pyproject.toml", "learnapp", "migrations", "modules", "quizzes"}
    assert all((ROOT / name).exists() for name in names)


def test_the_compose_file_mounts_what_is_there() -> None:
    file = DEPLOY / "container" / "compose.yaml"
    services = YAML(typ="safe").load(file.read_text())["services"]
    mounts = [one.split(":")[0] for service in services.values() for one in service["volumes"]]
    assert [one for one in mounts if one.startswith("../") and not (file.parent / one).exists()] == []
    assert (file.parent / services["learnapp"]["build"]["context"] / "deploy/container/Containerfile").exists()


AUDIT = """#!{python}
import json, sys
print(json.dumps({{"dependencies": {packages}}}))
"""


@pytest.mark.parametrize(
    ("packages", "code", "words"),
    [
        ([{"name": "flask", "version": "1", "vulns": []}], 0, "1 packages looked up, 0 with advisories"),
        ([{"name": "flask", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}], 1, "mended in 2"),
        ([{"name": "flask", "version": "1", "vulns": []}, {"name": "x", "skip_reason": "?"}], 2, "NOT CHECKED"),
        ([], 2, "NOT CHECKED, packages could not be looked up"),
    ],
)
def test_an_audit_that_could_not_look_up_everything_fails(
    tmp_path: Path, packages: list[object], code: int, words: str
) -> None:
    tool = tmp_path / "pip-audit"
    tool.write_text(AUDIT.format(python=sys.executable, packages=packages))
    tool.chmod(0o700)
    command = [sys.executable, str(DEPLOY / "audit.py"), "requirements.txt"]
    done = subprocess.run(command, env={"AUDIT": str(tool)}, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert words in done.stdout


def called(folder: Path, *words: str) -> str:
    """Call the shipped command in a folder; return what it runs, with which settings, where."""
    home, env = folder / "home", folder / "learnapp.env"
    (home / ".venv" / "bin").mkdir(parents=True)
    flask = home / ".venv" / "bin" / "flask"
    flask.write_text('#!/bin/sh\necho "$@|$LEARNAPP_HELP_LINKS|$LEARNAPP_SITE_NAME|$(pwd)|$(umask)"\n')
    flask.chmod(0o755)
    env.write_text("# a line\n\nLEARNAPP_HELP_LINKS=A `line` | tel:+1; $HOME & more\nLEARNAPP_SITE_NAME='")
    user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
    own = {"LEARNAPP_HOME": str(home), "LEARNAPP_SETTINGS": str(env), "LEARNAPP_USER": user}
    command = [str(DEPLOY / "learnapp"), *words]
    done = subprocess.run(command, cwd=folder, env={**os.environ, **own}, capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.stdout


def test_the_command_hands_on_settings_with_any_signs(tmp_path: Path) -> None:
    line = called(tmp_path, "backup", "/a b")
    assert line == f"--app learnapp.cli backup /a b|A `line` | tel:+1; $HOME & more|'|{tmp_path / 'home'}|0077\n"


@pytest.mark.parametrize(
    ("words", "run"),
    [
        (["backup", "a b"], "backup {here}/a b"),
        (["backup", "backup"], "backup {here}/backup"),
        (["backup", "../a"], "backup {here}/../a"),
        (["restore", "--check", "a*"], "restore --check {here}/a*"),
        (["restore", "a", "--replace"], "restore {here}/a --replace"),
        (["backup", "--help"], "backup --help"),
        (["accounts", "create", "Ben"], "accounts create Ben"),
        (["tick"], "tick"),
    ],
)
def test_a_backup_is_where_the_caller_says_it_is(tmp_path: Path, words: list[str], run: str) -> None:
    assert called(tmp_path, *words).startswith(f"--app learnapp.cli {run.format(here=tmp_path)}|")
