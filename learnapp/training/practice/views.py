"""Pages of practice: the conversations, and one of them before, during and after the talk."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from learnapp.accounts.access import get_or_create_user
from learnapp.accounts.guests.service import guest_is_taken
from learnapp.accounts.own_data.readable import register_reader
from learnapp.accounts.own_data.rows import Rows
from learnapp.content.conversations import Conversation
from learnapp.database.db import AnySession, db
from learnapp.learning.access import current_age
from learnapp.learning.lessons.own_words.service import words_digest
from learnapp.training.errors import ReplyNotOpen, StaleNote, StalePath
from learnapp.training.models import WORDS_MAX
from learnapp.training.practice import forms, service, wording
from learnapp.training.practice.forms import TypedNote
from learnapp.training.practice.look_back import better_replies
from learnapp.training.practice.store import merge_practice, practice_run, practice_runs
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import NotFound, register_error_page
from learnapp.web.page import add_template_functions
from learnapp.web.policy import policy

bp = Blueprint("practice", __name__)
CONVERSATION = "/practice/<conversation>"
KINDS = ("anticipated", "note")
Change = Callable[[int, Conversation, datetime], None]


@bp.get("/practice")
@policy("everyone")
def practice() -> ResponseReturnValue:
    """Show the conversations, and how far the current user is in each."""
    talks, runs = current_catalog().conversations.values(), practice_runs(db.session, current_user.id)
    return render_template("practice/practice.html", conversations=talks, runs=runs, age=current_age())


@bp.get(CONVERSATION)
@policy("everyone")
def conversation(conversation: str) -> ResponseReturnValue:
    """Show a conversation where the current user is in it: before, during or after the talk."""
    return _page(conversation_or_404(conversation))


@bp.route(f"{CONVERSATION}/talk", methods=["GET", "POST"])
@policy("learning")
def talk(conversation: str) -> ResponseReturnValue:
    """Begin the talk, with what the current user thinks that the visitor asks."""
    typed, seen = forms.read_note(request.form, "anticipated"), request.form.get("seen", "")

    def change(user_id: int, found: Conversation, now: datetime) -> None:
        service.begin_talk(db.session, user_id, found, typed.words, seen, now)

    return _change(conversation, change, "talk", "anticipated", typed)


@bp.route(f"{CONVERSATION}/reply", methods=["GET", "POST"])
@policy("learning")
def reply(conversation: str) -> ResponseReturnValue:
    """Give a reply to the turn that waits for one; its reaction has the focus then."""
    fields = request.form
    chosen, at, turn = fields.get("reply", ""), forms.read_count(fields, "at"), fields.get("turn", "")
    if request.method == "POST" and not chosen:
        found = conversation_or_404(conversation)
        if _waits_at(found, turn):
            return _page(found, "reply", TypedNote("", _("Choose what to say"))), 422

    def change(user_id: int, found: Conversation, now: datetime) -> None:
        if at is None:
            raise ReplyNotOpen(found.slug, turn)
        service.give_reply(db.session, user_id, found, at, turn, chosen, now)

    return _change(conversation, change, "now")


@bp.route(f"{CONVERSATION}/back", methods=["GET", "POST"])
@policy("learning")
def back(conversation: str) -> ResponseReturnValue:
    """Take back the last replies, or all of them; without a number nothing."""
    to = forms.read_count(request.form, "to")

    def change(user_id: int, found: Conversation, now: datetime) -> None:
        if to is not None:
            service.go_back(db.session, user_id, found, to, now)

    return _change(conversation, change, "now" if to else "talk")


@bp.route(f"{CONVERSATION}/note", methods=["GET", "POST"])
@policy("learning")
def note(conversation: str) -> ResponseReturnValue:
    """Keep a note beside the conversation, or take it back; nobody else is shown it."""
    fields = request.form
    typed, seen, removes = forms.read_note(fields, "note"), fields.get("seen", ""), fields.get("action") == "remove"
    if removes:
        typed = typed._replace(problem="")

    def change(user_id: int, found: Conversation, now: datetime) -> None:
        words = "" if removes else typed.words
        service.keep_note(db.session, user_id, found, words, seen, now)
        if not words:
            flash(_("Your note is removed."), "good")

    return _change(conversation, change, "note", "note", typed)


@bp.post("/account/data/practice")
@policy("guest", "member")
def remove() -> ResponseReturnValue:
    """Take back words beside any conversation, also one that is closed to the reader now or gone."""
    fields, user_id = request.form, current_user.id
    kind, conversation = fields.get("kind", ""), fields.get("conversation", "")
    if kind in KINDS and conversation in practice_runs(db.session, user_id):
        try:
            service.remove_words(db.session, user_id, conversation, kind, fields.get("seen", ""), clock.now())
            db.session.commit()
            flash(_("These words are removed."), "good")
        except StaleNote:
            db.session.rollback()
            flash(_("These words were changed meanwhile, so they are still kept. Below are the newer ones."))
    return redirect(url_for("own_data.data", _anchor="practice-words"), 303)


def _change(
    name: str, change: Change, anchor: str, field: str = "", typed: TypedNote | None = None
) -> ResponseReturnValue:
    """Make a change and lead to where it shows.

    What was typed into a field and cannot be kept stays on the page, with what is wrong with it.
    """
    found = conversation_or_404(name)
    page = url_for("practice.conversation", conversation=name)
    if request.method != "POST" or current_age() < found.opens:
        return redirect(page, 303)
    if typed and typed.problem:
        return _page(found, field, typed), 422
    user_id = get_or_create_user().id
    try:
        change(user_id, found, clock.now())
    except ReplyNotOpen:
        db.session.rollback()
        flash(_("The conversation went on in another window, or was changed. This is where it stands."))
        return _page(found), 409
    except StaleNote as stale:
        db.session.rollback()
        problem = _("You kept other words meanwhile, in another window or on another device.")
        return _page(found, field, TypedNote(typed.words if typed else "", problem, stale.newer)), 409
    db.session.commit()
    return redirect(f"{page}#{anchor}", 303)


def _page(found: Conversation, field: str = "", typed: TypedNote | None = None) -> str:
    """Return a conversation's page; `typed` is what was sent in a field and could not be kept."""
    conversations = current_catalog().conversations
    run = practice_run(db.session, current_user.id, found.slug)
    steps, names = found.steps(run.path), list(conversations)
    number = names.index(found.slug) + 1
    return render_template(
        "practice/conversation.html",
        conversation=found,
        number=number,
        count=len(names),
        following=conversations[names[number]] if number < len(names) else None,
        safety=next((point for point in current_catalog().safety if point.id == found.safety), None),
        is_open=current_age() >= found.opens,
        run=run,
        steps=steps,
        waiting=found.turn_after(steps),
        better=better_replies(steps),
        digest=words_digest,
        most=WORDS_MAX,
        typed={field: typed} if typed else {},
        problems=[(field, typed.problem)] if typed else [],
    )


def _waits_at(found: Conversation, turn: str) -> bool:
    """Tell whether the current user's talk has begun and waits for a reply to this turn."""
    run = practice_run(db.session, current_user.id, found.slug)
    waiting = found.turn_after(found.steps(run.path))
    return run.begun and waiting is not None and waiting.id == turn and current_age() >= found.opens


def conversation_or_404(name: str) -> Conversation:
    """Return a conversation of the course; raises NotFound."""
    found = current_catalog().conversations.get(name)
    if found is None:
        raise NotFound
    return found


def practice_words() -> list[dict[str, str]]:
    """Return what the current user wrote beside conversations, each with its title and what a form says of it."""
    conversations, words = current_catalog().conversations, []
    for name, run in practice_runs(db.session, current_user.id).items():
        title = conversations[name].title if name in conversations else name
        for kind, text in zip(KINDS, (run.anticipated, run.note), strict=True):
            seen = words_digest(text)
            words.append({"conversation": name, "kind": kind, "title": title, "words": text, "seen": seen})
    return [one for one in words if one["words"]]


def readable_runs(_session: AnySession, _user_id: int, rows: Rows) -> Rows:
    """Return runs with what was said in them, in words, as far as their conversations still have it."""
    conversations = current_catalog().conversations

    def said(row: dict[str, Any]) -> list[str]:
        found = conversations.get(row["conversation"])
        return [step.reply.text for step in found.steps(row["path"])] if found else []

    return [{**row, "said": said(row)} for row in rows]


def init_app(app: Flask) -> None:
    """Give templates the words of practice; what a guest has practiced goes into the account that takes it over."""
    add_template_functions(app, wording)
    app.jinja_env.globals.update(practice_words=practice_words)
    register_reader("practice_runs", readable_runs, "said")
    for error in (ReplyNotOpen, StalePath):
        register_error_page(error, 409, _l("The conversation went on elsewhere"))
    register_error_page(StaleNote, 409, _l("Something newer was kept"))
    guest_is_taken.connect(merge_practice)
