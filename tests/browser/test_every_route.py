"""Every route that shows a page, from the list that no route can be left out of: axe, 320 px, large text, RTL."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from learnapp.accounts.teachers.invitations import create_link
from learnapp.database.db import db
from learnapp.web import clock
from tests.browser.learner import Site
from tests.browser.test_every_page import sideways, violations
from tests.whole.calls import CALLS, Call
from tests.whole.cast import Cast, Person

PAGES = [key for key in CALLS if key.startswith("GET ")]
# Who is shown most of a page comes first.
ROLES = ("teacher", "learner", "author", "guest", "anonymous")
COOKIES = ("login", "guest", "session")
# Pages that are others to whoever leads the class than to whoever is in it.
LED_TOO = ("GET groups.group",)


@pytest.fixture
def cast(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    made = Cast(site.app, monkeypatch)
    yield made
    made.settle()


def come_as(page: Page, site: Site, who: Person) -> None:
    """Let the browser be the one of somebody of the cast."""
    page.context.clear_cookies()
    found = ((name, who.client.get_cookie(name)) for name in COOKIES)
    page.context.add_cookies([{"name": name, "value": one.value, "url": site.url} for name, one in found if one])


def look(page: Page, path: str, status: int, seen: set[str]) -> list[str]:
    """Return what is wrong with the page at a path; nothing of a file to keep."""
    answer = page.request.get(path, max_redirects=0)
    assert answer.status == status, f"{path}: {answer.status}"
    kept = "attachment" in answer.headers.get("content-disposition", "")
    if status in (302, 303) or kept or "html" not in answer.headers.get("content-type", ""):
        return []
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="light")
    page.goto(path)
    found = sideways(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    return [f"{path}: {line}" for line in dict.fromkeys([*found, *violations(page, seen)])]


@pytest.mark.long
def test_every_route_that_shows_a_page_holds_in_every_way(
    site: Site, page: Page, cast: Cast, noticed: list[str]
) -> None:
    """At the smallest width and with the largest text each page by itself, for axe what no other page had before."""
    found, seen = [], set[str]()
    for key in PAGES:
        call: Call = CALLS[key]
        who = cast.person(next(role for role in ROLES if call.passes(role)))
        if call.before:
            call.before(cast, who)
        come_as(page, site, who)
        args = [call.things(who)] + [dict.fromkeys(call.own, who.led)] * (key in LED_TOO)
        paths = [call.path(site.app, key, {**call.args, **one}) for one in args]
        for path in paths:
            found += look(page, path, call.status, seen)
    assert found == []
    noticed.clear()


@pytest.mark.long
def test_a_teacher_by_a_link_is_shown_what_holds_in_every_way(
    site: Site, page: Page, cast: Cast, monkeypatch: pytest.MonkeyPatch, noticed: list[str]
) -> None:
    seen = set[str]()
    monkeypatch.setitem(site.app.config, "SETTINGS", replace(site.app.config["SETTINGS"], teachers="invited"))
    with site.app.app_context():
        links = [create_link(db.session, clock.now(), timedelta(days=1)) for _ in range(2)]
        db.session.commit()
    assert look(page, "/account/sign-up/teacher", 403, seen) == []
    page.goto(f"/account/teacher/{links[0]}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Make a teacher’s account")
    assert look(page, "/account/teacher", 200, seen) == []
    page.get_by_role("main").get_by_role("button", name="Make my account").click()
    page.locator(".errors").wait_for()
    assert violations(page, seen) == []
    come_as(page, site, cast.person("learner"))
    page.goto(f"/account/teacher/{links[1]}")
    expect(page.get_by_role("button", name="Make this a teacher’s account")).to_be_visible()
    assert look(page, "/account/teacher", 200, seen) == []
    assert all(re.search("403|422", line) for line in noticed)
    noticed.clear()
