"""Hosts and paths: the site answers to its own names in all their forms, and probes to any."""

from collections.abc import Callable

import pytest
from flask import Flask

from learnapp.web.http.headers import ALWAYS
from learnapp.web.http.hosts import is_one_of

NAMES = ("learn.example", "127.0.0.1", "[::1]", "[2001:DB8::1]", ".school.example", "bücher.example")


OURS = """
    learn.example LEARN.Example learn.example. learn.example.:8000 learn.example:443 learn.example: 127.0.0.1
    127.0.0.1:8000 [::1] [::1]:8000 [::1]: [2001:db8::1]:1 a.school.example A.b.School.Example. xn--bcher-kva.example
"""
OTHERS = """
    . evil.example learn.example.evil.example notlearn.example learn.example.. learn.example:x 0177.0.0.1 [::1 [::1]x
    learn.example@evil.example learn.example:80:80 learn.example/ ::1 [::2] school.example.evil evilschool.example
    learn.example:123456 [learn.example] learn.example\u2024 ｌearn.example
"""


@pytest.mark.parametrize("host", OURS.split())
def test_a_name_is_known_in_every_form_that_browsers_send(host: str) -> None:
    assert is_one_of(host, NAMES)


@pytest.mark.parametrize("host", ["", "learn.example evil", *OTHERS.split()])
def test_what_only_looks_like_a_name_of_ours_is_not(host: str) -> None:
    assert not is_one_of(host, NAMES)


@pytest.mark.parametrize("prefix", ["", "/learn"])
@pytest.mark.parametrize(
    "host", ["10.0.3.7:8000", "[fd00::7]:8000", "", "evil.example", "a b", "\\", "school.example."]
)
def test_probes_answer_to_any_host_with_the_path_in_front_and_without(
    shared_app: Callable[..., Flask], host: str, prefix: str
) -> None:
    client = shared_app(public_url=f"https://school.example{prefix}").test_client()
    for path in {"/healthz", "/readyz", f"{prefix}/healthz", f"{prefix}/readyz"}:
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == (200 if "healthz" in path else 503)  # these tables were made without migrations
        assert answer.is_json
        assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS


def test_no_other_page_answers_to_any_host(shared_app: Callable[..., Flask]) -> None:
    client = shared_app(public_url="https://school.example").test_client()
    for path in ("/", "/healthz/", "//healthz", "/healthz/x", "/support", "/nowhere"):
        assert client.get(path, headers={"Host": "10.0.3.7:8000"}).status_code == 400, path


def test_a_site_below_a_path_says_so_elsewhere(shared_app: Callable[..., Flask]) -> None:
    client = shared_app(public_url="https://school.example/learn").test_client()
    assert client.get("/").location == "/learn/"
    for path in ("/support", "/learning", "/learn-more/", "*", "/static/x.css"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert answer.text == "This site is below /learn/.\n"
        assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert client.post("/").status_code == 404
