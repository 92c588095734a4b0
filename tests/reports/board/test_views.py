"""Pages of the board, over HTTP."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.database.db import db
from learnapp.reports.story.models import Look
from tests.actors.classes import SeededClass, assign, class_of, complete, join, try_quiz
from tests.actors.people import People
from tests.courses.classes import LEAF
from tests.factories.base import NOON
from tests.factories.groups import GroupFactory, MembershipFactory
from tests.pages import PageOpener, words
from tests.statements import counted
from tests.whole.test_typed_text import inert


def test_who_looked_is_shown_to_whom_it_is_about(people: People, visit: PageOpener) -> None:
    ben, vera = people.signed_in("Ben"), people.signed_in("Vera")
    ada = people.add("Ada", "teacher")
    with people.app.app_context():
        group = GroupFactory(name="9C").id
        db.session.add(Look(group_id=group, user_id=people.get("Ben").id, leader_id=ada, day=datetime.now(UTC).date()))
        db.session.commit()
    page = visit(ben, "/me/looks")
    assert "Ada" in page.text
    assert "9C" in page.text
    assert "Nobody has looked or made you a new card in the last 90 days." in visit(vera, "/me/looks").text
    assert "/me/looks" in visit(ben, "/account").text
    with people.app.app_context():
        MembershipFactory(group_id=group, user_id=people.get("Ben").id)
    assert "/me/looks" in visit(ben, f"/groups/{group}").text


def test_tick_deletes_old_looks(app: Flask, people: People) -> None:
    ben = people.add("Ben")
    today = datetime.now(UTC).date()
    with app.app_context():
        group = GroupFactory().id
        for day in (today, today - timedelta(days=91)):
            db.session.add(Look(group_id=group, user_id=ben, day=day))
        db.session.commit()
    assert app.test_cli_runner().invoke(args=["tick"]).exit_code == 0
    assert people.count(Look) == 1


def class_of_ada(people: People, *names: str) -> SeededClass:
    return class_of(*names, leader=people.get("Ada").id)


def test_a_board_without_members_or_lessons_says_what_to_do(
    people: People, ada: FlaskClient, visit: PageOpener
) -> None:
    with people.app.app_context():
        nobody, nothing = class_of_ada(people), class_of_ada(people, "Ben")
        assign(nobody.id, LEAF)
    page = visit(ada, f"/groups/{nobody.id}/board")
    assert "Give the code to your students." in page.text
    assert f'href="/groups/{nobody.id}">Show the code' in page.text
    page = visit(ada, f"/groups/{nothing.id}/board")
    assert "Assign a lesson or a module" in page.text
    assert f'href="/groups/{nothing.id}/assignments/new">Assign something' in page.text


def test_a_filter_that_nobody_fits_leads_back_to_everybody(people: People, ada: FlaskClient, visit: PageOpener) -> None:
    with people.app.app_context():
        one = class_of_ada(people, "Ben")
        assign(one.id, LEAF)
    page = visit(ada, f"/groups/{one.id}/board?show=late&sort=name")
    assert "Nobody fits what you chose to see." in page.text
    links = {words(link): link.get("href") for link in page.all("a")}
    assert links["Show everybody"] == f"/groups/{one.id}/board?sort=name"
    assert list(page.all("table")) == []


def test_the_board_tells_that_something_is_not_asked_but_never_why(
    people: People, ada: FlaskClient, visit: PageOpener
) -> None:
    with people.app.app_context():
        one = class_of_ada(people, "Ben")
        assign(one.id, LEAF)
    text = words(visit(ada, f"/groups/{one.id}/board").tree)
    assert "This page does not say which." in text


@pytest.mark.parametrize("pseudonymous", [True, False])
def test_names_can_be_put_to_pseudonyms_in_the_browser(
    people: People, ada: FlaskClient, visit: PageOpener, pseudonymous: bool
) -> None:
    with people.app.app_context():
        one = class_of("quiet-lamp", leader=people.get("Ada").id, pseudonymous=pseudonymous)
        join(one.id, "bright-key", help_asked_at=datetime.now(UTC) - timedelta(days=1))
        assign(one.id, LEAF)
    page = visit(ada, f"/groups/{one.id}/board?module=1-tea")
    found = [element.get("data-pseudonym") or "" for element in page.all("bdi") if element.get("data-pseudonym")]
    assert sorted(found) == (["bright-key", "bright-key", "quiet-lamp"] if pseudonymous else [])
    assert ("who-is-who" in page.text) is pseudonymous
    assert ('id="names-file"' in page.text) is pseudonymous


def test_who_needs_help_can_be_laid_aside_and_shown_again(people: People, ada: FlaskClient, visit: PageOpener) -> None:
    with people.app.app_context():
        one = class_of_ada(people, "Vera")
        ben = join(one.id, "Ben", help_asked_at=datetime.now(UTC) - timedelta(days=1))
        assign(one.id, LEAF)
    board = f"/groups/{one.id}/board?module=1-tea&sort=name"
    page = visit(ada, board)
    assert "1 may need help" in page.text
    assert "Asked for help on" in page.text
    form = {"action": "handled", "module": "1-tea", "sort": "name", "show": "all"}
    answer = ada.post(f"/groups/{one.id}/members/{ben}/handled", data=form)
    assert (answer.status_code, answer.location) == (303, board)
    page = visit(ada, board)
    assert "Nobody seems to need help" in page.text
    assert "Laid aside: 1" in page.text
    ada.post(f"/groups/{one.id}/members/{ben}/handled", data={**form, "action": "again"})
    assert "1 may need help" in visit(ada, board).text


def test_the_page_of_a_class_takes_eight_statements_with_session_and_gate(people: People, ada: FlaskClient) -> None:
    with people.app.app_context():
        one = class_of_ada(people, *(f"Ben {number}" for number in range(30)))
        assign(one.id, "1-tea", datetime.now(UTC), closes=datetime.now(UTC) + timedelta(days=1))
        for user_id in one.members.values():
            complete(user_id, LEAF, NOON)
    ada.get(f"/groups/{one.id}/board")
    with counted(people.engine) as sent:
        assert ada.get(f"/groups/{one.id}/board").status_code == 200
    assert len(sent) <= 8, sent


@pytest.mark.parametrize("name", ["<xss>", '"><xss>', "{{xss}}", "=xss", "\u202exss", "</title><xss>", "' xss='1"])
def test_names_and_titles_are_text_wherever_they_stand(
    people: People, ada: FlaskClient, visit: PageOpener, name: str
) -> None:
    now = datetime.now(UTC)
    with people.app.app_context():
        one = class_of(leader=people.get("Ada").id, name=name)
        ben = join(one.id, "Ben", full_name=name, help_asked_at=now)
        vera = join(one.id, "Vera", full_name=name, help_asked_at=now - timedelta(hours=1), help_handled_at=now)
        assign(one.id, LEAF)
        try_quiz(ben, LEAF, 2, now)
    exported = {"export": (io.BytesIO(f'Student,ID\n"{name.replace(chr(34), chr(34) * 2)}",1\n'.encode()), "x.csv")}
    pages = [visit(ada, f"/groups/{one.id}/{path}") for path in ("board", f"members/{ben}", "board/canvas")]
    pages.append(visit(ada, f"/groups/{one.id}/board/canvas", data=exported))
    assert vera
    for page in pages:
        inert(page)
        assert name in "".join(page.tree.itertext()), page.response.request.path
