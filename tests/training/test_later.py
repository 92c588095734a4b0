"""What becomes of finals and certificates later: the program changes, the holder's age group, or one is withdrawn."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from learnapp.content.vocabulary import Ages
from learnapp.database.db import db
from learnapp.training.certificates.service import revoke_certificate
from learnapp.training.certificates.values import IssuedCertificate
from tests.actors.attempt_pages import words
from tests.actors.deferred import at
from tests.actors.people import People, choose_age
from tests.actors.training import Db, issue
from tests.actors.training_pages import Volunteer, volunteer
from tests.courses.serving import serve_catalog
from tests.courses.tea import course_with, lesson
from tests.courses.training import HELPER, SERVER, program, training_course, with_programs
from tests.factories.base import NOON
from tests.learning.test_permutations import archive_of
from tests.pages import PageOpener
from tests.pages import words as element_words

DAY = timedelta(days=1)
IN_RENEWAL = NOON + 320 * DAY


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """Let the clock stand at noon."""
    with at(NOON):
        yield


@pytest.fixture
def vera(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> Volunteer:
    """Give Vera, who has read everything."""
    return volunteer(app, people, monkeypatch)


def get_certificate(vera: Volunteer) -> IssuedCertificate:
    """Have her get the certificate that she has earned."""
    with vera.app.app_context():
        session: Db = db.session
        return issue(session, vera.catalog, vera.user_id)


def renamed(**changes: Any) -> Any:
    """Return the course in which the server's program has another name."""
    return training_course(program("tea-host", was=[SERVER], title="Tea host", **changes))


def test_a_program_that_is_called_otherwise_keeps_its_finals_certificates_and_addresses(
    vera: Volunteer, app: Flask, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    taker = vera.begin()
    vera.finish(taker)
    made = get_certificate(vera)
    serve_catalog(app, monkeypatch, renamed())
    old = vera.client.get(f"/training/{SERVER}")
    assert (old.status_code, old.location) == (301, "/training/tea-host")
    text = words(visit(vera.client, "/training/tea-host").text)
    assert "Your certificate is valid until 21 November 2027" in text
    assert "Certificate of 21 November 2026 Valid today" in text
    assert "Passed" in words(visit(vera.client, f"/training/finals/{taker.attempt_id}").text)
    page = visit(vera.client, f"/training/certificates/{made.id}")
    assert 'href="/training/tea-host"' in page.text
    assert "Certificate: Tea server" in element_words(page.one("article"))
    shown = words(visit(vera.client, f"/training/finals/{taker.attempt_id}").text)
    assert "Result of the final: Tea host" in shown
    assert "ended" not in shown
    claim = vera.client.get(f"/training/{SERVER}/certificate")
    assert (claim.status_code, claim.location) == (303, f"/training/certificates/{made.id}")
    assert vera.client.get(f"/credentials/programs/{SERVER}").get_json()["id"].endswith(f"/programs/{SERVER}")


def test_an_open_form_is_gone_on_with_under_the_new_name_and_earns_its_certificate(
    vera: Volunteer, app: Flask, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    taker = vera.begin()
    serve_catalog(app, monkeypatch, renamed())
    again = vera.client.post("/training/tea-host/final")
    assert again.location == taker.url
    vera.finish(taker)
    page = visit(vera.client, "/training/tea-host/certificate", data={"name": "Vera Light"})
    assert "Certificate: Tea host" in element_words(page.one("article"))


def test_certificates_of_a_program_that_has_left_the_course_are_found_and_stay_valid(
    vera: Volunteer, app: Flask, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    vera.finish(vera.begin())
    made = get_certificate(vera)
    serve_catalog(app, monkeypatch, training_course(program(HELPER)))
    text = words(visit(vera.client, "/training").text)
    assert "From programs that have ended Certificate: Tea server Valid today" in text
    page = visit(vera.client, f"/training/certificates/{made.id}")
    assert "Pour without spilling" in element_words(page.one("article"))
    assert "Valid today" in words(visit(vera.device(), f"/verify/{made.id}").text)


def test_a_certificate_says_what_it_said_at_its_issue_whatever_the_program_says_since(
    vera: Volunteer, app: Flask, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    vera.finish(vera.begin())
    made = get_certificate(vera)
    serve_catalog(app, monkeypatch, training_course(program(can=["Grow tea"], title="Tea grower")))
    shown = element_words(visit(vera.client, f"/training/certificates/{made.id}").one("article"))
    assert "Pour without spilling" in shown
    assert "When tea is spilled." in shown
    assert "Grow tea" not in shown
    assert "grower" not in shown


def test_a_certificate_names_the_version_of_the_course_whose_questions_were_asked(
    vera: Volunteer, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = vera.begin()
    edited = replace(training_course(), digest="f" * 64)
    vera = replace(vera, catalog=serve_catalog(app, monkeypatch, edited))
    vera.finish(taker)
    made = get_certificate(vera)
    assert made.content_version == training_course().digest[:12]


def grown_up(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve the course with a lesson in it that opens at 18."""
    lessons = (lesson("1-leaf", "1-tea"), lesson("1-cup", "2-pot", age=Ages(core=None, full=18, teacher_release=True)))
    serve_catalog(app, monkeypatch, with_programs(course_with(*lessons), program()))


def test_a_final_is_closed_to_an_age_group_that_may_not_read_its_lessons_whatever_was_done_before(
    vera: Volunteer, app: Flask, people: People, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    choose_age(vera.client, 18)
    taker = vera.begin()
    grown_up(app, monkeypatch)
    assert vera.client.get(taker.url).status_code == 200
    choose_age(vera.client, 12)
    assert vera.client.get(taker.url).status_code != 200
    assert vera.client.post(f"/training/{SERVER}/final").status_code == 409
    assert "They are closed to the age group" in words(visit(vera.client, f"/training/{SERVER}").text)
    choose_age(vera.client, 18)
    vera.finish(taker)
    result = f"/training/finals/{taker.attempt_id}"
    assert "What you answered right" in visit(vera.client, result).text
    choose_age(vera.client, 12)
    told = words(visit(vera.client, result).text)
    assert "Passed" in told
    assert "What you answered right" not in told


@pytest.mark.parametrize("now", ["renamed", "gone"])
def test_a_final_stays_closed_to_an_age_group_when_its_program_is_renamed_or_gone(
    vera: Volunteer, app: Flask, monkeypatch: pytest.MonkeyPatch, now: str
) -> None:
    choose_age(vera.client, 18)
    taker = vera.begin()
    lessons = (lesson("1-leaf", "1-tea"), lesson("1-cup", "2-pot", age=Ages(core=None, full=18, teacher_release=True)))
    host = program("tea-host", was=[SERVER]) if now == "renamed" else program(HELPER)
    serve_catalog(app, monkeypatch, with_programs(course_with(*lessons), host))
    assert vera.client.get(taker.url).status_code == 200
    choose_age(vera.client, 12)
    closed = vera.client.get(taker.url, follow_redirects=True)
    assert "What about tea?" not in closed.text
    assert "This is closed to the age group that you have told." in closed.text


def test_the_export_keeps_back_what_the_pages_of_a_final_do(
    vera: Volunteer, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_age(vera.client, 18)
    taker = vera.begin()
    vera.finish(taker)
    grown_up(app, monkeypatch)

    def rows() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(archive_of(vera.client)["data.json"])["tables"]["responses"]
        return found

    assert {row["points"] for row in rows()} == {1.0}
    choose_age(vera.client, 12)
    assert {row["points"] for row in rows()} == {None}
    assert not any("question" in row or "right" in row for row in rows())


def test_whose_certificate_is_withdrawn_takes_the_whole_final_again_not_the_renewal_that_was_open(
    vera: Volunteer,
) -> None:
    vera.finish(vera.begin())
    made = get_certificate(vera)
    with at(IN_RENEWAL):
        vera = vera.on(vera.device())
        renewal = vera.begin()
        assert len(renewal.attempt.items) == 3
        with vera.app.app_context():
            revoke_certificate(db.session, made.id, "by mistake", IN_RENEWAL)
            db.session.commit()
        assert [one.state for one in vera.attempts()] == ["finished", "aside"]
        told = vera.client.get(f"/training/finals/{renewal.attempt_id}").text
        assert "the certificate that it would have renewed was withdrawn" in told
        assert "30 days" not in told
        whole = vera.begin()
        assert len(whole.attempt.items) == 6
        assert [one.state for one in vera.attempts()] == ["finished", "aside", "open"]
        vera.finish(whole)
        assert vera.client.get(f"/training/{SERVER}/certificate").status_code == 200
