"""Forms that are sent twice: one press is one change, and both requests get the same answer."""

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from learnapp.web.forms import form_key
from tests.actors.people import same_browser
from tests.shares import one_in
from tests.whole.calls import CALLS, POSTS, stated
from tests.whole.cast import Cast
from tests.whole.rows import all_rows


@pytest.mark.both_databases
@pytest.mark.parametrize("key", one_in(11, POSTS, 2))
def test_the_same_form_sent_again_changes_nothing_more_and_gets_the_same_answer(cast: Cast, key: str) -> None:
    with time_machine.travel("2026-11-21T12:00:00Z", tick=False):
        for role in ("anonymous", "guest", "learner" if "learner" in CALLS[key].roles else "teacher"):
            status, goal = CALLS[key].expected(role)
            if not goal and status < 400:
                send_three_times(cast, key, role)


def send_three_times(cast: Cast, key: str, role: str) -> None:
    """Send a form, again with the cookie of before the answer, and again with the cookie of the answer."""
    call, who = CALLS[key], cast.person(role)
    who.client.get("/display")  # with a form, as every page has that such a form can be sent from
    if call.before:
        call.before(cast, who)
    address = call.address(cast.app, key, who)
    form = {**(call.form(who) if call.form else {}), "form_key": form_key()}
    meanwhile = same_browser(who.client)

    first = who.client.post(address, data=form)
    cast.settle()
    rows = all_rows(cast.engine)
    for browser in (meanwhile, who.client):
        again = browser.post(address, data=form)
        assert (again.status, again.location) == (first.status, first.location), f"{key} as {role}"
    cast.settle()

    assert all_rows(cast.engine) == rows, f"{key} as {role}"
    assert reached(meanwhile) == reached(who.client), f"{key} as {role}"


def reached(client: FlaskClient) -> tuple[int, int]:
    """Tell how far this browser comes: to an account, to a guest's data."""
    return client.get("/account").status_code, client.get("/account/data").status_code


def test_a_form_that_may_be_sent_only_once_says_so_by_its_policy(app: Flask) -> None:
    once = {key.split()[1] for key in POSTS if stated(app, key).once}
    assert once == {
        *("accounts.sign_up", "accounts.sign_in", "accounts.sign_out_everywhere", "email.address"),
        "accounts.end_session",
        *("email.send_confirmation", "email.confirm"),
        *("events.new", "events.edit", "events.delete"),
        *("groups.new", "groups.new_team", "groups.settings", "groups.end", "groups.duplicate"),
        *("assignments.new", "assignments.edit", "assignments.copy"),
        *("teachers.sign_up", "teachers.invited"),
        *("passwords.first_password", "passwords.change_password", "passwords.reset", "passwords.choose_password"),
        "own_data.data",
        *("roster.make", "roster.rename", "roster.own", "cards.cards"),
        *("lists.apply", "lists.undo"),
        *("membership.code", "membership.invite", "membership.leave", "membership.remove"),
        *("window.open_window", "window.sign_in"),
        *("leaders.leaders", "leaders.hand_over", "leaders.leave", "leaders.remove"),
        *("join.enter", "invitations.accept", "invitations.decline"),
        "certificates.claim",
    }
