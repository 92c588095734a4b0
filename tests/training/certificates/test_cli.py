"""Certificate commands: an operator sees how one stands, and withdraws it with a reason for its holder alone."""

import logging
import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from click.testing import Result

from learnapp.config.settings import ROOT
from learnapp.database.db import db
from learnapp.training.certificates.cli import certificates
from learnapp.training.certificates.store import certificate_by_id
from learnapp.training.certificates.values import IssuedCertificate
from tests.actors.people import People
from tests.factories.base import NOON
from tests.factories.training import CertificateFactory
from tests.logs import logged

pytestmark = pytest.mark.both_databases
NUMBER = "aBcdefghijklmnopqrstu0"
AWKWARD = ("-BcdefghijklmnopqrstU0", "--reasonghijklmnopqrst", "--helpfghijklmnopqrstu")


def run(people: People, *words: str) -> Result:
    return people.app.test_cli_runner().invoke(args=["certificates", *words])


def issue(people: People, number: str = NUMBER, **about: object) -> int:
    """Issue a certificate to Vera; return her account's number."""
    vera = people.add("Vera")
    with people.app.app_context():
        CertificateFactory(id=number, user_id=vera, name_shown="Vera Light", **about)
    return vera


def stored(people: People, number: str = NUMBER) -> IssuedCertificate:
    with people.app.app_context():
        found = certificate_by_id(db.session, number)
    assert found is not None
    return found


def test_a_certificate_is_withdrawn_with_a_reason_and_shown_with_all_that_is_kept_of_it(people: People) -> None:
    vera = issue(people, renewed_at=datetime(2027, 10, 1, 9, tzinfo=UTC))
    with time_machine.travel(datetime(2026, 12, 24, 18, 30, tzinfo=UTC), tick=False):
        before = run(people, "show", NUMBER).output
        assert "withdrawn" not in before
        assert before.endswith("today: valid\n")
        result = run(people, "revoke", NUMBER, "--reason", "  issued to   somebody else ")
        assert (result.exit_code, "Withdrawn: Volunteer outreach, Vera Light." in result.output) == (0, True)
        shown = run(people, "show", NUMBER).output
    assert shown.splitlines() == [
        "Volunteer outreach (outreach), course version v1",
        "name shown: Vera Light",
        f"account: {vera}",
        "issued: 21 November 2026, 12:00 UTC",
        "valid until: 21 November 2027, to the end of the day in Europe/Berlin",
        "renewed: 01 October 2027, 09:00 UTC",
        "withdrawn: 24 December 2026, 18:30 UTC: issued to somebody else",
        "today: revoked",
    ]


def test_one_that_has_ended_is_shown_as_that(people: People) -> None:
    issue(people, valid_until=date(2026, 11, 22))
    with time_machine.travel(NOON.replace(year=2027), tick=False):
        assert run(people, "show", NUMBER).output.endswith("today: expired\n")


def test_the_operator_is_told_what_is_wrong_and_nothing_is_changed(people: People) -> None:
    issue(people)
    for words, status, said in (
        (["revoke", "x" * 22, "--reason", "by mistake"], 1, "There is no certificate with this number"),
        (["revoke", "", "--reason", "by mistake"], 1, "There is no certificate with this number"),
        (["show", "%"], 1, "There is no certificate with this number"),
        (["revoke", NUMBER], 2, "--reason"),
        (["revoke", NUMBER, "--reason", " \u200b "], 1, "Give a reason that can be read"),
        (["revoke", NUMBER, "--reason", "x" * 401], 1, "at most 400 characters, this has 401"),
        (["revoke", NUMBER, "more", "--reason", "by mistake"], 2, "unexpected extra argument"),
    ):
        result = run(people, *words)
        assert (result.exit_code, said in result.output) == (status, True), result.output
    assert stored(people).revoked_at is None


def test_one_that_was_withdrawn_stays_as_it_is(people: People) -> None:
    issue(people, revoked_at=NOON, revoke_reason="by mistake")
    result = run(people, "revoke", NUMBER, "--reason", "another one")
    assert result.exit_code == 1
    assert "It was withdrawn on 21 November 2026: by mistake. Nothing was changed." in result.output
    assert (stored(people).revoked_at, stored(people).revoke_reason) == (NOON, "by mistake")


@pytest.mark.parametrize("number", AWKWARD)
def test_a_number_that_looks_like_an_option_is_a_number(people: People, number: str) -> None:
    issue(people, number)
    assert "today: valid" in run(people, "show", number).output
    assert run(people, "revoke", number, "--reason", "by mistake").exit_code == 0
    assert stored(people, number).revoke_reason == "by mistake"


def test_operators_read_of_every_command_in_their_guide() -> None:
    guide = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    names = set(re.findall(r"^learnapp certificates ([a-z]+)", guide, re.M))
    assert names == set(certificates.commands)


def test_the_log_says_of_which_account_and_neither_number_name_nor_reason(people: People) -> None:
    vera = issue(people)
    with logged(logging.INFO) as out:
        assert run(people, "revoke", NUMBER, "--reason", "canary reason").exit_code == 0
    text = out.getvalue()
    assert f"a certificate of account {vera} was withdrawn by a command" in text
    for word in (NUMBER, "Vera", "canary"):
        assert word not in text
