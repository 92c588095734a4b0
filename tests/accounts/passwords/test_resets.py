"""Links to choose a new password: short-lived, used once, ending every session."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from learnapp.accounts import service as accounts
from learnapp.accounts import sessions
from learnapp.accounts.errors import InvalidInput, LinkEnded, WrongPassword
from learnapp.accounts.models import LoginSession, PasswordReset, User
from learnapp.accounts.passwords import hashing, resets, service
from learnapp.database.db import db
from tests.actors.people import OTHER, PASSWORD, People, hashed
from tests.apps import NoThrottle

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
pytestmark = [pytest.mark.usefixtures("db_session"), pytest.mark.both_databases]


def ask(typed: str = "Ben", now: datetime = NOW) -> list[tuple[User, str]]:
    links = resets.request_links(db.session, typed, now)
    db.session.commit()
    return [(user, token) for user, token in links if user]


def only_token(typed: str = "Ben") -> str:
    ((_user, token),) = ask(typed)
    return token


def use(token: str, new: str = OTHER, now: datetime = NOW) -> None:
    resets.reset_password(db.session, token, new, now)
    db.session.commit()


@pytest.mark.parametrize(
    "typed",
    ["ben", "BEN\u200b", "Ben@Example.ORG", " ben@example.org ", "ben＠example.org", "\u202aben﹫example.org\u202c"],
)
def test_a_name_or_an_address_finds_the_account(people: People, typed: str) -> None:
    ben = people.add("Ben", email="ben@example.org")
    ((user, _token),) = ask(typed)
    assert (user.id, user.name, user.email) == (ben, "Ben", "ben@example.org")


@pytest.mark.parametrize("typed", ["Ada", "Cleo", "eve@example.org", "", "\x00", "@", "x" * 100_000])
def test_nobody_and_somebody_without_an_address_get_no_link(people: People, typed: str) -> None:
    people.add("Ada")
    people.add("Ben", email="ben@example.org")
    assert ask(typed) == []
    assert db.session.scalars(select(PasswordReset.user_id)).all() == [None]


def test_an_address_that_a_family_shares_gets_a_link_for_each(people: People) -> None:
    people.add("Ben", email="home@example.org")
    people.add("Ada", email="HOME@example.org")
    assert [user.name for user, _token in ask("home@example.org")] == ["Ben", "Ada"]


def test_only_the_hash_of_a_link_is_kept(people: People) -> None:
    people.add("Ben", email="ben@example.org")
    token = only_token()
    row = db.session.scalars(select(PasswordReset)).one()
    assert row.token_hash == sessions.token_hash(token)
    assert row.expires_at - row.created_at == 10 * MINUTE


def test_an_address_that_nobody_confirmed_gets_no_link(people: People) -> None:
    people.add("Ben", email="ben@example.org", email_confirmed_at=None)
    assert ask("Ben") == ask("ben@example.org") == []


def test_an_address_is_one_however_its_domain_is_written(people: People) -> None:
    people.add("Ben", email="ben@xn--bcher-kva.example")
    assert ask("Ben@bücher.example")
    assert ask("BEN@BÜCHER.example")


def test_a_link_sets_the_password_unlocks_and_ends_every_session(people: People) -> None:
    ben = people.add("Ben", email="ben@example.org", failed_in_a_row=100)
    sessions.open_session(db.session, ben, NOW)
    db.session.commit()
    token = only_token()
    use(token)
    assert people.count(LoginSession) == 0
    kept = people.get("Ben")
    assert hashing.verify(kept.password_hash, OTHER)
    assert kept.failed_in_a_row == 0
    accounts.sign_in(db.session, "Ben", OTHER, NOW, NoThrottle(), "192.0.2.7")


def test_a_link_works_once_and_takes_its_sisters_with_it(people: People) -> None:
    people.add("Ben", email="ben@example.org")
    first, second = only_token(), only_token()
    use(first)
    for token in (first, second):
        with pytest.raises(LinkEnded):
            use(token, PASSWORD)
    assert hashing.verify(people.get("Ben").password_hash, OTHER)


@pytest.mark.parametrize(("after", "works"), [(10 * MINUTE - timedelta(seconds=1), True), (10 * MINUTE, False)])
def test_a_link_works_for_ten_minutes(people: People, after: timedelta, works: bool) -> None:
    people.add("Ben", email="ben@example.org")
    token = only_token()
    if works:
        assert resets.find_link_owner(db.session, token, NOW + after).name == "Ben"
        return
    with pytest.raises(LinkEnded):
        resets.find_link_owner(db.session, token, NOW + after)
    with pytest.raises(LinkEnded):
        use(token, now=NOW + after)


def test_a_made_up_link_is_as_one_that_has_ended() -> None:
    for token in ("", "x" * 43, "\x00"):
        with pytest.raises(LinkEnded):
            resets.find_link_owner(db.session, token, NOW)


def test_a_refused_password_leaves_the_link_as_it_was(people: People) -> None:
    people.add("Ada", role="teacher", email="ada@example.org")
    token = only_token("Ada")
    with pytest.raises(InvalidInput, match="too_short"):
        use(token, "twelve chars")
    assert resets.find_link_owner(db.session, token, NOW).is_staff
    use(token, OTHER)


@pytest.mark.both_databases(always=True)
def test_of_ten_who_use_a_link_at_once_one_sets_the_password(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = hashed(OTHER)
    monkeypatch.setattr(hashing, "hash_password", lambda _: kept)
    people.add("Ben", email="ben@example.org")
    token = only_token()
    start = threading.Barrier(10)

    def race(_: int) -> bool:
        with people.app.app_context():
            start.wait()
            try:
                resets.reset_password(db.session, token, OTHER, NOW)
                db.session.commit()
            except LinkEnded:
                return False
            return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(race, range(10))) == 1


def test_a_new_password_by_other_ways_ends_links_too(people: People) -> None:
    ben = people.add("Ben", email="ben@example.org")
    token = only_token()
    service.change_password(db.session, ben, PASSWORD, OTHER, NOW, throttle=NoThrottle())
    db.session.commit()
    with pytest.raises(LinkEnded):
        use(token)


def test_links_are_deleted_a_day_after_they_ended(people: People) -> None:
    people.add("Ben", email="ben@example.org")
    ask()
    ask(now=NOW + timedelta(hours=2))
    assert resets.purge_reset_links(db.session, NOW + timedelta(hours=25)) == 1
    db.session.commit()
    assert people.count(PasswordReset) == 1


def test_guests_have_no_password_to_reset(people: People) -> None:
    db.session.add(User(role="guest", email="g@example.org", email_key="g@example.org", created_at=NOW, seen_at=NOW))
    db.session.commit()
    with pytest.raises(WrongPassword):
        accounts.sign_in(db.session, "", "", NOW, NoThrottle(), "192.0.2.7")
