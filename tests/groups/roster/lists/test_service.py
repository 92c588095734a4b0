"""Lists carried out: as shown or not at all, once, again without a change, and taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select, update

from learnapp.accounts.models import User
from learnapp.accounts.passwords.service import choose_own_password, hand_out_password
from learnapp.database.db import db
from learnapp.groups.errors import GroupArchived
from learnapp.groups.models import MEMBER, Group, Invitation, Membership
from learnapp.groups.roster import service as roster
from learnapp.groups.roster.lists import service, store
from learnapp.groups.roster.lists.errors import ListEnded
from learnapp.groups.roster.lists.preview import HERE, NEW, WAITING
from learnapp.groups.roster.lists.reading.files import read_list
from learnapp.groups.roster.lists.values import ListAnswers, ListPreview, PeopleList
from learnapp.groups.roster.models import RosterImport
from learnapp.groups.roster.values import NewAccount
from tests.actors.groups import Class
from tests.actors.people import People, hashed
from tests.groups.roster.lists.samples import SAMPLES, lines

pytestmark = pytest.mark.both_databases
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MOODLE = SAMPLES["moodle"].content


class Ada:
    """Ada with the lists of her class, on the level of services."""

    def __init__(self, people: People, of: Class) -> None:
        self.people, self.of, self.id = people, of, people.get(of.leader).id

    def stage(self, content: bytes = MOODLE, now: datetime = NOON) -> int:
        found = read_list(content, ListAnswers())
        assert isinstance(found, PeopleList)
        with self.people.app.app_context():
            number = service.stage_list(db.session, self.of.id, self.id, found, now)
            db.session.commit()
            return number

    def look(self, number: int, now: datetime = NOON) -> ListPreview:
        with self.people.app.app_context():
            staged = store.find_staged(db.session, self.of.id, self.id, number, now)
            assert staged is not None
            return service.preview_list(db.session, self.of.id, staged, now)

    def apply(self, number: int, digest: str | None = None, now: datetime = NOON) -> bool:
        digest = self.look(number, now).digest if digest is None else digest
        with self.people.app.app_context():
            try:
                carried_out = service.apply_list(db.session, self.of.id, self.id, number, digest, now)
                db.session.commit()
                return carried_out
            finally:
                db.session.rollback()

    def undo(self, number: int, now: datetime = NOON) -> list[int]:
        with self.people.app.app_context():
            try:
                deleted = service.undo_list(db.session, self.of.id, self.id, number, now)
                db.session.commit()
                return deleted
            finally:
                db.session.rollback()

    def change(self, statement: object) -> None:
        with self.people.app.app_context():
            db.session.execute(statement)  # type: ignore[call-overload]
            db.session.commit()

    def invited(self) -> list[tuple[str, str | None]]:
        with self.people.app.app_context():
            query = select(User.name, Invitation.full_name).join(Invitation, Invitation.user_id == User.id)
            return [(row.name, row.full_name) for row in db.session.execute(query.order_by(User.name))]


@pytest.fixture
def ada(people: People, class_9c: Class) -> Ada:
    """Give Ada with her class."""
    return Ada(people, class_9c)


def counts(preview: ListPreview) -> dict[str, int]:
    return {row.outcome: preview.count(row.outcome) for row in preview.rows}


def test_a_list_makes_accounts_that_the_class_manages(ada: Ada) -> None:
    ada.apply(ada.stage())
    assert ada.of.members() == {"mina", "ola"}
    mina = ada.people.get("mina")
    assert (mina.managed_by, mina.email, mina.password_hash) == (ada.of.id, None, None)
    with ada.people.app.app_context():
        names = set(db.session.scalars(select(Membership.full_name).where(Membership.role == MEMBER)))
    assert names == {"Mina Kaya", "Ola Berg"}


def test_the_same_list_again_changes_nothing(ada: Ada) -> None:
    ada.apply(ada.stage())
    before = {name: ada.people.get(name).id for name in ada.of.members()}
    again = ada.stage()
    assert counts(ada.look(again)) == {HERE: 2}
    ada.apply(again)
    assert {name: ada.people.get(name).id for name in ada.of.members()} == before


def test_people_are_known_again_after_the_app_got_a_new_secret(ada: Ada, monkeypatch: pytest.MonkeyPatch) -> None:
    ada.apply(ada.stage())
    secret = ada.people.app.config["SECRET_KEY"]
    monkeypatch.setitem(ada.people.app.config, "SECRET_KEY", "another" * 8)
    assert counts(ada.look(ada.stage(SAMPLES["kolibri"].content))) != {HERE: 2}
    monkeypatch.setitem(ada.people.app.config, "SECRET_KEY_FALLBACKS", [secret])
    without_names = MOODLE.replace(b"mina,Mina", b"m4,Mina").replace(b"ola,Ola", b"o4,Ola")
    assert counts(ada.look(ada.stage(without_names))) == {HERE: 2}


def test_keys_say_nothing_and_differ_from_class_to_class(people: People, class_9c: Class) -> None:
    first, second = Ada(people, class_9c), Ada(people, Class(people))
    first.apply(first.stage())
    second.apply(second.stage(MOODLE.replace(b"mina,", b"mina2,").replace(b"ola,", b"ola2,")))
    with people.app.app_context():
        keys = list(db.session.scalars(select(Membership.list_key).where(Membership.list_key.is_not(None))))
    assert len(set(keys)) == 4
    assert not any("@" in str(key) or "mina" in str(key) for key in keys)


def test_accounts_that_exist_are_invited_and_never_taken_in(ada: Ada) -> None:
    ada.people.add("Mina's own", email="MINA@school.example")
    ada.people.add("Ola")
    ada.apply(ada.stage())
    assert ada.of.members() == set()
    assert ada.invited() == [("Mina's own", "Mina Kaya"), ("Ola", "Ola Berg")]
    assert counts(ada.look(ada.stage())) == {WAITING: 2}


def test_an_address_that_was_never_confirmed_invites_nobody(ada: Ada) -> None:
    ada.people.add("Stranger", email="mina@school.example", email_confirmed_at=None)
    assert counts(ada.look(ada.stage())) == {NEW: 2}


def test_whoever_came_by_the_code_is_here_already(ada: Ada) -> None:
    ada.people.add("Own", email="mina@school.example")
    ada.of.take_in("Own")
    preview = ada.look(ada.stage())
    assert counts(preview) == {HERE: 1, NEW: 1}
    assert preview.absent == frozenset()


def test_who_is_not_in_the_file_stays(ada: Ada) -> None:
    ada.people.add("Ray")
    ada.of.take_in("Ray")
    number = ada.stage()
    assert ada.look(number).absent == {ada.people.get("Ray").id}
    ada.apply(number)
    assert ada.of.members() == {"Ray", "mina", "ola"}


def test_names_that_others_have_or_that_look_alike_get_a_number(ada: Ada) -> None:
    ada.people.add("0la")  # looks like ola
    ada.people.add("mina.k")
    content = lines("username,firstname,lastname,email", "teacher,Mina,Kaya,", "ola,Ola,Berg,", "x,Mina,Kurt,")
    ada.apply(ada.stage(content))
    assert ada.of.members() == {"mina.k2", "ola.b", "mina.k3"}


@pytest.mark.parametrize("change", ["joined", "left", "seats", "name"])
def test_a_change_since_the_preview_carries_nothing_out(ada: Ada, change: str) -> None:
    ada.people.add("Ray")
    if change == "left":
        ada.of.take_in("Ray")
    number = ada.stage()
    digest = ada.look(number).digest
    if change == "joined":
        ada.of.take_in("Ray")
    elif change == "left":
        ada.change(delete(Membership).where(Membership.user_id == ada.people.get("Ray").id))
    elif change == "seats":
        ada.change(update(Group).values(seats=61))
    else:
        ada.people.add("Mina")
    before = ada.of.members()
    assert not ada.apply(number, digest)
    assert ada.of.members() == before
    ada.apply(number)
    assert "ola" in ada.of.members()


def test_a_name_that_somebody_took_since_is_made_anew(ada: Ada) -> None:
    number = ada.stage(lines("username,firstname,lastname,email", ",Mina,Kaya,mina@school.example"))
    assert ada.look(number).rows[0].person.account_name == "mina.k"
    ada.people.add("Mina.K")
    assert not ada.apply(number)
    assert ada.apply(number)
    assert ada.of.members() == {"mina.k2"}


def test_a_list_with_problems_or_without_seats_carries_nothing_out(ada: Ada) -> None:
    wrong = ada.stage(MOODLE.replace(b"mina@school.example", b"mina at school"))
    assert not ada.apply(wrong)
    ada.change(update(Group).values(seats=1))
    assert not ada.apply(ada.stage())
    assert ada.of.members() == set()


def test_an_archived_class_takes_no_list(ada: Ada) -> None:
    number = ada.stage()
    ada.change(update(Group).values(archived_at=NOON))
    with pytest.raises(GroupArchived):
        ada.apply(number)


def test_whoever_leads_no_longer_carries_nothing_out(ada: Ada) -> None:
    number = ada.stage()
    digest = ada.look(number).digest
    ada.change(update(Membership).where(Membership.user_id == ada.id).values(role=MEMBER))
    with pytest.raises(ListEnded):
        ada.apply(number, digest)


def test_a_list_is_its_leaders_and_its_groups_alone(people: People, ada: Ada) -> None:
    number, other = ada.stage(), Ada(people, Class(people))
    with people.app.app_context():
        for group, leader in ((other.of.id, other.id), (ada.of.id, other.id), (other.of.id, ada.id)):
            assert store.find_staged(db.session, group, leader, number, NOON) is None
    with pytest.raises(ListEnded):
        other.apply(number, "")
    with pytest.raises(ListEnded):
        other.undo(number)


@pytest.mark.both_databases(always=True)
def test_two_who_carry_the_same_list_out_make_one_set(ada: Ada) -> None:
    number = ada.stage(lines("username,firstname,lastname,email", *(f"p{n},P,{n}," for n in range(25))))
    digest = ada.look(number).digest
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: ada.apply(number, digest), range(4)))
    assert len(ada.of.members()) == 25


def test_the_same_file_brought_twice_side_by_side_makes_one_set(ada: Ada) -> None:
    numbers = [ada.stage(), ada.stage(MOODLE.replace(b"course1", b"course2"))]
    digests = [ada.look(number).digest for number in numbers]

    def carry(which: int) -> bool:
        return ada.apply(numbers[which], digests[which])

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(carry, range(2))) == [False, True]
    assert ada.of.members() == {"mina", "ola"}


def test_a_name_taken_in_the_same_moment_leaves_nothing_half_done(ada: Ada, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the preview found is gone by the time the rows are written: PostgreSQL lets others in between."""
    number = ada.stage()
    digest = ada.look(number).digest
    real = roster.make_accounts

    def late(session, group_id, leader_id, accounts, now):  # type: ignore[no-untyped-def]
        taken = [NewAccount(accounts[0].user_name, None), *accounts]
        return real(session, group_id, leader_id, taken, now)

    monkeypatch.setattr(service, "make_accounts", late)
    assert not ada.apply(number, digest)
    assert ada.of.members() == set()


@pytest.mark.both_databases(always=True)
def test_undoing_deletes_what_nobody_has_used_and_lets_the_others_go(ada: Ada) -> None:
    ada.people.add("Ola", email="ola@school.example")
    number = ada.stage(MOODLE + lines("", "ray,Ray,Roe,ray@school.example,,,"))
    ada.apply(number)
    assert ada.invited() == [("Ola", "Ola Berg")]
    ada.change(update(User).where(User.name == "ray").values(password_hash="chosen"))
    mina = ada.people.get("mina").id
    assert ada.undo(number) == [mina]
    assert ada.of.members() == set()
    assert ada.invited() == []
    assert ada.people.get("ray").managed_by is None
    with ada.people.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(RosterImport)) == 0


def test_undoing_deletes_nobody_who_forgot_a_password_of_their_own(ada: Ada) -> None:
    number = ada.stage()
    ada.apply(number)
    mina, later = ada.people.get("mina").id, NOON + timedelta(hours=1)
    with ada.people.app.app_context():
        hand_out_password(db.session, mina, hashed(), NOON)
        db.session.commit()
        choose_own_password(db.session, mina, "two cups of green tea", later)
        hand_out_password(db.session, mina, hashed(), later)
        db.session.commit()
    assert mina not in ada.undo(number, NOON + timedelta(hours=3))
    assert ada.people.get("mina").managed_by is None


def test_undoing_leaves_those_alone_who_came_in_otherwise(ada: Ada) -> None:
    ada.people.add("Cleo")
    ada.of.take_in("Cleo")
    number = ada.stage()
    ada.apply(number)
    ada.undo(number)
    assert ada.of.members() == {"Cleo"}


def test_undoing_is_for_a_day_and_once(ada: Ada) -> None:
    number = ada.stage()
    ada.apply(number)
    with pytest.raises(ListEnded):
        ada.undo(number, NOON + timedelta(days=1))
    ada.undo(number, NOON + timedelta(hours=23))
    with pytest.raises(ListEnded):
        ada.undo(number)


def test_a_list_that_was_never_carried_out_cannot_be_undone(ada: Ada) -> None:
    with pytest.raises(ListEnded):
        ada.undo(ada.stage())


def test_a_preview_lasts_an_hour(ada: Ada) -> None:
    number = ada.stage()
    late = NOON + timedelta(hours=1)
    with ada.people.app.app_context():
        assert store.find_staged(db.session, ada.of.id, ada.id, number, late) is None
    with pytest.raises(ListEnded):
        ada.apply(number, "", late)


def test_of_lists_that_were_not_carried_out_the_newest_stay(ada: Ada) -> None:
    contents = [MOODLE.replace(b"group1", b"group%d" % number) for number in range(service.STAGED_AT_ONCE + 2)]
    numbers = [ada.stage(content) for content in contents]
    with ada.people.app.app_context():
        assert set(db.session.scalars(select(RosterImport.id))) == set(numbers[2:])


def test_a_list_that_is_sent_twice_is_kept_once(ada: Ada) -> None:
    assert ada.stage() == ada.stage(now=NOON + timedelta(minutes=59))
    assert counts(ada.look(ada.stage(), NOON + timedelta(minutes=59))) == {NEW: 2}


def test_nothing_of_the_list_is_kept_once_it_is_carried_out(ada: Ada) -> None:
    number = ada.stage()
    ada.apply(number)
    with ada.people.app.app_context():
        row = db.session.get_one(RosterImport, number)
        assert row.listed == {}
        assert set(row.added) == {"accounts", "invited"}


def test_leaders_of_a_list_are_left_out_not_invited(ada: Ada) -> None:
    content = lines("username,firstname,lastname,email", f"{ada.of.leader},Ada,Lund,", "mina,Mina,Kaya,")
    preview = ada.look(ada.stage(content))
    assert [(row.outcome, row.reason) for row in preview.rows] == [("left_out", "leads"), (NEW, "")]
