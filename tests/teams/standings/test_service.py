"""Standings over time: what counts until an event begins, what is kept when it is closed, and who has a partner."""

from dataclasses import asdict, replace
from datetime import date, datetime, time, timedelta

import pytest
from fsrs import Rating
from sqlalchemy import update

from learnapp.accounts.guests.service import take_guest
from learnapp.content.catalog import Catalog
from learnapp.learning.models import Progress
from learnapp.learning.review.models import FROM_REVIEW, ReviewCard
from learnapp.learning.review.schedule import MemoryState, schedule_review
from learnapp.teams.events.values import TeamEvent
from learnapp.teams.standings.service import event_standings
from learnapp.teams.standings.store import expected_volunteers
from learnapp.teams.standings.values import VolunteerStanding
from learnapp.training.certificates.service import revoke_certificate
from learnapp.training.models import Acknowledgement, Certificate
from learnapp.training.practice.store import store_run
from learnapp.training.practice.values import StoredRun
from tests.actors.teams import stored_event
from tests.actors.training import ZONE, Db, begin, certified, finish, issue, read_all, wrong_in
from tests.courses.practice import MILK, SUGAR, practice_course
from tests.courses.training import SERVER, program, training_course
from tests.courses.training import update as program_update
from tests.factories.accounts import GuestFactory, UserFactory
from tests.factories.base import NOON
from tests.factories.groups import MembershipFactory
from tests.factories.review import ReviewCardFactory, ReviewFactory

HOUR = timedelta(hours=1)
SOON = {"day": NOON.date(), "starts": time(14), "zone": "UTC"}
BEGINS, EVENING = NOON + 2 * HOUR, NOON + 8 * HOUR


@pytest.fixture
def event(db_session: Db) -> TeamEvent:
    """Give an event of today at two, before which Vera's training is stored."""
    return stored_event(**SOON)


@pytest.fixture
def vera(db_session: Db, event: TeamEvent) -> int:
    """Give Vera, who is in the team."""
    user_id: int = UserFactory(name="Vera").id
    MembershipFactory(group_id=event.group_id, user_id=user_id)
    return user_id


def standings(session: Db, catalog: Catalog, event: TeamEvent, now: datetime) -> list[VolunteerStanding]:
    people = expected_volunteers(session, catalog, event)
    found = event_standings(session, catalog, event, people, ZONE, now)
    assert found is not None
    return list(found.volunteers)


def standing(session: Db, catalog: Catalog, event: TeamEvent, now: datetime = EVENING) -> VolunteerStanding:
    (found,) = standings(session, catalog, event, now)
    return found


def parts(found: VolunteerStanding) -> list[str]:
    return [part for part, _about in found.missing]


@pytest.mark.both_databases
def test_what_was_done_before_it_began_counts_afterwards_too(db_session: Db, event: TeamEvent, vera: int) -> None:
    catalog = training_course()
    certified(db_session, catalog, vera, NOON)
    for now in (NOON, BEGINS, EVENING, NOON + timedelta(days=80)):
        assert standing(db_session, catalog, event, now).standing == "ready"


def test_a_lesson_that_was_completed_after_it_began_does_not_count(db_session: Db, event: TeamEvent, vera: int) -> None:
    catalog = training_course()
    certified(db_session, catalog, vera, NOON)
    late = {"read_at": BEGINS + HOUR, "passed_at": BEGINS + HOUR, "completed_at": BEGINS + HOUR}
    db_session.execute(update(Progress).where(Progress.lesson == "1-tea/1-leaf").values(late))
    db_session.commit()
    assert standing(db_session, catalog, event, EVENING).missing == (("lessons", 1),)
    db_session.execute(update(Progress).where(Progress.lesson == "1-tea/1-leaf").values(completed_at=BEGINS))
    db_session.commit()
    assert standing(db_session, catalog, event, EVENING).standing == "ready"


def test_a_conversation_that_was_done_after_it_began_does_not_count(
    db_session: Db, event: TeamEvent, vera: int
) -> None:
    catalog = practice_course()
    certified(db_session, training_course(), vera, NOON - HOUR)
    for slug, at in ((SUGAR, NOON), (MILK, BEGINS + HOUR)):
        store_run(db_session, vera, slug, StoredRun(("offer", "one"), done_at=at), at)
    db_session.commit()
    found = standing(db_session, catalog, event, EVENING)
    assert (found.missing, found.practiced_on) == ((("practice", 1),), None)
    found = standing(db_session, catalog, replace(event, starts=time(15)), EVENING)
    assert (found.standing, found.practiced_on) == ("ready", NOON.date())


def test_practice_is_dated_by_its_last_conversation_and_not_before_all_are_done(
    db_session: Db, event: TeamEvent, vera: int
) -> None:
    catalog, earlier = practice_course(), NOON - timedelta(days=9)
    store_run(db_session, vera, SUGAR, StoredRun(("offer", "one"), done_at=NOON - timedelta(days=2)), NOON)
    db_session.commit()
    assert standing(db_session, catalog, event, NOON).practiced_on is None
    store_run(db_session, vera, MILK, StoredRun((), done_at=earlier), NOON)
    db_session.commit()
    assert standing(db_session, catalog, event, NOON).practiced_on == date(2026, 11, 19)


def test_a_final_that_was_passed_after_it_began_does_not_count(db_session: Db, event: TeamEvent, vera: int) -> None:
    catalog = training_course()
    read_all(catalog, vera, NOON - HOUR)
    form = begin(db_session, catalog, vera, NOON)
    finish(db_session, form, now=BEGINS + HOUR)
    found = standing(db_session, catalog, event, EVENING)
    assert (parts(found), found.passed_on) == (["final", "certificate"], None)


def test_a_certificate_that_was_issued_after_it_began_does_not_count(
    db_session: Db, event: TeamEvent, vera: int
) -> None:
    catalog = training_course()
    read_all(catalog, vera, NOON - HOUR)
    finish(db_session, begin(db_session, catalog, vera, NOON), now=NOON)
    issue(db_session, catalog, vera, BEGINS + HOUR)
    found = standing(db_session, catalog, event, EVENING)
    assert (parts(found), found.passed_on, found.valid_until) == (["certificate"], NOON.date(), None)


def test_a_certificate_that_was_withdrawn_that_morning_does_not_count_and_one_withdrawn_later_does(
    db_session: Db, event: TeamEvent, vera: int
) -> None:
    catalog = training_course()
    number = certified(db_session, catalog, vera, NOON - timedelta(days=3)).id
    revoke_certificate(db_session, number, "by mistake", NOON - 4 * HOUR)
    db_session.commit()
    found = standing(db_session, catalog, event, NOON)
    assert (found.standing, found.missing, found.valid_until) == ("not_yet", (("withdrawn", None),), None)
    db_session.execute(update(Certificate).values(revoked_at=BEGINS + HOUR))
    db_session.commit()
    assert standing(db_session, catalog, event, EVENING).standing == "ready"


def test_a_final_that_was_failed_and_tried_again_is_not_told_apart(db_session: Db, event: TeamEvent, vera: int) -> None:
    catalog, ben = training_course(), UserFactory(name="Ben").id
    MembershipFactory(group_id=event.group_id, user_id=ben)
    for user_id in (vera, ben):
        read_all(catalog, user_id, NOON - timedelta(days=9))
    failed = begin(db_session, catalog, ben, NOON - timedelta(days=3))
    items = [item.item.id for item in failed.items]
    finish(db_session, failed, wrong_in(*items[:-1]), NOON - timedelta(days=3))
    own, other = standings(db_session, catalog, event, NOON)
    assert (own.standing, own.missing) == (other.standing, other.missing)


@pytest.mark.parametrize(
    ("zone", "ready"),
    [
        ("Pacific/Kiritimati", True),  # 09:30 UTC of the last day
        ("Asia/Seoul", True),
        ("Europe/Berlin", True),
        ("America/New_York", False),  # the certificate's last day is over where it was issued
        ("Pacific/Pago_Pago", False),
    ],
)
def test_a_certificate_holds_to_the_end_of_its_day_where_it_was_issued_wherever_the_event_is(
    db_session: Db, vera: int, event: TeamEvent, zone: str, ready: bool
) -> None:
    catalog = training_course()
    last = certified(db_session, catalog, vera, NOON, "Europe/Berlin").valid_until
    late = replace(event, day=last, starts=time(23, 30), zone=zone)
    found = standing(db_session, catalog, late, NOON)
    assert (found.standing, parts(found)) == (("ready", []) if ready else ("nearly", ["expires"]))
    assert found.valid_until == last


def test_a_change_of_that_week_is_to_be_read_by_who_was_trained_before(
    db_session: Db, event: TeamEvent, vera: int
) -> None:
    before = training_course()
    certified(db_session, before, vera, NOON - timedelta(days=30))
    changed = program().model_copy(update={"updates": (program_update("new-kettle", "2026-11-19"),)})
    catalog = training_course(changed)
    found = standing(db_session, catalog, event, NOON)
    assert (found.standing, found.missing) == ("nearly", (("updates", 1),))
    read = {"user_id": vera, "program": SERVER, "update": "new-kettle"}
    db_session.add(Acknowledgement(**read, acknowledged_at=BEGINS + HOUR))
    db_session.commit()
    assert standing(db_session, catalog, event, EVENING).missing == (("updates", 1),)
    db_session.execute(update(Acknowledgement).values(acknowledged_at=BEGINS))
    db_session.commit()
    assert standing(db_session, catalog, event, EVENING).standing == "ready"


def test_a_change_that_is_asked_from_later_than_the_day_on_is_not_missing(
    db_session: Db, event: TeamEvent, vera: int
) -> None:
    certified(db_session, training_course(), vera, NOON - timedelta(days=30))
    changed = program().model_copy(update={"updates": (program_update("new-kettle", "2026-11-22"),)})
    assert standing(db_session, training_course(changed), event, NOON).standing == "ready"


@pytest.mark.both_databases
def test_review_that_was_done_after_it_began_does_not_count(db_session: Db, event: TeamEvent, vera: int) -> None:
    catalog = training_course()
    certified(db_session, catalog, vera, NOON - timedelta(days=300))
    before = NOON - timedelta(days=200)
    card = reviewed(vera, "tea-single", before)
    assert parts(standing(db_session, catalog, event, NOON)) == ["review"]
    review_again(db_session, card, NOON + timedelta(days=2))
    reviewed(vera, "tea-multiple", NOON + timedelta(days=2))  # begun since
    for now in (NOON + timedelta(days=3), NOON + timedelta(days=80)):
        assert standing(db_session, catalog, event, now).missing == (("review", 1),)


@pytest.mark.parametrize("hours", [-1, 0])
def test_review_that_was_done_that_morning_counts_afterwards_too(
    db_session: Db, event: TeamEvent, vera: int, hours: int
) -> None:
    catalog = training_course()
    certified(db_session, catalog, vera, NOON - timedelta(days=300))
    card = reviewed(vera, "tea-single", NOON - timedelta(days=200))
    review_again(db_session, card, BEGINS + hours * HOUR)
    for now in (BEGINS, EVENING, NOON + timedelta(days=80)):
        assert standing(db_session, catalog, event, now).standing == "ready"


def reviewed(user_id: int, item: str, at: datetime) -> ReviewCard:
    """Store a card that was reviewed once."""
    memory = schedule_review(None, Rating.Good, at.date())
    card: ReviewCard = ReviewCardFactory(user_id=user_id, item_id=item, **asdict(memory))
    ReviewFactory(card_id=card.id, reviewed_on=at.date(), reviewed_at=at)
    return card


def review_again(session: Db, card: ReviewCard, at: datetime) -> None:
    before = MemoryState(card.stability, card.difficulty, card.reviewed_on, card.due_on)
    for name, value in asdict(schedule_review(before, Rating.Good, at.date())).items():
        setattr(card, name, value)
    ReviewFactory(card_id=card.id, number=2, origin=FROM_REVIEW, reviewed_on=at.date(), reviewed_at=at)
    session.commit()


def test_what_was_done_as_a_guest_counts_once_it_is_the_account_s(db_session: Db, event: TeamEvent, vera: int) -> None:
    catalog, guest = practice_course(), GuestFactory().id
    read_all(catalog, guest)
    for slug in (SUGAR, MILK):
        store_run(db_session, guest, slug, StoredRun(("offer", "one"), done_at=NOON), NOON)
    db_session.commit()
    before = standing(db_session, catalog, event, NOON)
    assert before.missing[:2] == (("lessons", 2), ("practice", 2))
    assert take_guest(db_session, guest, vera)
    db_session.commit()
    after = standing(db_session, catalog, event, NOON)
    assert (parts(after), after.practiced_on) == (["final", "certificate"], NOON.date())


def test_an_event_whose_program_is_gone_has_no_standings(db_session: Db, event: TeamEvent, vera: int) -> None:
    catalog = training_course(program("tea-other"))
    people = expected_volunteers(db_session, catalog, event)
    assert event_standings(db_session, catalog, event, people, ZONE, NOON) is None


def test_a_program_is_found_by_a_name_that_it_had(db_session: Db, event: TeamEvent, vera: int) -> None:
    certified(db_session, training_course(), vera, NOON)
    catalog = training_course(program("tea-pourer", was=[SERVER]))
    assert standing(db_session, catalog, event, NOON + HOUR).standing == "ready"
