"""Copies of pages: which ones a device may keep, made for nobody in particular, and what tells that one is whole."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, Response, abort, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from learnapp.accounts.identity import set_user
from learnapp.database.db import db
from learnapp.learning.access import current_age_access, current_band
from learnapp.learning.attempts import forms, store
from learnapp.learning.attempts.values import AttemptDetail
from learnapp.learning.attempts.views import attempt_page
from learnapp.learning.models import ASIDE
from learnapp.learning.other_quizzes import is_open_to, labels_of
from learnapp.web import clock
from learnapp.web.copies import copied_for
from learnapp.web.display import current_display
from learnapp.web.errors import NotFound
from learnapp.web.login import Visitor
from learnapp.web.page import page_layout, person_tags

View = TypeVar("View", bound=Callable[..., Any])
HEADER, MAY_COPY = "X-Copy", "X-May-Copy"
ATTEMPT = "attempts.attempt"
# All that a device may ever keep: the course's own text. What is not on this list is not kept, so no page of accounts,
# groups, leaders, authors, results or of what somebody has done.
COPIED = frozenset({
    "lessons.home", "lessons.course", "lessons.module", "lessons.lesson", "library.glossary", "library.people",
    "web.support", "web.about", "field_card.card", "practice.practice", "offline_practice.talk", "offline.device",
    "offline.unreachable", "review.ahead", ATTEMPT,
})  # fmt: skip
# What asks somebody's own questions: nobody stands around them, and they are blank.
OWN = frozenset({"review.ahead", ATTEMPT})
MAIN = b'<main id="main" class="wrap" tabindex="-1">'


def copyable(view: View) -> View:
    """Return a view whose page a device may ask for as a copy, made for nobody: in the reader's age group and look.

    To whoever is not there to keep it for, it answers 401. Otherwise the page says that there are copies of it.
    """

    @wraps(view)
    def answer(**args: Any) -> ResponseReturnValue:
        is_wanted = request.method == "GET" and HEADER in request.headers
        if is_wanted and current_user.id is None:
            abort(401)
        if not is_wanted:
            response = make_response(view(**args))
            if request.method == "GET" and _is_page(response) and current_user.id is not None:
                response.headers[MAY_COPY] = "1"
            return response
        band = current_band()
        current_display()  # looked up now, while the reader is known
        g.copied_for, reader = person_tags(), current_user._get_current_object()
        set_user(Visitor(band=band))
        if request.endpoint in OWN:
            page_layout()  # made now, for nobody
            set_user(reader)
        page = _attempt_copy(args["attempt_id"]) if request.endpoint == ATTEMPT else view(**args)
        return finish_copy(make_response(page), band)

    return cast(View, answer)


def finish_copy(response: Response, band: int | None) -> Response:
    """Give a copy the line that says what it is, and what tells its device that it is whole and for whom it was made.

    Its tag stays the same as long as the page does, whatever the line says.
    """
    if not _is_page(response):
        return response
    plain = response.get_data()
    response.set_etag(_digest(plain))
    if (response.get_etag()[0] or "") in request.if_none_match:
        response.status_code = 304
        response.set_data(b"")
    else:
        about = {"now": clock.now(), "band": band, "tags": copied_for(), "brief": request.endpoint == ATTEMPT}
        line = render_template("offline/_copied.html", **about)
        response.set_data(plain.replace(MAIN, MAIN + line.encode(), 1))
    facts = _digest(response.get_data()), str(band or 0), copied_for().split(" ")[0]
    response.headers[HEADER] = " ".join(facts)
    return response


def can_keep(attempt: AttemptDetail) -> bool:
    """Tell whether a device may keep the questions of an attempt: one of a lesson that tells at once what is right."""
    summary, access = attempt.summary, current_age_access()
    waits = (summary.open or summary.state == ASIDE) and not summary.sealed and not summary.deferred
    of_lesson = labels_of(summary.lesson) is None and is_open_to(summary.lesson, access)
    return waits and of_lesson and access.can_show_items(summary.lesson, attempt.quiz, summary.item_ids)


def _attempt_copy(attempt_id: int) -> ResponseReturnValue:
    """Return a question that is not answered yet, or the end of its quiz, without anything that was answered."""
    attempt = store.attempt_detail(db.session, current_user.id, attempt_id)
    number = forms.read_number(request.args.get("q", "1"), attempt)
    if not can_keep(attempt) or (number is not None and attempt.item(number).state.submitted):
        raise NotFound
    return attempt_page(attempt.without_answers(), number)


def _is_page(response: Response) -> bool:
    return response.status_code == 200 and response.mimetype == "text/html"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def init_app(app: Flask) -> None:
    """Let the listed pages be copied."""
    for endpoint in COPIED:
        app.view_functions[endpoint] = copyable(app.view_functions[endpoint])
