"""Commands of operators, as they are printed in the guide."""

import gc
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from learnapp.accounts.models import User
from learnapp.config.secret_file import read_secrets, replace_secrets, write_secret
from learnapp.database.db import Base, db
from learnapp.operating import cli
from learnapp.web.monitoring.fingerprints import is_other_secret, may_sign
from learnapp.web.monitoring.health import newest_revision
from tests.actors.people import PASSWORD


@pytest.fixture
def site(make_app: Callable[..., Flask]) -> Flask:
    """Give an app with a person in a database that says it is migrated."""
    gc.collect()
    gc.freeze()  # what is there already need not be looked through for each command, what this app opens must be
    app = make_app(WTF_CSRF_ENABLED=False)
    with app.app_context():
        with db.engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
            connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{newest_revision()}')")
        write_secret(app.config["SETTINGS"].instance_path)
    app.test_client().post("/account/sign-up", data={"name": "Ben", "password": PASSWORD})
    return app


def run(app: Flask, *words: str) -> Result:
    with app.app_context():
        db.engine.dispose()
    gc.collect()  # a connection in a circle of references is open until it is found
    return app.test_cli_runner().invoke(args=[*words])


def test_a_backup_is_made_checked_and_put_back(site: Flask, tmp_path: Path) -> None:
    file = str(tmp_path / "backup")
    made = run(site, "backup", file)
    assert made.exit_code == 0, made.output
    assert re.search(r"sqlite, schema \d{4}, [\d,]+ rows in \d+ tables, .* Checked\.", made.output)
    assert "Whole, and fits here." in run(site, "restore", "--check", file).output
    with site.app_context():
        db.session.query(User).delete()
        db.session.commit()
        db.session.remove()
    done = run(site, "restore", file, "--replace")
    assert done.exit_code == 0, done.output
    assert "delete them again" in done.output
    with site.app_context():
        assert db.session.query(User).one().name == "Ben"


@pytest.mark.slow
def test_what_goes_wrong_is_a_sentence(site: Flask, tmp_path: Path) -> None:
    file = str(tmp_path / "backup")
    assert run(site, "backup", file).exit_code == 0
    for words, said in (
        (("backup", file), "backups never overwrite"),
        (("backup", str(tmp_path / "no" / "backup")), "There is no folder"),
        (("backup", str(tmp_path / ("x" * 300))), "The backup cannot be written to"),
        (("restore", file), "The database is not empty"),
        (("restore", str(tmp_path / "nothing")), "cannot be read: No such file or directory"),
        (("restore", "--check", __file__), "is no backup of Learnapp"),
    ):
        result = run(site, *words)
        assert result.exit_code == 1
        assert said in result.output


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="users have numbers where POSIX is")
def test_another_user_is_kept_from_making_files_that_the_server_cannot_use(
    site: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    result = run(site, "backup", str(tmp_path / "backup"))
    assert "Run this as the owner of" in result.output
    assert not (tmp_path / "backup").exists()


def test_a_new_secret_signs_and_former_ones_can_be_forgotten(site: Flask) -> None:
    folder = site.config["SETTINGS"].instance_path
    (first,) = read_secrets(folder)
    assert "Nobody is signed out" in run(site, "secret", "rotate").output
    assert read_secrets(folder)[1:] == [first]
    assert "1 former secrets are forgotten" in run(site, "secret", "forget-former").output
    assert len(read_secrets(folder)) == 1
    assert first not in read_secrets(folder)


def may_start(app: Flask) -> bool:
    """Tell whether a server would start with the secrets that there are by now."""
    with app.app_context():
        return may_sign(db.engine, app.config["SETTINGS"].secrets)


@pytest.fixture
def served(site: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Give that app after a first start, with the secret in its file alone, as operators have it."""
    monkeypatch.setitem(site.config, "SETTINGS", replace(site.config["SETTINGS"], secret_key=""))
    assert may_start(site)
    return site


@pytest.mark.slow
def test_a_new_secret_may_sign_with_former_ones_and_without_and_who_serves_goes_on(served: Flask) -> None:
    folder = served.config["SETTINGS"].instance_path
    of_running = read_secrets(folder)
    for words in (["rotate"], ["rotate"], ["forget-former"]):
        assert run(served, "secret", *words).exit_code == 0
        with served.app_context():
            assert not is_other_secret(db.engine, of_running)
    assert may_start(served)
    with served.app_context():
        assert is_other_secret(db.engine, of_running)


@pytest.mark.slow
def test_a_secret_that_was_replaced_by_hand_is_refused_until_it_is_adopted(
    served: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = served.config["SETTINGS"].instance_path
    monkeypatch.setenv("LEARNAPP_INSTANCE", str(folder))
    replace_secrets(folder, ["x" * 40])
    assert not may_start(served)
    assert "The next start" in run(served, "secret", "adopt").output
    assert may_start(served)


def test_nothing_is_adopted_where_there_is_no_secret(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "has_secret", lambda: False)
    assert "`make run` writes one" in run(site, "secret", "adopt").output


@pytest.mark.slow
def test_a_restore_says_that_the_database_was_served_with_another_secret(
    served: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(tmp_path / "backup")
    monkeypatch.setenv("LEARNAPP_SECRET_KEY", served.config["SETTINGS"].secret)
    assert run(served, "backup", file).exit_code == 0
    assert "another secret" not in run(served, "restore", file, "--replace").output
    monkeypatch.setitem(served.config, "SETTINGS", replace(served.config["SETTINGS"], secret_key="x" * 40))
    output = run(served, "restore", file, "--replace").output
    assert "was served with another secret" in output
    assert "secret adopt" in output


@pytest.mark.slow
def test_a_secret_of_the_environment_is_changed_there(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEARNAPP_SECRET_KEY", "x" * 40)
    assert "LEARNAPP_SECRET_KEY_FALLBACKS" in run(site, "secret", "rotate").output


@pytest.mark.slow
def test_nobody_is_signed_out_and_no_open_form_ends_by_a_new_secret(make_app: Callable[..., Flask]) -> None:
    old, new = "o" * 40, "n" * 40
    before, after = make_app(secret_key=old), make_app(secret_key=new, secret_key_fallbacks=old)
    browser = before.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/account/sign-up").text)
    assert token
    cookie = browser.get_cookie("session")
    assert cookie
    later = after.test_client()
    later.set_cookie("session", cookie.value)
    form = {"name": "Ben", "password": PASSWORD, "csrf_token": token[1]}
    assert later.post("/account/sign-up", data=form).status_code == 302
    stranger = make_app(secret_key=new).test_client()
    stranger.set_cookie("session", cookie.value)
    assert stranger.post("/account/sign-up", data=form).status_code == 400


def test_the_tables_of_the_app_are_those_that_are_counted(site: Flask, tmp_path: Path) -> None:
    output = run(site, "backup", str(tmp_path / "backup")).output
    assert f"in {len(Base.metadata.tables)} tables" in output


@pytest.mark.slow
def test_a_restore_on_another_machine_brings_the_secret_of_the_database_along(
    served: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, file = served.config["SETTINGS"], str(tmp_path / "backup")
    replace_secrets(settings.instance_path, [settings.secret])
    assert run(served, "backup", file).exit_code == 0
    replace_secrets(settings.instance_path, ["x" * 40])
    monkeypatch.setitem(served.config, "SETTINGS", replace(settings, secret_key="x" * 40))

    output = run(served, "restore", file, "--replace").output

    assert "Restored" in output
    assert "another secret" not in output
    assert read_secrets(settings.instance_path) == [settings.secret]
