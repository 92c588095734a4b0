"""Pages of the board, over HTTP."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from learnapp.database.db import db
from learnapp.reports.board.models import Look
from tests.actors.people import People
from tests.factories.groups import GroupFactory
from tests.pages import PageOpener


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
    assert "Nobody has looked in the last 90 days." in visit(vera, "/me/looks").text
    assert "/me/looks" in visit(ben, "/account").text


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
