"""Saying which age group fits: by anybody, without a date of birth, and never for others to see."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from learnapp.accounts.models import User
from learnapp.database.db import db
from tests.actors.people import PASSWORD, People
from tests.pages import PageOpener


def bands(app: Flask) -> list[int | None]:
    with app.app_context():
        return list(db.session.scalars(select(User.band).order_by(User.id)))


def test_anybody_can_choose_and_change_it(app: Flask, client: FlaskClient, visit: PageOpener) -> None:
    page = visit(client, "/account/age")
    assert {one.get("type") for one in page.all("input") if one.get("name") == "band"} == {"radio"}

    assert "Your choice is kept." in visit(client, "/account/age", data={"band": "14"}).text
    assert 'value="14" checked' in client.get("/account/age").text
    client.post("/account/age", data={"band": "18"})
    assert bands(app) == [18]
    client.post("/account/age", data={"band": ""})
    assert bands(app) == [None]


def test_who_would_rather_not_say_leaves_nothing_behind(app: Flask, client: FlaskClient) -> None:
    assert client.post("/account/age", data={"band": ""}).status_code == 303
    assert bands(app) == []


@pytest.mark.parametrize("band", ["13", "0", "-1", "eighteen", None])
def test_only_the_groups_on_offer_can_be_chosen(app: Flask, client: FlaskClient, band: str | None) -> None:
    answer = client.post("/account/age", data={} if band is None else {"band": band})
    assert answer.status_code == 422
    assert "Choose one." in answer.text
    assert bands(app) == []


def test_the_choice_leads_back_to_where_it_was_asked_and_to_no_other_site(client: FlaskClient) -> None:
    for address, goal in (("/display", "/display"), ("//evil.example", "/account/age")):
        answer = client.post("/account/age", query_string={"next": address}, data={"band": "16"})
        assert answer.location == goal
    assert 'action="/account/age?next=/display"' in client.get("/account/age?next=/display").text


def test_who_came_from_nowhere_is_shown_the_way_to_the_course(client: FlaskClient, visit: PageOpener) -> None:
    way = '<a class="golink" href="/">Go to the course</a>'
    assert way in visit(client, "/account/age", data={"band": "14"}).text
    assert way not in visit(client, "/account/age?next=/display").text


def test_the_display_page_shows_the_way(client: FlaskClient) -> None:
    assert 'href="/account/age"' in client.get("/display").text


def test_it_stands_in_an_account_s_settings_too(people: People) -> None:
    ben = people.signed_in("Ben", band=14)
    assert '<option selected value="14">14 or 15</option>' in ben.get("/account/settings").text
    assert 'value="14" checked' in ben.get("/account/age").text


def test_a_guest_who_signs_up_keeps_the_choice(people: People) -> None:
    browser = people.browser()
    browser.post("/account/age", data={"band": "16"})
    browser.post("/account/sign-up", data={"name": "Ben", "password": PASSWORD, "take": "y"})
    assert bands(people.app) == [16]
