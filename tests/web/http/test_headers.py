"""The headers of every response: pages, errors, redirects, JSON, files."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.web.http.headers import ALWAYS
from learnapp.web.policy import policy

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EVERYWHERE = ["/support", "/healthz", "/nowhere", "/static/nothing.css", "/static/css/look.css", "/support?a=1&a=2"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "BREW"])
@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_carries_every_header(client: FlaskClient, path: str, method: str) -> None:
    answer = client.open(path, method=method)
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS


def test_files_carry_them_too(app: Flask) -> None:
    for address in app.extensions["assets"].values():
        answer = app.test_client().get(address, buffered=True)
        assert answer.status_code == 200
        assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_policy_is_the_one_of_the_design() -> None:
    assert ALWAYS["Content-Security-Policy"] == POLICY
    assert ALWAYS["Referrer-Policy"] == "same-origin"
    assert ALWAYS["X-Content-Type-Options"] == "nosniff"
    assert ALWAYS["Cross-Origin-Opener-Policy"] == ALWAYS["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(ALWAYS["Permissions-Policy"].split(", "))


def test_plain_http_promises_no_https(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/support").headers


def test_https_is_kept_for_a_year(shared_app: Callable[..., Flask]) -> None:
    client = shared_app(public_url="https://learn.example").test_client()
    file = client.application.extensions["assets"]["css/look.css"]
    for path in ("/support", "/nowhere", file):
        answer = client.get(path, base_url="https://learn.example", buffered=True)
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_https_is_kept_for_all_names_below_where_the_operator_says_so(shared_app: Callable[..., Flask]) -> None:
    client = shared_app(public_url="https://learn.example", hsts_subdomains=True).test_client()
    file = client.application.extensions["assets"]["css/look.css"]
    for path in ("/support", file):
        answer = client.get(path, base_url="https://learn.example", buffered=True)
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_visitor_s_page_is_checked_again_before_it_is_shown(client: FlaskClient) -> None:
    assert client.get("/support").headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("path", ["/support", "/nowhere"])
def test_a_signed_in_page_is_not_stored(client: FlaskClient, path: str) -> None:
    with client.session_transaction() as session:
        session["_user_id"] = "somebody"
    # The token is unknown and is forgotten, but what was sent may have been made for a person.
    assert client.get(path).headers["Cache-Control"] in {"no-store", "private, no-cache"}
    with client.session_transaction() as session:
        session["_user_id"] = "somebody"
    assert client.get("/healthz").headers["Cache-Control"] == "no-store"


def test_pages_are_sent_compressed(client: FlaskClient) -> None:
    answer = client.get("/display", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_only_a_proxy_that_the_operator_named_is_believed(make_app: Callable[..., Flask]) -> None:
    forged = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
    for hops, address, scheme in ((0, "127.0.0.1", "http"), (1, "203.0.113.9", "https")):
        app = make_app(proxy_hops=hops)
        seen: list[tuple[str | None, str]] = []

        @policy("everyone")
        def show(seen: list[tuple[str | None, str]] = seen) -> str:
            from flask import request

            seen.append((request.remote_addr, request.scheme))
            return "ok"

        app.add_url_rule("/who", "who", show)
        app.test_client().get("/who", headers=forged)
        assert seen == [(address, scheme)]


def test_a_forged_host_is_refused_and_named_nowhere(shared_app: Callable[..., Flask]) -> None:
    client = shared_app(public_url="https://learn.example").test_client()
    for host in ("evil.example", "learn.example.evil.example", "learn.example@evil.example"):
        answer = client.get("/support", headers={"Host": host})
        assert answer.status_code == 400
        assert "evil" not in answer.text
        assert answer.headers["Content-Security-Policy"] == POLICY


@pytest.mark.parametrize("host", ["learn.example", "127.0.0.1:8000", "localhost", "school.example"])
def test_hosts_of_ours_are_answered(shared_app: Callable[..., Flask], host: str) -> None:
    client = shared_app(public_url="https://learn.example", trusted_hosts="school.example").test_client()
    assert client.get("/support", headers={"Host": host}).status_code == 200
