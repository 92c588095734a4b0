"""Classes in tests: one of Ada's with its code, people who come in, and what is stored of them."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import count
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from learnapp.accounts.models import User
from learnapp.database.db import AnySession, db
from learnapp.groups.membership.codes import make_code
from learnapp.groups.models import LEADER, MEMBER, Membership
from tests.actors.people import People, open_login
from tests.factories.groups import GroupCodeFactory, GroupFactory, MembershipFactory

NUMBERS = count(1)


def band_of(session: AnySession, user_id: int) -> int | None:
    """Return the age group that a person has of their groups, as it is stored."""
    return session.scalar(select(User.group_band).where(User.id == user_id))


def class_with_ben(people: People) -> tuple[FlaskClient, int, int]:
    """Make a class of Ada's with Ben in it; return his browser, his number, and that of the class."""
    ben = people.signed_in("Ben")
    people.add("Ada", "teacher")
    with people.app.app_context():
        group, user_id = GroupFactory().id, people.get("Ben").id
        MembershipFactory(group_id=group, user_id=people.get("Ada").id, role=LEADER)
        MembershipFactory(group_id=group, user_id=user_id, role=MEMBER)
    return ben, user_id, group


class Class:
    """A class of an Ada's (`leader`), with a code to join by."""

    def __init__(self, people: People, **about: Any) -> None:
        number = next(NUMBERS)
        self.people, self.code, self.leader = people, make_code(number * 987_654_321), f"Ada {number}"
        people.add(self.leader, "teacher")
        with people.app.app_context():
            self.id: int = GroupFactory(**about).id
            leader = people.get(self.leader).id
            MembershipFactory(group_id=self.id, user_id=leader, role=LEADER)
            now = datetime.now(UTC)
            GroupCodeFactory(group_id=self.id, code=self.code, created_at=now, expires_at=now + timedelta(days=14))

    @cached_property
    def ada(self) -> FlaskClient:
        """Return a browser in which she is signed in."""
        browser = self.people.browser()
        open_login(browser, self.people.get(self.leader).id)
        return browser

    def take_in(self, name: str, **about: Any) -> None:
        """Make an account a member."""
        with self.people.app.app_context():
            MembershipFactory(group_id=self.id, user_id=self.people.get(name).id, **about)

    def members(self) -> set[str]:
        """Return the names of the accounts that are members."""
        with self.people.app.app_context():
            of_group = (Membership.group_id == self.id) & (Membership.role == MEMBER)
            return set(db.session.scalars(select(User.name).join(Membership).where(of_group)))

    def managed(self, name: str = "Ben", **about: Any) -> int:
        """Make an account that this class manages, without a card; return its id."""
        user_id = self.people.add(name, **{"password_hash": None, "managed_by": self.id, **about})
        self.take_in(name)
        return user_id

    def path(self, rest: str = "") -> str:
        """Return an address below that of the accounts of this class."""
        return f"/groups/{self.id}/accounts{rest}"

    def cards(self, who: str = "without", key: str = "k" * 43, users: Iterable[Any] = (), **more: str) -> TestResponse:
        """Have the leader make login cards; `users` are those whom they tick."""
        ticked = {f"user-{user}": "on" for user in users}
        return self.ada.post(self.path("/cards"), data={"who": who, "form_key": key, **ticked, **more})


def secrets_on(page: TestResponse) -> dict[str, str]:
    """Return the first passwords on a page of cards, by user names."""
    names = re.findall(r"User name: <b translate=\"no\"><bdi>([^<]*)<", page.text)
    words = re.findall(r"class=\"firstwords\" translate=\"no\">([^<]*)<", page.text)
    return dict(zip(names, words, strict=True))


def type_code(browser: FlaskClient, code: str, **more: Any) -> TestResponse:
    """Send a code at the page for joining."""
    return browser.post("/join", data={"code": code}, **more)


def join_class(browser: FlaskClient, code: str) -> TestResponse:
    """Come in by a code, as somebody with an account does: type it, then confirm."""
    assert type_code(browser, code).location == "/join/confirm"
    return browser.post("/join/confirm")
