"""Classes in a browser: their pages in every way, one made by keyboard alone, in the zone of the browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from learnapp.accounts.models import User
from learnapp.database.db import begin_write, db
from learnapp.groups.models import LEADER, Group
from learnapp.web import clock
from tests.browser.keyboard import ITSELF, tab_to
from tests.browser.learner import Site, sign_up
from tests.browser.test_every_page import look, violations
from tests.factories.accounts import UserFactory
from tests.factories.groups import AssignmentFactory, GroupFactory, InvitationFactory, MembershipFactory

KOREAN = "한국어로 된 아주 긴 학급 이름 " * 3


def teach(site: Site, page: Page) -> int:
    """Let Ada sign up as a teacher; return her number."""
    sign_up(page, "Ada")
    with site.app.app_context():
        begin_write(db.session)
        ada = db.session.scalars(select(User)).one()
        ada.role = "teacher"
        db.session.commit()
        return ada.id


def make_class(ada: int, *members: str, **about: object) -> int:
    """Give Ada a class of these members and another teacher's company."""
    group: int = GroupFactory(**about).id
    for user_id in (ada, UserFactory(role="coordinator").id):
        MembershipFactory(group_id=group, user_id=user_id, role=LEADER)
    for name in members:
        MembershipFactory(group_id=group, user_id=UserFactory(managed_by=group).id, full_name=name)
    return group


@pytest.mark.long
def test_the_page_of_a_class_holds_in_every_way(site: Site, page: Page) -> None:
    ada = teach(site, page)
    with site.app.app_context():
        group = make_class(ada, "Ben", name=KOREAN)
    assert look(page, [f"/groups/{group}", f"/groups/{group}/settings"], set()) == []


@pytest.mark.long
def test_pages_of_classes_hold_in_every_way(site: Site, page: Page, noticed: list[str]) -> None:
    seen: set[str] = set()
    ada, now = teach(site, page), clock.now()
    with site.app.app_context():
        group = make_class(ada, "Ben", "Bartholomäus-Maximilian von und zu Wolkenstein-Trostburg", name=KOREAN, band=14)
        old = make_class(ada, "Mina", archived_at=now - timedelta(days=380))
        alone = GroupFactory().id
        MembershipFactory(group_id=alone, user_id=ada, role=LEADER)
        InvitationFactory(group_id=make_class(UserFactory().id), user_id=ada, role=LEADER, in_place_of=ada)
        AssignmentFactory(group_id=group, due=now)
    pages = ["/groups", "/groups/new", "/account/data", f"/groups/{old}", f"/groups/{alone}/leaders"]
    parts = ("", "/settings", "/members", "/leaders", "/leaders/hand-over", "/duplicate", "/end")
    assert look(page, [*pages, *(f"/groups/{group}{part}" for part in parts)], seen) == []
    page.goto(f"/groups/{group}/members")
    for fold in page.locator("main summary").all():
        fold.click()
    assert violations(page, seen) == []
    page.goto(f"/groups/{group}/settings")
    page.get_by_label("Seats").fill("1")
    page.get_by_role("button", name="Keep these settings").click()
    expect(page.get_by_role("alert")).to_contain_text("More people than that are in it.")
    assert violations(page, seen) == []
    page.goto(f"/groups/{group}/settings")
    with site.app.app_context():
        begin_write(db.session)
        db.session.get_one(Group, group).version += 1
        db.session.commit()
    page.get_by_role("button", name="Keep these settings").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody else has changed it meanwhile")
    assert violations(page, seen) == []
    assert all("422" in line or "409" in line for line in noticed)
    noticed.clear()


@pytest.mark.long
def test_a_member_of_a_class_that_is_over_finds_what_to_do(site: Site, page: Page) -> None:
    sign_up(page, "Mina")
    with site.app.app_context():
        mina = db.session.scalars(select(User.id)).one()
        group = make_class(UserFactory().id, archived_at=clock.now())
        MembershipFactory(group_id=group, user_id=mina)
    assert look(page, ["/groups", f"/groups/{group}"], set()) == []


@pytest.mark.long
def test_a_class_is_made_by_keyboard_alone_in_the_zone_of_the_browser(
    site: Site, page: Page, open_device: Callable[..., Page]
) -> None:
    teach(site, page)
    there = open_device(timezone_id="Asia/Seoul", storage_state=page.context.storage_state())
    there.goto("/groups")
    there.get_by_role("link", name="Make a class").press("Enter")
    there.wait_for_url("**/groups/new")
    tab_to(there, there.get_by_label("Name").element_handle(), ITSELF, most=40)
    there.keyboard.type("9C")
    there.keyboard.press("Enter")
    expect(there.get_by_role("heading", name="9C")).to_be_visible()
    with site.app.app_context():
        made = db.session.scalars(select(Group)).one()
        assert (made.name, made.zone) == ("9C", "Asia/Seoul")
