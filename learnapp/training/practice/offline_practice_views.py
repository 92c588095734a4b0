"""Practice without a network: a conversation as one page that a script plays, and what it sends afterward."""

import re

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from learnapp.content.conversations import PracticeStep
from learnapp.database.db import db
from learnapp.learning.access import current_age
from learnapp.learning.lessons.own_words.service import words_digest
from learnapp.quiz.model import SLUG, SLUG_MAX
from learnapp.training.errors import StaleNote, StalePath
from learnapp.training.models import WORDS_MAX
from learnapp.training.practice import forms, service
from learnapp.training.practice.look_back import better_replies
from learnapp.training.practice.store import practice_run, practice_runs
from learnapp.training.practice.views import CONVERSATION, conversation_or_404
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.copies import is_copy
from learnapp.web.errors import NotFound
from learnapp.web.policy import policy

bp = Blueprint("offline_practice", __name__)
MOST_RUNS = 100  # many more than there are conversations: a name that is gone may still have words of somebody


@bp.get(f"{CONVERSATION}/offline")
@policy("learning")
def talk(conversation: str) -> ResponseReturnValue:
    """Show a conversation whole, from where the current user is in it.

    A copy begins at the beginning, and holds nothing that was said or written. Where it is closed to their age group,
    or nothing can be kept of them yet, lead to its ordinary page.
    """
    found = conversation_or_404(conversation)
    if (current_user.id is None and not is_copy()) or current_age() < found.opens:
        return redirect(url_for("practice.conversation", conversation=conversation), 303)
    run = practice_run(db.session, current_user.id, found.slug)
    steps = [PracticeStep(turn, reply) for turn in found.turns for reply in turn.replies]
    return render_template(
        "offline_practice/talk.html",
        conversation=found,
        run=run,
        path=[step.reply.id for step in found.steps(run.path)],
        steps=steps,
        better=better_replies(steps),
        safety=next((point for point in current_catalog().safety if point.id == found.safety), None),
        digest=words_digest,
        most=WORDS_MAX,
        now=clock.now(),
    )


@bp.post(f"{CONVERSATION}/path")
@policy("guest", "member")
def path(conversation: str) -> ResponseReturnValue:
    """Take over what was practiced without a network; a script is told what is kept, or what was kept elsewhere.

    Of a conversation that is closed by now, or gone, words alone are kept.
    """
    found, sent, now = current_catalog().conversations.get(conversation), forms.read_run(request.form), clock.now()
    is_open = found is not None and current_age() >= found.opens
    if not is_open and not (sent.anticipated or sent.note):
        raise NotFound
    about = {"conversation": conversation, "at": now.isoformat(), "closed": not is_open}
    try:
        if found is not None and is_open:
            run = service.catch_up(db.session, current_user.id, found, sent, now)
        else:
            run = service.keep_words_of_closed(db.session, current_user.id, closed_or_404(conversation), sent, now)
    except StalePath as stale:
        db.session.rollback()
        return jsonify(about | {"stale": "path", "path": stale.newer}), 409
    except StaleNote as stale:
        db.session.rollback()
        return jsonify(about | {"stale": stale.kind, "words": stale.newer, "seen": words_digest(stale.newer)}), 409
    db.session.commit()
    seen = {"anticipated": words_digest(run.anticipated), "note": words_digest(run.note)}
    whole = not is_open or sent.path in (None, run.path)
    return jsonify(about | {"path": run.path, "seen": seen, "whole": whole})


def closed_or_404(name: str) -> str:
    """Return the name of a conversation that the current user may have practiced; raises NotFound."""
    runs = practice_runs(db.session, current_user.id)
    is_name = re.fullmatch(SLUG, name) is not None and len(name) <= SLUG_MAX
    if name in current_catalog().conversations or name in runs or (is_name and len(runs) < MOST_RUNS):
        return name
    raise NotFound
