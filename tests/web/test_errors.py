"""Errors: one table, pages with a way on, JSON for scripts, and nothing typed is lost."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, abort, request
from sqlalchemy import exc

from learnapp.accounts import sessions
from learnapp.web import errors
from learnapp.web.errors import ERROR_PAGES, NotFound, SignInFirst, register_error_page
from learnapp.web.policy import policy
from tests.apps import close_app, new_app
from tests.pages import PageOpener, words

JSON = {"Accept": "application/json"}


class Sunk(Exception):
    """An error of a feature."""


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give an app with a page for each way to fail; nobody is in it, and nothing is kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(errors, "_named_pages", dict(errors._named_pages))
        register_error_page(Sunk, 409, "It sank", "Swim.")
        app = new_app(tmp_path_factory.mktemp("broken"), WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
        add_failures(app)
        yield app
        close_app(app)


def add_failures(app: Flask) -> None:
    """Add a page for each way to fail."""

    def fail(status: int) -> str:
        abort(status)

    def locked() -> str:
        raw = sqlite3.OperationalError("database is locked")
        raw.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise exc.OperationalError("UPDATE x", None, raw)

    def wrong() -> str:
        raise exc.IntegrityError("INSERT", {"name": "Ben"}, sqlite3.IntegrityError("Ben is taken"))

    def deleted() -> str:
        raw = sqlite3.IntegrityError("FOREIGN KEY constraint failed")
        raw.sqlite_errorcode = sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY
        raise exc.IntegrityError("INSERT", None, raw)

    def crash() -> str:
        raise ZeroDivisionError("Ben's answer was 42")

    def sunk() -> str:
        raise Sunk

    def missing() -> str:
        raise NotFound

    def members() -> str:
        raise SignInFirst

    def read() -> str:
        return str(len(request.form))

    views: dict[str, Callable[..., Any]] = {
        "/fail/<int:status>": fail,
        "/locked": locked,
        "/wrong": wrong,
        "/deleted": deleted,
        "/crash": crash,
        "/sunk": sunk,
        "/missing": missing,
        "/members": members,
        "/read": read,
    }
    for rule, view in views.items():
        app.add_url_rule(rule, view.__name__, policy("everyone")(view), methods=["GET", "POST"])


@pytest.mark.parametrize("status", sorted(ERROR_PAGES))
def test_every_error_has_a_page_with_a_way_on(broken: Flask, status: int) -> None:
    shown = PageOpener(broken)(broken.test_client(), f"/fail/{status}", status=status)
    assert words(shown.one("h1")) == str(ERROR_PAGES[status].title)
    ways = {words(one) for one in shown.one("main").iter("a")}
    assert {"Go to the course", "Get support"} <= ways


@pytest.mark.parametrize("status", sorted(ERROR_PAGES))
def test_a_script_gets_json(broken: Flask, status: int) -> None:
    answer = broken.test_client().get(f"/fail/{status}", headers=JSON)
    assert answer.status_code == status
    assert answer.get_json() == {
        "status": status,
        "error": str(ERROR_PAGES[status].title),
        "text": str(ERROR_PAGES[status].text),
    }


@pytest.mark.slow
@pytest.mark.parametrize(("status", "seconds"), [(503, "5"), (429, "60"), (404, None)])
def test_it_says_when_another_try_is_worth_it(broken: Flask, status: int, seconds: str | None) -> None:
    assert broken.test_client().get(f"/fail/{status}").headers.get("Retry-After") == seconds


def test_a_status_without_a_row_of_its_own_is_kept(broken: Flask) -> None:
    PageOpener(broken)(broken.test_client(), "/fail/418", status=418)


def test_a_feature_s_error_has_its_own_words(broken: Flask) -> None:
    shown = PageOpener(broken)(broken.test_client(), "/sunk", status=409)
    assert (words(shown.one("h1")), "Swim." in shown.text) == ("It sank", True)


def test_what_belongs_to_others_looks_like_what_is_not_there(broken: Flask) -> None:
    client, visit = broken.test_client(), PageOpener(broken)
    missing, others = (visit(client, path, status=404).one("main") for path in ("/nowhere", "/missing"))
    assert words(missing) == words(others)


def test_a_locked_database_is_a_pause_and_not_a_fault(broken: Flask) -> None:
    answer = broken.test_client().get("/locked")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_what_belongs_to_somebody_who_was_deleted_meanwhile_is_not_there(broken: Flask) -> None:
    assert broken.test_client().get("/deleted").status_code == 404


def test_a_fault_of_ours_says_so_and_nothing_else(broken: Flask) -> None:
    for path in ("/crash", "/wrong"):
        shown = PageOpener(broken)(broken.test_client(), path, status=500)
        assert "Ben" not in shown.text
        assert "42" not in words(shown.one("h1"))
        assert shown.response.headers["X-Request-ID"] in shown.text


def test_error_pages_need_no_database(broken: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(_token: str) -> None:
        raw = sqlite3.OperationalError("disk I/O error")
        raw.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise exc.OperationalError("SELECT", None, raw)

    client = broken.test_client()
    monkeypatch.setattr(sessions, "token_hash", down)  # which loading the current user begins with
    for path, status in (("/support", 503), ("/nowhere", 404), ("/fail/500", 503)):
        with client.session_transaction() as session:
            session["_user_id"] = "somebody"
        PageOpener(broken)(client, path, status=status)


def test_whoever_must_sign_in_is_brought_back_after(broken: Flask) -> None:
    answer = broken.test_client().get("/members?page=2")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/sign-in?next=/members?page%3D2")
    assert broken.test_client().post("/members").headers["Location"] == "/account/sign-in"
    assert broken.test_client().get("/members", headers=JSON).status_code == 401


def test_what_was_typed_is_given_back(broken: Flask) -> None:
    typed = {"line_to-yourself": "Salt <b>dims</b>\nthe lamp.", "seq": "4", "csrf_token": "abc", "password": "tea!tea"}
    shown = PageOpener(broken)(broken.test_client(), "/locked", data=typed, status=503)
    boxes = {words(label): box.text for label, box in zip(shown.all("label"), shown.all("textarea"), strict=True)}
    assert boxes == {"Line to yourself": "Salt <b>dims</b>\nthe lamp."}
    assert "tea!tea" not in shown.text


def test_an_expired_form_gives_back_what_was_typed(make_app: Callable[..., Flask]) -> None:
    app = make_app()
    client = app.test_client()
    client.get("/display")
    shown = PageOpener(app)(
        client,
        "/display",
        data={"note": "Salt dims the lamp."},
        status=400,
        headers={"Referer": "http://localhost/display"},
    )
    assert words(shown.one("h1")) == "This form has expired"
    assert [box.text for box in shown.all("textarea")] == ["Salt dims the lamp."]
    assert [one.get("href") for one in shown.all("a") if words(one) == "Open the page again"] == ["/display"]


def test_too_much_at_once_is_refused_unread(broken: Flask) -> None:
    client = broken.test_client()
    for form in ({"note": "x" * 2_000_000}, {"note": "x" * 300_000}, {f"f{n}": "" for n in range(600)}):
        kind = "multipart/form-data" if len(form) > 1 else None
        assert client.post("/read", data=form, content_type=kind).status_code == 413
