"""Whatever is typed or stored of classes is text wherever it is looked at: in every field of every form of theirs.

The fields are found on the pages, and by walking the forms it is seen that none is left out.
"""

import csv
import importlib
import io
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import String, update
from wtforms import IntegerField, StringField
from wtforms.fields.core import UnboundField

import learnapp.groups
import learnapp.reports
from learnapp.accounts.models import User
from learnapp.accounts.names import rules as names
from learnapp.accounts.passwords.forms import ThrottledForm
from learnapp.database.db import Base, db
from learnapp.groups.models import Group, Invitation, Membership
from learnapp.groups.roster.lists.store import read_staged, write_staged
from learnapp.groups.roster.models import RosterImport
from learnapp.web.forms import Form
from learnapp.web.spreadsheets import FORMULA, UNSHOWN
from tests.pages import Page, PageOpener
from tests.shares import LONG, left, one_in
from tests.whole.calls import CALLS, POSTS
from tests.whole.calls import Form as Fields
from tests.whole.cast import Cast, Person
from tests.whole.test_typed_text import CELLS, CORPUS, inert

CONTROLS = (
    "a\x00xss",
    "\x1b[31mxss",
    "xss\x07",
    "xss\x7f",
    "\x85xss",
    "xss\x0b\x0c",
    "\ufdd0\ufffexss",
    "\U0001ffffxss",
)
TEXTS = (*CORPUS, *CELLS, *CONTROLS)
ROOMS = ("learnapp.groups", "learnapp.reports")
TYPED = {"text", "search", "email", "number", "date", "time", "hidden", "password"}
OURS = {"csrf_token", "form_key"}
# Columns of classes that hold what was typed; the others are chosen from what there is, or made here.
WORDS = {"groups.name", "memberships.full_name", "invitations.full_name"}
CLOSED = {
    *("groups.kind", "groups.zone", "memberships.role", "memberships.list_key", "group_codes.purpose"),
    *("group_codes.code", "invitations.role", "invitations.list_key", "assignments.target_kind", "assignments.target"),
    *("assignments.state", "assignments.feedback", "extensions.reason", "looks.kind"),
}


# Fields of pages in another state: of a class with pseudonyms, of an assignment of which some tries count.
MORE = {"POST roster.make": {"count"}, "POST assignments.extension": {"extra_tries"}}
ALONE = {"names", "count"}  # what is typed before there is anything else of their forms


def of_classes(app: Flask, key: str) -> bool:
    """Tell whether the view of a call is in a room of groups or reports."""
    return app.view_functions[key.split()[1]].__module__.startswith(ROOMS)


def person(cast: Cast, key: str) -> Person:
    """Return somebody who may call a route, and leads a class where that takes a leader."""
    roles = CALLS[key].roles
    who = cast.person("teacher" if "teacher" in roles else "anonymous")
    if CALLS[key].before:
        CALLS[key].before(cast, who)  # type: ignore[misc]
    return who


def fields_of(cast: Cast, key: str, who: Person) -> set[str]:
    """Return the names of the fields that a form has: those that are sent, and those on its page."""
    call = CALLS[key]
    found = set(call.form(who)) if call.form else set()
    address, twin = call.address(cast.app, key, who), key.replace("POST", "GET")
    if twin in CALLS:
        answer = who.client.get(CALLS[twin].address(cast.app, twin, who), follow_redirects=True)
        page = Page(cast.app, answer) if answer.mimetype == "text/html" else None
        for form in page.all("form") if page else ():
            if form.get("action", "").partition("?")[0] != address:
                continue
            typed = (one for one in form.iter() if one.tag == "textarea" or one.get("type", "") in TYPED)
            found |= {one.get("name", "") for one in typed if one.get("name")}
    return (found | MORE.get(key, set())) - OURS


def looked_at(cast: Cast, who: Person, only: Callable[[int], bool] = lambda _at: True) -> Iterator[Page]:
    """Yield every page of classes that somebody has, and see that no cell of their files is a formula."""
    for at, (key, call) in enumerate(CALLS.items()):
        if key.startswith("GET") and of_classes(cast.app, key) and call.passes(who.role) and only(at):
            answer = who.client.get(call.address(cast.app, key, who), follow_redirects=True)
            if answer.mimetype == "text/html":
                yield inert(Page(cast.app, answer))
            elif answer.mimetype == "text/csv":
                safe(answer.text)


def safe(text: str) -> None:
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    assert [cell for row in rows for cell in row if cell.startswith(FORMULA)] == []


def each_form() -> list[object]:
    """Return every second form; where what is long is tried, all, each with what is left of it as another case."""
    cases: list[object] = []
    for at, key in enumerate(POSTS):
        if at % 2 == 0:
            cases.append(pytest.param(at, key, False, id=key))
        elif LONG:
            cases.append(left(at, key, False, id=key))
        if LONG:
            cases.append(left(at, key, True, id=f"{key} rest"))
    return cases


def chosen(number: int) -> bool:
    """Tell whether `make test` tries the one with this number, counted on from form to form and field to field."""
    return number % len(TEXTS) == 0


@pytest.mark.parametrize(("at", "key", "rest"), each_form())
def test_what_is_typed_into_any_field_is_text(cast: Cast, at: int, key: str, rest: bool) -> None:
    """One of the texts in each field, another one in the next, and then a quarter of the pages; or all the rest."""
    call = CALLS[key]
    if not of_classes(cast.app, key):
        return
    who = person(cast, key)
    for nth, field in enumerate(sorted(fields_of(cast, key, who))):
        for number, text in enumerate(TEXTS):
            if chosen(number + 7 * at + nth) is rest:
                continue
            others = call.form(who) if call.form and field not in ALONE else {}
            form: Fields = {**others, field: text}
            answer = who.client.post(call.address(cast.app, key, who), data=form, follow_redirects=True)
            assert answer.status_code < 500, f"{field}: {text!r}"
            if answer.mimetype == "text/html":
                inert(Page(cast.app, answer))
            elif answer.mimetype == "text/csv":
                safe(answer.text)
    assert list(looked_at(cast, who, lambda page: rest or page % 4 == at % 4)) or who.role == "anonymous"


@pytest.mark.parametrize("text", one_in(32, TEXTS, 7))
def test_what_files_hold_and_are_called_is_text(cast: Cast, text: str) -> None:
    ada = cast.person("teacher")
    out = io.StringIO()
    csv.writer(out).writerows(
        [["username", "firstname", "lastname", "email", text], [text] * 5, ["x", text, "", "", ""]]
    )
    people = out.getvalue()
    out = io.StringIO()
    csv.writer(out).writerows([["Student", "ID", "SIS Login ID", "Section"], [text] * 4, [text, "", "", ""]])
    for path, name, content in (
        (f"/groups/{ada.led}/list", "file", people),
        (f"/groups/{ada.led}/list", "file", people.replace("username", "u").replace("firstname", text)),
        (f"/groups/{ada.led}/board/canvas", "export", out.getvalue()),
    ):
        for file in (content.encode(), text.encode("utf-16"), b"\xff"):
            data = {name: (io.BytesIO(file), text.partition("\r")[0] or "x")}
            answer = ada.client.post(path, data=data, follow_redirects=True)
            assert answer.status_code < 500
            inert(Page(cast.app, answer))
    identities = {"identities": out.getvalue()}
    safe(ada.client.post(f"/groups/{ada.led}/board/canvas.csv", data=identities).text)


@pytest.mark.parametrize("text", one_in(32, TEXTS, 11))
def test_what_is_typed_for_accounts_is_text(cast: Cast, text: str) -> None:
    ada = cast.person("teacher")
    path = f"/groups/{ada.led}/accounts/new"
    for pseudonymous in (False, True):
        with cast.app.app_context():
            db.session.execute(update(Group).values(pseudonymous=pseudonymous))
            db.session.commit()
        for form in ({"names": f"{text}\nDora {text}"}, {"count": text}, {"user-0": text, "full-0": text}):
            page = inert(Page(cast.app, ada.client.post(path, data=form, follow_redirects=True)))
            assert page.response.status_code in {200, 422}
        inert(
            Page(
                cast.app,
                ada.client.post(
                    f"/groups/{ada.led}/accounts/{ada.pupil}/name", data={"name": text}, follow_redirects=True
                ),
            )
        )
        if not pseudonymous:
            inert(Page(cast.app, ada.client.get(f"/groups/{ada.led}/accounts")))


def test_every_field_of_every_form_is_typed_into(cast: Cast) -> None:
    for room in (learnapp.groups, learnapp.reports):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            importlib.import_module(module.name)
    forms = {one for one in descendants(Form) if one.__module__.startswith(ROOMS)}
    assert ThrottledForm not in forms
    wanted = {
        name
        for form in forms
        for name in dir(form)
        if isinstance(field := getattr(form, name), UnboundField)
        and issubclass(field.field_class, StringField | IntegerField)
    }
    keys = [key for key in POSTS if of_classes(cast.app, key)]
    found = set().union(*(fields_of(cast, key, person(cast, key)) for key in keys))
    assert wanted - found == set()


def descendants(form: type[Any]) -> Iterator[type[Any]]:
    for one in form.__subclasses__():
        yield one
        yield from descendants(one)


def test_every_column_that_holds_words_is_filled_with_them(app: Flask) -> None:
    models = (mapper.class_ for mapper in Base.registry.mappers)
    rooms = {model.__tablename__ for model in models if model.__module__.startswith(ROOMS)}
    found = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        if table.name in rooms
        for column in table.columns
        if isinstance(column.type, String)
    }
    assert found == WORDS | CLOSED


@pytest.mark.parametrize("text", one_in(32, TEXTS, 3))
def test_what_is_stored_of_a_class_is_text_on_every_page_and_in_every_file(
    cast: Cast, visit: PageOpener, text: str
) -> None:
    ada, ben = cast.person("teacher"), cast.person("learner")
    cast.enter(ben, ada.led)
    stored, name = UNSHOWN.sub("", text), names.clean(text)
    with cast.app.app_context():
        db.session.execute(update(Group).values(name=stored))
        for table in (Membership, Invitation):
            db.session.execute(update(table).values(full_name=stored))
        for user_id in (ada.id, ben.id, ada.pupil):
            named = {"name": stored, "name_key": f"{user_id} {name}"}
            db.session.execute(update(User).where(User.id == user_id).values(**named))
        for row in db.session.query(RosterImport).filter(RosterImport.applied_at.is_(None)):
            staged = read_staged(row.listed)
            people = tuple(
                replace(one, full_name=stored, user_name=stored, said=stored, account_name=stored)
                for one in staged.people
            )
            row.listed = write_staged(
                replace(staged, format=stored, class_name=stored, not_taken=(stored,), people=people)
            )
        db.session.commit()
    cast.come_by_code(ben)
    for who in (ada, ben):
        assert list(looked_at(cast, who))
    form = {"who": "ticked", f"user-{ada.pupil}": "on", "form_key": "k" * 43}
    inert(Page(cast.app, ada.client.post(f"/groups/{ada.led}/accounts/cards", data=form)))
    safe(ada.client.post(f"/groups/{ada.led}/accounts/cards", data={**form, "as": "csv"}).text)
    for path in ("/account/data", "/me", "/", "/account"):
        inert(visit(ben.client, path))
