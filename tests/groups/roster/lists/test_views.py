"""Pages of lists, over HTTP: a file, its questions, the preview, what was done and undone."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from learnapp.database.db import db
from learnapp.groups.models import MEMBER, Group, Membership
from learnapp.groups.roster.lists import views
from learnapp.groups.roster.lists.forms import FORM_BYTES
from learnapp.groups.roster.lists.reading.files import MOST_BYTES
from learnapp.groups.roster.models import RosterImport
from learnapp.web.http.uploads import large_forms
from tests.actors.groups import Class
from tests.actors.lists import apply, bring, carried_on, digest_of, take_in
from tests.actors.people import People
from tests.factories.base import NOON
from tests.groups.roster.lists.samples import (
    BORN,
    CLASSES,
    DEMOGRAPHICS,
    ENROLLMENTS,
    ONEROSTER_USERS,
    SAMPLES,
    SECRET,
    lines,
    school,
)
from tests.logs import logged
from tests.pages import Page, PageOpener, words
from tests.shares import share
from tests.statements import counted
from tests.whole.test_typed_text import CELLS, CORPUS, inert

MOODLE = SAMPLES["moodle"].content
OTHER_TABLE = lines("Surname;First name;Kennwort", f"Kaya;Mina;{SECRET}", f"Berg;Ola;{SECRET}")


def sections(page: Page) -> list[str]:
    return [words(one) for one in page.all("h2")]


def ask(class_9c: Class, carried: str, asked: str, **form: str) -> object:
    data = {"carried": carried, "asked": asked, **form}
    return class_9c.ada.post(f"/groups/{class_9c.id}/list", data=data)


def test_a_class_comes_in_by_its_schools_list(class_9c: Class, visit: PageOpener) -> None:
    ada = class_9c.ada
    start = visit(ada, f"/groups/{class_9c.id}")
    assert f"/groups/{class_9c.id}/list" in {one.get("href") for one in start.all("a")}
    visit(ada, f"/groups/{class_9c.id}/list")
    brought = bring(ada, class_9c.id, ONEROSTER_USERS)
    assert brought.status_code == 303
    page = visit(ada, str(brought.location))
    assert sections(page) == ["New accounts (2)", "Left out (4)", "What happens then"]
    assert "Mina Kaya signs in as mina.kaya" in words(page.tree)
    assert "no student: “teacher”" in page.text
    assert "phone, agentSourcedIds, grades, password" in page.text
    done = visit(ada, str(apply(ada, str(brought.location)).location))
    assert "2 new accounts" in done.text
    assert f"/groups/{class_9c.id}/accounts" in {one.get("href") for one in done.all("a")}
    assert class_9c.members() == {"mina.kaya", "ola.berg"}


def test_the_same_list_again_has_nothing_to_do(class_9c: Class, visit: PageOpener) -> None:
    take_in(class_9c.ada, class_9c.id, MOODLE)
    page = visit(class_9c.ada, str(bring(class_9c.ada, class_9c.id, MOODLE).location))
    assert sections(page) == ["Here already (2)", "What happens then"]
    assert "there is nothing to do" in page.text
    assert "digest" not in page.text


def test_a_preview_leads_on_to_what_was_done_once_it_is(class_9c: Class) -> None:
    preview = str(bring(class_9c.ada, class_9c.id, MOODLE).location)
    done = apply(class_9c.ada, preview).location
    assert class_9c.ada.get(preview).location == done
    assert class_9c.ada.post(f"{preview}/apply", data={"digest": "older"}).location == done


def test_a_change_since_the_preview_shows_it_again(class_9c: Class, people: People, visit: PageOpener) -> None:
    preview = str(bring(class_9c.ada, class_9c.id, MOODLE).location)
    digest = digest_of(class_9c.ada, preview)
    people.add("Mina")
    answer = class_9c.ada.post(f"{preview}/apply", data={"digest": digest})
    assert (answer.status_code, answer.location) == (303, preview)
    page = visit(class_9c.ada, preview)
    assert "The class has changed since you looked" in page.text
    assert sections(page)[:2] == ["New accounts (1)", "Invited, as they have an account (1)"]
    apply(class_9c.ada, preview)
    assert class_9c.members() == {"ola"}


def test_all_that_is_wrong_in_the_rows_is_shown_beside_them(class_9c: Class, visit: PageOpener) -> None:
    wrong = lines("username,firstname,lastname,email", "mina,Mina,Kaya,no mail", f"ola,{'x' * 130},,", "mina,Ray,Roe,")
    page = visit(class_9c.ada, str(bring(class_9c.ada, class_9c.id, wrong).location))
    assert sections(page) == ["This list cannot be taken in yet", "To be mended in the file (3)", "What happens then"]
    assert "email: This is no e-mail address." in page.text
    assert "username: The same stands in row 2." in page.text
    assert "lastname: The name has 130 characters" in page.text
    assert "digest" not in page.text


def test_what_keeps_a_file_from_being_read_is_told_at_its_field(class_9c: Class, visit: PageOpener) -> None:
    short = lines("username,firstname,lastname,email", "mina,Mina,Kaya", "ola,Ola,Berg,,,")
    answer = bring(class_9c.ada, class_9c.id, short)
    assert answer.status_code == 422
    page = Page(visit.app, answer)
    told = [words(one) for one in page.all("a") if one.get("href") == "#file"]
    assert [one[:34] for one in told] == ["Row 2: This row has 3 cells, but t", "Row 3: This row has 6 cells, but t"]


@pytest.mark.parametrize("content", [b"\0", b"PK\x03\x04x", b"%PDF", b'"', b"x" * (MOST_BYTES + 1), ENROLLMENTS])
def test_no_list_leaves_a_row_behind_that_cannot_be_read(class_9c: Class, people: People, content: bytes) -> None:
    assert bring(class_9c.ada, class_9c.id, content).status_code == 422
    assert people.count(RosterImport) == 0


def test_no_file_is_told_above_the_form_and_beside_the_field(class_9c: Class, visit: PageOpener) -> None:
    page = visit(class_9c.ada, f"/groups/{class_9c.id}/list", data={}, status=422)
    assert "novalidate" in page.one("form", enctype="multipart/form-data").attrib
    field = page.one("input", id="file")
    assert (field.get("aria-invalid"), field.get("aria-describedby")) == ("true", "file-hint file-error")
    assert words(page.one("p", id="file-error")) == "Error: Choose a file."
    assert [words(one) for one in page.all("a") if one.get("href") == "#file"] == ["Choose a file."]
    empty = class_9c.ada.post(f"/groups/{class_9c.id}/list", data={"carried": "a"})
    assert empty.status_code == 422


def test_what_is_more_than_a_list_may_have_is_refused(class_9c: Class) -> None:
    assert bring(class_9c.ada, class_9c.id, b"x" * FORM_BYTES).status_code == 413
    large = {"name": "x" * 300_000, "zone": "UTC"}
    assert class_9c.ada.post("/groups/new", data=large).status_code == 413


def test_no_other_address_takes_as_much(app: Flask) -> None:
    found = large_forms(app)
    assert found.body_bytes == FORM_BYTES
    assert found.paths.fullmatch("/groups/7/list")
    assert not any(map(found.paths.fullmatch, ["/groups/7/list/8", "/groups/7/list/8/apply", "/groups/new", "/"]))


def test_an_older_encoding_is_chosen_by_its_first_rows(class_9c: Class, visit: PageOpener) -> None:
    content = "username,firstname,lastname,email\nzoe,Zoë,Öz,\n".encode("cp1252")
    asked = Page(visit.app, bring(class_9c.ada, class_9c.id, content))
    assert asked.response.status_code == 200
    assert "Zoë" in asked.text
    carried = carried_on(asked.text)
    again = Page(visit.app, ask(class_9c, carried, "encoding"))  # type: ignore[arg-type]
    assert again.response.status_code == 422
    assert "Choose one way." in again.text
    preview = ask(class_9c, carried, "encoding", encoding="cp1252")
    assert "Zoë Öz" in visit(class_9c.ada, preview.location).text  # type: ignore[attr-defined]


def test_one_class_of_a_school_is_chosen(class_9c: Class, visit: PageOpener) -> None:
    asked = Page(visit.app, bring(class_9c.ada, class_9c.id, ONEROSTER_USERS, ENROLLMENTS, CLASSES))
    assert [words(one) for one in asked.all("label")] == ["History 7 2 students", "Physics 7 1 student"]
    carried = carried_on(asked.text)
    again = Page(visit.app, ask(class_9c, carried, "class"))  # type: ignore[arg-type]
    assert again.response.status_code == 422
    preview = visit(class_9c.ada, ask(class_9c, carried, "class", **{"class": "c-1"}).location)  # type: ignore[attr-defined]
    assert "Class: Physics 7." in words(preview.tree)
    assert sections(preview) == ["New accounts (1)", "Left out (1)", "What happens then"]


def test_columns_of_another_table_are_named(class_9c: Class, visit: PageOpener) -> None:
    asked = Page(visit.app, bring(class_9c.ada, class_9c.id, OTHER_TABLE))
    chosen = [one.get("value") for one in asked.all("option") if one.get("selected") is not None]
    assert [one for one in chosen if one] == ["1", "0"]  # by the names of the columns
    carried = carried_on(asked.text)
    none = Page(visit.app, ask(class_9c, carried, "columns", named="yes"))  # type: ignore[arg-type]
    assert none.response.status_code == 422
    assert "Choose at least the column of the names." in none.text
    twice = ask(class_9c, carried, "columns", named="yes", given_name="1", family_name="1")
    assert "Each column can be chosen once." in twice.text  # type: ignore[attr-defined]
    assert carried_on(twice.text) == carried  # type: ignore[attr-defined]
    named = ask(class_9c, carried, "columns", named="yes", given_name="1", family_name="0")
    page = visit(class_9c.ada, named.location)  # type: ignore[attr-defined]
    assert "Mina Kaya" in page.text
    assert "Not taken: Kennwort" in words(page.tree)


def test_a_table_without_a_header_is_read_from_its_first_row(class_9c: Class, visit: PageOpener) -> None:
    carried = carried_on(bring(class_9c.ada, class_9c.id, lines("Mina Kaya", "Ola Berg")).text)
    named = ask(class_9c, carried, "columns", named="yes", full_name="0", headless="y")
    page = visit(class_9c.ada, named.location)  # type: ignore[attr-defined]
    assert "New accounts (2)" in sections(page)


def test_two_questions_follow_each_other(class_9c: Class, visit: PageOpener) -> None:
    content = "Name;Ort\nZoë Öz;Köln\n".encode("cp1252")
    carried = carried_on(bring(class_9c.ada, class_9c.id, content).text)
    asked = ask(class_9c, carried, "encoding", encoding="cp1252")
    named = ask(class_9c, carried_on(asked.text), "columns", named="yes", full_name="0", encoding="cp1252")  # type: ignore[attr-defined]
    assert "Zoë Öz" in visit(class_9c.ada, named.location).text  # type: ignore[attr-defined]


def test_who_is_here_but_not_in_the_file_has_a_button(class_9c: Class, people: People, visit: PageOpener) -> None:
    people.add("Ray")
    class_9c.take_in("Ray")
    page = visit(class_9c.ada, str(bring(class_9c.ada, class_9c.id, MOODLE).location))
    assert "In the class, but not in the file (1)" in sections(page)
    ray = people.get("Ray").id
    page.one("form", action=f"/groups/{class_9c.id}/members/{ray}/remove")


def test_too_few_seats_are_told_with_the_way_to_more(class_9c: Class, people: People, visit: PageOpener) -> None:
    preview = str(bring(class_9c.ada, class_9c.id, MOODLE).location)
    digest = digest_of(class_9c.ada, preview)
    with people.app.app_context():
        db.session.execute(sa.update(Group).values(seats=1))
        db.session.commit()
    page = visit(class_9c.ada, preview)
    assert "and 1 seat is free." in words(page.tree)
    assert "digest" not in page.text
    assert class_9c.ada.post(f"{preview}/apply", data={"digest": digest}).location == preview
    assert class_9c.members() == set()


def test_a_list_is_undone(class_9c: Class, people: People, visit: PageOpener) -> None:
    done = take_in(class_9c.ada, class_9c.id, MOODLE)
    assert done in visit(class_9c.ada, f"/groups/{class_9c.id}/list").text
    answer = class_9c.ada.post(done.replace("/done", "/undo"))
    assert (answer.status_code, answer.location) == (303, f"/groups/{class_9c.id}")
    assert "2 accounts are deleted again." in visit(class_9c.ada, answer.location).text
    assert class_9c.members() == set()
    for address in (done, done.replace("/done", "")):
        assert class_9c.ada.get(address).status_code == 404
    assert class_9c.ada.post(done.replace("/done", "/undo")).status_code == 404


@pytest.mark.parametrize("about", [{"pseudonymous": True}, {"archived_at": "now"}])
def test_some_classes_take_no_list(people: People, visit: PageOpener, about: dict[str, object]) -> None:
    if "archived_at" in about:
        about = {"archived_at": NOON}
    special = Class(people, **about)
    page = visit(special.ada, f"/groups/{special.id}/list")
    assert [one for one in page.all("input") if one.get("type") == "file"] == []
    assert bring(special.ada, special.id, MOODLE).status_code == 200
    assert people.count(RosterImport) == 0


@pytest.mark.slow
def test_one_leader_brings_no_lists_without_end(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each list says which of its addresses have an account here."""
    monkeypatch.setattr(views, "LISTS", replace(views.LISTS, tries=2))
    busy = Class(People(make_app(WTF_CSRF_ENABLED=False)))
    assert [bring(busy.ada, busy.id, MOODLE).status_code for _ in range(3)] == [303, 303, 429]


@pytest.fixture
def written_down() -> Iterator[StringIO]:
    """Give all that is logged, in the most talkative mode that an operator can choose."""
    with logged(logging.INFO) as out:
        yield out


def test_passwords_and_dates_of_birth_are_nowhere(people: People, class_9c: Class, written_down: StringIO) -> None:
    """Neither in the database and its journal, nor in any log, while lists are staged and when they are taken in."""
    ada, group = class_9c.ada, class_9c.id
    previews = [bring(ada, group, sample.content).location for sample in SAMPLES.values()]
    previews.append(bring(ada, group, school(users=ONEROSTER_USERS, demographics=DEMOGRAPHICS)).location)
    carried = carried_on(bring(ada, group, OTHER_TABLE).text)
    ask(class_9c, carried, "columns", named="yes", family_name="0")
    bring(ada, group, ENROLLMENTS + b"\0" + SECRET.encode())
    bring(ada, group, lines(f"Name,{SECRET}", f"{SECRET},x,y"))
    apply(ada, str(previews[-1]))
    with people.app.app_context():
        file = Path(str(db.engine.url.database))
        files = [one for one in file.parent.glob(f"{file.name}*") if one.is_file()]
    kept = b"".join(one.read_bytes() for one in files) + written_down.getvalue().encode()
    assert b"Mina Kaya" in kept
    for word in (SECRET, BORN, "5550100", "Sesame"):
        assert word.encode() not in kept, word


@pytest.mark.parametrize("typed", share(CORPUS, lambda one: one in CORPUS[::5]))
def test_what_stands_in_a_list_is_shown_as_text(class_9c: Class, visit: PageOpener, typed: str) -> None:
    cell = typed.replace('"', '""')
    content = f'username,firstname,lastname,email,status\nmina,"{cell}",Kaya,,x\n'.encode("utf-8", "replace")
    preview = str(bring(class_9c.ada, class_9c.id, content).location)
    inert(visit(class_9c.ada, preview))
    table = f'"{cell}","b {cell}"\n"{cell}","c {cell}"\n'.encode("utf-8", "replace")
    inert(Page(visit.app, bring(class_9c.ada, class_9c.id, table)))
    inert(Page(visit.app, bring(class_9c.ada, class_9c.id, table + b"\xe9,x\n")))
    classes = f'sourcedId,title\nc-1,"{cell}"\nc-2,x\n'.encode("utf-8", "replace")
    users = f'sourcedId,givenName,familyName,role\nu-1,Mina,"{cell}","x {cell}"\n'.encode("utf-8", "replace")
    enrollments = f'classSourcedId,userSourcedId,role\nc-1,u-1,"x {cell}"\nc-2,u-1,student\n'.encode("utf-8", "replace")
    asked = bring(class_9c.ada, class_9c.id, users, enrollments, classes)
    inert(Page(visit.app, asked))
    chosen = ask(class_9c, carried_on(asked.text), "class", **{"class": "c-1"})
    inert(visit(class_9c.ada, chosen.location))  # type: ignore[attr-defined]
    wrong = f'username,firstname,lastname,email,"{cell}"\nmina,Mina,Kaya,"{cell}",y\n'.encode("utf-8", "replace")
    inert(visit(class_9c.ada, str(bring(class_9c.ada, class_9c.id, wrong).location)))


@pytest.mark.parametrize("name", [one for one in CELLS if not one.startswith(("\t", "\r", '"', "＝", "－", "＋", "a"))])
def test_a_name_like_a_formula_comes_in_as_it_is(class_9c: Class, people: People, name: str) -> None:
    quoted = name.replace('"', '""')
    take_in(class_9c.ada, class_9c.id, f'username,firstname,lastname,email\nmina,"\'{quoted}",,\n'.encode())
    with people.app.app_context():
        assert db.session.scalar(sa.select(Membership.full_name).where(Membership.role == MEMBER)) == name


def test_a_preview_of_many_rows_takes_few_statements(class_9c: Class, people: People) -> None:
    few = str(bring(class_9c.ada, class_9c.id, MOODLE).location)
    many = lines("username,firstname,lastname,email", *(f"p{n},P,{n},p{n}@x.example" for n in range(300)))
    large = str(bring(class_9c.ada, class_9c.id, many).location)
    with counted(people.engine) as first:
        class_9c.ada.get(few)
    with counted(people.engine) as second:
        assert class_9c.ada.get(large).status_code == 200
    assert len(second) == len(first) <= 14
