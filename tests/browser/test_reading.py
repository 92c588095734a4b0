"""Reading a lesson: one part at a time or whole, quietly, with words that open in place, on paper."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.learner import FIRST, Site

PHONE = {"width": 360, "height": 740}
HEIGHTS = "one => [one.scrollHeight, one.clientHeight]"
# The largest free height below a paragraph that comes of notes beside it.
HOLE = """() => Math.max(...[...document.querySelectorAll(".para")].map(one =>
  one.getBoundingClientRect().bottom -
  [...one.querySelector(".text").children].findLast(text => text.offsetParent).getBoundingClientRect().bottom))"""


def test_parts_stand_alone_where_the_reader_wants_it_and_links_find_theirs(site: Site, page: Page) -> None:
    page.goto(FIRST)
    steps = page.locator(".step")
    third = steps.nth(2)
    paragraph = third.locator("p[id^=p]").first.get_attribute("id")
    page.get_by_label("One part at a time").check(force=True)
    expect(steps.first.locator("h2")).to_be_visible()
    expect(third).to_have_attribute("hidden", "until-found")
    expect(page.locator("#next")).to_have_attribute("hidden", "until-found")

    steps.first.locator(".stepnav a").click()
    expect(steps.nth(1).locator("h2")).to_be_focused()
    expect(page.locator(".place summary")).to_contain_text("Part 2 of")
    page.evaluate("anchor => { location.hash = anchor }", paragraph)
    expect(third.locator("h2")).to_be_visible()
    page.go_back()
    expect(steps.nth(1).locator("h2")).to_be_visible()
    expect(third).to_have_attribute("hidden", "until-found")

    page.goto("/")
    page.goto(f"{FIRST}#{paragraph}")
    expect(page.locator(f"#{paragraph}")).to_be_in_viewport()
    expect(steps.first).to_have_attribute("hidden", "until-found")
    page.get_by_label("One part at a time").uncheck(force=True)
    expect(page.locator(".step[hidden]")).to_have_count(0)


def test_a_marked_word_opens_below_its_paragraph_and_quiet_reading_folds_notes(site: Site, page: Page) -> None:
    page.goto(FIRST)
    term = page.locator("a.term").first
    gloss = page.locator(f"[id='{(term.get_attribute('href') or '')[1:]}']")
    expect(gloss).to_be_hidden()
    term.focus()
    page.keyboard.press("Space")
    expect(gloss).to_be_visible()
    expect(term).to_have_attribute("aria-expanded", "true")
    term.click()
    expect(gloss).to_be_hidden()

    note = page.locator("details.margin-note").first
    page.get_by_label("Quiet reading").check(force=True)
    expect(note).to_be_hidden()
    page.reload()
    expect(note).to_be_hidden()


@pytest.mark.long
def test_without_a_script_all_parts_stand_below_each_other_and_words_open_by_their_address(
    site: Site, open_device: Callable[..., Page]
) -> None:
    page = open_device(java_script_enabled=False)
    page.goto(FIRST)
    assert page.locator(".step").count() > 3
    for part in page.locator(".step h2").all():
        expect(part).to_be_visible()
    expect(page.get_by_label("One part at a time")).to_be_hidden()
    term = page.locator("a.term").first
    term.click()
    expect(page.locator(f"[id='{(term.get_attribute('href') or '')[1:]}']")).to_be_visible()


def test_size_and_light_are_chosen_in_place_and_kept(site: Site, page: Page) -> None:
    page.goto(FIRST)
    page.locator(".settings summary").click()
    with page.expect_response(lambda answer: "/display?next=" in answer.url):
        page.get_by_label("Much larger").check(force=True)
    expect(page.locator("html")).to_have_attribute("data-text", "larger")
    page.goto("/support")
    expect(page.locator("html")).to_have_attribute("data-text", "larger")


@pytest.mark.long
def test_a_lesson_has_no_holes_beside_its_notes_and_four_pages_on_paper(site: Site, page: Page) -> None:
    page.goto(FIRST)
    assert page.evaluate(HOLE) < 60
    pages = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pages)) <= 4


def test_words_kept_are_all_in_view_on_a_phone_and_on_paper_and_can_be_removed_when_emptied(
    site: Site, page: Page
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(FIRST)
    box, form = page.locator("#judge-text"), page.locator("#judge form")
    empty = box.evaluate(HEIGHTS)[1]
    box.fill("가나 다라 " * 50)
    form.get_by_role("button", name="Keep it").click()
    expect(form.get_by_text("Kept")).to_be_visible()
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        inside, seen = box.evaluate(HEIGHTS)
        assert inside <= seen > 2 * empty

    page.emulate_media(media="screen")
    box.fill("")
    form.get_by_role("button", name="Remove it").click()
    expect(form.get_by_role("button", name="Remove it")).to_have_count(0)
    expect(box).to_have_value("")


VOICE = """
window.said = [];
window.paused = false;
Object.defineProperty(window, "speechSynthesis", { value: {
  speak: (one) => said.push(one),
  cancel: () => {}, // of what is paused nothing is said; cancelling does not change that
  pause: () => { paused = true; },
  resume: () => { paused = false; },
} });
"""


def test_a_voice_that_was_paused_reads_what_is_chosen_next_and_one_that_fails_leaves(site: Site, page: Page) -> None:
    page.add_init_script(VOICE)
    page.goto(FIRST)
    listen, player = page.get_by_role("button", name="Listen"), page.locator("[data-player]")
    for go_on in ("Next paragraph", "Stop"):
        listen.click()
        player.get_by_role("button", name="Pause").click()
        assert page.evaluate("paused")
        player.get_by_role("button", name=go_on).click()
        assert not page.evaluate("paused")
    expect(player).to_be_hidden()

    listen.click()
    expect(player).to_be_visible()
    page.evaluate("said.at(-1).onerror()")
    expect(player).to_be_hidden()
    expect(listen).to_be_focused()


@pytest.mark.parametrize("one_part", [False, True])
def test_who_sends_words_that_cannot_be_kept_is_led_to_their_field(
    site: Site, page: Page, noticed: list[str], one_part: bool
) -> None:
    page.goto(FIRST)
    if one_part:
        page.get_by_label("One part at a time").check(force=True)
    page.goto(f"{FIRST}#judge")
    box = page.locator("#judge-text")
    box.fill("  ")
    page.locator("#judge form").get_by_role("button", name="Keep it").click()
    expect(page).to_have_title(re.compile("^Error: "))
    noticed.clear()  # what the browser says of a refusal
    expect(box).to_be_focused()
    expect(box).to_be_in_viewport()


def test_an_address_that_was_cut_off_leaves_the_page_working(site: Site, page: Page) -> None:
    page.add_init_script(VOICE)
    page.goto(FIRST)
    page.get_by_label("One part at a time").check(force=True)
    page.goto("about:blank")
    page.goto(f"{FIRST}#%EA%B0")
    expect(page.locator(".step").first).to_be_visible()
    expect(page.get_by_role("button", name="Listen")).to_be_visible(
        visible=page.evaluate("'speechSynthesis' in window")
    )
