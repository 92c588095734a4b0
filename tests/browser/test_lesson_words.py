"""The words of all lessons, at every width and on paper: none is clipped or stands on another one."""

import pytest
from flask import get_template_attribute, render_template_string
from playwright.sync_api import Page, Route

from learnapp.content.blocks import groups_in
from learnapp.web.catalog import current_catalog
from tests.browser.learner import Site
from tests.browser.test_figures import FAULTS

pytestmark = pytest.mark.long
PAGE = """{% extends "base.html" %}{% block main %}<div class="lesson flow">
{% for lesson, groups in lessons %}
<ol class="points fig" lang="en" dir="ltr">{% for point in lesson.end.key_points + lesson.short_end.key_points -%}
<li>{{ point|names_on_one_line }}</li>{% endfor %}</ol>
{% for group in groups %}<div class="para fig"><p>{{ loop.index }}</p>{{ margin(group) }}</div>{% endfor %}
{% endfor %}</div>{% endblock %}"""


@pytest.fixture(scope="module")
def words(served: Site) -> str:
    """Return one page with the key points, notes and explained words of every lesson."""
    with served.app.test_request_context("/"):
        margin = get_template_attribute("lessons/_lesson.html", "margin")
        lessons = [
            (lesson, [group for group, _ in groups_in((*lesson.blocks, *lesson.short))])
            for lesson in current_catalog().lessons.values()
        ]
        return render_template_string(PAGE, lessons=lessons, margin=margin)


@pytest.fixture
def shown(page: Page, site: Site, words: str) -> Page:
    def answer(route: Route) -> None:
        route.fulfill(body=words, content_type="text/html")

    page.route("**/words", answer)
    page.goto("/words")
    page.evaluate("document.fonts.ready")
    return page


@pytest.mark.parametrize("width", [320, 1280])
def test_key_points_notes_and_terms_keep_their_words_apart(shown: Page, width: int) -> None:
    shown.set_viewport_size({"width": width, "height": 900})

    assert shown.evaluate(FAULTS) == []


def test_so_they_do_on_paper(shown: Page) -> None:
    shown.emulate_media(media="print")
    shown.set_viewport_size({"width": 680, "height": 900})

    assert shown.evaluate(FAULTS) == []


def test_a_point_that_is_cut_into_cells_would_be_seen(shown: Page) -> None:
    shown.add_style_tag(content=".points li { display: grid; grid-template-columns: 2rem minmax(0, 1fr) }")
    shown.set_viewport_size({"width": 360, "height": 900})

    assert shown.evaluate(FAULTS) != []
