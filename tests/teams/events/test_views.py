"""Pages of events: one is made, changed and deleted, and those who are expected find it where they learn."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import update

from learnapp.database.db import db
from learnapp.groups.models import Group
from learnapp.teams.events.service import MOST_EVENTS
from learnapp.teams.models import Event, EventVolunteer
from tests.actors.deferred import at
from tests.actors.teams import TYPED, Team
from tests.factories.base import NOON
from tests.factories.groups import GroupFactory, MembershipFactory
from tests.factories.teams import EventFactory
from tests.pages import PageOpener, words
from tests.statements import counted

TODAY = NOON.date()


def number_of(address: str) -> int:
    return int(address.rpartition("/")[2])


def test_a_coordinator_makes_an_event_and_comes_to_its_page(team: Team, visit: PageOpener) -> None:
    assert "There is no event yet." in visit(team.cora, team.path).text
    form = visit(team.cora, f"{team.path}/events/new")
    chosen = [one.get("value") for one in form.one("select", id="zone").iter("option") if "selected" in one.attrib]
    assert chosen == ["Europe/Berlin"]
    page = visit(team.cora, f"{team.path}/events/new", data=TYPED | {"places": "4"})
    assert (words(page.one("h1")), "The event is made." in page.text) == ("Open day", True)
    assert "2 volunteers are expected, 4 wanted. 113 days to go." in page.text
    assert "14 March 2027, 10:00 (Europe/Berlin)" in page.text
    assert "Open day" in visit(team.cora, team.path).text
    assert team.the_event().places == 4


def test_what_does_not_fit_comes_back_as_it_was_typed(team: Team, visit: PageOpener) -> None:
    typed = TYPED | {"title": "=2+2", "day": "2020-01-01", "places": "999", "who": "some", "members": [team.ben_id]}
    page = visit(team.cora, f"{team.path}/events/new", data=typed, status=422)
    assert page.one("input", id="title").get("value") == "=2+2"
    assert page.one("input", id="day").get("value") == "2020-01-01"
    assert "checked" in page.one("input", id="who-1").attrib
    ticked = [one.get("value") for one in page.all("input") if one.get("name") == "members" and "checked" in one.attrib]
    assert ticked == [str(team.ben_id)]
    assert page.text.count("Choose a day from today on") == 2  # in the summary, and beside the field
    assert page.text.count("Enter a number from 1 to 500") == 2
    assert team.rows(Event) == []


def test_a_time_that_the_clocks_leave_out_is_told_with_what_holds(team: Team, visit: PageOpener) -> None:
    about = TYPED | {"day": "2027-03-28", "starts": "02:30"}
    page = visit(team.cora, f"{team.path}/events/new", data=about)
    assert "02:30 is left out on that day, as clocks are put forward: it is 03:30." in page.text
    assert "is left out" not in visit(team.cora, f"{team.path}/events/new", data=TYPED).text


def test_somebody_else_s_member_cannot_be_expected(team: Team, visit: PageOpener) -> None:
    cleo = team.people.add("Cleo")
    with team.app.app_context():
        MembershipFactory(group_id=GroupFactory(kind="team").id, user_id=cleo)
    visit(team.cora, f"{team.path}/events/new", data=TYPED | {"who": "some", "members": [cleo]}, status=422)
    assert (team.rows(Event), team.rows(EventVolunteer)) == ([], [])


def test_a_form_that_is_sent_twice_makes_one_event(team: Team) -> None:
    page = team.cora.get(f"{team.path}/events/new")
    key = page.text.split('name="form_key" value="')[1].split('"')[0]
    sent = [team.cora.post(f"{team.path}/events/new", data=TYPED | {"form_key": key}) for _ in range(3)]
    assert [answer.status_code for answer in sent] == [303] * 3
    assert len({answer.location for answer in sent}) == 1
    assert len(team.rows(Event)) == 1


def test_a_change_is_kept_and_the_page_tells_it(team: Team, visit: PageOpener) -> None:
    event = team.event()
    form = visit(team.cora, f"{event}/edit")
    version = form.one("input", name="version").get("value")
    changed = TYPED | {"title": "Tea time", "who": "some", "members": str(team.ben_id), "version": str(version)}
    page = visit(team.cora, f"{event}/edit", data=changed)
    assert words(page.one("h1")) == "Tea time"
    assert "1 volunteer is expected." in page.text
    assert "Vera" not in page.text
    assert {user: row.expected for user, row in team.noted().items()} == {team.ben_id: True}


def test_the_second_of_two_coordinators_is_told_and_keeps_what_was_typed(team: Team, visit: PageOpener) -> None:
    event = team.event()
    first = TYPED | {"title": "Tea time", "place": "Harbor", "places": "7", "version": "1"}
    assert team.cora.post(f"{event}/edit", data=first).status_code == 303
    typed = TYPED | {"title": "=Mine", "place": "Church", "version": "1"}
    typed |= {"who": "some", "members": str(team.vera_id)}
    page = visit(team.cora, f"{event}/edit", data=typed, status=409)
    for told in ("Somebody else has changed it meanwhile", "Tea time", "Harbor", "Volunteers wanted: 7"):
        assert told in page.text
    assert page.one("input", id="title").get("value") == "=Mine"
    assert page.one("input", name="version").get("value") == "2"
    assert team.the_event().title == "Tea time"
    assert words(visit(team.cora, f"{event}/edit", data=typed | {"version": "2"}).one("h1")) == "=Mine"


def test_what_was_deleted_or_closed_meanwhile_is_told(team: Team, visit: PageOpener) -> None:
    event = team.event(closed_at=NOON)
    for path in (f"{event}/edit", f"{event}/partner"):
        page = visit(team.cora, path, data=TYPED | {"version": "1", "volunteer": str(team.vera_id)}, status=409)
        assert words(page.one("h1")) == "This event is closed"
    visit(team.cora, f"{event}/edit", status=409)
    assert "Change the event" not in visit(team.cora, event).text
    assert team.cora.post(f"{event}/delete").status_code == 303
    for rest in ("", "/edit", "/delete", "/list"):
        assert team.cora.get(f"{event}{rest}").status_code == 404


def test_an_event_is_deleted_after_it_was_asked_for(team: Team, visit: PageOpener) -> None:
    event = team.event()
    team.note(event, team.vera_id, partnered_at=NOON)
    assert "Nobody’s training changes." in visit(team.cora, f"{event}/delete").text
    assert "“Open day” is deleted." in visit(team.cora, f"{event}/delete", data={}).text
    assert (team.rows(Event), team.rows(EventVolunteer)) == ([], [])


def test_a_team_with_a_hundred_events_is_told_so(team: Team, visit: PageOpener) -> None:
    with team.app.app_context():
        EventFactory.create_batch(MOST_EVENTS, group_id=team.id)
    page = visit(team.cora, f"{team.path}/events/new", data=TYPED, status=422)
    assert "There are very many events already." in page.text
    assert len(team.rows(Event)) == MOST_EVENTS


def test_nothing_new_is_planned_in_a_team_that_is_archived(team: Team, visit: PageOpener) -> None:
    event = team.event()
    assert team.cora.post(f"{team.path}/archive").status_code == 303
    for path in (f"{team.path}/events/new", f"{event}/edit"):
        assert team.cora.get(path).status_code == 409
        assert team.cora.post(path, data=TYPED | {"version": "1"}).status_code == 409
    assert "Make an event" not in visit(team.cora, team.path).text
    assert "Change the event" not in visit(team.cora, event).text
    assert team.the_event().version == 1


def test_events_to_come_stand_before_those_behind(team: Team, visit: PageOpener) -> None:
    for title, days, closed in (("Late", 9, None), ("Soon", 1, None), ("Old", -9, None), ("Shut", 3, NOON)):
        team.event(title=title, day=TODAY + timedelta(days=days), closed_at=closed)
    listed = [words(one) for one in visit(team.cora, team.path).all("h3")]
    assert listed[:4] == ["Soon", "Late", "Shut Closed", "Old"]
    assert [words(one) for one in visit(team.vera, team.path).all("h3")][:4] == listed[:4]


@pytest.mark.parametrize("path", ["/", "/me"])
def test_those_who_are_expected_find_it_where_they_learn(team: Team, visit: PageOpener, path: str) -> None:
    event = team.event(for_all=False, day=TODAY + timedelta(days=2))
    team.note(event, team.vera_id, expected=True)
    page = visit(team.vera, path)
    assert "You are expected" in page.text
    assert "23 November 2026, 10:00 (Europe/Berlin). 2 days to go." in " ".join(page.text.split())
    assert event in {link.get("href") for link in page.all("a")}
    for other in (team.ben_id, team.cora_id, team.people.add("Cleo")):
        assert "You are expected" not in visit(team.device(other), path).text
    assert "You are expected" not in visit(team.people.browser(), "/").text


def test_an_event_is_told_until_its_day_is_over_on_its_clocks(team: Team) -> None:
    team.event(day=TODAY, zone="Pacific/Pago_Pago")
    for later, told in (({"hours": 22}, True), ({"hours": 24}, False)):
        with time_machine.travel(NOON + timedelta(**later), tick=False):
            assert ("You are expected" in team.device(team.vera_id).get("/me").text) is told


def test_nothing_is_told_of_a_closed_event_or_an_archived_team(team: Team) -> None:
    event = team.event()
    assert "You are expected" in team.vera.get("/").text
    with team.app.app_context():
        db.session.execute(update(Group).values(archived_at=NOON))
        db.session.commit()
    assert "You are expected" not in team.vera.get("/").text
    with team.app.app_context():
        db.session.execute(update(Group).values(archived_at=None))
        db.session.execute(update(Event).where(Event.id == number_of(event)).values(closed_at=NOON))
        db.session.commit()
    assert "You are expected" not in team.vera.get("/").text


@pytest.mark.parametrize("path", ["/", "/me"])
def test_who_is_in_no_team_is_spared_every_statement(team: Team, path: str) -> None:
    browsers = {"Cleo": team.device(team.people.add("Cleo")), "guest": team.people.browser()}
    found = {}
    for turn in ("without", "with"):
        for name, browser in browsers.items():
            browser.get(path)
            with counted(team.people.engine) as sent:
                browser.get(path)
            found[name, turn] = len(sent)
        team.event()
    for name in browsers:
        assert found[name, "without"] == found[name, "with"]


def test_the_day_of_an_event_may_be_today_and_no_other_before(team: Team, visit: PageOpener) -> None:
    with at(NOON.replace(hour=23, minute=30)):
        browser = team.device(team.cora_id)
        assert browser.post(f"{team.path}/events/new", data=TYPED | {"day": str(TODAY)}).status_code == 303
        before = str(date(2026, 11, 20))
        visit(browser, f"{team.path}/events/new", data=TYPED | {"day": before}, status=422)
