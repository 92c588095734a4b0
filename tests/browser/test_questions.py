"""Questions on a phone: what is asked and its first answers in view, moved and matched by hand, or without a script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from learnapp.quiz.item import Item
from learnapp.quiz.rows import RowsResponse
from learnapp.quiz.types.scenario import ScenarioResponse
from tests.browser.learner import Site, answer, begin, fill
from tests.browser.test_every_page import violations
from tests.courses.serving import serve
from tests.courses.tea import LESSON, TYPES, lesson, quiz
from tests.quiz.samples import make
from tests.shares import share

PHONE: ViewportSize = {"width": 360, "height": 640}
# As much as an author may write above the answers.
STEM = "Somebody tells you in the evening what they read about it this morning. Which of these words fits best?"
CARD = {"kind": "headline", "text": "Every pot in the town\nhas been drunk\nin a single night", "made_up": True}
FIRST_ANSWER = ".option, .order > li, .tray .chip, .bin > .btn, form[data-answer] input.input"


def questions() -> list[Item]:
    """Make an item of each type, all but the conversation with three lines above a stem of three."""
    about = {"stem": STEM, "hints": ["Look at the pot."]}
    return [make(one, **about, **({} if one == "scenario" else {"stimulus": CARD})) for one in TYPES]


@pytest.fixture
def tea(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Give the site with a quiz of all types in it."""
    serve(site.app, monkeypatch, lesson(quiz=quiz(*questions())))
    return site


@pytest.fixture
def phone(tea: Site, open_device: Callable[..., Page]) -> Page:
    """Give a phone with the quiz begun."""
    page = open_device(viewport=PHONE, has_touch=True, is_mobile=True)
    begin(page, LESSON)
    return page


def go_to(page: Page, item_type: str) -> None:
    """Go to the question of a type."""
    page.goto(f"{page.url.partition('?')[0]}?q={TYPES.index(item_type) + 1}")


@pytest.mark.parametrize("item_type", share(TYPES, "matching".__eq__))
def test_the_question_and_its_first_answer_are_in_view_on_landing(phone: Page, item_type: str) -> None:
    go_to(phone, item_type)
    heading = phone.get_by_role("heading", level=1)
    expect(heading).to_contain_text(f"Question {TYPES.index(item_type) + 1} of 9: ")
    expect(heading).to_be_in_viewport()
    first = phone.locator(FIRST_ANSWER).first
    expect(first).to_be_visible()
    box, actions = first.bounding_box(), phone.locator(".actions").bounding_box()
    assert box
    assert actions
    assert box["y"] + box["height"] <= actions["y"]
    assert actions["y"] + actions["height"] <= PHONE["height"]


@pytest.mark.parametrize("item_type", share(TYPES, "single".__eq__))
def test_at_most_six_tab_stops_lead_to_the_first_answer(phone: Page, item_type: str) -> None:
    go_to(phone, item_type)
    expect(phone.locator(FIRST_ANSWER).first).to_be_visible()
    inside = f"document.activeElement.closest('{FIRST_ANSWER}, .hole') !== null"
    for _stop in range(6):
        phone.keyboard.press("Tab")
        if phone.evaluate(inside):
            return
    raise AssertionError("six stops before the first answer")


@pytest.mark.parametrize("item_type", share(TYPES, "ordering".__eq__))
def test_every_type_is_answered_by_thumb_and_the_focus_follows(tea: Site, phone: Page, item_type: str) -> None:
    go_to(phone, item_type)
    answer(tea, phone)
    expect(phone.locator(".verdict-line")).to_be_focused()
    expect(phone.locator(".verdict-line")).to_be_in_viewport()
    assert tea.attempt_item(phone).state.points == 1
    if phone.get_by_role("link", name="Next question").count():
        phone.get_by_role("link", name="Next question").click()
        expect(phone.locator("#question")).to_be_focused()


@pytest.mark.long
@pytest.mark.parametrize("item_type", ["ordering", "matching", "categorise"])
def test_every_row_can_be_filled_without_a_script(tea: Site, open_device: Callable[..., Page], item_type: str) -> None:
    page = open_device(viewport=PHONE, java_script_enabled=False)
    begin(page, LESSON)
    go_to(page, item_type)
    expect(page.locator(".hole, .bins, .grip")).to_have_count(0)
    one = tea.attempt_item(page)
    fill(page, one)
    page.get_by_role("button", name="Check my answer").click()
    expect(page.locator(".verdict-line")).to_have_text("That is right.")


def test_a_hint_opens_in_the_row_that_stays_and_is_read_out(phone: Page) -> None:
    go_to(phone, "single")
    phone.get_by_role("button", name="Show a hint").click()
    hint = phone.locator(".actions #hint")
    expect(hint).to_be_focused()
    expect(hint).to_have_attribute("role", "status")
    expect(hint).to_be_in_viewport(ratio=1)
    expect(phone.get_by_role("heading", level=1)).to_be_in_viewport()


def places(site: Site, page: Page) -> list[int | None]:
    """Return the place of each entry as it is stored, in the order of the file."""
    response = site.attempt_item(page).state.response
    assert isinstance(response, RowsResponse)
    return list(response.targets)


@pytest.mark.long
def test_an_entry_moves_by_its_buttons_and_by_its_handle_and_the_others_make_room(tea: Site, phone: Page) -> None:
    go_to(phone, "ordering")
    entries, saved = phone.locator(".order > li"), phone.locator("[data-save-status]")
    labels = phone.locator(".order .label")
    first, second = labels.nth(0).inner_text(), labels.nth(1).inner_text()
    down = entries.nth(0).locator("[data-down]")
    down.click()
    expect(labels.nth(1)).to_have_text(first)
    expect(labels.nth(0)).to_have_text(second)
    expect(entries.nth(1).locator("[data-down]")).to_be_focused()
    expect(phone.locator(".order + [role=status]")).to_have_text(f"Place 2: {first}")
    expect(saved).to_contain_text("Saved at")
    assert sorted(place or 0 for place in places(tea, phone)) == [1, 2, 3, 4]
    before = places(tea, phone)

    handle, last = entries.nth(0).locator(".grip").bounding_box(), entries.nth(3).bounding_box()
    assert handle
    assert last
    phone.mouse.move(handle["x"] + 8, handle["y"] + 8)
    phone.mouse.down()
    phone.mouse.move(handle["x"] + 8, last["y"] + last["height"] - 4, steps=12)
    phone.mouse.up()
    expect(labels.nth(3)).to_have_text(second)
    expect(phone.locator(".order + [role=status]")).to_have_text(f"Place 4: {second}")
    phone.wait_for_timeout(300)
    expect(saved).to_contain_text("Saved at")
    assert places(tea, phone) != before
    phone.reload()
    expect(labels.nth(3)).to_have_text(second)


@pytest.mark.long
def test_what_was_matched_and_sorted_can_be_taken_back_and_stays_after_a_reload(tea: Site, phone: Page) -> None:
    go_to(phone, "matching")
    holes, chips = phone.locator(".hole"), phone.locator(".tray .chip:visible")
    count, words = chips.count(), chips.nth(0).inner_text()
    chips.nth(0).click()
    expect(holes.nth(0)).to_have_text(words)
    expect(holes.nth(1)).to_be_focused()
    expect(chips).to_have_count(count - 1)
    expect(phone.locator("[data-save-status]")).to_contain_text("Saved at")
    phone.reload()
    expect(holes.nth(0)).to_have_text(words)
    holes.nth(0).click()
    expect(chips).to_have_count(count)

    go_to(phone, "categorise")
    phone.locator(".bin > .btn").nth(1).click()
    placed = phone.get_by_role("button", name=re.compile("^Take back: "))
    expect(placed).to_have_count(1)
    expect(phone.locator("[data-save-status]")).to_contain_text("Saved at")
    phone.reload()
    expect(placed).to_have_count(1)
    placed.click()
    expect(placed).to_have_count(0)
    expect(phone.locator(".bin > .btn").first).to_be_focused()


@pytest.mark.long
def test_two_equal_places_change_places_without_a_script(tea: Site, open_device: Callable[..., Page]) -> None:
    page = open_device(viewport=PHONE, java_script_enabled=False)
    begin(page, LESSON)
    go_to(page, "ordering")
    page.locator("select[name=place-0]").select_option("4")
    page.get_by_role("button", name="Come back later").click()
    page.go_back()
    page.reload()
    assert [page.locator(f"select[name=place-{n}]").input_value() for n in range(4)] == ["4", "2", "3", "1"]


def test_a_conversation_tells_the_reaction_then_why_and_folds_what_was_not_said(tea: Site, phone: Page) -> None:
    go_to(phone, "scenario")
    fill(phone, tea.attempt_item(phone))
    phone.get_by_role("button", name="Say this").click()
    expect(phone.locator("[data-focus]")).to_be_focused()
    expect(phone.locator("[data-focus]")).to_contain_text("Something mild?")
    turns = phone.locator(".item > form > .talk > :visible").all_inner_texts()
    assert [words.split("\n")[0] for words in turns[:2]] == ["You", "They say"]
    expect(phone.locator(".react:visible")).to_contain_text("Works well.")
    folded = phone.locator("details.rest", has_text="2 other replies").last
    expect(folded.get_by_text("Perhaps.", exact=True)).to_be_hidden()
    assert isinstance(tea.attempt_item(phone).state.response, ScenarioResponse)


@pytest.mark.long
@pytest.mark.parametrize("item_type", TYPES)
def test_nothing_is_wrong_with_a_question_at_any_of_its_stages(
    tea: Site, open_device: Callable[..., Page], item_type: str, noticed: list[str]
) -> None:
    page = open_device(viewport={"width": 1280, "height": 800})
    begin(page, LESSON)
    address, seen = f"{page.url.partition('?')[0]}?q={TYPES.index(item_type) + 1}", set[str]()
    page.goto(address)
    expect(page.locator(FIRST_ANSWER).first).to_be_visible()
    assert violations(page, seen) == []
    page.set_viewport_size(PHONE)
    page.goto(address)
    if page.get_by_role("button", name="Show a hint").count():
        page.get_by_role("button", name="Show a hint").click()
        expect(page.locator("#hint")).to_be_focused()
    answer(tea, page)
    assert violations(page, seen) == []
    noticed.clear()
