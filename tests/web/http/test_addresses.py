"""Addresses of this site: none leads to another one, whatever is asked for."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st

from learnapp.web.http.addresses import same_site_path

HOST = "https://learn.example"
HERE = f"{HOST}/account/sign-in"
SITE = Flask(__name__)
TRICKS = [
    "//e.example",
    "/\\e.example",
    "\\\\e.example",
    "/\t/e.example",
    "\t//e.example",
    "/\n/e.example",
    "https:e.example",
    "https:/e.example",
    "https://e.example",
    "HTTPS://learn.example@e.example",
    "//learn.example@e.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "///e.example",
    "/ /e.example",
    "%09//e.example",
    " //e.example",
    "/a//e.example",
    "/a\r\nLocation: https://e.example",
    "/a\x00",
    "e.example",
    "?next=//e.example",
    "",
    "/" + "a" * 600,
    "/한글",
]


@pytest.mark.parametrize("asked", [*TRICKS, None])
def test_what_could_lead_elsewhere_is_refused(asked: str | None) -> None:
    with SITE.test_request_context(base_url=HOST):
        assert same_site_path(asked) is None


@pytest.mark.parametrize(
    "asked",
    ["/", "/me", "/modules/cut-off/closed-networks", "/attempts/7?q=3", "/account/", "/a?next=//e.example", "/%2F/e"],
)
def test_pages_of_this_site_are_allowed(asked: str) -> None:
    with SITE.test_request_context(base_url=HOST):
        assert same_site_path(asked) == asked


def as_a_browser(base: str, address: str) -> str:
    """Return the host that a browser would go to: it drops tabs and line breaks and takes \\ for /."""
    plain = re.sub(r"[\t\r\n]", "", address.strip("".join(map(chr, range(33))))).replace("\\", "/")
    return urlsplit(urljoin(base, plain)).netloc


pieces = st.sampled_from(
    ["/", "\\", "//", "e.example", ":", "@", "https:", "\t", "%09", "%2f", ".", "?", "#", "a", " ", "\n"]
)


@given(st.one_of(st.text(), st.lists(pieces).map("".join), st.lists(pieces).map(lambda found: "/" + "".join(found))))
@example("/.//e.example")
def test_no_browser_leaves_this_site_by_what_is_allowed(asked: str) -> None:
    with SITE.test_request_context(base_url=HOST):
        allowed = same_site_path(asked)
    assert allowed is None or (allowed == asked.removeprefix(HOST) and as_a_browser(HERE, allowed) == "learn.example")


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/me", "/me"),
        ("http://localhost/me?page=2", "/me?page=2"),
        ("/modules/cut-off", "/modules/cut-off"),
        ("//evil.example", None),
        ("///evil.example", None),
        ("/\\evil.example", None),
        ("\\\\evil.example", None),
        ("https:evil.example", None),
        ("https:/evil.example", None),
        ("http://evil.example/me", None),
        ("http://localhost@evil.example/", None),
        ("https://localhost/me", None),
        ("http://localhost.evil.example/me", None),
        ("http://localhost//evil.example", None),
        ("http://localhost", None),
        ("/\tevil", None),
        ("%09//evil.example", None),
        (" /me", None),
        ("javascript:alert(1)", None),
        ("me", None),
        ("", None),
        (None, None),
    ],
)
def test_only_pages_of_this_site_are_linked_back(address: str | None, path: str | None) -> None:
    with SITE.test_request_context("/"):
        assert same_site_path(address) == path
