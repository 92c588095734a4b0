"""Figures as Chromium draws them, the specimens and every lesson's own: phone to desk, at any text size."""

from __future__ import annotations

from typing import Any

import pytest
from flask import get_template_attribute, render_template_string
from playwright.sync_api import Page, Route

from learnapp.content.blocks import figures_in
from learnapp.web.catalog import current_catalog
from learnapp.web.letters import span
from learnapp.web.specimen_figures import figures
from tests.browser.learner import Site

PAGE = """{% extends "base.html" %}{% block main %}
<div class="lesson flow">{% for one in drawn %}<div class="read">{{ one }}</div>{% endfor %}</div>
{% endblock %}"""
# For every drawing that is shown: words outside of it, on each other, or beyond the box they stand in.
FAULTS = """() => {
  const found = [];
  const ink = box => ({left: box.left, right: box.right,
    top: box.top + box.height * .22, bottom: box.bottom - box.height * .22});
  for (const svg of document.querySelectorAll(".fig > svg")) {
    const whole = svg.getBoundingClientRect();
    if (!whole.width) continue;
    const name = svg.getAttribute("aria-labelledby").split(" ")[0];
    const words = [...svg.querySelectorAll("text")]
      .map(one => [one.textContent, ink(one.getBoundingClientRect())]);
    const boxes = [...svg.querySelectorAll(".node, .full")].map(one => one.getBoundingClientRect());
    words.forEach(([text, box], n) => {
      if (box.left < whole.left - 3 || box.right > whole.right + 3 || box.top < whole.top - 1 ||
          box.bottom > whole.bottom + 1) found.push([name, "outside", text]);
      for (const [other, area] of words.slice(n + 1))
        if (Math.min(box.right, area.right) - Math.max(box.left, area.left) > 1 &&
            Math.min(box.bottom, area.bottom) - Math.max(box.top, area.top) > 1)
          found.push([name, "overlap", text, other]);
      const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
      for (const area of boxes)
        if (x > area.left && x < area.right && y > area.top && y < area.bottom &&
            (box.left < area.left + 2 || box.right > area.right - 2 || box.bottom > area.bottom))
          found.push([name, "beyond its box", text]);
    });
  }
  const page = document.scrollingElement;
  return page.scrollWidth > innerWidth ? [...found, ["page", "scrolls sideways"]] : found;
}"""
LENGTHS = """() => [...document.querySelectorAll(".fig text")]
  .filter(one => one.getComputedTextLength() > 0)
  .filter(one => !/t-[nm]/.test(one.getAttribute("class")))
  .map(one => [one.textContent, /t-b|t-on/.test(one.getAttribute("class")), one.getComputedTextLength()])"""


@pytest.fixture(scope="module")
def drawings(served: Site) -> str:
    """Draw every figure there is on one page."""
    with served.app.test_request_context("/"):
        macro = get_template_attribute("_macros/figures.html", "figure")
        lessons = current_catalog().lessons.values()
        real = [figure for lesson in lessons for figure in figures_in(lesson.body)]
        drawn = [macro(one, f"figure-{n}") for n, one in enumerate((*figures(), *real), 1)]
        return render_template_string(PAGE, drawn=drawn)


@pytest.fixture
def shown(page: Page, site: Site, drawings: str) -> Page:
    """Open a page with every figure there is."""

    def answer(route: Route) -> None:
        route.fulfill(body=drawings, content_type="text/html")

    page.route("**/figures", answer)
    page.goto("/figures")
    page.evaluate("document.fonts.ready")
    return page


@pytest.mark.parametrize("text_size", [100, 131, 200])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_words_are_clipped_or_stand_on_others(shown: Page, width: int, text_size: int) -> None:
    shown.set_viewport_size({"width": width, "height": 900})
    shown.evaluate(f"document.documentElement.style.fontSize = '{text_size}%'")

    assert shown.evaluate(FAULTS) == []


@pytest.mark.parametrize("media", [{"media": "print"}, {"forced_colors": "active"}, {"color_scheme": "dark"}])
def test_every_medium_keeps_the_words_apart(shown: Page, media: dict[str, Any]) -> None:
    shown.emulate_media(**media)

    assert shown.evaluate(FAULTS) == []


def test_words_are_as_wide_as_they_were_taken_to_be(shown: Page) -> None:
    shown.set_viewport_size({"width": 1280, "height": 900})
    measured = [(text, bold, real / 16) for text, bold, real in shown.evaluate(LENGTHS) if len(text) > 8]

    assert len(measured) > 100
    for text, bold, real in measured:
        assert 0.99 <= span(text, bold) / real <= 1.12, (text, bold, real)


def test_words_that_are_too_wide_would_be_seen(shown: Page) -> None:
    shown.add_style_tag(content=".fig text { letter-spacing: .5em }")

    assert {fault[1] for fault in shown.evaluate(FAULTS)} == {"outside", "overlap", "beyond its box"}
