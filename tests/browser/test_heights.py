"""How far a lesson scrolls on a phone, and what of a question is in view on landing."""

import re

import pytest
from playwright.sync_api import Page

from learnapp.web.catalog import current_catalog
from tests.browser.learner import Site
from tests.browser.test_questions import FIRST_ANSWER, PHONE

WIDTH, SCREEN = 360, 740
WHOLE, PART = 8, 3
# How far the first answer reaches below the row that stays, with the longest one first: chance puts them in order.
OVER = """async answers => {
  await document.fonts.ready;
  const [first, ...others] = document.querySelectorAll(answers);
  const alike = [first, ...others.filter(one => one.className === first.className)];
  const tallest = () => Math.max(...alike.map(one => one.getBoundingClientRect().height));
  const top = one => one.getBoundingClientRect().top;
  const over = () => top(first) + tallest() - top(document.querySelector(".actions"));
  const asked = [...document.querySelectorAll(".sorter > fieldset")];
  return Math.max(over(), ...asked.map(one => {
    for (const other of asked) other.hidden = other !== one;
    return over();
  }));
}"""


@pytest.mark.long
def test_a_lesson_scrolls_eight_screens_on_a_phone_and_a_part_three(site: Site, page: Page) -> None:
    with site.app.app_context():
        keys = sorted(current_catalog().lessons)
    assert len(keys) > 10
    page.set_viewport_size({"width": WIDTH, "height": SCREEN})
    too_long = []
    for key in keys:
        begin_reading(page, key)
        whole = page.evaluate("document.fonts.ready.then(() => document.documentElement.scrollHeight)")
        if whole > WHOLE * SCREEN:
            too_long.append(f"{key}: {whole} px")
        for part in page.locator(".step").all():
            box = part.bounding_box()
            assert box
            if box["height"] > PART * SCREEN:
                too_long.append(f"{key}#{part.get_attribute('id')}: {box['height']:.0f} px")
    assert not too_long, "\n".join(too_long)


def begin_reading(page: Page, key: str) -> None:
    """Open a lesson as somebody old enough who has chosen how to read it."""
    page.goto(f"/modules/{key}")
    if not page.locator(".step").count():
        page.locator("input[name=band]").last.check(force=True)
        page.get_by_role("button", name="Keep my choice").click()
        page.wait_for_load_state()
    if page.get_by_role("button", name="Start reading").count():
        page.get_by_role("button", name="Start reading").click()
        page.wait_for_load_state()
        page.goto(f"/modules/{key}")


@pytest.mark.long
def test_each_question_of_the_course_stands_with_its_first_answer_on_one_screen(site: Site, page: Page) -> None:
    with site.app.app_context():
        keys = sorted(current_catalog().lessons)
    page.set_viewport_size(PHONE)
    too_long = []
    for key in keys:
        begin_reading(page, key)
        page.goto(f"/modules/{key}/quiz")
        page.get_by_role("button", name="Start the quiz").click()
        page.wait_for_url("**/attempts/*")
        address = page.url.partition("?")[0]
        heading = page.get_by_role("heading", level=1).inner_text()
        count = re.search(r"of (\d+)", heading)
        assert count, heading
        for number in range(1, int(count[1]) + 1):
            page.goto(f"{address}?q={number}")
            over = page.evaluate(OVER, FIRST_ANSWER)
            if over > 0:
                too_long.append(f"{key}, question {number}: {over:.0f} px")
    assert not too_long, "\n".join(too_long)
