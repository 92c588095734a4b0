"""A shared computer: reading leaves nothing behind, what a guest left is asked about, and can be forgotten."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.actors.people import People, hashed
from tests.browser.learner import FIRST, PASSWORD, Site, begin

SCROLL_THERE = """one => new Promise((done) => {
  addEventListener("scroll", done, { once: true });
  one.scrollIntoView({ block: "start", behavior: "instant" });
})"""
FORGET = "Forget what I did here"


@pytest.mark.long
def test_whoever_only_reads_finds_the_place_again_in_the_tab_and_nothing_is_kept(
    site: Site, open_device: Callable[..., Page]
) -> None:
    page = open_device(fresh=True)
    page.clock.install()
    page.goto(FIRST)
    expect(page.get_by_role("link", name="Go on from there")).to_be_hidden()
    middle = page.locator(".lesson .para [id^=p]").nth(6)
    middle.evaluate(SCROLL_THERE)
    page.clock.run_for(3000)  # who only scrolls past has not read it
    page.goto("/support")
    page.goto(FIRST)
    page.get_by_role("link", name="Go on from there").click()
    expect(page).to_have_url(re.compile(f"#{middle.get_attribute('id')}$"))
    expect(page.get_by_role("link", name=FORGET)).to_have_count(0)
    assert site.people() == 0


@pytest.mark.long
def test_one_leaves_what_another_did_and_that_one_has_it_forgotten(site: Site, page: Page) -> None:
    People(site.app).add("Ben", password_hash=hashed(PASSWORD))
    begin(page)
    page.evaluate("localStorage.setItem('learnapp.unsaved.1.x', '{}')")

    page.goto("/account/sign-in")
    page.get_by_label("User name").fill("Ben")
    page.get_by_label(re.compile("^Password")).first.fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Somebody learned here before you signed in")
    expect(page.get_by_label("No, or I do not know")).to_be_checked()
    page.get_by_role("button", name="Go on").dblclick()
    page.wait_for_url(f"{site.url}/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_text("You are signed out")).to_be_visible()
    assert site.people() == 2

    page.get_by_role("link", name=FORGET).click()
    page.get_by_role("button", name="Forget everything").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Everything is deleted")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    expect(page.get_by_role("link", name=FORGET)).to_have_count(0)
    assert site.people() == 1
