"""Teaching pages: who reads them, what stands on paper and what never does."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from learnapp.accounts.models import User
from learnapp.accounts.passwords.first import LASTS as LASTS_FIRST
from learnapp.database.db import table_of
from learnapp.groups.ending import WARNING
from learnapp.groups.membership.invitations import LASTS
from learnapp.groups.models import LEADER, Group, Invitation, Membership
from learnapp.groups.roster.models import RosterImport
from learnapp.reports.story.looks import KEPT_DAYS
from learnapp.reports.story.models import Look
from learnapp.web.http.assets import stylesheet
from tests.actors.people import People
from tests.courses.island import Island
from tests.courses.serving import serve, serve_catalog
from tests.courses.tea import ASKING, TYPES, lesson, quiz
from tests.factories.groups import AssignmentFactory, GroupFactory, MembershipFactory
from tests.learning.test_canary import SECRET, item
from tests.pages import PageOpener, words

WRECK = "/teaching/modules/1-sea/1-the-wreck"
PAGES = (
    "/teaching/lessons",
    WRECK,
    f"{WRECK}?version=short",
    f"{WRECK}?as=16",
    f"{WRECK}/quiz",
    f"{WRECK}/quiz?version=short",
    f"{WRECK}/key",
    f"{WRECK}/key?as=18&version=short",
    f"{WRECK}/key?as=12",
)
LEAF = "/teaching/modules/1-tea/1-leaf"


@pytest.fixture
def island(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Island:
    """Let the app serve the island course, whose lesson of the wreck is for readers of 16 and older."""
    island = Island.copy_to(tmp_path_factory.mktemp("island"))
    serve_catalog(app, monkeypatch, island.catalog())
    return island


@pytest.fixture
def ada(app: Flask, island: Island) -> FlaskClient:
    return People(app).signed_in("Ada", role="teacher")


def test_a_lesson_shows_notes_for_teachers_and_what_students_are_asked(
    app: Flask, ada: FlaskClient, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    serve(app, monkeypatch, lesson(**ASKING))

    page = visit(ada, LEAF)

    read = words(page.tree)
    for said in ("Notes for teachers", "xnotenx, who pours?", "10 min: pour", "Some may have burns.", "Mia pours."):
        assert said in read
    for asked in ("Who pours?", "What students write here nobody else sees, you neither."):
        assert asked in read
    assert "Keep my guess" not in read


@pytest.mark.parametrize("path", PAGES)
def test_every_page_holds(ada: FlaskClient, visit: PageOpener, path: str) -> None:
    visit(ada, path)


def test_only_those_who_lead_see_keys(app: Flask, island: Island, client: FlaskClient) -> None:
    people = People(app)
    ben, vera = people.signed_in("Ben"), people.signed_in("Vera", role="author")
    cora = people.signed_in("Cora", role="coordinator")

    for path in PAGES:
        assert ben.get(path).status_code == vera.get(path).status_code == 403
        assert client.get(path).status_code == 302
        assert cora.get(path).status_code == 200


def test_the_list_leads_to_text_paper_and_key_of_every_lesson(
    ada: FlaskClient, visit: PageOpener, island: Island
) -> None:
    links = {one.get("href") for one in visit(ada, "/teaching/lessons").all("a")}
    for key in island.catalog().lessons:
        assert {f"/teaching/modules/{key}{page}" for page in ("", "/quiz", "/key")} <= links


def test_the_list_keeps_the_age_group_that_was_chosen(ada: FlaskClient, visit: PageOpener) -> None:
    page = visit(ada, "/teaching/lessons?as=14")
    (shown,) = (words(one) for one in page.all("a") if one.get("aria-current") == "true")
    assert shown == "14 or 15"
    assert f"{WRECK}/quiz?as=14" in {one.get("href") for one in page.all("a")}
    visit(ada, "/teaching/lessons?as=13", status=404)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "target", "path"),
    [
        ("lesson", "1-sea/1-the-wreck", f"{WRECK}?as=14"),
        ("module", "1-sea", "/teaching/lessons?as=14#m-1-sea"),
        ("course", "island", "/teaching/lessons?as=14"),
        ("review", "", None),
    ],
)
def test_an_assignment_leads_to_its_keys_as_the_age_group_of_the_class(
    ada: FlaskClient, visit: PageOpener, db_session: scoped_session[Session], kind: str, target: str, path: str | None
) -> None:
    leader = db_session.scalar(select(User.id))
    group = GroupFactory(band=14)
    db_session.flush()
    MembershipFactory(group_id=group.id, user_id=leader, role=LEADER)
    asked = AssignmentFactory(group_id=group.id, target_kind=kind, target=target)
    db_session.commit()

    page = visit(ada, f"/groups/{group.id}/assignments/{asked.id}")

    links = {words(one): one.get("href") for one in page.one("main").iter("a")}
    assert links.get("Keys, and the quiz on paper") == path


def test_a_teacher_reads_a_lesson_with_its_cards_open_whatever_their_own_age_group(
    app: Flask, island: Island, visit: PageOpener
) -> None:
    page = visit(People(app).signed_in("Ada", role="teacher", band=12), WRECK)

    cards = [one for one in page.all("details") if (one.get("id") or "").startswith("card-")]
    assert cards
    assert all(one.get("open") is not None for one in cards)
    assert "twelve people drowned that night" in page.text
    assert "Closed parts of it tell how people died at sea." in page.text
    assert "For readers of 16 and older" in page.text


def test_an_age_group_that_does_not_get_a_lesson_gets_no_paper_of_it(ada: FlaskClient, visit: PageOpener) -> None:
    for page in ("", "/quiz", "/key"):
        shown = visit(ada, f"{WRECK}{page}?as=14")
        assert "We keep this lesson for older readers." in shown.text
        assert "rowed out" not in shown.text


@pytest.mark.parametrize("path", ["/teaching/modules/1-sea/2-tides", f"{WRECK}/key?as=13", f"{LEAF}/quiz"])
def test_what_is_not_there_is_404(ada: FlaskClient, visit: PageOpener, path: str) -> None:
    visit(ada, path, status=404)


def test_a_short_version_that_there_is_not_is_404(ada: FlaskClient, visit: PageOpener) -> None:
    for page in ("", "/quiz", "/key"):
        visit(ada, f"/teaching/modules/1-light/1-the-lamp{page}?version=short", status=404)


def test_an_age_group_is_asked_on_paper_what_it_is_asked_on_screen(
    ada: FlaskClient, visit: PageOpener, island: Island
) -> None:
    items = island.lesson("1-sea", "1-the-wreck").quiz.items
    page = visit(ada, f"{WRECK}/quiz?as=16")
    assert len([one for one in page.all("li") if (one.get("id") or "").startswith("q")]) == len(items)
    assert "For the age group: 16 or 17" in page.text


@pytest.mark.parametrize("item_type", TYPES)
def test_the_paper_of_a_student_tells_no_answer_and_the_key_tells_all(
    app: Flask, monkeypatch: pytest.MonkeyPatch, visit: PageOpener, item_type: str
) -> None:
    serve(app, monkeypatch, lesson(quiz=quiz(item(item_type))))
    ada = People(app).signed_in("Ada", role="teacher")

    paper, key = visit(ada, f"{LEAF}/quiz"), visit(ada, f"{LEAF}/key")

    assert words(paper.one("ol", **{"class": "sheetlist"})).startswith("1. ")
    for secret in (SECRET, "97531", "97,531"):
        assert secret not in paper.text
    assert SECRET in key.text


def test_the_key_leads_to_the_paragraph_that_a_reason_rests_on(ada: FlaskClient, visit: PageOpener) -> None:
    lamp = "/teaching/modules/1-light/1-the-lamp"
    links = {one.get("href", "") for one in visit(ada, f"{lamp}/key").all("a")}
    targets = {link.partition("#")[2] for link in links if link.startswith(f"{lamp}#")}
    assert "p6" in targets
    assert targets <= {one.get("id") for one in visit(ada, lamp).tree.iter()}


def test_on_paper_stand_lines_for_a_name_and_no_ways_between_pages(ada: FlaskClient, visit: PageOpener) -> None:
    page = visit(ada, f"{WRECK}/quiz")
    note = next(one for one in page.all("div") if "preview" in (one.get("class") or ""))
    assert "noprint" in (note.get("class") or "")
    assert any(words(one).startswith("Name") for one in page.all("p") if "onpaper" in (one.get("class") or ""))
    assert ".onpaper { display: block; }" in stylesheet()


def test_everybody_reads_what_a_class_gets(app: Flask, client: FlaskClient, visit: PageOpener) -> None:
    for browser in (client, People(app).signed_in("Ben"), People(app).signed_in("Ada", role="teacher")):
        page = visit(browser, "/teaching")
        assert "It costs nothing." in page.text
    assert "/teaching" in {one.get("href") for one in visit(client, "/").all("a")}
    for path in ("/about", "/account/sign-up", "/account/sign-up/teacher"):
        status = 403 if path.endswith("teacher") and not app.config["SETTINGS"].teachers_sign_up else 200
        assert "/teaching" in {one.get("href") for one in visit(client, path, status=status).one("main").iter("a")}


def test_the_periods_on_the_page_are_those_of_the_rules_for_each_column(make_app: Callable[..., Flask]) -> None:
    app = make_app(archived_group_days=99)
    page = PageOpener(app)(app.test_client(), "/teaching")
    rows = page.one("dl").iter("div")
    stored = {words(name): words(told) for name, told in rows}

    def rule(model: type, column: str) -> str:
        return str(table_of(model).c[column].info["keep"])

    assert f"{LASTS.days} days" in stored["Invitation"]
    assert f"{LASTS.days} days" in rule(Invitation, "invited_at")
    assert f"{KEPT_DAYS} days" in stored["Your looks"]
    assert rule(Look, "day") == f"{KEPT_DAYS} days"
    assert "dates of birth: 1 hour." in stored["List that you import"]
    assert "undo it: 1 day." in stored["List that you import"]
    assert rule(RosterImport, "listed").startswith("an hour; once it is carried out, a day")
    assert stored["Class in the archive"].startswith("99 days.")
    assert f"You are told {WARNING.days} days before." in stored["Class in the archive"]
    assert f"works for {LASTS_FIRST // timedelta(hours=1)} hours" in words(page.one("main"))
    assert "{archived_group_days} days" in rule(Group, "name")
    assert rule(Membership, "full_name") == "until the member leaves, is removed, or the group ends"
    assert "until the student leaves or is removed, or the class ends" in stored["Place in the class"]
    assert "as long as the account" in stored["Account"]
    assert rule(User, "name").startswith("as long as the account")


@pytest.mark.parametrize("teachers", ["open", "invited"])
def test_whoever_begins_is_led_to_an_account_or_told_whom_to_ask(make_app: Callable[..., Flask], teachers: str) -> None:
    app = make_app(teachers=teachers)
    page = PageOpener(app)(app.test_client(), "/teaching")
    links = {one.get("href") for one in page.one("section", **{"aria-labelledby": "begin"}).iter("a")}
    assert ("/account/sign-up/teacher" in links) == (teachers == "open")
    assert ("/contact" in links) == (teachers == "invited")


def test_a_teacher_goes_on_to_classes_and_keys_and_a_learner_is_told_what_is_lacking(
    app: Flask, visit: PageOpener
) -> None:
    ada, ben = People(app).signed_in("Ada", role="teacher"), People(app).signed_in("Ben")
    links = {one.get("href") for one in visit(ada, "/teaching").one("main").iter("a")}
    assert {"/groups", "/teaching/lessons"} <= links
    assert "this account does not teach" in visit(ben, "/teaching").text
