"""Pages of lists: bring one, answer what must be asked, look at what it comes to, carry it out, undo that."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from learnapp.accounts.errors import TooManyTries
from learnapp.accounts.limits.throttle import Limit, throttle_key
from learnapp.accounts.passwords.mail import erase_outbox
from learnapp.accounts.purges import register_purge
from learnapp.accounts.responses import answer_again, current_throttle
from learnapp.config.settings import current_settings
from learnapp.database.db import db
from learnapp.database.sqlite import scrub
from learnapp.groups.access import GROUP, led_class_or_404
from learnapp.groups.roster.lists import forms, service, store, wording
from learnapp.groups.roster.lists.errors import ListEnded, ListRefused
from learnapp.groups.roster.lists.preview import OUTCOMES
from learnapp.groups.roster.lists.reading.files import read_list
from learnapp.groups.roster.lists.values import (
    ClassQuestion,
    ColumnsQuestion,
    EncodingQuestion,
    ListAnswers,
    ListProblem,
    ListReading,
    PeopleList,
)
from learnapp.groups.store import members_of
from learnapp.groups.values import GroupSummary
from learnapp.groups.views import carried_out
from learnapp.web import clock
from learnapp.web.errors import register_error_page, register_error_pages
from learnapp.web.page import add_template_functions
from learnapp.web.policy import policy

LIST = f"{GROUP}/list/<int(max=2147483647):list_id>"
# Each says which of its addresses have an account, so nobody may bring lists without end.
LISTS = Limit("lists", 60, 3600)
bp = Blueprint("lists", __name__)
answer_again(bp)


@bp.route(f"{GROUP}/list", methods=["GET", "POST"])
@policy("leader", obj="group", body_bytes=forms.FORM_BYTES)
def upload(group_id: int) -> ResponseReturnValue:
    """Take a class's list, and ask what must be asked about it; nothing is kept before it can be previewed."""
    group = led_class_or_404(group_id)
    if request.method != "POST" or group.pseudonymous or group.archived:
        return _upload_page(group)
    try:
        content, answers = forms.sent_content(), forms.sent_answers()
        found = read_list(content, answers)
    except ListRefused as error:
        return _upload_page(group, error.problems, 422)
    if not isinstance(found, PeopleList):
        return _ask(group, found, content, answers)
    form = forms.ColumnsForm()
    if not found.format and not form.validate():
        return _ask(group, read_list(content, ListAnswers(answers.encoding)), content, answers)
    try:
        current_throttle().count(LISTS, throttle_key("leader", str(current_user.id)))
    except TooManyTries:
        return _upload_page(group, (ListProblem("many"),), 429)
    list_id = service.stage_list(db.session, group.id, current_user.id, found, clock.now())
    db.session.commit()
    return redirect(url_for("lists.preview", group_id=group.id, list_id=list_id), 303)


@bp.get(LIST)
@policy("leader", obj="list")
def preview(group_id: int, list_id: int) -> ResponseReturnValue:
    """Show what becomes of each row of a list, before anything is done."""
    group, now = led_class_or_404(group_id), clock.now()
    if store.find_applied(db.session, group.id, current_user.id, list_id, now):
        return redirect(url_for("lists.done", group_id=group.id, list_id=list_id), 303)
    staged = store.find_staged(db.session, group.id, current_user.id, list_id, now)
    if staged is None:
        raise ListEnded
    found = service.preview_list(db.session, group.id, staged, now)
    absent = [member for member in members_of(db.session, group.id) if member.user_id in found.absent]
    about = {"staged": staged, "preview": found, "absent": absent, "outcomes": OUTCOMES}
    return render_template("lists/preview.html", group=group, list_id=list_id, **about)


@bp.post(f"{LIST}/apply")
@policy("leader", obj="list", once=True)
def apply(group_id: int, list_id: int) -> ResponseReturnValue:
    """Carry a list out as it was shown; where anything has changed since, show it again."""
    group, digest, now = led_class_or_404(group_id), request.form.get("digest", ""), clock.now()
    if not service.apply_list(db.session, group.id, current_user.id, list_id, digest, now):
        db.session.commit()  # other user names were proposed where somebody had taken them
        flash(_("The class has changed since you looked. Nothing was done: look again, then take the list in."), "bad")
        return redirect(url_for("lists.preview", group_id=group.id, list_id=list_id), 303)
    return carried_out(url_for("lists.done", group_id=group.id, list_id=list_id))


@bp.get(f"{LIST}/done")
@policy("leader", obj="list")
def done(group_id: int, list_id: int) -> ResponseReturnValue:
    """Say what a list has done, what comes next, and until when it can be undone."""
    group = led_class_or_404(group_id)
    applied = store.find_applied(db.session, group.id, current_user.id, list_id, clock.now())
    if applied is None:
        raise ListEnded
    ends = applied.applied_at + store.UNDO_LASTS
    return render_template("lists/done.html", group=group, applied=applied, ends=ends)


@bp.post(f"{LIST}/undo")
@policy("leader", obj="list", once=True)
def undo(group_id: int, list_id: int) -> ResponseReturnValue:
    """Take back what a list has done."""
    group = led_class_or_404(group_id)
    deleted = service.undo_list(db.session, group.id, current_user.id, list_id, clock.now())
    said = ngettext(
        "The list is undone. %(num)s account is deleted again.",
        "The list is undone. %(num)s accounts are deleted again.",
        len(deleted),
    )
    answer = carried_out(url_for("groups.group", group_id=group.id), said)
    scrub(db.engine)
    for user_id in deleted:
        erase_outbox(current_settings().outbox, user_id)
    return answer


def _upload_page(group: GroupSummary, problems: tuple[ListProblem, ...] = (), status: int = 200) -> ResponseReturnValue:
    latest = store.latest_applied(db.session, group.id, current_user.id, clock.now())
    return render_template("lists/upload.html", group=group, problems=problems, latest=latest), status


def _ask(group: GroupSummary, found: ListReading, content: bytes, answers: ListAnswers) -> ResponseReturnValue:
    """Return the page with the next question; it carries the file, of which nothing is kept here yet."""
    about = {"group": group, "carried": forms.carried(content), "answers": answers, "question": found}
    asked = request.form.get("asked")
    if isinstance(found, EncodingQuestion):
        again = asked == "encoding"
        return render_template("lists/encoding.html", again=again, **about), 422 if again else 200
    if isinstance(found, ClassQuestion):
        again = asked == "class"
        return render_template("lists/class.html", again=again, **about), 422 if again else 200
    assert isinstance(found, ColumnsQuestion)  # noqa: S101 - nothing else is left
    named = forms.NAMED in request.form
    form = forms.ColumnsForm(found.header, {} if named else found.likely)
    status = 422 if named and not form.validate() else 200
    return render_template("lists/columns.html", form=form, **about), status


def init_app(app: Flask) -> None:
    """Give templates the words for lists, errors their pages, and have lists deleted whose time is over."""
    add_template_functions(app, wording)
    register_error_page(ListEnded, 404)
    register_error_pages(422, ListRefused)
    register_purge(store.purge_lists)
