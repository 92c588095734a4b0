"""The same button pressed many times at once, from many windows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from learnapp.learning.models import Attempt, Progress, Response
from tests.databases import BOTH
from tests.faults.browser import Answer, Browser
from tests.faults.finals import FINAL, course_with_final, vera_ready
from tests.faults.learner import Learner, first_lesson, lessons, single_item
from tests.faults.serving import Server

AT_ONCE = 50


def at_once(browser: Browser, act: Callable[[Browser], Answer], count: int = AT_ONCE) -> list[Answer]:
    """Do the same thing in so many windows at the same moment."""
    windows = [browser.twin() for _ in range(count)]
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(act, windows))


@pytest.mark.parametrize("url", BOTH, indirect=True)
def test_fifty_submissions_at_once_give_one_result(url: str, engine: sa.Engine, tmp_path: Path) -> None:
    with Server(url, tmp_path, workers=2, threads=8) as server:
        ben = Learner(server)
        ben.save(1)

        answers = at_once(ben.browser, lambda window: window.post(f"{ben.page}/finish", {}))
        results = {ben.browser.get(ben.page).status for _ in range(2)}

    assert {(answer.status, answer.headers["location"]) for answer in answers} == {(303, ben.page)}
    assert results == {200}
    with Session(engine) as session:
        attempt = session.scalars(sa.select(Attempt)).one()
        progress = session.scalars(sa.select(Progress)).one()
        points = session.scalars(sa.select(Response.points)).all()
    assert attempt.state == "finished"
    # One save and one finish: nothing else moved it on.
    assert attempt.seq == 2
    assert attempt.points == sum(filter(None, points)) == progress.best_points
    assert len(points) == len(first_lesson().quiz.items)


@pytest.mark.long
def test_fifty_starts_at_once_give_one_attempt(url: str, engine: sa.Engine, tmp_path: Path) -> None:
    quiz = f"/modules/{first_lesson().module}/{first_lesson().slug}/quiz"
    with Server(url, tmp_path, workers=2, threads=8) as server:
        ben = Learner(server)
        ben.browser.post(f"{ben.page}/finish", {})

        answers = at_once(ben.browser, lambda window: window.post(quiz, {"kind": "main"}))

    assert {answer.status for answer in answers} == {303}
    assert len({answer.headers["location"] for answer in answers}) == 1
    with Session(engine) as session:
        assert session.scalars(sa.select(Attempt.state).order_by(Attempt.id)).all() == ["finished", "open"]


@pytest.mark.parametrize("url", BOTH, indirect=True)
def test_a_final_begun_twenty_times_at_once_is_one_form(url: str, engine: sa.Engine, tmp_path: Path) -> None:
    content = course_with_final(tmp_path / "content")
    with Server(url, tmp_path, workers=2, threads=8, content=content) as server:
        vera = vera_ready(server, engine)
        answers = at_once(vera, lambda window: window.post(FINAL, {}), 20)
        page = answers[0].headers.get("location", "")
        shown = vera.get(page)
        vera.post(f"{page}/finish", {})
        refused = at_once(vera, lambda window: window.post(FINAL, {}), 20)

    assert {(answer.status, answer.headers.get("location")) for answer in answers} == {(303, page)}
    assert shown.status == 200
    assert {answer.status for answer in refused} == {409}
    with Session(engine) as session:
        attempt = session.scalars(sa.select(Attempt)).one()
        assert (attempt.kind, attempt.state, len(attempt.item_ids)) == ("final", "finished", 3)
        # One for each lesson and one for the final, by which all of them waited for each other.
        assert session.scalar(sa.select(sa.func.count()).select_from(Progress)) == len(lessons(content)) + 1


def test_of_fifty_tabs_that_save_at_once_one_is_kept_and_the_others_are_told(
    url: str, engine: sa.Engine, tmp_path: Path
) -> None:
    with Server(url, tmp_path, workers=2, threads=8) as server:
        ben = Learner(server)
        windows = [(n % 3, ben.browser.twin()) for n in range(AT_ONCE)]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(lambda one: (one[0], ben.send(*one)), windows))

    kept = {choice for choice, answer in answers if answer.status == 200}
    assert len(kept) == 1
    assert {answer.status for choice, answer in answers if choice not in kept} == {409}
    told = {str(answer.json["fields"]) for _, answer in answers}
    assert told == {str([["choice", str(kept.pop())]])}
    assert {answer.json["seq"] for _, answer in answers} == {1}
    assert {answer.json["item"] for _, answer in answers} == {single_item().id}
    with Session(engine) as session:
        assert session.scalars(sa.select(Attempt.seq)).one() == 1
        assert session.scalar(sa.select(sa.func.count()).select_from(Response)) == 1
