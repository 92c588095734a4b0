"""Answers in words, for the person who gave them: every attempt and answer as it may be handed over.

Of what is not submitted no more leaves the server than its page shows: positions on the page, and words in the
order of the page. Seeds, hashes of quizzes and points of a try would tell the order of the file or the key.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select

from learnapp.accounts.own_data.rows import Rows
from learnapp.config.derived_keys import keyed_digest
from learnapp.database.db import AnySession, table_of
from learnapp.learning.access import age_access_of
from learnapp.learning.attempts.question import build_question, plain
from learnapp.learning.attempts.store import quiz_of_revision
from learnapp.learning.attempts.values import PresentedItem
from learnapp.learning.models import FINISHED, OPEN, SHORT, Attempt
from learnapp.learning.other_quizzes import find_other_quiz, is_open_to, labels_of
from learnapp.quiz.behaviours import Behaviour, ItemState, may_show_feedback
from learnapp.quiz.quiz import QuizVersion
from learnapp.web.catalog import current_catalog

ADDED = ("lesson", "question", "answer")


def readable_attempts(_session: AnySession, _user_id: int, rows: Rows) -> Rows:
    """Return attempts without the seed of those that may still be answered, and a digest for each quiz's hash.

    While results of a quiz wait, no attempt at it has one.
    """
    sealed = sealed_lessons(rows)
    order, result = {"seed": None, "last_save": None}, {"points": None, "passed": None}
    readable = []
    for row in rows:
        told = row["state"] == FINISHED and tells_answers(row, "", frozenset())
        kept_back = order | result if row["lesson"] in sealed else {} if told else order
        readable.append({**row, "revision": revision_digest(row["revision"]), **kept_back})
    return readable


def sealed_lessons(attempts: Iterable[Mapping[Any, Any]]) -> set[str]:
    """Return the lessons of whose quizzes nothing is told, as a deferred attempt is not graded yet."""
    return {one["lesson"] for one in attempts if one["deferred"] and one["state"] != FINISHED}


def tells_answers(attempt: Mapping[Any, Any], item_id: str, asked: Collection[str]) -> bool:
    """Tell whether a finished attempt says what is right in one of its items, where it is not a lesson's.

    A bank asks again: nothing is told of a form that was not passed, nor of what is `asked` in one that is open.
    """
    if find_other_quiz(attempt["lesson"]) is None:
        return True
    return bool(attempt["passed"]) and item_id not in asked


def asked_now(attempts: Iterable[Mapping[Any, Any]]) -> frozenset[str]:
    """Return the ids of the items of attempts that can be answered, of quizzes that no lesson has."""
    unfinished = (one for one in attempts if one["state"] == OPEN and find_other_quiz(one["lesson"]) is not None)
    return frozenset(item_id for one in unfinished for item_id in one["item_ids"])


def readable_responses(session: AnySession, user_id: int, rows: Rows) -> Rows:
    """Return answers beside their questions, in words as far as the age group of the person may see them."""
    columns = table_of(Attempt).c["id", "lesson", "kind", "state", "deferred", "revision", "seed", "item_ids", "passed"]
    stored = session.execute(select(*columns).where(Attempt.user_id == user_id)).mappings()
    attempts, access = {attempt["id"]: attempt for attempt in stored}, age_access_of(session, user_id)
    sealed, asked = sealed_lessons(attempts.values()), asked_now(attempts.values())
    quizzes = {one["revision"]: quiz_of_revision(session, one["revision"]) for one in attempts.values()}
    names = {(one["lesson"], one["revision"]) for one in attempts.values()}
    shown = {(lesson, revision): access.shown_items(lesson, quizzes[revision]) for lesson, revision in names}
    closed = {lesson for lesson, _revision in names if not is_open_to(lesson, access)}
    # Many attempts give the same answers; once they are submitted, their words depend on nothing else.
    told: dict[tuple[str, str, str], dict[str, str]] = {}
    readable = []
    for row in rows:
        attempt = attempts[row["attempt_id"]]
        quiz, lesson = quizzes[attempt["revision"]], attempt["lesson"]
        in_reach = lesson not in closed and row["item_id"] in shown[lesson, attempt["revision"]]
        state = ItemState(submitted=row["submitted_at"] is not None)
        words, kept_back = {}, {}
        behaviour: Behaviour = "deferred" if attempt["deferred"] else quiz.behaviour
        told_now = lesson not in sealed | closed and tells_answers(attempt, row["item_id"], asked)
        if told_now and may_show_feedback(behaviour, state, attempt["state"] == FINISHED):
            answer = (attempt["revision"], row["item_id"], repr(row["response"]))
            if in_reach and answer not in told:
                told[answer] = answer_in_words(_presented(attempt, quiz, row))
            words = told[answer] if in_reach else {}
        else:
            presented = _presented(attempt, quiz, row)
            kept_back = {"response": as_shown(presented), "points": None}
            if lesson in sealed:
                kept_back["tries"] = None  # fewer than all tell that the last one was right
            words = answer_in_words(presented) if in_reach else {}
        readable.append({**row, **kept_back, "lesson": lesson_title(lesson), **words})
    return readable


def answer_in_words(presented: PresentedItem) -> dict[str, str]:
    """Return the question and the answer to it as a page shows them, without marks."""
    return {"question": plain(presented.item.stem), "answer": "; ".join(answer_parts(presented))}


def answer_parts(presented: PresentedItem) -> list[str]:
    """Return an answer part by part, each with what it is about where there are several; a conversation by replies."""
    question = build_question(presented)
    parts = [f"{label}: {words}" if len(question.fields) > 1 else words for label, words in question.filled]
    return parts or [plain(reply) for _says, reply in question.form.turns if reply]


def as_shown(presented: PresentedItem) -> dict[str, list[str]] | None:
    """Return an answer by its positions on the page, None for no answer."""
    item, response = presented.item, presented.state.response
    if response is None:
        return None
    fields: dict[str, list[str]] = {}
    for name, value in item.screen_values(response, presented.presentation):
        fields.setdefault(name, []).append(value)
    return fields


def revision_digest(revision: str) -> str:
    """Return letters that tell quizzes apart as their hashes do, but tell no order."""
    return keyed_digest("quiz in an export", revision)


def lesson_title(lesson: str) -> str:
    """Return the title of a lesson or of another quiz, the key of a lesson that has left the course."""
    found = current_catalog().lesson_by_key(lesson) or labels_of(lesson)
    return found.title if found else lesson


def _presented(attempt: Mapping[Any, Any], quiz: QuizVersion, row: Mapping[str, Any]) -> PresentedItem:
    item = quiz.by_id[row["item_id"]]
    return PresentedItem(
        lesson=attempt["lesson"],
        short=attempt["kind"] == SHORT,
        quiz=quiz,
        item=item,
        number=1,
        state=ItemState(item.parse_stored(row["response"])),
        certainty=row["certainty"],
        presentation=item.present(attempt["revision"], attempt["seed"]),
    )
