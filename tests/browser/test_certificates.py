"""A certificate on paper: it stands alone, whole, on one page, and its square leads to where it is checked."""

import pytest
from playwright.sync_api import Page, expect

from tests.actors.people import PASSWORD, People
from tests.browser.learner import Site
from tests.factories.training import CertificateFactory

SHOWN_OUTSIDE = """() => [...document.querySelectorAll("body *")]
  .filter(one => !one.closest("article.cert") && !one.querySelector("article.cert"))
  .filter(one => one.checkVisibility() && one.getBoundingClientRect().height && one.textContent.trim())
  .map(one => one.outerHTML.slice(0, 90))"""


@pytest.fixture
def number(site: Site) -> str:
    """Give the number of a certificate of Vera's, whose name is as long as one can be."""
    people = People(site.app)
    vera = people.add("Vera")
    with site.app.app_context():
        return str(CertificateFactory(user_id=vera, name_shown="Vera Light " * 7).id)


@pytest.mark.long
def test_on_paper_a_certificate_stands_alone_on_one_page(page: Page, number: str) -> None:
    page.goto("/account/sign-in")
    page.get_by_label("User name").fill("Vera")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.goto(f"/training/certificates/{number}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate(SHOWN_OUTSIDE) != []

    page.emulate_media(media="print")
    assert page.evaluate(SHOWN_OUTSIDE) == []
    for size in ("A4", "Letter"):
        assert page.pdf(format=size, prefer_css_page_size=False).count(b"/Type /Page\n") == 1
