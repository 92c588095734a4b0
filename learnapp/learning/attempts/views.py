"""Attempts at a quiz: a question at a time, answers that are kept, feedback, the result."""

import secrets
from typing import Any

from flask import Blueprint, Flask, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from learnapp.accounts.own_data.readable import register_reader
from learnapp.content.lesson_key import LessonKey
from learnapp.database.db import db
from learnapp.learning import errors
from learnapp.learning.access import current_age_access, current_progress, current_user_id
from learnapp.learning.attempts import answer, forms, screens, store
from learnapp.learning.attempts.answers_wording import ADDED, readable_attempts, readable_responses
from learnapp.learning.attempts.finish import finish_attempt
from learnapp.learning.attempts.question import certainty_words, to_html
from learnapp.learning.attempts.release import hand_in
from learnapp.learning.attempts.results_views import take_up_from_device, waiting_page, waiting_terms
from learnapp.learning.attempts.start import start_missed
from learnapp.learning.attempts.values import AttemptDetail, AttemptItem, AttemptSummary
from learnapp.learning.models import ASIDE, SHORT
from learnapp.learning.other_quizzes import ended_url, is_open_to, labels_of
from learnapp.learning.terms import Terms
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import register_error_page, register_error_pages
from learnapp.web.http.requests import wants_json
from learnapp.web.policy import policy

bp = Blueprint("attempts", __name__)

ATTEMPT = "/attempts/<int(max=2147483647):attempt_id>"


@bp.get(ATTEMPT)
@policy("learning", obj="attempt")
def attempt(attempt_id: int) -> ResponseReturnValue:
    """Show a question of an open attempt, or the result of a finished one; while that waits, what was answered."""
    attempt = store.attempt_detail(db.session, current_user_id(), attempt_id)
    if (ended := ended_url(attempt.summary, clock.now())) is not None:
        return redirect(ended, 303)
    if attempt.summary.sealed:
        terms = waiting_terms(attempt.summary.lesson)
        if terms is None:
            attempt = store.attempt_detail(db.session, current_user_id(), attempt_id)
        elif attempt.summary.state != ASIDE and not takes_answers(attempt.summary, terms):
            return waiting_page(attempt, terms)
    access, summary = current_age_access(), attempt.summary
    if summary.finished:
        return result_page(attempt)
    shown = access.can_show_items(summary.lesson, attempt.quiz, summary.item_ids)
    if summary.open and shown and is_open_to(summary.lesson, access):
        return attempt_page(attempt, forms.read_number(request.args.get("q"), attempt))
    if not summary.open:
        flash(_("This try is set aside. Begin the same quiz again to go on with it."))
    elif not is_open_to(summary.lesson, access):
        flash(_("This is closed to the age group that you have told."))
    elif summary.lesson not in access.withheld_lessons:
        flash(_("You began this quiz under another age group. Begin it again, and it asks what fits you."))
    if (labels := labels_of(summary.lesson)) is not None:
        return redirect(labels.url, 303)
    key = LessonKey(summary.lesson)
    return redirect(url_for("lessons.quiz", module=key.module, lesson=key.lesson), 303)


@bp.post(ATTEMPT + "/answers")
@policy("learning", obj="attempt", repeated=forms.REPEATED)
def answers(attempt_id: int) -> ResponseReturnValue:
    """Keep, check or leave an answer; a script gets JSON, or the part of the page that has changed."""
    fields = request.form
    user_id, access = current_user_id(), current_age_access()
    attempt_item = store.find_attempt_item(db.session, user_id, attempt_id, fields.get("item", ""))
    summary = attempt_item.summary
    if summary.state == ASIDE and fields.get("resume") == "1" and labels_of(summary.lesson) is None:
        take_up_from_device(summary)
        attempt_item = store.find_attempt_item(db.session, user_id, attempt_id, attempt_item.item.id)
        summary = attempt_item.summary
    if summary.sealed and summary.open:
        terms = waiting_terms(summary.lesson)
        if terms is not None and not takes_answers(summary, terms):
            return late_answer_response(attempt_item, terms, fields)
        attempt_item = store.find_attempt_item(db.session, user_id, attempt_id, attempt_item.item.id)
        summary = attempt_item.summary
    shown = access.can_show_items(summary.lesson, attempt_item.quiz, summary.item_ids)
    if not shown or not is_open_to(summary.lesson, access):
        raise errors.AttemptNotForAge(summary.lesson)
    action, seq = forms.read_action(fields), forms.read_seq(fields)
    submission = forms.read_submission(attempt_item, fields)
    stale = seq != summary.seq and not attempt_item.state.submitted
    if stale and fields.get("seen") == attempt_item.save_token:
        # Other questions were saved meanwhile; this one is as the page has it.
        seq = summary.seq
    try:
        result = answer.take_action(db.session, attempt_item, action, submission, seq, g.arrived_at)
        db.session.commit()
    except errors.StaleSave:
        db.session.rollback()
        return stale_save_response(attempt_item, fields)
    except (errors.AlreadySubmitted, errors.AttemptClosed, errors.NoHintLeft):
        db.session.rollback()
        return current_state_response(attempt_item, attempt_item.number, refused=True)
    if result.missing:
        return missing_answer_response(result, fields)
    return current_state_response(result.item, number_after(action, result.item))


@bp.post(ATTEMPT + "/finish")
@policy("learning", obj="attempt")
def finish(attempt_id: int) -> ResponseReturnValue:
    """Finish the attempt, or hand it in where its result waits; pressed twice, there is still one result."""
    user_id, arrived = current_user_id(), g.arrived_at
    try:
        finish_attempt(db.session, user_id, attempt_id, arrived)
    except errors.AttemptClosed:
        db.session.rollback()
    except errors.QuizSealed as sealed:
        terms = waiting_terms(str(sealed))
        if terms is None:
            return finish(attempt_id)
        if terms.takes(arrived):
            hand_in(db.session, user_id, attempt_id, arrived)
    db.session.commit()
    return redirect(url_for("attempts.attempt", attempt_id=attempt_id), 303)


@bp.post(ATTEMPT + "/missed")
@policy("learning", obj="attempt")
def missed(attempt_id: int) -> ResponseReturnValue:
    """Begin a practice round with the questions that lacked marks."""
    seed, now, access = secrets.randbits(62), clock.now(), current_age_access()
    try:
        practice = start_missed(db.session, current_user_id(), attempt_id, seed, now, access)
    except errors.QuizSealed as sealed:
        if (terms := waiting_terms(str(sealed))) is not None:
            raise errors.ResultsWait(terms) from None
        practice = start_missed(db.session, current_user_id(), attempt_id, seed, now, access)
    db.session.commit()
    return redirect(url_for("attempts.attempt", attempt_id=practice), 303)


def takes_answers(summary: AttemptSummary, terms: Terms) -> bool:
    """Tell whether an attempt at a quiz whose results wait takes an answer now: others than deferred ones rest."""
    return summary.open and summary.deferred and terms.takes(g.arrived_at)


def number_after(action: str, attempt_item: AttemptItem) -> int | None:
    """Return the question to show after an action: the same one, or the next (None: the end)."""
    deferred = attempt_item.behaviour == "deferred"
    kept_only = action == "check" and deferred and not attempt_item.item.goes_on(attempt_item.state.response)
    if action != "later" and not kept_only:
        return attempt_item.number
    return attempt_item.number + 1 if attempt_item.number < len(attempt_item.summary.item_ids) else None


def current_state_response(
    attempt_item: AttemptItem, number: int | None, *, refused: bool = False
) -> ResponseReturnValue:
    """Answer a press of a button with how the attempt now stands, at a question or (None) at its end."""
    if refused and wants_json():
        return jsonify(forms.answer_json(attempt_item, closed=True)), 409
    if wants_fragment() and attempt_item.summary.open:
        return current_page(attempt_item, number)
    if wants_json():
        return jsonify(forms.answer_json(attempt_item))
    attempt_id = attempt_item.summary.id
    return redirect(url_for("attempts.attempt", attempt_id=attempt_id, q=number or "end"), 303)


def missing_answer_response(result: answer.AnswerResult, fields: forms.Fields) -> ResponseReturnValue:
    """Ask for what is missing, with what was typed still in place."""
    if wants_json():
        missing = [gap.part for gap in result.missing]
        return jsonify({**forms.answer_json(result.item), "missing": missing}), 422
    return current_page(result.item, result.item.number, 422, typed=fields, missing=result.missing)


def stale_save_response(attempt_item: AttemptItem, fields: forms.Fields) -> ResponseReturnValue:
    """Show the newer answer, and keep what was typed, to be sent again if it is wanted."""
    summary = attempt_item.summary
    newer = store.find_attempt_item(db.session, summary.user_id, summary.id, attempt_item.item.id)
    if wants_json():
        return jsonify(forms.answer_json(newer, closed=newer.state.submitted)), 409
    typed = fields if forms.is_same_step(newer, fields) else None
    return current_page(newer, newer.number, 409, typed=typed, newer_item=newer)


def late_answer_response(attempt_item: AttemptItem, terms: Terms, fields: forms.Fields) -> ResponseReturnValue:
    """Say that an answer came too late, and keep what was typed on the page."""
    if wants_json():
        raise errors.AnswerTooLate(terms)
    typed = fields if forms.is_same_step(attempt_item, fields) else None
    return current_page(attempt_item, attempt_item.number, 409, typed=typed, too_late=terms)


def current_page(attempt_item: AttemptItem, number: int | None, status: int = 200, **about: Any) -> ResponseReturnValue:
    """Answer with the page of a question as it is stored now."""
    attempt = store.attempt_detail(db.session, attempt_item.summary.user_id, attempt_item.summary.id)
    if (ended := ended_url(attempt.summary, clock.now())) is not None:  # finished on another device meanwhile
        return redirect(ended, 303)
    return attempt_page(attempt, number, status, **about)


def wants_fragment() -> bool:
    """Tell whether the quiz page's script asks for the part of the page that changes."""
    return request.headers.get("X-Fragment") == "attempt"


def attempt_page(attempt: AttemptDetail, number: int | None, status: int = 200, **about: Any) -> ResponseReturnValue:
    """Answer with the quiz page at a question, or with the part of it that its script asked for."""
    screen = screens.open_screen(current_catalog(), attempt, number, current_age_access(), **about)
    name = "attempts/_attempt.html" if wants_fragment() else "attempts/attempt.html"
    return render_template(name, screen=screen, now=clock.now(), fragment=wants_fragment()), status


def result_page(attempt: AttemptDetail) -> ResponseReturnValue:
    """Answer with the result page: what was reached, and where to go on."""
    catalog, after, asks_age, complete, module_done = current_catalog(), None, False, False, False
    key_points: tuple[str, ...] = ()
    result = screens.build_result(catalog, attempt, current_age_access())
    if result.lesson is not None:
        course = current_progress(catalog.course_of(result.lesson))
        progress, following = course.of(result.lesson), course.after(result.lesson)
        complete = progress.complete
        if attempt.summary.passed and not result.closed_by_age:
            route = "short" if attempt.summary.kind == SHORT else progress.read_route
            key_points = result.lesson.end_for(route).key_points
        done = attempt.summary.is_practice or attempt.summary.passed
        after = following if done else None
        asks_age = after is not None and course.of(after).asks_age
        module_done = complete and course.module(result.lesson.module).complete
    about = {"after": after, "after_asks_age": asks_age, "complete": complete, "key_points": key_points}
    return render_template("attempts/attempt.html", result=result, module_done=module_done, **about)


def init_app(app: Flask) -> None:
    """Give templates the words of items, and errors their pages."""
    app.jinja_env.filters["words"] = to_html
    app.jinja_env.globals["certainty_words"] = certainty_words
    register_reader("attempts", readable_attempts)
    register_reader("responses", readable_responses, *ADDED)
    register_error_page(errors.AttemptNotFound, 404)
    register_error_pages(409, errors.StaleSave, errors.AttemptClosed, errors.AlreadySubmitted, errors.NoHintLeft)
    register_error_pages(409, errors.QuizSealed)
    register_error_pages(422, errors.Unanswered)
    text = _l("It was open for too long. What you had answered is kept. Open its page to see how it goes on.")
    register_error_page(errors.AttemptOver, 409, _l("This takes no more answers"), text)
    register_error_page(errors.ResultsWait, 409, _l("Results come later"), told=screens.rest_words)
    register_error_page(errors.AnswerTooLate, 409, _l("This quiz has closed"), told=screens.too_late_words)
    register_error_page(errors.TooManyAttempts, 429, _l("Time for a break"), told=screens.limit_words)
    text = _l("You began this quiz under another age group. Begin it again, and it asks what fits you.")
    register_error_page(errors.AttemptNotForAge, 403, _l("These questions are not for your age group"), text)
    text = _l("Finish it first, then practice what you missed.")
    register_error_page(errors.NotFinished, 409, _l("This quiz is not finished"), text)
    text = _l("Every answer in this quiz was right.")
    register_error_page(errors.NothingMissed, 409, _l("There is nothing to practice"), text)
