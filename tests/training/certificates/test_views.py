"""Pages of a holder: a certificate is asked for by a name, shown to its holder alone, and printed by itself."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from learnapp.config.settings import ROOT
from learnapp.content.catalog import Catalog
from learnapp.database.db import db
from learnapp.training.certificates import views
from learnapp.training.models import Certificate
from tests.actors.people import People, open_login
from tests.actors.training import begin, certified, finish, read_all
from tests.courses.serving import serve_catalog
from tests.courses.training import SERVER, program, training_course
from tests.factories.base import NOON
from tests.factories.training import CertificateFactory
from tests.markup import read_markup
from tests.pages import PageOpener, words

CLAIM = f"/training/{SERVER}/certificate"
LONG = "가" * 300


@pytest.fixture(autouse=True)
def course(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    return serve_catalog(app, monkeypatch, training_course())


@pytest.fixture
def vera(people: People) -> FlaskClient:
    return people.signed_in("Vera")


@pytest.fixture
def passed(people: People, vera: FlaskClient, course: Catalog) -> None:
    """Have Vera pass the final, and ask for nothing yet."""
    vera_id = people.get("Vera").id
    with people.app.app_context():
        read_all(course, vera_id)
        finish(db.session, begin(db.session, course, vera_id))


@pytest.fixture
def number(people: People, vera: FlaskClient, course: Catalog) -> str:
    """Give the number of Vera's certificate."""
    vera_id = people.get("Vera").id
    with people.app.app_context():
        return certified(db.session, course, vera_id).id


def own(number: str) -> str:
    return f"/training/certificates/{number}"


@pytest.mark.usefixtures("passed")
def test_a_certificate_is_asked_for_by_a_name_and_shown(people: People, vera: FlaskClient, visit: PageOpener) -> None:
    with time_machine.travel(NOON, tick=False):
        form = visit(vera, CLAIM)
        assert form.one("input", name="name").get("value", "") == ""
        page = visit(vera, CLAIM, data={"name": " Vera\u200b  Light "})
    with people.app.app_context():
        made = db.session.query(Certificate).one()
        assert (made.name_shown, made.content_version) == ("Vera Light", training_course().digest[:12])
    assert page.response.request.path == own(made.id)
    shown = words(page.one("article"))
    for text in (
        "Certificate: Tea server",
        "This certifies that Vera Light has read all lessons",
        "Pour without spilling",
        "When tea is spilled.",
    ):
        assert text in shown, text
    told = {words(row[0]): words(row[1]) for row in page.one("dl", **{"class": "about"})}
    assert told.pop("Check it").startswith("Hold your phone’s camera to the square, or open ")
    assert told == {
        "Issued on": "21 November 2026",
        "Valid until": "21 November 2027, to the end of the day in UTC",
        "Number": made.id,
        "Version of the course": made.content_version,
    }


@pytest.mark.usefixtures("passed")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (LONG, "Use at most 80 characters. You typed 300."),
        (" \u200b ", "Enter the name for the certificate."),
        ("vera@example.org", "Choose a name that is not an e-mail address: others may see it."),
        ('"><xss>' * 20, "Use at most 80 characters. You typed 140."),
    ],
)
def test_what_was_typed_stays_beside_what_is_said_of_it(
    people: People, vera: FlaskClient, visit: PageOpener, typed: str, said: str
) -> None:
    page = visit(vera, CLAIM, status=422, data={"name": typed})
    field = page.one("input", name="name")
    assert field.get("value") == typed
    assert field.get("aria-invalid") == "true"
    described = [words(page.one("p", id=name)) for name in field.get("aria-describedby", "").split() if "error" in name]
    assert len(described) == 1
    assert said in described[0]
    assert "xss" not in {one.tag for one in page.tree.iter()}
    assert people.count(Certificate) == 0


@pytest.mark.usefixtures("passed")
def test_a_form_without_its_field_asks_for_it(people: People, vera: FlaskClient, visit: PageOpener) -> None:
    assert "Enter the name for the certificate." in visit(vera, CLAIM, status=422, data={}).text
    assert people.count(Certificate) == 0


def test_one_that_was_issued_is_shown_whatever_name_is_sent(people: People, vera: FlaskClient, number: str) -> None:
    for answer in (vera.get(CLAIM), vera.post(CLAIM, data={"name": "Vera Else"}), vera.post(CLAIM, data={"name": ""})):
        assert (answer.status_code, answer.location) == (303, own(number))
    assert people.count(Certificate) == 1
    assert "Vera Else" not in vera.get(own(number)).text


def test_who_has_not_passed_is_told_that_there_is_nothing_to_issue(
    people: People, vera: FlaskClient, visit: PageOpener
) -> None:
    for data in (None, {"name": "Vera"}):
        assert "There is no certificate to issue yet" in visit(vera, CLAIM, status=409, data=data).text
    assert vera.get("/training/no-such-program/certificate").status_code == 404
    assert vera.post("/training/no-such-program/certificate", data={"name": "Vera"}).status_code == 404
    assert people.count(Certificate) == 0


@pytest.mark.usefixtures("number")
def test_a_renewal_is_offered_the_name_of_the_one_before(people: People, visit: PageOpener, course: Catalog) -> None:
    vera_id, later = people.get("Vera").id, NOON + timedelta(days=330)
    with people.app.app_context():
        finish(db.session, begin(db.session, course, vera_id, later), now=later)
    with time_machine.travel(later):
        browser = people.browser()
        open_login(browser, vera_id)
        assert visit(browser, CLAIM).one("input", name="name").get("value") == "Vera Light"
        made = visit(browser, CLAIM, data={"name": "Vera Bright"})
    assert "21 November 2028, to the end of the day" in words(made.one("article"))


def test_only_its_holder_is_shown_a_certificate(
    people: People, visit: PageOpener, vera: FlaskClient, number: str
) -> None:
    visit(vera, own(number))
    for role in ("learner", "teacher", "coordinator", "author", "admin"):
        cleo = people.signed_in(f"Cleo {role}", role)
        answers = [cleo.get(own(one)) for one in (number, "x" * 22, "x", "%00" * 22, "%ff")]
        assert {one.status_code for one in answers} == {404}
        assert len({one.data for one in answers}) == 1
    assert people.browser().get(own(number)).status_code == 302


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"valid_until": NOON.date()}, "It is valid until 21 November 2026."),
        ({"valid_until": NOON.date() - timedelta(days=1)}, "It ended on 20 November 2026. Renew it"),
        ({"renewed_at": NOON}, "A newer one has taken its place. See the program"),
        (
            {"revoked_at": NOON, "revoke_reason": "issued <xss>", "renewed_at": NOON},
            "It was withdrawn and is not valid any more. The reason, which only you are told: issued <xss>",
        ),
    ],
)
def test_its_holder_is_told_how_it_stands_and_what_follows(
    people: People, visit: PageOpener, monkeypatch: pytest.MonkeyPatch, about: dict[str, Any], told: str
) -> None:
    serve_catalog(people.app, monkeypatch, training_course())
    with time_machine.travel(NOON):
        vera = people.signed_in("Vera")
        with people.app.app_context():
            number = CertificateFactory(user_id=people.get("Vera").id, program=SERVER, zone="UTC", **about).id
        page = visit(vera, own(number))
    assert [words(one) for one in page.one("main").iter() if one.get("class") == "lead"] == [told]


def test_a_certificate_of_a_program_that_has_left_the_course_is_still_there(
    app: Flask, people: People, visit: PageOpener, vera: FlaskClient, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_catalog(app, monkeypatch, training_course(program("another")))
    page = visit(people.browser(), f"/verify/{number}")
    assert "Tea server" in words(page.one("main"))
    assert "Vera Light" in words(visit(vera, own(number)).one("article"))


def test_on_paper_it_stands_alone_whole_and_with_its_square(vera: FlaskClient, visit: PageOpener, number: str) -> None:
    page = visit(vera, own(number))
    (flow,) = page.one("main")
    around = [one for one in flow if one.tag != "article"]
    assert around
    assert all("noprint" in one.get("class", "").split() for one in around)
    sheet = page.one("article")
    assert [one.tag for one in sheet.iter() if one.tag in ("a", "button", "form", "input")] == []
    assert len([one for one in sheet.iter() if one.tag == "svg" and one.get("role") == "img"]) == 1
    assert number in words(sheet)


def test_its_holder_alone_gets_it_as_a_file_where_one_can_be_made(
    people: People, vera: FlaskClient, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def make(html: str) -> bytes:
        made.append(html)
        return b"%PDF-1.7"

    monkeypatch.setattr(views, "make_pdf", make)
    monkeypatch.setattr(views, "can_make_pdf", lambda: True)
    answer = vera.get(f"{own(number)}/pdf")
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "application/pdf", b"%PDF-1.7")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="certificate-{number}.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    page = read_markup(made[0])
    assert [one.tag for one in page.iter() if one.tag in ("a", "img", "link", "script", "button", "use")] == []
    assert {one.tag for one in page.iter() if one.get("src") or one.get("href")} == set()
    for text in ("Vera Light", number, "21 November 2027", "When tea is spilled"):
        assert text in words(page), text

    cleo = people.signed_in("Cleo")
    others = [cleo.get(f"{own(one)}/pdf") for one in (number, "x" * 22, "%00" * 22)]
    assert {one.status_code for one in others} == {404}
    assert len({one.data for one in others}) == 1
    assert people.browser().get(f"{own(number)}/pdf").status_code == 302
    assert len(made) == 1

    monkeypatch.setattr(views, "can_make_pdf", lambda: False)
    assert vera.get(f"{own(number)}/pdf").status_code == 404


@pytest.mark.usefixtures("throttled")
def test_a_holder_has_twenty_files_in_ten_minutes(
    people: People, vera: FlaskClient, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (views.PDFS.tries, views.PDFS.seconds) == (20, 600)
    monkeypatch.setattr(views, "make_pdf", str.encode)
    monkeypatch.setattr(views, "can_make_pdf", lambda: True)
    with time_machine.travel(NOON, tick=False) as clock:
        answers = [vera.get(f"{own(number)}/pdf").status_code for _ in range(21)]
        assert answers == [200] * 20 + [429]
        assert vera.get(own(number)).status_code == 200
        clock.shift(timedelta(minutes=10))
        assert vera.get(f"{own(number)}/pdf").status_code == 200


def test_the_foot_of_pages_is_not_on_its_paper() -> None:
    style = (ROOT / "learnapp/static/css/print.css").read_text(encoding="utf-8")
    on_paper = style.partition("@media print")[2]
    assert re.search(r"body:has\(\.cert\) \.foot \{ display: none; \}", on_paper)


def test_a_certificate_is_named_after_its_program_and_its_holder_written_in_any_direction(
    people: People, vera: FlaskClient, visit: PageOpener
) -> None:
    vera_id = people.get("Vera").id
    with people.app.app_context():
        number = CertificateFactory(user_id=vera_id, name_shown="نور", zone="America/Los_Angeles").id
    page = visit(vera, own(number))
    assert page.title.startswith("Certificate: Volunteer outreach")
    assert "America/Los Angeles" in words(page.one("article"))
    assert [words(one) for one in page.all("bdi")] == ["نور"]
