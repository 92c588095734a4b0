"""Whatever is sent, by whomever: an answer below 500 with every header, and never a traceback."""

import random
from urllib.parse import unquote_to_bytes

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from learnapp.web.http.headers import ALWAYS
from tests.actors.people import token_of
from tests.pages import STRICTER
from tests.shares import left, one_in
from tests.whole.calls import CALLS, POSTS
from tests.whole.cast import Cast, Person
from tests.whole.hostile import DEEP, HEAVY, Request, sample
from tests.whole.rows import all_rows

MOST = {"sqlite": 16, "postgresql": 6}
# Of these, `make test` sends the first, and `make test-long` the others.
FIRST = {"sqlite": 5, "postgresql": 2}
PARTS = pytest.mark.parametrize("part", ["first", left("rest")])
HYPOTHESIS = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ENDS = {"sign_out", "sign_out_everywhere", "data", "sign_in", "sign_up", "choose_password", "password"}


def send(client: FlaskClient, request: Request) -> TestResponse:
    """Send a request as it is; the test client would mend its address."""
    return client.open(
        method=request.method,
        data=request.data,
        content_type=request.content_type,
        headers=request.headers,
        environ_overrides={"PATH_INFO": bare(request.path), "QUERY_STRING": bare(request.query or "", decode=False)},
    )


def bare(text: str, *, decode: bool = True) -> str:
    """Return a part of an address as a server hands it over: bytes, one character each."""
    raw = text.encode("utf-8", "surrogatepass")
    return (unquote_to_bytes(raw) if decode else raw).decode("latin-1")


def trouble(client: FlaskClient, request: Request) -> str | None:
    """Send a request; say what is wrong with how it is answered, or nothing."""
    try:
        answer = send(client, request)
    except Exception as error:  # an answer of 500, were this a server
        return f"{request}: {type(error).__name__}: {str(error)[:200]}"
    if answer.status_code >= 500 and answer.request.path != "/readyz":
        return f"{request}: {answer.status}"
    if lacking := [name for name in ALWAYS if answer.headers.get(name) not in (ALWAYS[name], STRICTER.get(name))]:
        return f"{request}: {answer.status} without {lacking}"
    if b"Traceback" in answer.data or "set-cookie:a" in str(answer.headers).lower().replace(" ", ""):
        return f"{request}: {answer.status} tells too much"
    return None


def breaking(cast: Cast, key: str, part: str) -> list[str]:
    """Send a part of each role's sample of hostile requests to a route and return those that it did not stand."""
    call, method, found = CALLS[key], key.split()[0], []
    most, first = MOST[cast.engine.dialect.name], FIRST[cast.engine.dialect.name]
    slow = key.startswith("GET authoring") or key.split(".")[1] in ENDS
    most = most // 2 if slow else most
    # Staff are refused as learners are, but where learners may not come.
    for role in ("anonymous", "guest", "learner" if "learner" in call.roles else "admin"):
        who = cast.person(role)
        form = call.form(who) if call.form else {}
        path = call.address(cast.app, key, who)
        every = sample(path, method, form, most if role in call.roles else most // 6 + 1, role)
        for request in every[:first] if part == "first" else every[first:]:
            found.append(trouble(who.client, request))
            if method == "POST" and key.split(".")[1] in ENDS:
                who = alive(cast, who)
    return [one for one in found if one]


@PARTS
@pytest.mark.parametrize("key", one_in(15, [key for key in CALLS if key not in POSTS], 0))
def test_no_request_breaks_a_page(cast: Cast, key: str, part: str) -> None:
    assert breaking(cast, key, part) == []


@pytest.mark.both_databases
@PARTS
@pytest.mark.parametrize("key", one_in(11, POSTS, 1))
def test_no_request_breaks_a_form(cast: Cast, caplog: pytest.LogCaptureFixture, key: str, part: str) -> None:
    assert breaking(cast, key, part) == []
    cast.settle()
    assert [one.getMessage() for one in caplog.records if one.levelname == "ERROR"] == []


def alive(cast: Cast, who: Person) -> Person:
    """Return somebody of the same role who is still what they were."""
    return who if bool(token_of(who.client)) == (who.role != "anonymous") else cast.person(who.role)


@pytest.mark.parametrize("key", one_in(15, POSTS, 2))
def test_two_megabytes_are_too_much(cast: Cast, key: str) -> None:
    call = CALLS[key]
    for role in ("anonymous", "learner"):
        who = cast.person(role)
        rows = all_rows(cast.engine)
        for kind, body in HEAVY:
            request = Request(call.address(cast.app, key, who), "POST", body, kind)
            assert trouble(who.client, request) is None
            answer = send(who.client, request)
            assert answer.status_code in ({302, 401, 403} if role not in call.roles else {302, 303, 401, 413, 410, 422})
            assert len(answer.data.rstrip()) < 20_000  # pages are filled up to a step
        if not call.own and role not in call.roles:
            assert all_rows(cast.engine) == rows


@HYPOTHESIS
@given(seed=st.integers(0, 2**32), data=st.data())
def test_no_mixture_breaks_a_route(cast: Cast, seed: int, data: st.DataObject) -> None:
    chance = random.Random(seed)
    key = data.draw(st.sampled_from(sorted(CALLS)))
    who = cast.person(data.draw(st.sampled_from(["anonymous", "guest", "learner", "admin"])))
    call = CALLS[key]
    every = sample(call.address(cast.app, key, who), key.split()[0], call.form(who) if call.form else {}, 10**6)
    one, two = chance.choice(every), chance.choice(every)
    mixed = Request(one.path, one.method, two.data, two.content_type, one.headers | two.headers, one.query or two.query)
    assert trouble(who.client, mixed) is None


@HYPOTHESIS
@given(
    path=st.text(max_size=60),
    query=st.text(max_size=60),
    body=st.binary(max_size=300),
    kind=st.sampled_from(["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]),
    method=st.sampled_from(["GET", "POST", "PUT", "OPTIONS"]),
)
def test_no_noise_breaks_the_house(app: Flask, path: str, query: str, body: bytes, kind: str, method: str) -> None:
    request = Request(f"/{path}", method, body, kind, query=query)
    assert trouble(app.test_client(), request) is None


URLENCODED, FILE = "application/x-www-form-urlencoded", 'form-data; name="%s"; filename="a"'
BROKE_ONCE = (
    ("/account/sign-in", "application/json", b'{"name": 1.5, "password": {}}', 422),
    ("/modules/1-tea/1-leaf/place", "application/json", DEEP.encode(), 422),
    ("/attempts/{open}/answers", URLENCODED, b"item=tea%00&seq=0", 404),
    ("/account/reset", URLENCODED, b"name=a%40b.example%00", 302),
)


@pytest.mark.both_databases
@pytest.mark.parametrize(("path", "kind", "body", "status"), BROKE_ONCE)
def test_what_broke_once_is_answered(
    cast: Cast, caplog: pytest.LogCaptureFixture, path: str, kind: str, body: bytes, status: int
) -> None:
    guest = cast.person("guest")
    answer = guest.client.post(path.format(open=guest.open), data=body, content_type=kind)
    assert answer.status_code == status
    cast.settle()
    assert [one.getMessage() for one in caplog.records if one.levelname == "ERROR"] == []


@pytest.mark.parametrize("about", ["form-data", FILE % "name", FILE % "password"])
def test_a_part_without_a_name_and_a_file_for_a_text_are_no_text(cast: Cast, about: str) -> None:
    body = f"--x\r\nContent-Disposition: {about}\r\n\r\nsome words\r\n--x--\r\n".encode()
    kind = "multipart/form-data; boundary=x"
    client = cast.app.test_client()
    assert client.post("/account/sign-in", data=body, content_type=kind).status_code == 422
    assert client.post("/account/nowhere", data=body, content_type=kind).status_code == 404


@pytest.mark.parametrize("referrer", ["//[::1", "http://[", "http://localhost]/", "http://localhost:x/"])
def test_an_error_page_stands_any_referrer(cast: Cast, referrer: str) -> None:
    answer = cast.app.test_client().post("/nowhere", headers={"Referer": referrer})
    assert answer.status_code == 404
