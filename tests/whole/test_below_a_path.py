"""A site below a path of its host: every address leads below it, for everybody, and every cookie stays there."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.actors.people import PASSWORD
from tests.courses.island import FILES
from tests.shares import share

SITE = "http://localhost/learn/north-korea"
PREFIX = "/learn/north-korea"
LEAF = f"{PREFIX}/modules/1-light/1-the-lamp"


@pytest.fixture
def site(make_app: Callable[..., Flask]) -> Flask:
    return make_app(public_url=SITE, content=str(FILES), throttled=False, WTF_CSRF_ENABLED=False)


def checked(answer: TestResponse) -> TestResponse:
    """Return an answer whose cookies and redirect stay below the path."""
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert f"; Path={PREFIX}" in cookie, cookie
    if answer.location:
        assert answer.location.startswith(f"{PREFIX}/"), answer.location
    return answer


def addresses(answer: TestResponse) -> Iterator[str]:
    """Yield every address of this site in a page, whatever attribute it stands in."""
    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parse(answer.text)
    for one in tree.iter():
        for name, value in one.attrib.items():
            if name in ("data-person", "data-device"):  # what drafts are kept under, below the path too
                assert not value or value.startswith(f"{PREFIX}/")
            elif re.match(r"/[\w/-]*(\?|#|\.|$)", value):
                yield value
            elif re.match(r"\?|#", value) and one.tag == "a":
                yield urljoin(answer.request.path, value)


def crawl(browser: FlaskClient, start: str) -> set[str]:
    """Open every page that links lead to; fail on an address that is dead or not below the path."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        path = urldefrag(waiting.pop())[0]
        if path in seen:
            continue
        seen.add(path)
        answer = checked(browser.get(path, buffered=True))
        assert answer.status_code in {200, 302, 303, 405}, f"{answer.status_code} for {path}"
        if answer.location:
            waiting.append(answer.location)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            found = set(addresses(answer))
            assert [one for one in found if not one.startswith(f"{PREFIX}/")] == [], path
            waiting += [one for one in found if not re.search(r"/(sign-out|export)", one)]
    return {urlsplit(path).path for path in seen}


def begin(browser: FlaskClient) -> str:
    """Begin a quiz and answer something; return the attempt's address."""
    attempt = checked(browser.post(f"{LEAF}/quiz", data={"from": "lesson"})).location
    assert attempt
    return attempt


@pytest.mark.long
@pytest.mark.parametrize("who", share(["visitor", "guest", "learner"], "learner".__eq__))
def test_every_address_of_every_page_is_below_the_path(site: Flask, who: str) -> None:
    browser = site.test_client()
    if who == "learner":
        form = {"name": "Ben", "password": PASSWORD, "band": "18"}
        assert checked(browser.post(f"{PREFIX}/account/sign-up", data=form)).status_code == 302
    attempt = begin(browser) if who != "visitor" else f"{PREFIX}/"
    seen = crawl(browser, f"{PREFIX}/")
    assert {LEAF, f"{PREFIX}/support", f"{PREFIX}/sources", attempt} <= seen
    assert any(path.startswith(f"{PREFIX}/static/") for path in seen)
    if who != "visitor":
        checked(browser.post(f"{attempt}/finish"))
        crawl(browser, attempt)


def test_a_script_that_saves_is_told_addresses_below_the_path(site: Flask) -> None:
    browser = site.test_client()
    attempt = begin(browser)
    page = browser.get(attempt)
    item = re.search(r'name="item" value="([^"]+)"', page.text)
    assert item
    form = {"item": item[1], "seq": 0, "action": "flag", "flagged": "1"}
    saved = checked(browser.post(f"{attempt}/answers", data=form, headers={"Accept": "application/json"}))
    assert saved.status_code == 200
    assert re.findall(rf'"/(?!{PREFIX[1:]}/)', saved.text) == []
    assert f'data-person="{PREFIX}/' in page.text  # so that drafts of two sites are kept apart


def test_who_must_sign_in_comes_back_to_the_page_that_was_asked_for(site: Flask) -> None:
    browser = site.test_client()
    form = {"name": "Ben", "password": PASSWORD}
    checked(browser.post(f"{PREFIX}/account/sign-up", data=form))
    left = checked(browser.post(f"{PREFIX}/account/sign-out"))
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    asked = checked(browser.get(f"{PREFIX}/account/settings"))
    assert urlsplit(asked.location).path == f"{PREFIX}/account/sign-in"
    assert checked(browser.post(asked.location, data=form)).location == f"{PREFIX}/account/settings"
    assert browser.get(f"{PREFIX}/account/settings").status_code == 200


def test_printed_links_lead_below_the_path(site: Flask) -> None:
    browser = site.test_client()
    form = {"name": "Ben", "password": PASSWORD}
    checked(browser.post(f"{PREFIX}/account/sign-up", data=form))
    printed = site.test_cli_runner().invoke(args=["accounts", "reset-password", "Ben"]).output
    link = re.search(rf"{SITE}(/account/reset/\S+)", printed)
    assert link
    assert checked(browser.get(PREFIX + link[1])).location == f"{PREFIX}/account/reset/new"


def test_choices_and_errors_stay_below_the_path(site: Flask) -> None:
    browser = site.test_client()
    look = {"theme": "dark", "contrast": "more", "text": "large", "language": ""}
    checked(browser.post(f"{PREFIX}/display", data=look))
    assert 'data-theme="dark"' in browser.get(f"{PREFIX}/").text
    lost = browser.get(f"{PREFIX}/nowhere")
    assert lost.status_code == 404
    assert all(one.startswith(f"{PREFIX}/") for one in addresses(lost))
