"""A school's list in a browser: each of its pages as everybody may need it, and without script, and back again."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.actors.groups import Class
from tests.actors.people import PASSWORD, People
from tests.browser.learner import Site
from tests.browser.test_every_page import violations
from tests.groups.roster.lists.samples import CLASSES, ENROLLMENTS, ONEROSTER_USERS, SAMPLES, lines, school

pytestmark = pytest.mark.long
OLD = "Surname;First name;Ort\nÖz;Zoë;Köln – Süd\nBerg;Ola;Oslo\n".encode("cp1252")


@pytest.fixture
def class_9c(site: Site, monkeypatch: pytest.MonkeyPatch) -> Class:
    """Give Ada's class on the site that is served, with somebody who is in no list."""
    monkeypatch.setitem(site.app.config, "WTF_CSRF_ENABLED", False)
    people = People(site.app)
    made = Class(people)
    people.add("Ray")
    made.take_in("Ray")
    monkeypatch.undo()
    return made


def open_lists(page: Page, of: Class) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/account/sign-in")
    page.get_by_label("User name").fill(of.leader)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.goto(f"/groups/{of.id}")
    page.get_by_role("link", name="Import the school’s list").click()


def bring(page: Page, content: bytes, name: str = "list.csv") -> None:
    files: Any = [{"name": name, "mimeType": "text/csv", "buffer": content}]
    page.get_by_label("The list, as CSV or as a zip file").set_input_files(files)
    page.get_by_role("button", name="Look at the list").click()


def test_every_page_of_a_list_is_as_everybody_may_need_it(class_9c: Class, page: Page, noticed: list[str]) -> None:
    seen: set[str] = set()
    found = []
    open_lists(page, class_9c)
    found += violations(page, seen)
    page.reload()
    bring(page, lines("Name,Login", "Mina", "Ola,ola,x"))
    expect(page.locator(".errors")).to_contain_text("Row 3: This row has 3 cells")
    found += violations(page, seen)
    page.goto(f"/groups/{class_9c.id}/list")
    bring(page, OLD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Where do the names look right?")
    found += violations(page, seen)
    page.goto(f"/groups/{class_9c.id}/list")
    bring(page, SAMPLES["moodle"].content.replace(b"ola@school.example", b"ola at school"))
    expect(page.get_by_text("This is no e-mail address.")).to_be_visible()
    found += violations(page, seen)
    assert found == []
    assert all("422" in line for line in noticed)
    noticed.clear()


def test_a_list_is_taken_in_by_answering_what_it_leaves_open(class_9c: Class, page: Page) -> None:
    seen: set[str] = set()
    open_lists(page, class_9c)
    bring(page, OLD)
    page.get_by_role("radio", name="Western European (Windows)").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("Given name")).to_have_value("1")
    found = violations(page, seen)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"/groups/{class_9c.id}/list")
    bring(page, OLD)
    page.get_by_role("radio", name="Western European (Windows)").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Look at the list").press("Enter")
    expect(page.get_by_text("Zoë Öz")).to_be_visible()
    expect(page.get_by_text("Not taken: Ort")).to_be_visible()
    preview = page.url
    found += violations(page, seen)
    page.goto(preview)
    page.get_by_role("button", name="Take the list in").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The list is taken in")
    found += violations(page, seen)
    assert found == []
    assert class_9c.members() == {"Ray", "zoe.o", "ola.b"}


def test_without_script_a_class_of_the_school_comes_in_and_back_leads_to_what_was_done(
    class_9c: Class, open_device: Callable[..., Page]
) -> None:
    page = open_device(java_script_enabled=False)
    open_lists(page, class_9c)
    bring(page, school(users=ONEROSTER_USERS, classes=CLASSES, enrollments=ENROLLMENTS), "school.zip")
    page.get_by_label("History 7").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="New accounts (2)")).to_be_visible()
    expect(page.get_by_role("heading", name="In the class, but not in the file (1)")).to_be_visible()
    page.get_by_role("button", name="Take the list in").click()
    done = page.url
    page.goto(f"/groups/{class_9c.id}")
    page.go_back()
    assert page.url == done
    page.go_back()
    assert page.url == done, "what is shown before a list is taken in leads to what was done"
    page.get_by_role("link", name="Make login cards").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Accounts and login cards")
    page.goto(done)
    page.get_by_text("Undo the list").first.click()
    page.get_by_role("button", name="Undo the list").click()
    expect(page.get_by_text("2 accounts are deleted again.")).to_be_visible()
    assert class_9c.members() == {"Ray"}
