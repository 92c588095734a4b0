"""Results that come later, in a browser: what is typed after the close is told, kept on the page and not counted."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from learnapp.accounts.models import User
from learnapp.database.db import begin_write, db
from learnapp.groups.assignments.models import AFTER_RELEASE, Assignment
from learnapp.learning.models import Response
from learnapp.web import clock
from tests.browser.learner import FIRST, Site, begin, sign_up
from tests.browser.test_every_page import look, violations
from tests.factories.groups import AssignmentFactory, GroupFactory, MembershipFactory

DAY = timedelta(days=1)


def set_dates(site: Site, closes: datetime, release: datetime) -> None:
    with site.app.app_context():
        begin_write(db.session)
        db.session.execute(update(Assignment).values(closes=closes, release=release))
        db.session.commit()


@pytest.mark.long
def test_an_answer_after_the_close_is_told_and_stays_on_the_page(site: Site, page: Page, noticed: list[str]) -> None:
    sign_up(page, "Ben")
    now = clock.now()
    with site.app.app_context():
        group, ben = GroupFactory().id, db.session.scalars(select(User)).one().id
        MembershipFactory(group_id=group, user_id=ben, joined_at=now - 9 * DAY)
        lesson = FIRST.removeprefix("/modules/")
        AssignmentFactory(group_id=group, target=lesson, feedback=AFTER_RELEASE, closes=now + DAY)
    begin(page)
    attempt = page.url.partition("?")[0]
    expect(page.get_by_role("button", name="Keep my answer and go on")).to_be_visible()
    status = page.locator("[data-save-status]")
    page.locator("label.option").first.click()
    expect(status).to_contain_text("Saved at")
    seen: set[str] = set()
    paths = ["/", "/me", f"/groups/{group}", f"{FIRST}/quiz", attempt.removeprefix(site.url)]
    assert look(page, paths, seen) == []

    page.goto(attempt)
    expect(page.locator("label.option").first).to_be_visible()
    set_dates(site, now - timedelta(minutes=5), now + DAY)
    with site.app.app_context():  # what was answered came before that
        begin_write(db.session)
        db.session.execute(update(Response).values(saved_at=now - timedelta(minutes=6)))
        db.session.commit()
    page.locator("label.option").nth(1).click()
    expect(status).to_contain_text("Not saved. This quiz has closed. This answer came too late to count.")
    page.get_by_role("button", name="Keep my answer and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("This came too late to count.")
    expect(page.locator("label.option input").nth(1)).to_be_checked()
    assert violations(page, seen) == []
    page.locator(".place").evaluate("one => one.open = false")  # it was opened to be looked at
    page.get_by_role("link", name="See what is kept").click()
    expect(page.get_by_role("heading", name="Your answers are kept")).to_be_visible()
    assert look(page, paths, seen) == []

    set_dates(site, now - timedelta(minutes=5), now - timedelta(minutes=3))
    page.goto(attempt)
    expect(page.get_by_role("heading", name="Worth another look")).to_be_visible()
    assert all("409" in line for line in noticed)
    noticed.clear()
