"""Links that confirm an address: for this address, once, within a day."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from learnapp.accounts.email import confirmations
from learnapp.accounts.errors import LinkEnded
from learnapp.accounts.models import EmailConfirmation, User
from learnapp.database.db import db
from tests.actors.people import People

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DAY = timedelta(hours=24)
HOME = "home@example.org"
pytestmark = [pytest.mark.usefixtures("db_session"), pytest.mark.both_databases]


@pytest.fixture
def ben(people: People) -> int:
    """Give the id of an account with an address that is not confirmed yet."""
    return people.add("Ben", email=HOME, email_confirmed_at=None)


def ask(user_id: int, now: datetime = NOON) -> str:
    found = confirmations.create_confirmation(db.session, user_id, now)
    assert found is not None
    db.session.commit()
    return found[1]


def confirm(token: str, now: datetime = NOON) -> None:
    confirmations.confirm_address(db.session, token, now)
    db.session.commit()


def confirmed_at() -> datetime | None:
    return db.session.scalars(select(User.email_confirmed_at)).one()


def links() -> int:
    return db.session.query(EmailConfirmation).count()


@pytest.mark.both_databases(always=True)
def test_a_link_confirms_its_address_once(ben: int) -> None:
    token = ask(ben)
    assert confirmations.find_address(db.session, token, NOON) == HOME
    assert confirmed_at() is None
    confirm(token)
    assert (confirmed_at(), links()) == (NOON, 0)
    with pytest.raises(LinkEnded):
        confirm(token)


def test_a_link_ends_after_a_day(ben: int) -> None:
    token = ask(ben)
    assert confirmations.find_address(db.session, token, NOON + DAY - timedelta(seconds=1)) == HOME
    for use in (confirmations.find_address, confirmations.confirm_address):
        with pytest.raises(LinkEnded):
            use(db.session, token, NOON + DAY)
    assert confirmed_at() is None


def test_a_link_of_an_address_that_was_changed_behind_it_confirms_nothing(ben: int) -> None:
    token = ask(ben)
    db.session.execute(update(User).values(email_key="eve@example.org"))
    db.session.commit()
    with pytest.raises(LinkEnded):
        confirm(token)
    db.session.rollback()
    assert (confirmed_at(), links()) == (None, 1)


@pytest.mark.parametrize("token", ["", "x", "\x00", "x" * 10_000])
def test_what_is_no_link_confirms_nothing(ben: int, token: str) -> None:
    ask(ben)
    with pytest.raises(LinkEnded):
        confirm(token)


def test_where_nothing_is_to_be_confirmed_no_link_is_made(people: People) -> None:
    without, already = people.add("Ada"), people.add("Ben", email=HOME)
    for user_id in (without, already, 999_999):
        assert confirmations.create_confirmation(db.session, user_id, NOON) is None
    assert links() == 0


def test_links_that_have_ended_are_purged(ben: int) -> None:
    for hours in (0, 1, 2):
        ask(ben, NOON + timedelta(hours=hours))
    assert confirmations.purge_confirmations(db.session, NOON + DAY + timedelta(hours=1)) == 2
    db.session.commit()
    assert links() == 1
