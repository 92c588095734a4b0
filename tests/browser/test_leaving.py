"""The way out: on every page, with and without scripts, by keyboard, and not to be undone by Back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from tests.browser.learner import FIRST, Site
from tests.shares import left


def open_elsewhere(route: Route) -> None:
    """Answer for the other site, which tests do not ask."""
    route.fulfill(body="<title>Elsewhere</title>", content_type="text/html")


@pytest.mark.parametrize("scripts", [True, left(False)], ids=["scripts", "no-scripts"])
def test_the_way_out_leads_elsewhere_at_once(
    site: Site, open_device: Callable[..., Page], noticed: list[str], scripts: bool
) -> None:
    page = open_device(java_script_enabled=scripts)
    target = site.app.config["SETTINGS"].leave_url
    page.route(target, open_elsewhere)
    page.goto("/")
    page.goto(FIRST)
    page.get_by_role("link", name="Leave this site").press("Enter")
    page.wait_for_url(target)
    assert page.title() == "Elsewhere"
    if scripts:
        page.go_back()
        assert page.url == f"{site.url}/"
    assert noticed == [f"other host: {target}"]
    noticed.clear()


@pytest.mark.long
def test_escape_three_times_is_the_way_out(site: Site, page: Page, noticed: list[str]) -> None:
    target = site.app.config["SETTINGS"].leave_url
    page.route(target, open_elsewhere)
    page.goto(FIRST)
    for _press in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url(target)
    assert noticed == [f"other host: {target}"]
    noticed.clear()
