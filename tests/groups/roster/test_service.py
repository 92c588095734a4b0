"""Accounts made in a group, cards for them, names and owners changed: by who leads it, for who is managed by it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from learnapp.accounts.errors import NameTaken, WrongPassword
from learnapp.accounts.models import LoginSession, PasswordReset, User
from learnapp.accounts.passwords import first, hashing, resets
from learnapp.database.db import db
from learnapp.groups.errors import GroupArchived, GroupFull
from learnapp.groups.models import MEMBER, Group, Membership
from learnapp.groups.roster import service
from learnapp.groups.roster.values import NewAccount
from learnapp.web.errors import NotFound
from tests.actors.groups import Class
from tests.actors.people import PASSWORD, People, hashed, sign_in
from tests.apps import NoThrottle

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
KEY = "k" * 43
pytestmark = pytest.mark.both_databases


def leader(people: People, of: Class) -> int:
    return people.get(of.leader).id


def make(people: People, of: Class, *names: str, full_name: str | None = "In the list") -> None:
    accounts = [NewAccount(name, full_name) for name in names]
    with people.app.app_context():
        try:
            service.make_accounts(db.session, of.id, leader(people, of), accounts, NOON)
            db.session.commit()
        finally:
            db.session.rollback()


def hand_out(people: People, of: Class, *user_ids: int, now: datetime = NOON, key: str = KEY) -> dict[int, str]:
    with people.app.app_context():
        try:
            service.hand_out_cards(db.session, of.id, leader(people, of), user_ids, key, now)
            db.session.commit()
        finally:
            db.session.rollback()
        return {card.user_id: card.secret for card in service.cards_of(db.session, of.id, key, now, now)}


def change(people: People, statement: Any) -> None:
    with people.app.app_context():
        db.session.connection()
        with db.engine.begin() as connection:
            connection.execute(statement)


def test_accounts_are_made_as_learners_whom_the_group_manages_and_who_cannot_sign_in_yet(people: People) -> None:
    class_9c = Class(people, band=14)
    make(people, class_9c, "ben.l", "cleo.k")
    ben = people.get("ben.l")
    assert (ben.role, ben.managed_by, ben.password_hash, ben.group_band) == ("learner", class_9c.id, None, 14)
    assert class_9c.members() == {"ben.l", "cleo.k"}
    with people.app.app_context():
        rows = db.session.scalars(select(Membership).where(Membership.role == MEMBER)).all()
        assert {row.full_name for row in rows} == {"In the list"}
    assert sign_in(people.browser(), "ben.l", "").status_code == 422


def test_a_pseudonymous_group_keeps_no_name_of_a_list(people: People) -> None:
    class_9c = Class(people, pseudonymous=True)
    make(people, class_9c, "quiet-lamp", full_name="Benjamin Canary")
    with people.app.app_context():
        assert db.session.scalars(select(Membership.full_name)).all() == [None, None]


def test_all_accounts_are_made_or_none(people: People) -> None:
    class_9c = Class(people, seats=3)
    people.add("Cleo")
    with pytest.raises(NameTaken):
        make(people, class_9c, "ben.l", "CLEO")
    with pytest.raises(NameTaken):
        make(people, class_9c, "ben.l", "ben.I")
    with pytest.raises(GroupFull):
        make(people, class_9c, "one.a", "two.b", "three.c", "four.d")
    assert class_9c.members() == set()
    make(people, class_9c, "one.a", "two.b", "three.c")
    with pytest.raises(GroupFull):
        make(people, class_9c, "four.d")
    change(people, update(Group).values(archived_at=NOON, seats=10))
    with pytest.raises(GroupArchived):
        make(people, class_9c, "four.d")
    assert len(class_9c.members()) == 3


@pytest.mark.both_databases(always=True)
def test_of_many_who_make_accounts_at_once_no_one_gets_a_seat_too_many(people: People) -> None:
    class_9c = Class(people, seats=5)

    def one(number: int) -> bool:
        try:
            make(people, class_9c, f"a{number}.x", f"b{number}.x")
        except GroupFull:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(one, range(6))) == 2
    assert len(class_9c.members()) == 4


def test_whoever_leads_it_no_longer_changes_nothing(people: People, class_9c: Class) -> None:
    ben = class_9c.managed("Ben")
    change(people, update(Membership).where(Membership.role == "leader").values(role=MEMBER))
    for act in (
        lambda: make(people, class_9c, "dora.d"),
        lambda: hand_out(people, class_9c, ben),
        lambda: rename(people, class_9c, ben, "Benno"),
    ):
        with pytest.raises(NotFound):
            act()
    assert people.get("Ben").password_hash is None


def test_a_card_lets_in_for_a_day_and_ends_what_was_before(people: People, class_9c: Class) -> None:
    ben = class_9c.managed("Ben", password_hash=hashed(), failed_in_a_row=100)
    with people.app.app_context():
        link = resets.create_link(db.session, ben, NOON, timedelta(hours=1))
        db.session.commit()
    now = datetime.now(UTC)
    secret = hand_out(people, class_9c, ben, now=now)[ben]
    assert len(secret.split("-")) == first.WORDS_EACH
    assert people.get("Ben").secret_expires_at == now + timedelta(hours=24)
    assert sign_in(people.browser(), "Ben", PASSWORD).status_code == 422
    assert sign_in(people.browser(), "Ben", secret).status_code == 302
    hand_out(people, class_9c, ben, key="l" * 43)
    with people.app.app_context():
        assert db.session.query(LoginSession).filter_by(user_id=ben).count() == 0
        assert db.session.scalars(select(PasswordReset.used_at)).all() != [None]
        assert link


@pytest.mark.parametrize("kind", ["joined", "of another group", "has left", "nobody", "made their own"])
def test_nobody_gets_a_card_whom_the_group_does_not_manage(people: People, class_9c: Class, kind: str) -> None:
    ben, other = class_9c.managed("Ben"), Class(people)
    cleo = people.add("Cleo", managed_by={"of another group": other.id, "has left": class_9c.id}.get(kind))
    if kind != "has left":
        class_9c.take_in("Cleo")
    wanted = 4711 if kind == "nobody" else cleo
    if kind == "made their own":
        change(people, update(User).where(User.id == cleo).values(managed_by=None))
    for user_ids in ([wanted], [ben, wanted]):
        with pytest.raises(NotFound):
            hand_out(people, class_9c, *user_ids)
    with pytest.raises(NotFound):
        rename(people, class_9c, wanted, "Another")
    assert people.get("Ben").password_hash is None
    assert people.get("Cleo").password_hash == hashed()


def test_cards_are_the_same_from_the_same_form_while_they_work_and_never_from_another(
    people: People, class_9c: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben, cleo = class_9c.managed("Ben"), class_9c.managed("Cleo")
    made = hand_out(people, class_9c, ben, cleo)

    def again(key: str = KEY, now: datetime = NOON) -> dict[int, str]:
        with people.app.app_context():
            return {card.user_id: card.secret for card in service.cards_of(db.session, class_9c.id, key, NOON, now)}

    assert again() == made
    assert again(key="l" * 43) == {}
    assert again(now=NOON + timedelta(hours=24)) == {}
    monkeypatch.setitem(people.app.config, "SECRET_KEY", "another secret of thirty-two letters")
    assert again() == {}
    monkeypatch.undo()
    change(people, update(User).where(User.id == cleo).values(secret_expires_at=None))  # chose an own password
    assert again() == {ben: made[ben]}


def rename(people: People, of: Class, user_id: int, name: str) -> None:
    with people.app.app_context():
        try:
            service.rename(db.session, of.id, leader(people, of), user_id, name)
            db.session.commit()
        finally:
            db.session.rollback()


def test_a_leader_gives_another_user_name(people: People, class_9c: Class) -> None:
    ben = class_9c.managed("Ben", password_hash=hashed())
    people.add("Cleo")
    with pytest.raises(NameTaken):
        rename(people, class_9c, ben, "CIeo")
    rename(people, class_9c, ben, "Benno")
    assert sign_in(people.browser(), "benno").status_code == 302
    assert sign_in(people.browser(), "Ben").status_code == 422


def test_whoever_takes_their_account_over_is_managed_by_nobody_from_then_on(people: People, class_9c: Class) -> None:
    ben = class_9c.managed("Ben", password_hash=hashed())
    with people.app.app_context():
        with pytest.raises(WrongPassword):
            service.give_away(db.session, ben, "a wrong one", throttle=NoThrottle())
        service.give_away(db.session, ben, PASSWORD, throttle=NoThrottle())
        db.session.commit()
    assert people.get("Ben").managed_by is None
    with pytest.raises(NotFound):
        hand_out(people, class_9c, ben)


def test_no_connection_is_held_while_cards_are_hashed(
    people: People, class_9c: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben, held = class_9c.managed("Ben"), []
    real = hashing.hash_password

    def look(typed: str) -> str:
        held.append(db.session().in_transaction())
        return real(typed)

    monkeypatch.setattr(hashing, "hash_password", look)
    hand_out(people, class_9c, ben)
    assert held == [False]
