"""Figures as Chromium shows them, every kind and every lesson's own: phone to desk, at any text size."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from flask import get_template_attribute, render_template_string
from playwright.sync_api import Browser, Page

from learnapp.content.blocks import figures_in
from learnapp.web.catalog import current_catalog
from tests.browser.learner import Site
from tests.courses.figures import examples
from tests.shares import share

PAGE = """{% extends "base.html" %}{% block main %}
<div class="lesson flow">{% for one in shown %}<div class="read">{{ one }}</div>{% endfor %}</div>
{% endblock %}"""
# Words that are clipped, stand beyond their figure, or on each other.
FAULTS = """() => {
  const found = [];
  const seen = one => !one.closest(".visually-hidden, .full, [role=region]");
  for (const figure of document.querySelectorAll(".fig")) {
    const whole = figure.getBoundingClientRect();
    const walker = document.createTreeWalker(figure, NodeFilter.SHOW_TEXT);
    const lines = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.data.trim() || !seen(node.parentElement) || node.parentElement.closest("details")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) lines.push([node.data.trim(), box]);
    }
    lines.forEach(([text, box], n) => {
      if (box.left < whole.left - 1 || box.right > whole.right + 1) found.push([figure.id, "outside", text]);
      for (const [other, area] of lines.slice(n + 1))
        if (Math.min(box.right, area.right) - Math.max(box.left, area.left) > 1 &&
            Math.min(box.bottom, area.bottom) - Math.max(box.top, area.top) > box.height * .4)
          found.push([figure.id, "overlap", text, other]);
    });
  }
  const page = document.scrollingElement;
  return page.scrollWidth > innerWidth ? [...found, ["page", "scrolls sideways"]] : found;
}"""


@pytest.fixture(scope="module")
def figures(served: Site) -> str:
    """Return one page with every figure there is."""
    with served.app.test_request_context("/"):
        macro = get_template_attribute("_macros/figures.html", "figure")
        lessons = current_catalog().lessons.values()
        real = [figure for lesson in lessons for figure in figures_in(lesson.body)]
        shown = [macro(one, f"figure-{n}") for n, one in enumerate((*examples(), *real), 1)]
        return render_template_string(PAGE, shown=shown)


@pytest.fixture(scope="module")
def opened(browser: Browser, served: Site, figures: str) -> Iterator[Page]:
    """Open that page once."""
    context = browser.new_context(base_url=served.url)
    page = context.new_page()
    page.route("**/figures", lambda route: route.fulfill(body=figures, content_type="text/html"))
    page.goto("/figures")
    page.evaluate("document.fonts.ready")
    yield page
    context.close()


@pytest.fixture
def shown(opened: Page) -> Page:
    """Give that page as it is on a desk, on a screen, in light."""
    opened.set_viewport_size({"width": 1280, "height": 720})
    opened.emulate_media(media="screen", color_scheme="light", forced_colors="none")
    opened.evaluate("[document.documentElement.dir, document.documentElement.style.fontSize] = ['ltr', '']")
    return opened


WINDOWS = [(width, size) for width in (320, 360, 768, 1280) for size in (100, 200)]
NARROW_AND_LARGE = {(320, 200), (360, 100), (768, 100), (1280, 200)}


@pytest.mark.long
@pytest.mark.parametrize(("width", "text_size"), share(WINDOWS, NARROW_AND_LARGE.__contains__))
def test_no_words_are_clipped_or_stand_on_others(shown: Page, width: int, text_size: int) -> None:
    shown.set_viewport_size({"width": width, "height": 900})
    shown.evaluate(f"document.documentElement.style.fontSize = '{text_size}%'")

    assert shown.evaluate(FAULTS) == []


MEDIA: list[dict[str, Any]] = [{"media": "print"}, {"forced_colors": "active"}, {"color_scheme": "dark"}]


@pytest.mark.parametrize(
    ("media", "direction"),
    share(product(MEDIA, ["ltr", "rtl"]), lambda case: (case[1] == "rtl") is (case[0] == MEDIA[0])),
)
def test_every_medium_keeps_the_words_apart(shown: Page, media: dict[str, Any], direction: str) -> None:
    shown.emulate_media(**media)
    shown.evaluate(f"document.documentElement.dir = '{direction}'")

    assert shown.evaluate(FAULTS) == []


def test_words_that_do_not_fit_would_be_seen(shown: Page) -> None:
    style = shown.add_style_tag(content=".fig p { white-space: nowrap; letter-spacing: .5em; line-height: .3 }")

    assert {fault[1] for fault in shown.evaluate(FAULTS)} == {"outside", "overlap", "scrolls sideways"}
    style.evaluate("one => one.remove()")
