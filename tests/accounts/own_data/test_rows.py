"""Erasure: found by foreign keys, complete, and without a trace in SQLite's files."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import Column, Engine, ForeignKey, Integer, MetaData, String, Table, select, text, update

from learnapp.accounts.models import EmailConfirmation, FormSubmission, LoginSession, PasswordReset, User
from learnapp.accounts.own_data.rows import collect, erase, owned_tables
from learnapp.database.db import AnySession, Base, begin_write, column_rule, db
from learnapp.database.sqlite import scrub
from learnapp.groups.assignments.models import Extension
from learnapp.groups.models import Membership
from learnapp.groups.roster.models import RosterImport
from learnapp.learning.attempts.store import store_revision
from learnapp.learning.models import OWN_WORDS_MAX, Attempt, OwnWords, PretestAnswer, Progress, Response
from learnapp.learning.progress.service import get_or_create_locked
from learnapp.learning.review.models import Review, ReviewAim, ReviewCard
from learnapp.reports.story.models import Look
from learnapp.training.models import WORDS_MAX, Acknowledgement, PracticeRun
from tests.actors.people import OTHER, People, sign_in
from tests.courses.tea import quiz
from tests.factories.groups import (
    AssignmentFactory,
    AssignmentMemberFactory,
    ExtensionFactory,
    GroupFactory,
    InvitationFactory,
    MembershipFactory,
)
from tests.factories.learning import AttemptFactory, ProgressFactory
from tests.factories.review import ReviewCardFactory, ReviewFactory
from tests.factories.teams import EventFactory, EventVolunteerFactory
from tests.factories.training import CertificateFactory
from tests.quiz.samples import make

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CANARY = "Kanarienvogel-7f3a"
OWN = column_rule(keep="as long as the account", erase="delete")
SHARED = column_rule(keep="for good", erase="none")


def learn(people: People, user_id: int, words: str) -> None:
    """Leave a trace of somebody in every table that has room for one."""
    with people.app.app_context():
        revision = store_revision(db.session, "1-tea/1-leaf", quiz(make("cloze")), NOW)
        attempt = AttemptFactory(user_id=user_id, revision=revision, state="finished", finished_at=NOW)
        answer = {"response": {"blanks": [words]}, "submitted_at": NOW, "saved_at": NOW}
        db.session.add(Response(attempt_id=attempt.id, item_id="tea-cloze", **answer))
        own = {"kind": "judgment", "words": words[:OWN_WORDS_MAX], "saved_at": NOW}
        db.session.add(OwnWords(user_id=user_id, lesson="1-tea/1-leaf", **own))
        db.session.add(PretestAnswer(user_id=user_id, question="a question", known=True, answered_at=NOW))
        ProgressFactory(user_id=user_id, place=words[:80])
        card = ReviewCardFactory(user_id=user_id, draft={"blanks": [words]})
        ReviewFactory(card_id=card.id, response={"blanks": [words]})
        db.session.add(ReviewAim(user_id=user_id, aim_on=NOW.date()))
        db.session.add(
            PasswordReset(user_id=user_id, token_hash=f"{words[:40]}-{user_id}", created_at=NOW, expires_at=NOW)
        )
        link = {"token_hash": f"{words[:40]}-{user_id}", "expires_at": NOW}
        db.session.add(EmailConfirmation(user_id=user_id, email_key=words[:80], **link))
        db.session.add(LoginSession(user_id=user_id, token_hash=f"{words[:40]}-{user_id}", created_at=NOW, seen_at=NOW))
        sent = FormSubmission(user_id=user_id, digest=f"{words[:40]}-{user_id}", created_at=NOW)
        sent.outcome = {"location": words}
        db.session.add(sent)
        group = GroupFactory()
        MembershipFactory(group_id=group.id, user_id=user_id, full_name=words[:120])
        InvitationFactory(group_id=group.id, user_id=user_id, full_name=words[:120])
        event = EventFactory(group_id=group.id)
        EventVolunteerFactory(event_id=event.id, group_id=group.id, user_id=user_id, name=words[:120], ready=True)
        assignment = AssignmentFactory(group_id=group.id)
        AssignmentMemberFactory(assignment_id=assignment.id, user_id=user_id)
        ExtensionFactory(assignment_id=assignment.id, user_id=user_id)
        db.session.add(Look(group_id=group.id, user_id=user_id, day=NOW.date()))
        listed = {"group_id": group.id, "listed": {"names": [words]}, "added": {}}
        db.session.add(RosterImport(user_id=user_id, read_at=NOW, **listed))
        CertificateFactory(user_id=user_id, attempt_id=attempt.id, name_shown=words[:80])
        read = {"program": "tea", "update": words[:80], "acknowledged_at": NOW}
        db.session.add(Acknowledgement(user_id=user_id, **read))
        own = {"anticipated": words[:WORDS_MAX], "note": words[:WORDS_MAX]}
        run = PracticeRun(user_id=user_id, conversation=words[:80], path=[words], **own)
        run.changed_at = NOW
        db.session.add(run)
        db.session.commit()


def test_every_table_with_a_path_to_a_person_is_found_children_last() -> None:
    found = [table.name for table in owned_tables()]
    assert {"users", "login_sessions", "password_resets", "attempts", "responses", "progress"} <= set(found)
    assert "quiz_revisions" not in found
    assert found.index("users") < found.index("attempts") < found.index("responses")


def test_a_table_of_a_later_feature_is_found_without_being_named() -> None:
    metadata = MetaData()
    Table("users", metadata, Column("id", Integer, primary_key=True, info=OWN))
    Table(
        "cards",
        metadata,
        Column("id", Integer, primary_key=True, info=OWN),
        Column("owner", ForeignKey("users.id"), info=OWN),
    )
    Table("marks", metadata, Column("card", ForeignKey("cards.id"), primary_key=True, info=OWN))
    Table(
        "classes",
        metadata,
        Column("id", Integer, primary_key=True, info=SHARED),
        Column("made_by", ForeignKey("users.id"), info=SHARED),
        Column("title", String, info=SHARED),
    )
    assert [table.name for table in owned_tables(metadata)] == ["users", "cards", "marks"]


@pytest.mark.both_databases(always=True)
def test_one_person_is_erased_and_the_other_stays_whole(people: People) -> None:
    ben, ada = people.add("Ben"), people.add("Ada")
    learn(people, ben, "Ben's words")
    learn(people, ada, "Ada's words")
    with people.app.app_context():
        before = {table.name: rows for table, rows in collect(db.session, ada)}
        erase(db.session, [ben])
        db.session.commit()
        assert {table.name: rows for table, rows in collect(db.session, ada)} == before
        assert all(rows == [] for _, rows in collect(db.session, ben))
        assert all(len(rows) == 1 for rows in before.values())
    learned = (Attempt, Response, Progress, ReviewCard, Review, ReviewAim, PretestAnswer, OwnWords)
    for model in (User, LoginSession, PasswordReset, Membership, Extension, Look, RosterImport, *learned):
        assert people.count(model) == 1


def test_several_are_erased_at_once_and_nobody_is_no_error(people: People) -> None:
    both = [people.add("Ben"), people.add("Ada")]
    with people.app.app_context():
        erase(db.session, [])
        db.session.commit()
        assert people.count(User) == 2
        erase(db.session, both)
        db.session.commit()
    assert people.count(User) == 0


def test_a_deleted_number_is_not_given_to_somebody_else(people: People) -> None:
    ben = people.add("Ben")
    with people.app.app_context():
        erase(db.session, [ben])
        db.session.commit()
    assert people.add("Ada") > ben


@pytest.mark.slow
def test_no_byte_of_a_deleted_person_is_left(people: People, outbox: Path) -> None:
    """Grep the database file, its log, the outbox and another person's export."""
    name = CANARY
    browser = people.signed_in(name, email=f"{name}@example.org")
    others = people.signed_in("Ada")
    user_id = people.get(name).id
    for number in range(30):  # so that the rows lie on several pages
        learn(people, people.add(f"Filler {number}"), "filler")
        if number == 15:
            learn(people, user_id, f"{CANARY} wrote this. " * 100)
    sign_in(people.browser(), name, OTHER)
    people.browser().post("/account/reset", data={"name": name})
    people.app.extensions["passwords.queue"].join()
    assert traces(people, outbox)
    assert browser.post("/account/data", data={"password": "wrong"}).status_code == 422
    answer = browser.post("/account/data", data={"password": "tea with two sugars"})
    assert answer.location == "/account/deleted"
    assert answer.headers["Clear-Site-Data"]
    assert traces(people, outbox) == []
    assert CANARY.encode() not in others.get("/account/data/export").data
    with people.app.app_context():
        for table in Base.metadata.sorted_tables:
            assert CANARY not in repr(db.session.execute(select(table)).all())


def traces(people: People, outbox: Path) -> list[str]:
    """Return the files in which the canary, or its lower-case key, can be read."""
    files = list(outbox.glob("*"))
    database = people.engine.url.database
    if people.engine.dialect.name == "sqlite" and database:
        files += list(Path(database).parent.glob(Path(database).name + "*"))
    return [file.name for file in files if CANARY.lower().encode() in file.read_bytes().lower()]


def test_scrubbing_says_when_a_reader_keeps_the_log(people: People) -> None:
    if people.engine.dialect.name != "sqlite":
        assert scrub(people.engine)
        return
    with people.engine.connect() as reader:
        reader.exec_driver_sql("BEGIN")  # keeps what it sees
        reader.execute(select(User))
        people.add("Ben")
        assert not scrub(people.engine)
    assert scrub(people.engine)


WAITING_HERE = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def wait_for_a_waiting_lock(engine: Engine) -> None:
    until = monotonic() + 10
    with engine.connect() as connection:
        while connection.scalar(WAITING_HERE) == 0:
            assert monotonic() < until, "nobody waits"


def begin_save(session: AnySession, user_id: int) -> None:
    """Do the first half of a save: lock the attempt."""
    session.execute(update(Attempt).where(Attempt.user_id == user_id).values(seq=Attempt.seq + 1))


def end_save(session: AnySession, user_id: int) -> None:
    session.execute(update(Response).values(flagged=True))


def begin_finish(session: AnySession, user_id: int) -> None:
    """Do the first half of finishing: lock the lesson's progress."""
    get_or_create_locked(session, user_id, "1-tea/1-leaf")


def end_finish(session: AnySession, user_id: int) -> None:
    """Do the rest of it: lock the attempt, make a card."""
    begin_save(session, user_id)
    ReviewCardFactory(user_id=user_id, item_id="new")


@pytest.mark.both_databases(always=True)
@pytest.mark.parametrize(("begin", "end"), [(begin_save, end_save), (begin_finish, end_finish)])
def test_deleting_a_person_waits_for_a_save_and_keeps_it_from_nothing(
    people: People, begin: Callable[[AnySession, int], None], end: Callable[[AnySession, int], None]
) -> None:
    with people.app.app_context():
        if db.engine.dialect.name != "postgresql":
            return  # SQLite has one writer at a time
        ben = people.add("Ben")
        learn(people, ben, CANARY)

        def delete() -> None:
            with people.app.app_context():
                begin_write(db.session)
                erase(db.session, [ben])
                db.session.commit()

        begin_write(db.session)
        begin(db.session, ben)
        with ThreadPoolExecutor(1) as pool:
            deleting = pool.submit(delete)
            wait_for_a_waiting_lock(db.engine)
            end(db.session, ben)
            db.session.commit()
            deleting.result()
        assert db.session.scalar(select(User.id).where(User.id == ben)) is None
