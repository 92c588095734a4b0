"""Every page of the real course, for everybody: valid, linked to what is there, kept by no cache."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from learnapp.accounts import sessions
from learnapp.accounts.models import User
from learnapp.accounts.names import rules as names
from learnapp.database.db import db
from learnapp.learning.models import FINAL, Attempt, Progress
from learnapp.training.models import Certificate
from learnapp.web.http.headers import ALWAYS
from learnapp.web.policy import policy
from tests.actors.people import hashed, token_of
from tests.actors.practice import finish_conversation
from tests.pages import Page, PageOpener
from tests.shares import left, share

PEOPLE = ("anonymous", "guest in the middle", "learner with all done", "teacher", "admin")
FEW = 2
STRONG = "/fear/"  # the module with lessons of every age: its previews by age stand for those of all
FILES = re.compile(r"(?:href|src)=\"(/static/[^\"#]+)")


@pytest.fixture(params=share(PEOPLE, {"anonymous", "learner with all done"}.__contains__))
def somebody(request: pytest.FixtureRequest, app: Flask) -> FlaskClient:
    """Give a browser of each of these people, who learn on the real course."""
    client = app.test_client()
    if request.param == "guest in the middle":
        begin(app, client)
    elif request.param != "anonymous":
        role = request.param.split()[0]
        sign_in(app, client, role, band=18)
        if role == "learner":
            finish_all(app, client)
    return client


def sign_in(app: Flask, client: FlaskClient, role: str, **about: object) -> None:
    """Make an account and sign a browser in to it."""
    now = datetime.now(UTC)
    with app.app_context():
        user = User(
            name="Ben", name_key=names.key("Ben"), role=role, password_hash=hashed(), created_at=now, seen_at=now
        )
        for name, value in {"email": "ben@example.org", "email_key": "ben@example.org", **about}.items():
            setattr(user, name, value)
        db.session.add(user)
        db.session.flush()
        token = sessions.open_session(db.session, user.id, now)
        db.session.commit()
    client.set_cookie("login", token)


def lessons(app: Flask) -> list[str]:
    """Return the addresses of the real lessons."""
    return [f"/modules/{key}" for key in app.extensions["catalog"].get().lessons]


def begin(app: Flask, client: FlaskClient) -> str:
    """Begin the first lesson's quiz, answer something, leave a place; return the attempt's address."""
    first = lessons(app)[0]
    address = client.post(f"{first}/quiz", data={"from": "lesson"}).location
    with app.app_context():
        ids = db.session.scalars(select(Attempt.item_ids).order_by(Attempt.id.desc())).first() or []
    for number, item in enumerate(ids[:3]):
        form = {"item": item, "seq": number, "action": "flag", "flagged": "1"}
        assert client.post(f"{address}/answers", data=form).status_code == 303
    return str(address)


def finish_all(app: Flask, client: FlaskClient) -> None:
    """Have every lesson read and passed, with a finished quiz each."""
    now = datetime.now(UTC)
    for address in lessons(app):
        made = client.post(f"{address}/quiz", data={"from": "lesson"}).location
        assert client.post(f"{made}/finish").status_code == 303
        with app.app_context():
            for row in db.session.scalars(select(Progress)):
                row.read_at = row.passed_at = row.completed_at = now
            db.session.commit()
    take_finals(app, client)


def take_finals(app: Flask, client: FlaskClient) -> None:
    """Have the final of every program passed, and its certificate issued."""
    catalog = app.extensions["catalog"].get()
    for conversation in catalog.conversations.values():
        finish_conversation(client, conversation)
    for slug in catalog.programs:
        made = client.post(f"/training/{slug}/final").location
        assert client.post(f"{made}/finish").status_code == 303
        with app.app_context():
            db.session.execute(update(Attempt).where(Attempt.kind == FINAL).values(passed=True))
            db.session.commit()
        assert client.post(f"/training/{slug}/certificate", data={"name": "Ben"}).status_code == 303


FILES_OF_ONE = {"certificates.paper", "credentials.credential"}
NO_PAGES = {
    "/healthz",
    "/robots.txt",
    "/account/data/export",
    "/training/card/field-card.html",
    "/manifest.webmanifest",
    "/service-worker.js",
    "/device/contact",
    "/device/basics",
    "/.well-known/jwks.json",
    "/credentials/issuer",
    "/credentials/status/1",
}


def crawl(client: FlaskClient, open_page: Callable[[str], Page], every: set[str], most: int = 1000) -> Iterator[Page]:
    """Yield every page that a person comes to by links and by plain addresses, once; of one view so many at most.

    Of lessons `every` one is yielded, and no other: what is kept for some differs from one to the next.
    """
    app = client.application
    others = set(lessons(app)) - every
    plain = [one.rule for one in app.url_map.iter_rules() if "GET" in (one.methods or ()) and not one.arguments]
    waiting = ["/", *(path for path in sorted(plain) if client.get(path).status_code == 200)]
    seen: set[str] = set()
    opened: Counter[str | None] = Counter()
    while waiting:
        path = waiting.pop(0)
        if path in seen or path in others or path in NO_PAGES:
            continue
        if ("as=" in path and STRONG not in path) or endpoint_of(app, path) in FILES_OF_ONE:
            continue
        seen.add(path)
        if path not in every and opened[endpoint_of(app, path)] >= most:
            continue
        page = open_page(path)
        opened[endpoint_of(app, path)] += 1
        yield page
        for one in page.all("a"):
            there = urldefrag(urljoin(path, one.get("href") or ""))[0]
            if there.startswith("/") and not urlsplit(there).netloc:
                waiting.append(there)


def endpoint_of(app: Flask, path: str) -> str:
    """Return the endpoint that shows a page."""
    return str(app.url_map.bind("localhost").match(urlsplit(path).path)[0])


def trained(app: Flask) -> bool:
    """Tell whether the one person that there is has a certificate."""
    with app.app_context():
        return db.session.query(Certificate).count() > 0


@pytest.mark.parametrize("most", [FEW, left(1000, id="all")])
def test_every_page_is_whole_and_no_link_is_dead(
    app: Flask, somebody: FlaskClient, visit: PageOpener, most: int
) -> None:
    """In `make test` one person opens every second lesson, and the other one those between."""
    known = token_of(somebody) is not None
    mine = set(lessons(app) if most > FEW else lessons(app)[known::2])
    files: set[str] = set()
    seen = []
    for page in crawl(somebody, lambda path: visit(somebody, path), mine, most):
        seen.append(page.response.request.path)
        files |= set(FILES.findall(page.text))
        assert not known or page.response.headers["Cache-Control"] == "no-store", seen[-1]
        assert page.title not in {"", "· Learnapp"}
    assert mine <= set(seen)
    assert {"/", "/me", "/support", "/display", "/training", "/verify"} <= set(seen)
    if trained(app):
        assert {"finals.result", "certificates.certificate"} <= {endpoint_of(app, path) for path in seen}
    for file in files:
        answer = app.test_client().get(file, buffered=True)
        assert answer.status_code == 200, file
        assert "immutable" in answer.headers["Cache-Control"], file


def test_titles_tell_nothing_when_they_shall_not(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client, "learner", neutral_titles=True)
    attempt = begin(app, client)
    paths = [
        *lessons(app),
        *(f"{one}/quiz" for one in lessons(app)),
        attempt,
        f"{attempt}?q=end",
        "/",
        "/me",
        "/nowhere",
    ]
    paths += [
        "/account",
        "/account/settings",
        "/account/password",
        "/account/email",
        "/account/data",
        "/display",
        "/support",
    ]
    answers = [client.get(path) for path in paths]
    answers.append(client.post(f"{attempt}/finish", follow_redirects=True))
    answers += [client.put("/me"), client.post("/display?a=1&a=2"), client.post("/account/email", data={"email": "x"})]
    answers.append(
        client.post("/account/email", data=b"a=" + b"b" * 300_000, content_type="application/x-www-form-urlencoded")
    )
    assert {200, 400, 404, 405, 413, 422} <= {one.status_code for one in answers}
    for answer in answers:
        assert re.findall(r"<title>(.*?)</title>", answer.text, flags=re.S) == ["Notes"], answer.request.path
        assert 'name="description"' not in answer.text, answer.request.path


def test_titles_differ_from_page_to_page_otherwise(app: Flask, client: FlaskClient) -> None:
    begin(app, client)
    paths = [
        "/",
        "/me",
        "/support",
        "/display",
        "/account/sign-in",
        "/account/sign-up",
        "/account/reset",
        *lessons(app)[:1],
    ]
    titles = [re.findall(r"<title>(.*?)</title>", client.get(path).text, flags=re.S)[0] for path in paths]
    assert len(set(titles)) == len(titles)


def test_every_answer_has_every_header(make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)

    @policy("everyone")
    def crash() -> str:
        raise RuntimeError("made up")

    @policy("everyone")
    def locked() -> str:
        error = Exception("made up")
        error.sqlite_errorcode = 5  # type: ignore[attr-defined]
        raise OperationalError("SELECT 1", {}, error)

    for view in (crash, locked):
        app.add_url_rule(f"/{view.__name__}", view.__name__, view)
    client = app.test_client()
    sign_in(app, client, "learner")
    huge: dict[str, Any] = {"data": b"a=" + b"b" * 300_000, "content_type": "application/x-www-form-urlencoded"}
    expected: list[tuple[int, str, str, dict[str, Any]]] = [
        (200, "GET", "/", {}),
        (302, "GET", "/account/sign-in", {}),
        (400, "POST", "/display?a=1&a=2", {}),
        (400, "GET", "/", {"headers": {"Host": "evil.example"}}),
        (404, "GET", "/nowhere", {}),
        (404, "GET", "/attempts/7", {}),
        (405, "DELETE", "/", {}),
        (413, "POST", "/account/email", huge),
        (422, "POST", "/account/email", {"data": {"email": "x"}}),
        (500, "GET", "/crash", {}),
        (503, "GET", "/locked", {}),
        (303, "POST", "/account/sign-out", {}),
    ]
    for status, method, path, more in expected:
        answer = client.open(path, method=method, **more)
        assert answer.status_code == status, f"{path}: {answer.status}"
        assert {name: answer.headers.getlist(name) for name in ALWAYS} == {name: [ALWAYS[name]] for name in ALWAYS}
        assert "made up" not in answer.text
        if "evil" not in str(more):
            assert answer.headers["Cache-Control"] == "no-store", f"{method} {path}"
    assert "Clear-Site-Data" in answer.headers
