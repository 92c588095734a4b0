"""An attempt as a value: where to go on in it."""

from learnapp.learning.attempts.answer import Submission, take_action
from learnapp.learning.attempts.store import attempt_detail
from tests.actors.attempts import Db, begin, check, right, save, stored_item
from tests.courses.tea import lesson, quiz
from tests.factories.base import NOON
from tests.quiz.samples import make


def test_resuming_goes_to_what_is_still_to_be_done(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    assert attempt.resume_number == 1

    check(db_session, attempt.items[0], right(attempt.items[0]))
    assert attempt_detail(db_session, ben, attempt.summary.id).resume_number == 2

    later = stored_item(db_session, attempt, attempt.items[4].item.id)
    save(db_session, later, right(later))
    assert attempt_detail(db_session, ben, attempt.summary.id).resume_number == 5


def test_later_moves_on_and_comes_back_to_it_at_the_end(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben, lesson(quiz=quiz(make("single"), make("multiple"))))
    first = take_action(db_session, attempt.items[0], "later", Submission(None), 0, NOON).item
    db_session.commit()
    assert attempt_detail(db_session, ben, attempt.summary.id).resume_number == 2

    second = stored_item(db_session, attempt, "tea-multiple")
    assert first.summary.seq == second.summary.seq
    check(db_session, second, right(second))

    assert attempt_detail(db_session, ben, attempt.summary.id).resume_number == 1
