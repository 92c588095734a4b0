"""Assignments in a browser: pages of leaders and members in every way, by keyboard alone, and without a script."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from learnapp.accounts.models import User
from learnapp.database.db import begin_write, db
from learnapp.groups.assignments.models import Assignment
from learnapp.groups.models import LEADER
from learnapp.web import clock
from tests.browser.keyboard import BY_ID, BY_WORDS, tab_to
from tests.browser.learner import FIRST, Site, begin, sign_up
from tests.browser.test_every_page import look, violations
from tests.factories.accounts import UserFactory
from tests.factories.groups import AssignmentFactory, ExtensionFactory, GroupFactory, MembershipFactory

LESSON = FIRST.removeprefix("/modules/")
DAY = timedelta(days=1)


def lead(site: Site, page: Page, *members: str) -> tuple[int, list[int]]:
    """Let Ada sign up as a teacher with a class of these members; return the numbers of both."""
    sign_up(page, "Ada")
    with site.app.app_context():
        begin_write(db.session)
        ada = db.session.scalars(select(User)).one()
        ada.role = "teacher"
        db.session.commit()
        group = GroupFactory().id
        MembershipFactory(group_id=group, user_id=ada.id, role=LEADER)
        ids = [UserFactory(name=name).id for name in members]
        for user_id in ids:
            MembershipFactory(group_id=group, user_id=user_id)
    return group, ids


def ask(site: Site, group: int, **about: object) -> int:
    with site.app.app_context():
        return int(AssignmentFactory(**{"group_id": group, "target": LESSON, **about}).id)


@pytest.mark.long
def test_pages_of_leaders_hold_in_every_way(site: Site, page: Page, noticed: list[str]) -> None:
    seen: set[str] = set()
    group, (ben, mina) = lead(site, page, "Ben", "Mina Longername-Okonkwo")
    now = clock.now()
    one = ask(site, group, opens=now - DAY, due=now + DAY, closes=now + 2 * DAY, tries=2)
    ask(site, group, target_kind="module", target="cut-off", state="draft")
    ask(site, group, target_kind="review", target="review", state="archived")
    with site.app.app_context():
        ExtensionFactory(assignment_id=one, user_id=ben, due=now + 3 * DAY, extra_tries=1, reason="ill")
        ExtensionFactory(assignment_id=one, user_id=mina, excused=True)
    address = f"/groups/{group}/assignments"
    pages = [
        f"/groups/{group}",
        *(f"{address}/new", f"{address}/{one}", f"{address}/{one}/edit", f"{address}/{one}/copy"),
        *(f"{address}/{one}/members/{ben}", f"/groups/{group}/members/{ben}/days"),
    ]
    assert look(page, pages, seen) == []
    page.goto(f"{address}/new")
    page.get_by_role("button", name="Assign it").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what you assign.")
    assert violations(page, seen) == []
    page.goto(f"{address}/{one}/edit")
    with site.app.app_context():
        begin_write(db.session)
        db.session.get_one(Assignment, one).version += 1
        db.session.commit()
    page.get_by_role("button", name="Keep the change").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody else changed it meanwhile")
    assert violations(page, seen) == []
    assert all("422" in line or "409" in line for line in noticed)
    noticed.clear()


@pytest.mark.long
def test_pages_of_members_hold_in_every_way(site: Site, page: Page) -> None:
    sign_up(page, "Ben")
    begin(page)
    attempt = page.url.removeprefix(site.url).partition("?")[0]
    now = clock.now()
    with site.app.app_context():
        group, ben = GroupFactory().id, db.session.scalars(select(User)).one().id
        MembershipFactory(group_id=group, user_id=ben, joined_at=now - 9 * DAY, help_asked_at=now)
    ask(site, group, due=now - DAY, tries=2)
    ask(site, group, closes=now - timedelta(hours=1))
    ask(site, group, target_kind="module", target="cut-off", due=now + DAY)
    paths = ["/", "/me", f"/groups/{group}", FIRST, f"{FIRST}/quiz", attempt]
    assert look(page, paths, set()) == []


@pytest.mark.long
def test_a_lesson_is_assigned_by_keyboard_alone(site: Site, page: Page) -> None:
    group, _members = lead(site, page, "Ben")
    page.goto(f"/groups/{group}")
    tab_to(page, "Assign something", BY_WORDS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/assignments/new")
    tab_to(page, "target", BY_ID)
    page.keyboard.type("1.1")
    tab_to(page, "due_on", BY_ID)
    page.keyboard.type("12062030")
    tab_to(page, "due_at", BY_ID)
    page.keyboard.type("0600PM")
    tab_to(page, "Assign it", BY_WORDS)
    page.keyboard.press("Enter")
    expect(page.get_by_text("It is assigned.")).to_be_visible()
    with site.app.app_context():
        stored = db.session.scalars(select(Assignment)).one()
        assert (stored.target, stored.due) == (LESSON, datetime(2030, 12, 6, 17, tzinfo=UTC))


@pytest.mark.long
def test_without_a_script_a_lesson_is_assigned_to_one_with_a_later_date(
    site: Site, page: Page, open_device: Callable[..., Page]
) -> None:
    group, (ben,) = lead(site, page, "Ben")
    plain = open_device(java_script_enabled=False, storage_state=page.context.storage_state())
    plain.goto(f"/groups/{group}/assignments/new")
    plain.get_by_label("What").select_option(f"lesson:{LESSON}")
    plain.get_by_text("Some of them").click()
    plain.get_by_text("Ben").click()
    plain.locator("#due_on").fill("2030-12-06")
    plain.get_by_role("button", name="Assign it").click()
    expect(plain.get_by_text("It is assigned.")).to_be_visible()
    plain.get_by_role("link", name="Other dates for Ben").click()
    plain.locator("#due_on").fill("2030-12-09")
    plain.get_by_label("Reason").select_option("ill")
    plain.get_by_role("button", name="Keep these dates").click()
    expect(plain.get_by_text("Due Monday, 9 December 2030.")).to_be_visible()
    with site.app.app_context():
        assert not db.session.scalars(select(Assignment)).one().for_all
    assert ben
