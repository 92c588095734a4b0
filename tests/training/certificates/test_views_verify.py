"""The page on which anybody checks a certificate: five things and nothing else, and nothing to be guessed."""

import secrets
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select
from werkzeug.test import TestResponse

from learnapp.content.catalog import Catalog
from learnapp.database.db import begin_write, db
from learnapp.learning.models import Attempt
from learnapp.training.certificates.service import ID_BYTES, revoke_certificate
from learnapp.training.certificates.views import LOOK_UPS, UNLISTED
from learnapp.training.models import Certificate, CredentialStatus
from tests.actors.attempts import Db
from tests.actors.people import PASSWORD, People
from tests.actors.training import begin, certified, finish, issue
from tests.courses.serving import serve_catalog
from tests.courses.training import program, training_course
from tests.factories.base import NOON
from tests.factories.training import CertificateFactory
from tests.pages import Page, PageOpener, words
from tests.statements import counted

UNKNOWN = "aBcdefghijklmnopqrstu0"
# What can be no number, as it stands in an address.
MALFORMED = (
    "x",
    "unknown",
    "x" * 23,
    "x" * 3000,
    "%00" * 22,
    "%ff" * 22,
    "%ED%A0%80" * 22,
    "%E2%80%8B" * 22,
    "%D9%A3" * 22,
    "%",
    "'%20OR%201=1%20--%20x",
    "<script>alert(1)<s>",
    "%0d%0aSet-Cookie:a=b%20%20",
    "..%5c..%5c..%5c..%5c..%5c",
    "{{7*7}}",
)
MINUTE = timedelta(minutes=1)
MOMENT = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def course(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    return serve_catalog(app, monkeypatch, training_course())


@pytest.fixture
def anybody(people: People) -> FlaskClient:
    return people.browser()


def made(people: People, **about: object) -> str:
    """Make Ben's certificate of another program; return its number."""
    with people.app.app_context():
        return str(CertificateFactory(**about).id)


def texts(page: Page) -> list[str]:
    """Return every text of the main part, one for each place where one stands."""
    return [text for found in page.one("main").itertext() if (text := " ".join(found.split()))]


def five(status: str, *, until: str = "21 November 2027") -> list[str]:
    """Return what the page of Vera's certificate holds, and nothing else."""
    fields = {
        "Today": status,
        "Program": "Tea server",
        "Name": "Vera Light",
        "Issued on": "21 November 2026",
        "Valid until": until,
    }
    return ["Certificate check", *(text for field in fields.items() for text in field)]


def test_the_page_holds_exactly_five_things_however_the_certificate_stands(
    people: People, visit: PageOpener, anybody: FlaskClient, course: Catalog
) -> None:
    vera, later = people.add("Vera", email="vera@example.org"), datetime(2027, 11, 1, 12, tzinfo=UTC)
    with people.app.app_context():
        session: Db = db.session  # type: ignore[assignment]
        old = certified(session, course, vera)
    address, pages = f"/verify/{old.id}", []
    for status, now in (("Valid today", NOON), ("Expired", later + timedelta(days=99))):
        with time_machine.travel(now, tick=False):
            pages.append(visit(anybody, address))
        assert texts(pages[-1]) == five(status)
    with people.app.app_context():
        finish(db.session, begin(db.session, course, vera, later), now=later)
        new = issue(db.session, course, vera, later, name="Vera Bright")
    with time_machine.travel(later, tick=False):
        pages.append(visit(anybody, address))
        assert texts(pages[-1]) == five("Renewed by a newer one")
    with people.app.app_context():
        revoke_certificate(db.session, old.id, "canary reason", later)
        db.session.commit()
    with time_machine.travel(later, tick=False):
        pages.append(visit(anybody, address))
        assert texts(pages[-1]) == five("Withdrawn")

    secret = {old.id, new.id, "Bright", old.subject, str(old.place), old.content_version, "example.org", "canary"}
    for page in pages:
        main = page.one("main")
        assert [one.tag for one in main.iter() if one.tag in ("a", "form", "img", "svg", "input", "button")] == []
        assert {name for one in main.iter() for name in one.attrib} <= {"id", "class", "tabindex"}
        assert [one for one in secret if one in page.text] == []


@pytest.mark.parametrize("zone", ["Asia/Seoul", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Beirut"])
def test_it_says_valid_to_the_end_of_the_local_day(people: People, anybody: FlaskClient, zone: str) -> None:
    last = date(2027, 3, 27)
    number = made(people, valid_until=last, zone=zone)
    latest = datetime.combine(last, time.max, ZoneInfo(zone)).astimezone(UTC)
    for moment, status in ((latest, "Valid today"), (latest + MOMENT, "Expired")):
        with time_machine.travel(moment, tick=False):
            text = anybody.get(f"/verify/{number}").text
        assert f"<bdi>{status}</bdi>" in text
        assert "<bdi>27 March 2027</bdi>" in text


def test_whoever_is_signed_in_gets_the_same_five_things(
    people: People, visit: PageOpener, anybody: FlaskClient
) -> None:
    number = made(people, valid_until=date(2099, 1, 1))
    told = texts(visit(anybody, f"/verify/{number}"))
    assert len(told) == 11
    for role in ("learner", "teacher", "coordinator", "admin"):
        assert texts(visit(people.signed_in(f"Cora {role}", role), f"/verify/{number}")) == told


def test_a_name_and_a_title_are_shown_as_text_in_their_own_direction(
    people: People, visit: PageOpener, anybody: FlaskClient
) -> None:
    number = made(people, name_shown='"><xss> نور', program_title="<xss> tea")
    page = visit(anybody, f"/verify/{number}")
    assert [words(one) for one in page.one("main").iter("bdi")][1:3] == ["<xss> tea", '"><xss> نور']
    assert "xss" not in {one.tag for one in page.tree.iter()}


def test_every_answer_is_kept_off_lists_and_caches_and_its_address_goes_nowhere(
    people: People, anybody: FlaskClient
) -> None:
    number = made(people)
    for path in (
        f"/verify/{number}",
        f"/verify/{UNKNOWN}",
        "/verify/x",
        "/verify",
        "/verify?number=",
        "/verify?number=x",
    ):
        answer = anybody.get(path)
        assert {name: answer.headers.getlist(name) for name in UNLISTED} == {
            "X-Robots-Tag": ["noindex"],
            "Cache-Control": ["no-store"],
            "Referrer-Policy": ["no-referrer"],
        }, path
        assert answer.status_code == 303 or '<meta name="robots" content="noindex">' in answer.text


def told(answer: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Return all of an answer that somebody can tell it by."""
    return answer.status_code, answer.data, sorted(one for one in answer.headers if one[0] != "X-Request-ID")


@pytest.mark.both_databases
def test_unknown_and_malformed_numbers_get_the_same_bytes_for_the_same_work(people: People) -> None:
    made(people)
    engine, answers, work = people.engine, {}, {}
    for number in (UNKNOWN, *MALFORMED):
        browser = people.browser()
        with counted(engine) as statements:
            answers[number] = told(browser.get(f"/verify/{number}"))
        work[number] = list(statements)
    assert answers[UNKNOWN][0] == 404
    assert b"No certificate with this number" in answers[UNKNOWN][1]
    assert [number for number in MALFORMED if answers[number] != answers[UNKNOWN]] == []
    assert len(work[UNKNOWN]) == 1
    assert [number for number in MALFORMED if work[number] != work[UNKNOWN]] == []


def test_a_number_that_is_known_costs_the_same_statement(people: People, anybody: FlaskClient) -> None:
    number = made(people)
    with counted(people.engine) as known:
        assert anybody.get(f"/verify/{number}").status_code == 200
    with counted(people.engine) as unknown:
        assert anybody.get(f"/verify/{UNKNOWN}").status_code == 404
    assert known == unknown


def test_no_part_of_a_number_and_no_other_case_of_it_finds_anything(people: People, anybody: FlaskClient) -> None:
    made(people, id=UNKNOWN)
    for number in (UNKNOWN[:-1], UNKNOWN[1:], UNKNOWN.swapcase(), UNKNOWN.lower(), f"{UNKNOWN}%20", f"%20{UNKNOWN}"):
        assert anybody.get(f"/verify/{number}").status_code == 404, number
    assert anybody.get(f"/verify/{UNKNOWN}").status_code == 200


@pytest.mark.slow
@pytest.mark.usefixtures("throttled")
def test_an_address_has_sixty_look_ups_a_minute_of_known_and_unknown_numbers(
    people: People, anybody: FlaskClient
) -> None:
    assert (LOOK_UPS.tries, LOOK_UPS.seconds) == (60, 60)
    number = made(people)
    with time_machine.travel(NOON, tick=False) as clock:
        wanted = (number, UNKNOWN, "x") * 20
        assert [anybody.get(f"/verify/{one}").status_code for one in wanted] == [200, 404, 404] * 20
        refused = [people.browser().get(f"/verify/{one}") for one in (number, UNKNOWN, "x")]
        assert {one.status_code for one in refused} == {429}
        assert len({one.data for one in refused}) == 1
        assert [one.headers[name] for one in refused for name in UNLISTED] == [*UNLISTED.values()] * 3
        assert all(int(one.headers["Retry-After"]) <= 60 for one in refused)
        elsewhere = {"REMOTE_ADDR": "203.0.113.7"}
        assert anybody.get(f"/verify/{number}", environ_base=elsewhere).status_code == 200
        assert anybody.get("/verify").status_code == 200
        clock.shift(MINUTE)
        assert anybody.get(f"/verify/{number}").status_code == 200


@pytest.mark.long
@pytest.mark.slow
def test_a_million_guesses_hit_none_of_a_thousand_certificates(db_session: Db) -> None:
    """Were numbers of 24 random bits, about sixty would."""
    first = CertificateFactory()
    attempt_id = first.attempt_id
    began = dict(db_session.execute(select(Attempt.__table__).where(Attempt.id == attempt_id)).mappings().one())
    row = {column.name: getattr(first, column.name) for column in Certificate.__table__.columns}
    more = range(1, 1000)
    begin_write(db_session)
    db_session.execute(insert(Attempt), [{**began, "id": attempt_id + n} for n in more])
    db_session.execute(
        insert(Certificate),
        [{**row, "id": secrets.token_urlsafe(ID_BYTES), "attempt_id": attempt_id + n} for n in more],
    )
    issued = set(db_session.scalars(select(Certificate.id)))
    db_session.rollback()
    assert len(issued) == 1000
    assert {len(number) for number in issued} == {22}
    assert not any(secrets.token_urlsafe(ID_BYTES) in issued for _ in range(1_000_000))


@pytest.mark.both_databases
def test_after_its_account_was_deleted_the_page_says_that_there_is_none(people: People, anybody: FlaskClient) -> None:
    vera = people.signed_in("Vera")
    number = made(people, user_id=people.get("Vera").id, place=4711)
    other = made(people)
    none = told(anybody.get(f"/verify/{UNKNOWN}"))
    assert anybody.get(f"/verify/{number}").status_code == 200
    assert vera.post("/account/data", data={"password": PASSWORD}).status_code == 303
    assert told(anybody.get(f"/verify/{number}")) == none
    assert anybody.get(f"/verify/{other}").status_code == 200
    with people.app.app_context():
        assert db.session.get_one(CredentialStatus, 4711).certificate_id is None


def test_a_number_is_typed_in_and_leads_to_its_page(people: People, visit: PageOpener, anybody: FlaskClient) -> None:
    number = made(people)
    field = visit(anybody, "/verify").one("input", name="number")
    assert (field.get("dir"), field.get("autocapitalize")) == ("ltr", "off")
    for typed in (number, f" {number[:11]} {number[11:]} ", f"https://learn.example/verify/{number}/?a=b#main"):
        answer = anybody.get("/verify", query_string={"number": typed})
        assert (answer.status_code, answer.location) == (303, f"/verify/{number}")
    for typed in ("x", "<xss>", "../../account", "//evil.example", "https://evil.example/x", "é" * 22, "%00"):
        answer = anybody.get("/verify", query_string={"number": typed})
        assert (answer.status_code, answer.location) == (303, "/verify/unknown"), typed


@pytest.mark.parametrize("typed", ["", "  ", "/"])
def test_without_a_number_the_form_asks_for_one(visit: PageOpener, anybody: FlaskClient, typed: str) -> None:
    page = visit(anybody, f"/verify?number={typed}", status=422)
    assert "Enter the number." in page.text
    assert page.one("input", name="number").get("aria-invalid") == "true"


def test_a_program_that_has_left_the_course_leaves_the_page_as_it_is(
    app: Flask, people: People, visit: PageOpener, anybody: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = made(people, program="gone", program_title="Tea of old")
    serve_catalog(app, monkeypatch, training_course(program("another")))
    assert "Tea of old" in texts(visit(anybody, f"/verify/{number}"))
