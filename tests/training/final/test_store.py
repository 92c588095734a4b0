"""Finals in the database: one open form a program and person, drawn of the bank, with items unlike the last one's."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from learnapp.content.catalog import Catalog
from learnapp.database.db import begin_write, db
from learnapp.learning.models import ASIDE, FINAL, OPEN, RENEWAL, Attempt, Progress, QuizRevision
from learnapp.training.final.rules import OPEN_FOR, FinalAttempt
from learnapp.training.final.store import final_name, finals_of, lock_finals, program_of, store_form
from tests.actors.attempts import begin as begin_quiz
from tests.actors.attempts import count
from tests.actors.training import A_DAY, SEED, Db, begin, finish, read_all
from tests.courses.training import HELPER, SERVER, SPILLS, program, training_course
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.statements import counted

pytestmark = pytest.mark.both_databases
SECOND = timedelta(seconds=1)


def store(
    session: Db, catalog: Catalog, user_id: int, *before: FinalAttempt, slug: str = SERVER, seed: int = SEED
) -> FinalAttempt:
    """Store a form, commit, and return it."""
    given = catalog.programs[slug]
    lock_finals(session, user_id, given, NOON)
    store_form(session, user_id, given, "final", catalog.finals[f"{slug}/final"], before, seed, NOON)
    session.commit()
    return finals_of(session, user_id)[slug][0]


def set_aside(session: Db, form: FinalAttempt) -> None:
    begin_write(session)
    session.execute(update(Attempt).where(Attempt.id == form.id).values(state=ASIDE))
    session.commit()


def test_a_name_leads_back_to_its_program() -> None:
    assert final_name(SERVER) == f"final/{SERVER}"
    assert program_of(final_name(SERVER)) == SERVER


def test_a_form_is_drawn_by_its_strata_and_pinned_to_the_bank_s_revision(
    db_session: Db, catalog: Catalog, vera: int
) -> None:
    form = store(db_session, catalog, vera)
    row, bank = db_session.scalars(select(Attempt)).one(), catalog.finals[f"{SERVER}/final"]
    strata = {stratum.name: [item for item in form.item_ids if item in stratum.items] for stratum in bank.quiz.strata}
    assert {name: len(items) for name, items in strata.items()} == {"1-tea": 3, "2-pot": 2, SPILLS: 1}
    assert (row.kind, row.state, row.deferred, row.seed, row.max_points) == (FINAL, OPEN, False, SEED, 6)
    assert (row.lesson, row.current_item, row.started_at) == (f"final/{SERVER}", form.item_ids[0], NOON)
    assert row.revision == bank.quiz.revision == db_session.scalars(select(QuizRevision.hash)).one()


def test_the_form_after_another_one_shares_no_item_with_it(db_session: Db, catalog: Catalog, vera: int) -> None:
    form, seen = store(db_session, catalog, vera), []
    for seed in range(2, 8):
        set_aside(db_session, form)
        seen.append(form)
        form = store(db_session, catalog, vera, form, seed=seed)
        assert set(form.item_ids).isdisjoint(seen[-1].item_ids)
    assert len({frozenset(one.item_ids) for one in seen}) > 2


def test_a_renewal_is_a_form_of_its_own_kind(db_session: Db, catalog: Catalog, vera: int) -> None:
    lock_finals(db_session, vera, catalog.programs[SERVER], NOON)
    bank = catalog.finals[f"{SERVER}/renewal"]
    store_form(db_session, vera, catalog.programs[SERVER], "renewal", bank, (), SEED, NOON)
    db_session.commit()
    (form,) = finals_of(db_session, vera)[SERVER]
    assert (form.kind, len(form.item_ids)) == (RENEWAL, 3)


def test_forms_are_found_by_program_the_newest_first_and_no_other_attempt_is(
    db_session: Db, catalog: Catalog, vera: int
) -> None:
    cleo = int(UserFactory(name="Cleo").id)
    first = store(db_session, catalog, vera)
    set_aside(db_session, first)
    second, helper = store(db_session, catalog, vera), store(db_session, catalog, vera, slug=HELPER)
    store(db_session, catalog, cleo)
    begin_quiz(db_session, vera)
    with counted(db.engine) as sent:
        found = finals_of(db_session, vera)
    assert {name: [one.id for one in forms] for name, forms in found.items()} == {
        SERVER: [second.id, first.id],
        HELPER: [helper.id],
    }
    assert len(sent) == 1


def test_a_form_is_read_as_it_was_stored(db_session: Db, catalog: Catalog, vera: int) -> None:
    read_all(catalog, vera)
    attempt = finish(db_session, begin(db_session, catalog, vera), now=NOON + SECOND)
    (form,) = finals_of(db_session, vera)[SERVER]
    summary = attempt.summary
    assert form == FinalAttempt(
        summary.id, FINAL, "finished", summary.item_ids, NOON, finished_at=NOON + SECOND, passed=True
    )


def test_a_form_is_set_aside_once_it_has_been_open_for_30_days(db_session: Db, catalog: Catalog, vera: int) -> None:
    form = store(db_session, catalog, vera)
    for moment, state in ((OPEN_FOR - SECOND, OPEN), (OPEN_FOR, ASIDE), (OPEN_FOR + A_DAY, ASIDE)):
        lock_finals(db_session, vera, catalog.programs[SERVER], NOON + moment)
        db_session.commit()
        row = db_session.scalars(select(Attempt)).one()
        assert (row.id, row.state, row.finished_at, row.passed) == (form.id, state, None, None)


def test_forms_of_others_and_of_other_programs_are_left_alone(db_session: Db, catalog: Catalog, vera: int) -> None:
    cleo = int(UserFactory(name="Cleo").id)
    for user_id, slug in ((vera, HELPER), (cleo, SERVER)):
        store(db_session, catalog, user_id, slug=slug)
    assert lock_finals(db_session, vera, catalog.programs[SERVER], NOON + OPEN_FOR) == ()
    db_session.commit()
    assert set(db_session.scalars(select(Attempt.state))) == {OPEN}


def test_the_lock_leaves_no_progress_that_a_course_could_count(db_session: Db, catalog: Catalog, vera: int) -> None:
    for _twice in range(2):
        lock_finals(db_session, vera, catalog.programs[SERVER], NOON)
        db_session.commit()
    row = db_session.scalars(select(Progress)).one()
    assert (row.lesson, row.completed_at, row.best_points) == (f"final/{SERVER}", None, None)


def test_equal_banks_of_two_programs_are_stored_once(db_session: Db, vera: int) -> None:
    catalog = training_course(program(), program(HELPER))
    for slug in (SERVER, HELPER):
        store(db_session, catalog, vera, slug=slug)
    assert count(db_session, QuizRevision) == 1
    assert count(db_session, Attempt) == 2
