"""Copies of pages: which ones a device may keep, made for nobody in particular, and what tells that one is whole."""

import hashlib

from flask import Response, abort, g, render_template, request
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
from learnapp.web.copies import copied_for, is_copy
from learnapp.web.display import current_display
from learnapp.web.errors import NotFound
from learnapp.web.login import Visitor
from learnapp.web.page import person_tags

HEADER, MAY_COPY = "X-Copy", "X-May-Copy"
ATTEMPT = "attempts.attempt"
# All that a device may ever keep: the course's own text. What is not on this list is not kept, so no page of accounts,
# groups, leaders, authors, results or of what somebody has done.
COPIED = frozenset({
    "lessons.home", "lessons.course", "lessons.module", "lessons.lesson", "library.glossary", "library.people",
    "web.support", "web.about", "field_card.card", "offline.device", "offline.unreachable", ATTEMPT,
})  # fmt: skip
MAIN = b'<main id="main" class="wrap" tabindex="-1">'


def begin_copy() -> ResponseReturnValue | None:
    """Have the page made for nobody that a device asks for to keep it: the reader's age group and look, not the reader.

    Answers 404 for a page that may not be kept, 401 where nobody is there to keep it for.
    """
    if HEADER not in request.headers:
        return None
    if request.method != "GET" or request.endpoint not in COPIED:
        raise NotFound
    if current_user.id is None:
        abort(401)
    band = current_band()
    current_display()  # looked up now, while the reader is known
    tags = person_tags()
    g.copied_for, g.copied_band = tags, band
    if request.endpoint == ATTEMPT:
        return _attempt_copy((request.view_args or {})["attempt_id"], band)
    set_user(Visitor(band=band))
    return None


def finish_copy(response: Response) -> Response:
    """Give a copy the line that says what it is, and what tells its device that it is whole and for whom it was made.

    Its tag stays the same as long as the page does, whatever the line says. Any other page tells whether a device may
    ask for a copy of it.
    """
    if response.status_code != 200 or response.mimetype != "text/html":
        return response
    if not is_copy():
        if request.method == "GET" and request.endpoint in COPIED and current_user.id is not None:
            response.headers[MAY_COPY] = "1"
        return response
    plain = response.get_data()
    response.set_etag(_digest(plain))
    if (response.get_etag()[0] or "") in request.if_none_match:
        response.status_code = 304
        response.set_data(b"")
    else:
        band = g.copied_band
        about = {"now": clock.now(), "band": band, "tags": copied_for(), "brief": request.endpoint == ATTEMPT}
        line = render_template("offline/_copied.html", **about)
        response.set_data(plain.replace(MAIN, MAIN + line.encode(), 1))
    facts = _digest(response.get_data()), str(g.copied_band or 0), copied_for().split(" ")[0]
    response.headers[HEADER] = " ".join(facts)
    return response


def can_keep(attempt: AttemptDetail) -> bool:
    """Tell whether a device may keep the questions of an attempt: one of a lesson that tells at once what is right."""
    summary, access = attempt.summary, current_age_access()
    waits = (summary.open or summary.state == ASIDE) and not summary.sealed and not summary.deferred
    of_lesson = labels_of(summary.lesson) is None and is_open_to(summary.lesson, access)
    return waits and of_lesson and access.can_show_items(summary.lesson, attempt.quiz, summary.item_ids)


def _attempt_copy(attempt_id: int, band: int | None) -> ResponseReturnValue:
    """Return a question that is not answered yet, or the end of its quiz, without anything that was answered."""
    attempt = store.attempt_detail(db.session, current_user.id, attempt_id)
    number = forms.read_number(request.args.get("q", "1"), attempt)
    if not can_keep(attempt) or (number is not None and attempt.item(number).state.submitted):
        raise NotFound
    set_user(Visitor(band=band))
    return attempt_page(attempt.without_answers(), number)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
