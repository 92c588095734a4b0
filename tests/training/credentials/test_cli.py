"""Commands for keys: which there are, and a new one that signs at once."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from learnapp.training.credentials.keys import NAME, read_keys, write_key
from tests.factories.base import NOON


@pytest.fixture
def site(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


def folder_of(app: Flask) -> Path:
    path: Path = app.config["SETTINGS"].instance_path
    return path


def run(app: Flask, command: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["credentials", command])
    return done.exit_code, done.output


def test_without_a_key_it_is_said_who_makes_one(site: Flask) -> None:
    code, shown = run(site, "keys")
    assert code == 0
    assert "no key yet" in shown


def test_keys_are_listed_the_one_that_signs_first(site: Flask) -> None:
    write_key(folder_of(site), NOON)
    (first,) = read_keys(folder_of(site))
    assert run(site, "keys") == (0, f"{first.thumbprint}  since 21 November 2026, 12:00 UTC  signs\n")

    code, shown = run(site, "new-key")
    newest, former = read_keys(folder_of(site))
    assert code == 0
    assert shown.startswith(f"{newest.thumbprint} signs from now on. Of the former key only the public part is left.")
    assert former.thumbprint == first.thumbprint
    lines = run(site, "keys")[1].splitlines()
    assert lines[0].endswith("  signs")
    assert lines[1] == f"{first.thumbprint}  since 21 November 2026, 12:00 UTC  signed before, verifies"


def test_the_first_new_key_has_no_former_one(site: Flask) -> None:
    _code, shown = run(site, "new-key")
    assert shown == f"{read_keys(folder_of(site))[0].thumbprint} signs from now on.\n"


@pytest.mark.parametrize("command", ["keys", "new-key"])
def test_a_key_that_others_can_read_is_told_with_what_to_do(site: Flask, command: str) -> None:
    write_key(folder_of(site), NOON).chmod(0o644)
    code, shown = run(site, command)
    assert code == 1
    assert f"chmod 600 {folder_of(site) / NAME}" in shown
    assert "Traceback" not in shown


def test_nobody_else_makes_a_key_that_the_server_could_not_read(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: folder_of(site).stat().st_uid + 1)
    code, shown = run(site, "new-key")
    assert code == 1
    assert "as the owner of" in shown
    assert read_keys(folder_of(site)) == ()
