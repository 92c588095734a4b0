"""Words of standings: what is missing, what was done and when, and rows that all say the same."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from learnapp.teams.standings import wording
from learnapp.teams.standings.values import EventStandings, KeptStanding, Missing
from tests.actors.teams import team_event
from tests.factories.base import NOON
from tests.teams.standings.test_values import ONE

DAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        (("lessons", 1), "1 lesson to finish"),
        (("lessons", 12), "12 lessons to finish"),
        (("practice", 1), "1 conversation to practice"),
        (("practice", 2), "2 conversations to practice"),
        (("final", None), "The final to pass"),
        (("certificate", None), "The certificate to get"),
        (("withdrawn", None), "The certificate was withdrawn"),
        (("expires", DAY), "The certificate ends on 1 March 2027, before the day"),
        (("updates", 1), "1 change to read"),
        (("updates", 3), "3 changes to read"),
        (("review", 1), "About 1 minute of review just before the day"),
        (("review", 20), "About 20 minutes of review just before the day"),
    ],
)
def test_each_thing_that_may_be_missing_has_words(app: Flask, missing: Missing, words: str) -> None:
    with app.test_request_context():
        assert str(wording.missing_words(missing)) == words


def test_what_was_done_is_told_with_its_days(app: Flask) -> None:
    done = replace(ONE, practiced_on=date(2027, 2, 1), passed_on=date(2027, 2, 2), valid_until=DAY)
    told = "Practice done on 1 February 2027 · Final passed on 2 February 2027"
    with app.test_request_context():
        assert wording.dated_line(done) == f"{told} · Certificate until 1 March 2027"
        assert wording.dated_line(replace(done, missing=(("expires", DAY),))) == told
        assert wording.dated_line(ONE) == ""


def test_a_standing_and_a_partner_are_told_apart(app: Flask) -> None:
    with app.test_request_context():
        labels = [wording.standing_label(replace(ONE, standing=one, partnered_at=NOON)) for one in ("ready", "nearly")]
        assert labels == ["Ready", "Nearly, comes with a partner"]
        kept = [KeptStanding("V", *flags) for flags in ((True, False), (False, True), (False, False))]
        words = ["Ready, by the rule", "Not ready, came with a partner", "Not ready"]
        assert [wording.kept_label(one) for one in kept] == words
        assert list(wording.kept_rows(kept)) == [["Name", "Stood"], *(["V", label] for label in words)]


def test_who_is_expected_and_wanted_is_told_first(app: Flask) -> None:
    two = EventStandings([ONE, replace(ONE, user_id=2, standing="not_yet")])
    with app.test_request_context():
        lead = wording.event_lead(team_event(places=4), two, NOON)
        assert lead == "2 volunteers are expected, 4 wanted. 113 days to go."
        assert wording.event_lead(team_event(), EventStandings([ONE]), NOON).startswith("1 volunteer is expected. ")
        assert wording.standings_words(two) == "1 ready, 0 nearly, 1 not yet."


def test_rows_have_days_that_a_spreadsheet_sorts(app: Flask) -> None:
    one = replace(ONE, standing="nearly", missing=(("expires", DAY), ("updates", 1)), valid_until=DAY)
    with app.test_request_context():
        _heading, row = wording.standing_rows(EventStandings([one]))
    missing = "The certificate ends on 1 March 2027, before the day · 1 change to read"
    assert row == ["Vera", "Nearly", missing, "", "", "2027-03-01"]
