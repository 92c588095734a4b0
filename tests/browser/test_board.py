"""A board in a browser: for everybody who needs it, on a phone, by keyboard, without scripts, on one sheet of paper."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from learnapp.database.db import db
from learnapp.web.catalog import current_catalog
from tests.actors.classes import SeededClass, assign, class_of, complete, join, read, try_quiz
from tests.actors.people import People, hashed
from tests.browser.learner import PASSWORD, Site, sign_in
from tests.browser.test_every_page import look, violations

pytestmark = pytest.mark.long
DAY = timedelta(days=1)
EXPORT = 'Student,ID,SIS Login ID,Section\n"1, Ben",7,,P1\n"Ben 2",8,Ben 3,P1\n"Nobody",9,,P1\n'
# What is seen of the table on paper or on the screen, cell by cell.
CELLS = """() => [...document.querySelectorAll(".board tr")].map(row =>
  [...row.children].map(cell => cell.innerText.replace(/\\s+/g, " ").trim()))"""


@pytest.fixture
def one(site: Site) -> SeededClass:
    """Make a class of thirty with seven lessons, who are late, stuck, done or not asked."""
    ada = People(site.app).add("Ada", "teacher", password_hash=hashed(PASSWORD))
    now = datetime.now(UTC)
    with site.app.app_context():
        module = current_catalog().modules["one-story"]
        care = current_catalog().modules["daily-limits"].lessons[1]
        made = class_of(leader=ada, joined_at=now - 30 * DAY)
        for number in range(30):
            about = {"help_asked_at": now - DAY} if number in {2, 3} else {}
            about |= {"help_handled_at": now} if number == 3 else {}
            name = f"Ben {number}" if number else "Maximilian Alexander Theophil von Habsburg"
            made.members[name] = join(made.id, name, joined_at=now - 30 * DAY, **about)
        for number, lesson in enumerate(module.lessons):
            assign(made.id, lesson, now + (number - 4) * DAY)
        assign(made.id, care, now - 5 * DAY)
        for number, user_id in enumerate(made.members.values()):
            for at, lesson in enumerate(module.lessons[: number % 8]):
                if (number + at) % 3:
                    complete(user_id, lesson, now - (number % 3) * DAY, 0.84)
                elif (number + at) % 2:
                    read(user_id, lesson, now)
                else:
                    try_quiz(user_id, lesson, 1, now - DAY)
                    try_quiz(user_id, lesson, 2, now - DAY / 2)
        complete(made.members["Ben 1"], care, now)
        db.session.commit()
    return made


@pytest.fixture
def ada(one: SeededClass, page: Page) -> Page:
    assert one.id
    sign_in(page, "Ada")
    return page


def test_pages_of_a_board_are_fit_for_everybody(ada: Page, one: SeededClass, noticed: list[str]) -> None:
    board, seen = f"/groups/{one.id}/board", set[str]()
    story = f"/groups/{one.id}/members/{one.members['Ben 2']}"
    views = [board, f"{board}?module=daily-limits", f"{board}?show=late&sort=left", f"{board}?module=cut-off"]
    assert look(ada, [*views, story, f"{board}/canvas", "/me/looks"], seen) == []
    ada.goto(f"{board}/canvas")
    ada.set_input_files("#export", {"name": "x.csv", "mimeType": "text/csv", "buffer": EXPORT.encode()})
    ada.get_by_role("button", name="Match the names").click()
    expect(ada.get_by_text("More than one fits")).to_be_visible()
    assert violations(ada, seen) == []
    ada.goto(f"{board}/canvas")
    ada.set_input_files("#export", {"name": "x.csv", "mimeType": "text/csv", "buffer": b"What?"})
    ada.get_by_role("button", name="Match the names").click()
    ada.locator(".errors").wait_for()
    assert violations(ada, seen) == []
    assert all("422" in line for line in noticed)
    noticed.clear()


def test_thirty_rows_of_seven_lessons_are_one_sheet_with_the_numbers_of_the_page(ada: Page, one: SeededClass) -> None:
    ada.goto(f"/groups/{one.id}/board?module=one-story")
    screen = ada.evaluate(CELLS)
    assert (len(screen), len(screen[1])) == (32, 9)
    sheet = ada.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    ada.emulate_media(media="print")
    printed = ada.evaluate(CELLS)
    numbers = [[re.findall(r"\d+", cell) for cell in row] for row in screen[1:]]
    assert [[re.findall(r"\d+", cell) for cell in row] for row in printed[1:]] == numbers
    assert sum(len(cell) for row in numbers for cell in row) > 100
    expect(ada.get_by_role("heading", name="may need help")).to_be_hidden()


def test_on_a_phone_each_student_is_a_list_of_lessons(ada: Page, one: SeededClass) -> None:
    ada.set_viewport_size({"width": 320, "height": 700})
    ada.goto(f"/groups/{one.id}/board?module=one-story&sort=name")
    row = ada.get_by_role("row").filter(has_text="Ben 10").first
    cells = row.get_by_role("cell")
    expect(cells).to_have_count(8)
    boxes = [cells.nth(number).bounding_box() for number in range(8)]
    tops = [box["y"] for box in boxes if box]
    assert len(tops) == 8
    assert tops == sorted(set(tops))
    label = cells.first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert "2.1 How do you make a man into" in label
    expect(ada.locator(".board thead")).to_be_hidden()


def test_a_name_is_laid_aside_by_keyboard(ada: Page, one: SeededClass) -> None:
    ada.goto(f"/groups/{one.id}/board?module=one-story&sort=name")
    before = ada.locator(".helplist > li").count()
    ada.locator(".helplist a").first.focus()
    ada.keyboard.press("Tab")
    expect(ada.locator(".helplist button").first).to_be_focused()
    ada.keyboard.press("Enter")
    expect(ada.get_by_text("Laid aside. You find the name below the list.")).to_be_visible()
    expect(ada.locator(".helplist > li")).to_have_count(before - 1)
    assert "module=one-story&sort=name" in ada.url


def test_a_board_needs_no_script(one: SeededClass, open_device: Callable[..., Page]) -> None:
    page = open_device(java_script_enabled=False)
    sign_in(page, "Ada")
    page.goto(f"/groups/{one.id}/board?module=one-story")
    page.get_by_role("link", name="Late", exact=True).click()
    page.get_by_role("link", name="By name").click()
    assert "show=late" in page.url
    assert "sort=name" in page.url
    page.get_by_role("radio", name="A semicolon").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Table as CSV").click()
    assert download.value.suggested_filename.startswith("9C-one-story-")
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert text.startswith("Name;User name;How do you make a man into a legend?;")
    page.locator(".helplist button").first.click()
    expect(page.get_by_text("Laid aside. You find the name")).to_be_visible()
