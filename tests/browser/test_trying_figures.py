"""Figures that can be tried, as Chromium shows them: whole without script and on paper, and silent before a guess."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, get_template_attribute, render_template_string
from playwright.sync_api import BrowserContext, Page, expect

from learnapp.web.styleguide.samples import samples
from tests.browser.learner import Site
from tests.browser.test_figures import FAULTS, PAGE
from tests.shares import share

MODES: list[dict[str, Any]] = [
    {"color_scheme": "light", "contrast": "no-preference"},
    {"color_scheme": "dark", "contrast": "no-preference"},
    {"color_scheme": "light", "contrast": "more"},
    {"color_scheme": "dark", "contrast": "more"},
]


@pytest.fixture(scope="module")
def whole(served: Site) -> str:
    """Return one page with all samples."""
    with served.app.test_request_context("/"):
        macro = get_template_attribute("_macros/figures.html", "figure")
        return render_template_string(PAGE, shown=[macro(one, one.kind) for one in samples()])


@pytest.fixture(params=[True])
def page(request: pytest.FixtureRequest, context: BrowserContext, open_device: Callable[..., Page], whole: str) -> Page:
    """Open that page on a phone, with script or without."""
    page: Page = context.new_page() if request.param else open_device(java_script_enabled=False)
    page.set_viewport_size({"width": 360, "height": 740})
    page.route("**/samples", lambda route: route.fulfill(body=whole, content_type="text/html"))
    page.goto("/samples")
    return page


without_script = pytest.mark.parametrize("page", [False], indirect=True)


@without_script
def test_without_script_all_is_there_and_nothing_asks(page: Page) -> None:
    expect(page.locator("#series .fig-value").last).to_have_text("224")
    expect(page.locator("#series figcaption")).to_be_visible()
    expect(page.locator("#map text", has_text="Musan")).to_be_visible()
    expect(page.locator("#map .fig-spots")).to_be_visible()
    expect(page.locator("#timeline li", has_text="May 1928")).to_be_visible()
    for asking in page.locator(".fig-guess, .fig-scrub, .fig-told").all():
        expect(asking).to_be_hidden()


@pytest.mark.long
@without_script
def test_without_script_a_link_of_the_list_lights_its_place(page: Page) -> None:
    page.click("#map .fig-spots a:has-text('Sinuiju')")

    expect(page.locator("#map-sinuiju")).to_be_in_viewport()
    assert page.url.endswith("#map-sinuiju")


def test_before_a_guess_nothing_gives_the_value_away(page: Page) -> None:
    series = page.locator("#series")

    expect(series.locator(".fig-value").last).to_be_hidden()
    expect(series.locator("figcaption")).to_be_hidden()
    expect(series.locator("details")).to_be_hidden()
    expect(series.get_by_role("img")).to_have_attribute("aria-label", "Boats a year.")


def test_a_guess_stands_beside_the_value_and_is_told(page: Page) -> None:
    series = page.locator("#series")
    series.get_by_label("Your guess").fill("1500")
    series.get_by_role("button", name="See the number").click()

    expect(series.get_by_role("status")).to_have_text("You guessed 1,500. It was 224.")
    expect(series.get_by_role("status")).to_be_focused()
    expect(series.locator(".fig-value").last).to_have_text("224")
    expect(series.locator("figcaption")).to_be_visible()
    assert series.locator(".yours").get_attribute("x1") == "50%"
    assert "224 in 1922" in (series.get_by_role("img").get_attribute("aria-label") or "")


@pytest.mark.parametrize(
    ("number", "told"), [("5", "Yes, that is Musan."), ("4", "That is Hyesan. Musan is lit on the map.")]
)
def test_a_place_is_looked_for_among_numbers(page: Page, number: str, told: str) -> None:
    chart = page.locator("#map")
    expect(chart.locator("text", has_text="Musan")).to_be_hidden()
    expect(chart.locator("#map-musan .fig-key")).to_have_text("5")
    chart.get_by_role("button", name=number, exact=True).click()

    expect(chart.get_by_role("status")).to_have_text(told)
    expect(chart.locator("text", has_text="Musan")).to_be_visible()
    expect(chart.locator(".is-lit")).to_have_id("map-musan")


def test_a_list_lights_the_map_by_keyboard(page: Page) -> None:
    page.locator("#map").get_by_role("button", name="1", exact=True).click()
    entry = page.get_by_role("button", name="Sinuiju")
    entry.press("Space")

    expect(entry).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#map .is-lit")).to_have_id("map-sinuiju")
    entry.press("Enter")
    expect(page.locator("#map .is-lit")).to_have_count(0)


def test_a_slider_moves_through_the_years(page: Page) -> None:
    timeline = page.locator("#timeline")
    timeline.get_by_label("Year").fill("1915")

    expect(timeline.get_by_role("status")).to_have_text("1905 to 1919 On oil; 1911 to 1925 Rung by hand")
    expect(timeline.locator(".is-lit")).to_have_count(2)
    timeline.get_by_label("Year").fill("1900")
    expect(timeline.get_by_role("status")).to_have_text("Nothing yet.")
    timeline.get_by_label("Year").fill("1930")
    expect(timeline.get_by_role("status")).to_have_text("Last before it: May 1928 Out for good")


def test_on_paper_everything_is_shown_and_nothing_asks(page: Page) -> None:
    page.emulate_media(media="print")

    expect(page.locator("#series .fig-value").last).to_be_visible()
    expect(page.locator("#series figcaption")).to_be_visible()
    expect(page.locator("#map text", has_text="Musan")).to_be_visible()
    expect(page.locator("#series .fig-guess")).to_be_hidden()


def try_all(page: Page) -> None:
    page.get_by_role("button", name="1", exact=True).click()
    page.get_by_role("button", name="See the number").click()
    page.get_by_label("Year:").fill("1915")


@pytest.mark.parametrize(
    ("width", "text_size"), share(product([320, 360, 768, 1280], [100, 131.25, 200]), (320, 200).__eq__)
)
def test_what_was_tried_keeps_its_words_apart(page: Page, width: int, text_size: float) -> None:
    try_all(page)
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(f"document.documentElement.style.fontSize = '{text_size}%'")

    assert page.evaluate(FAULTS) == []


@pytest.mark.long
@pytest.mark.parametrize("mode", MODES, ids=lambda mode: "-".join(mode.values()))
def test_axe_finds_nothing_before_and_after(page: Page, mode: dict[str, Any]) -> None:
    page.emulate_media(**mode)
    assert Axe().run(page, context=".lesson").response["violations"] == []
    try_all(page)
    assert Axe().run(page, context=".lesson").response["violations"] == []


@pytest.mark.long
def test_the_style_guide_with_all_its_figures_has_nothing_for_axe(make_app: Callable[..., Flask], page: Page) -> None:
    guide = make_app(environment="development", debug=True).test_client().get("/styleguide").text
    page.route("**/styleguide", lambda route: route.fulfill(body=guide, content_type="text/html"))
    page.goto("/styleguide")
    try_all(page)

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert Axe().run(page, context="section[aria-labelledby=figures]").response["violations"] == []
