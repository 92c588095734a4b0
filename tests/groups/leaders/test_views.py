"""Pages of leaders, over HTTP."""

import pytest

from learnapp.groups.models import LEADER, Invitation
from tests.actors.groups import Class
from tests.actors.people import PASSWORD, People
from tests.factories.base import NOON
from tests.pages import PageOpener, words


def test_a_class_is_led_together_from_the_moment_the_other_accepts(people: People, visit: PageOpener) -> None:
    ours, cora = Class(people), people.signed_in("Cora", "coordinator")
    page = visit(ours.ada, f"/groups/{ours.id}/leaders", data={"who": " cora "})
    assert "If there is such an account and it may lead" in page.text
    assert cora.get(f"/groups/{ours.id}").status_code == 404
    assert "You are invited to a class: 9C" in words(visit(cora, "/groups").one("main"))
    assert "You would lead it together" in visit(cora, f"/groups/{ours.id}/invitation").text
    visit(cora, f"/groups/{ours.id}/invitation/accept", data={})
    page = visit(cora, f"/groups/{ours.id}/leaders")
    assert words(page.one("main")).count("Since") == 2


@pytest.mark.parametrize("path", ["leaders", "leaders/hand-over"])
def test_the_answer_is_the_same_whoever_is_meant(people: People, visit: PageOpener, path: str) -> None:
    ours = Class(people)
    people.add("Cora", "coordinator")
    people.add("Ben")
    answers = []
    for who in ("Cora", "Ben", "nobody", ours.leader, "ben@example.org"):
        answer = ours.ada.post(f"/groups/{ours.id}/{path}", data={"who": who})
        page = visit(ours.ada, f"/groups/{ours.id}/{path}")
        answers.append((answer.status, answer.location, words(page.one("main")), words(page.one("div", role="status"))))
    assert len(set(answers)) == 1
    assert people.count(Invitation) == 1


def test_a_class_is_handed_over_when_the_other_accepts(people: People, visit: PageOpener) -> None:
    ours, cora = Class(people), people.signed_in("Cora", "coordinator")
    visit(ours.ada, f"/groups/{ours.id}/leaders/hand-over", data={"who": "Cora"})
    assert ours.ada.get(f"/groups/{ours.id}/settings").status_code == 200
    assert f"{ours.leader} hands it over to you" in visit(cora, f"/groups/{ours.id}/invitation").text
    visit(cora, f"/groups/{ours.id}/invitation/accept", data={})
    assert cora.get(f"/groups/{ours.id}/settings").status_code == 200
    assert ours.ada.get(f"/groups/{ours.id}/settings").status_code == 404


def test_what_was_taken_back_nobody_accepts(people: People, visit: PageOpener) -> None:
    ours, cora = Class(people), people.signed_in("Cora", "coordinator")
    visit(ours.ada, f"/groups/{ours.id}/leaders", data={"who": "Cora"})
    visit(ours.ada, f"/groups/{ours.id}/leaders/take-back", data={})
    assert cora.post(f"/groups/{ours.id}/invitation/accept").status_code == 404


def test_a_removed_leader_with_an_open_form_writes_nothing(people: People, visit: PageOpener) -> None:
    ours, cora = Class(people), people.signed_in("Cora", "coordinator")
    ours.take_in("Cora", role=LEADER)
    visit(cora, f"/groups/{ours.id}/settings")
    page = visit(ours.ada, f"/groups/{ours.id}/leaders/{people.get('Cora').id}/remove", data={})
    assert "They no longer lead it." in page.text
    form = {"name": "Cora's", "zone": "UTC", "band": "", "seats": "60", "version": "1"}
    assert cora.post(f"/groups/{ours.id}/settings", data=form).status_code == 404
    assert words(visit(ours.ada, f"/groups/{ours.id}").one("h1")) == "9C"


def test_nobody_removes_themselves_or_who_leads_not(people: People) -> None:
    ours = Class(people)
    people.add("Ben")
    ours.take_in("Ben")
    for name in (ours.leader, "Ben"):
        answer = ours.ada.post(f"/groups/{ours.id}/leaders/{people.get(name).id}/remove")
        assert answer.status_code == 404
    assert ours.members() == {"Ben"}


def test_the_last_leader_stays_and_is_told_what_to_do(people: People, visit: PageOpener) -> None:
    ours = Class(people)
    page = visit(ours.ada, f"/groups/{ours.id}/leaders")
    assert "Stop leading it" not in page.text
    assert "hand it over, or end it" in page.text
    page = visit(ours.ada, f"/groups/{ours.id}/leaders/leave", data={}, status=409)
    assert "Hand it over to somebody else, or end it." in page.text


def test_one_of_two_leaders_stops(people: People, visit: PageOpener) -> None:
    ours = Class(people)
    people.add("Cora", "coordinator")
    ours.take_in("Cora", role=LEADER)
    assert "Stop leading it" in visit(ours.ada, f"/groups/{ours.id}/leaders").text
    page = visit(ours.ada, f"/groups/{ours.id}/leaders/leave", data={})
    assert "You no longer lead “9C”." in page.text
    assert ours.ada.get(f"/groups/{ours.id}").status_code == 404


def test_an_account_that_alone_leads_a_class_is_not_deleted_before_it_has_a_leader(
    people: People, visit: PageOpener
) -> None:
    ours = Class(people)
    page = visit(ours.ada, "/account/data")
    assert f"/groups/{ours.id}/leaders" in [one.get("href") for one in page.one("main").iter("a")]
    page = visit(ours.ada, "/account/data", data={"password": PASSWORD}, status=422)
    assert "You alone lead what stands below" in page.text
    assert people.get(ours.leader)
    people.add("Cora", "coordinator")
    ours.take_in("Cora", role=LEADER)
    assert "alone" not in words(visit(ours.ada, "/account/data").one("main"))
    visit(ours.ada, "/account/data", data={"password": PASSWORD})
    assert ours.ada.get("/account").status_code == 302


@pytest.mark.parametrize("path", ["invite", "leaders", "leaders/hand-over"])
def test_nobody_is_invited_to_a_class_that_is_archived(people: People, visit: PageOpener, path: str) -> None:
    ours = Class(people, archived_at=NOON)
    people.add("Cora", "coordinator")
    answers = [ours.ada.post(f"/groups/{ours.id}/{path}", data={"who": who}) for who in ("Cora", "nobody")]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert people.count(Invitation) == 0
    assert 'name="who"' not in visit(ours.ada, f"/groups/{ours.id}/leaders").text
