"""Results that wait, as leaders see them: handed in, and the mark when their student has it."""

from datetime import timedelta

import pytest

from learnapp.database.db import db
from learnapp.learning.models import FINISHED
from tests.actors.attempt_pages import begin
from tests.actors.attempts import right
from tests.actors.deferred import CLOSES, DAY, HOUR, LEAF, LESSON, SHOWN, Waiting, at, mark_in
from tests.courses.serving import serve_catalog
from tests.courses.tea import course_with, strong_lesson
from tests.factories.base import NOON
from tests.pages import PageOpener, words
from tests.statements import counted

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("path", ["board", "board/marks.csv", "board/canvas.csv", "members"])
def test_leaders_see_that_it_is_handed_in_and_later_the_mark(waiting: Waiting, path: str) -> None:
    waiting.ask()
    waiting.hand_in()
    address = f"/groups/{waiting.group}/{path}" + (f"/{waiting.user_id}" if path == "members" else "")
    with at(SHOWN - SECOND):
        before = waiting.ada().get(address).text
        assert ("Handed in" in before) == (".csv" not in path)
        assert mark_in(before) is False
    with at(SHOWN):
        after = waiting.ada().get(address).text
        assert mark_in(after)
        assert waiting.attempts()[0].state == FINISHED


def test_who_has_handed_in_needs_no_help_for_the_date(waiting: Waiting) -> None:
    waiting.ask(due=NOON + HOUR, closes=CLOSES, release=CLOSES + 9 * DAY)
    waiting.hand_in()
    with at(CLOSES + 8 * DAY):
        page = waiting.ada().get(f"/groups/{waiting.group}/board").text
        assert "Nobody seems to need help" in page
        assert "overdue" not in page


def test_leaders_are_told_that_archiving_shows_what_waits(waiting: Waiting, visit: PageOpener) -> None:
    number, ada = waiting.ask(), waiting.ada()
    address, said = (
        f"/groups/{waiting.group}/assignments/{number}",
        "If you archive it, results that wait are shown at once.",
    )
    assert said in words(visit(ada, address).one("main"))
    assert "results that wait are shown" in words(visit(ada, f"/groups/{waiting.group}/settings").one("main"))
    with at(SHOWN):
        assert said not in words(visit(waiting.ada(), address).one("main"))


def test_a_strong_lesson_tells_at_once_and_its_leaders_learn_no_more(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    cup = strong_lesson(slug="2-cup", number=2, advisory="It is about a broken cup.")
    serve_catalog(waiting.app, monkeypatch, course_with(LEAF, cup))
    waiting.ask(target_kind="module", target="1-tea")
    address = "/modules/1-tea/2-cup"
    assert "results are shown" not in waiting.page(f"{address}/quiz")
    for kind in ("main", "short"):
        taker = begin(waiting.app, waiting.ben, address, kind)
        assert not taker.attempt.summary.deferred
        for item in taker.attempt.items[:1]:
            taker.send(item, right(item).response)
        assert "tea book" in waiting.page(f"{taker.url}?q=1")
    board = waiting.ada().get(f"/groups/{waiting.group}/board").text
    assert "Not done" in board
    assert "Begun" not in board


def test_leaders_pages_take_no_statement_more_for_each_who_waits(waiting: Waiting) -> None:
    waiting.ask(release=CLOSES + DAY)
    waiting.hand_in()

    def statements() -> int:
        ada = waiting.ada()
        ada.get(f"/groups/{waiting.group}/board")
        with waiting.app.app_context(), counted(db.engine) as found:
            assert "Handed in" in ada.get(f"/groups/{waiting.group}/board").text
        return len(found)

    alone = statements()
    for name in ("Vera", "Cleo", "Cora"):
        begun = begin(waiting.app, waiting.beside(name), LESSON)
        begun.send(begun.attempt.items[0], right(begun.attempt.items[0]).response)
    assert statements() == alone


def test_the_class_page_counts_what_is_handed_in_once_results_are_shown(waiting: Waiting) -> None:
    waiting.ask()
    waiting.hand_in()
    ada = waiting.ada()
    assert "0 of 1" in ada.get(f"/groups/{waiting.group}").text
    with at(SHOWN):
        assert "1 of 1" in waiting.ada().get(f"/groups/{waiting.group}").text
        assert waiting.attempts()[0].state == FINISHED


def test_a_board_takes_no_statement_more_while_results_wait(waiting: Waiting) -> None:
    waiting.ask()
    ada, board = waiting.ada(), f"/groups/{waiting.group}/board"

    def sent() -> int:
        with waiting.app.app_context(), counted(db.engine) as statements:
            assert ada.get(board).status_code == 200
        return len(statements)

    before = sent()
    waiting.hand_in()
    assert sent() == before
