"""Pages of an event: the same on the page, on paper and in the file; a volunteer sees their own part alone."""

import csv
import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import delete

from learnapp.accounts.own_data.rows import erase
from learnapp.database.db import db
from learnapp.learning.models import Progress
from tests.actors.deferred import at
from tests.actors.teams import Team
from tests.actors.training import certified, read_all
from tests.factories.base import NOON
from tests.factories.review import ReviewCardFactory
from tests.pages import Page, PageOpener, words

HEADING = ["Name", "Stands", "Missing", "Practice done", "Final passed", "Certificate until"]
FORMULA = "=cmd|A1"


def train(team: Team, user_id: int, *, certificate: bool = True) -> None:
    with team.app.app_context():
        if certificate:
            certified(db.session, team.catalog, user_id, NOON - timedelta(hours=1))
        else:
            read_all(team.catalog, user_id, NOON - timedelta(hours=1))


def rows_of_file(team: Team, event: str) -> list[list[str]]:
    answer = team.cora.get(f"{event}/ready.csv")
    assert answer.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def rows_on_paper(team: Team, visit: PageOpener, event: str) -> list[list[str]]:
    """Return the cells of the list to print, the box to tick left out."""
    page = visit(team.cora, f"{event}/list")
    return [[words(cell) for cell in row if cell.tag in ("th", "td")][:-1] for row in page.all("tr")]


def people_on(page: Page) -> dict[str, tuple[str, str]]:
    """Return where each volunteer stands on the page of an event, and what they lack."""
    found = {}
    for section in page.all("section"):
        for one in section.iter("li"):
            if (one.get("id") or "").startswith("volunteer-"):
                lacks = [words(part) for part in one.iter("p")]
                found[words(next(one.iter("h3")))] = (section.get("aria-labelledby") or "", lacks[0] if lacks else "")
    return found


@pytest.fixture
def event(team: Team) -> str:
    """Give an event in March, for which Vera is ready, Ben lacks all, and Zoe the final and its certificate."""
    train(team, team.vera_id)
    train(team, team.add("Zoe"), certificate=False)
    return team.event()


def test_the_page_the_list_and_the_file_tell_the_same(team: Team, visit: PageOpener, event: str) -> None:
    rows = rows_of_file(team, event)
    lacks = "2 lessons to finish · The final to pass · The certificate to get"
    assert rows == [
        HEADING,
        ["Ben", "Not yet", lacks, "", "", ""],
        ["Vera", "Ready", "", "", "2026-11-21", "2027-11-21"],
        ["Zoe", "Not yet", "The final to pass · The certificate to get", "", "", ""],
    ]
    assert rows_on_paper(team, visit, event) == rows
    page = visit(team.cora, event)
    assert "1 ready, 0 nearly, 2 not yet." in page.text
    shown = people_on(page)
    assert {name: {"ready": "Ready", "nearly": "Nearly", "not_yet": "Not yet"}[group] for name, (group, _) in
            shown.items()} == {row[0]: row[1] for row in rows[1:]}  # fmt: skip
    assert shown["Ben"][1] == lacks
    assert shown["Vera"][1] == "Final passed on 21 November 2026 · Certificate until 21 November 2027"


def test_people_stand_in_the_order_of_their_names(team: Team, visit: PageOpener) -> None:
    for name in ("zoë", "Ann", "ben 2", "Ängel", "한"):
        team.add(name)
    names = [row[0] for row in rows_of_file(team, team.event())[1:]]
    assert names == sorted(names, key=str.casefold)
    assert names[:3] == ["Ann", "Ben", "ben 2"]


def test_no_cell_is_a_formula_and_no_name_is_markup(team: Team, visit: PageOpener) -> None:
    hostile = [FORMULA, "+1+1", "@SUM", "-2", "<script>x</script>", '"><b>x']
    for name in hostile:
        team.add(name)
    event = team.event(title=FORMULA, place="<script>y</script>")
    names = [row[0] for row in rows_of_file(team, event)[1:]]
    assert sorted(name.removeprefix("'") for name in names) == sorted(["Ben", "Vera", *hostile])
    assert not [name for name in names if name[0] in "=+-@"]
    for path in (event, f"{event}/list", f"{event}/edit", f"{event}/delete", team.path, f"{team.path}/events/new"):
        page = visit(team.cora, path)
        assert "<script>x" not in page.text
        assert "<script>y" not in page.text
    assert team.cora.post(f"{event}/close").status_code == 303
    assert not [row for row in rows_of_file(team, event) if row[0][0] in "=+-@"]
    visit(team.cora, event)
    assert "<script>y" not in visit(team.vera, event).text


def test_a_closed_event_tells_the_same_everywhere_and_stays_as_it_was(
    team: Team, visit: PageOpener, event: str
) -> None:
    team.note(event, team.ben_id, partnered_at=NOON, partnered_by=team.cora_id)
    page = visit(team.cora, f"{event}/close", data={})
    assert "It is closed. Who was ready is kept for 90 days." in page.text
    rows = rows_of_file(team, event)
    assert rows == [
        ["Name", "Stood"],
        ["Ben", "Not ready, came with a partner"],
        ["Vera", "Ready, by the rule"],
        ["Zoe", "Not ready"],
    ]
    with team.app.app_context():
        db.session.execute(delete(Progress))
        db.session.commit()
    assert rows_on_paper(team, visit, event) == rows == rows_of_file(team, event)
    page = visit(team.cora, event)
    kept = [
        [words(part) for part in one.iter("p")] for one in page.one("section", **{"aria-labelledby": "kept"}).iter("li")
    ]
    assert kept == rows[1:]
    assert "This is deleted on 19 February 2027." in main_of(page)


def test_it_goes_on_until_its_day_is_over(team: Team, visit: PageOpener) -> None:
    event = team.event(day=NOON.date())
    assert "Let it go on" in visit(team.cora, f"{event}/close", data={}).text
    assert "It goes on. What was kept is forgotten." in visit(team.cora, f"{event}/reopen", data={}).text
    assert {row.name for row in team.noted().values()} == {None}
    assert team.cora.post(f"{event}/reopen").status_code == 303  # again
    assert team.the_event().closed_at is None
    assert team.cora.post(f"{event}/close").status_code == 303
    with at(NOON + timedelta(hours=12)):
        cora = team.device(team.cora_id)
        assert "Let it go on" not in visit(cora, event).text
        visit(cora, f"{event}/reopen", data={})
    assert team.the_event().closed_at is not None


def test_closed_twice_it_was_closed_once(team: Team) -> None:
    event = team.event()
    assert [team.cora.post(f"{event}/close").status_code for _ in range(2)] == [303, 303]
    assert team.the_event().version == 2


def test_a_partner_is_noted_with_day_and_name_and_taken_back(team: Team, visit: PageOpener, event: str) -> None:
    asked = {"volunteer": str(team.ben_id)}
    page = visit(team.cora, f"{event}/partner", data=asked)
    assert "Noted: they come with an experienced partner." in page.text
    one = words(page.one("li", id=f"volunteer-{team.ben_id}"))
    assert "Comes with an experienced partner. Noted on 21 November 2026 by Cora" in one
    assert people_on(page)["Ben"][0] == "not_yet"
    assert rows_of_file(team, event)[1][1] == "Not yet, comes with a partner"
    assert rows_on_paper(team, visit, event)[1][1] == "Not yet, comes with a partner"
    assert "You come with an experienced partner." in visit(team.device(team.ben_id), event).text
    with team.app.app_context():
        erase(db.session, [team.cora_id])
        db.session.commit()
        team.cora_id = team.people.add("Dana", "coordinator")
    team.take_in(team.cora_id, "leader")
    dana = team.device(team.cora_id)
    one = words(visit(dana, event).one("li", id=f"volunteer-{team.ben_id}"))
    assert "Noted on 21 November 2026" in one
    assert " by " not in one
    assert "Taken back." in visit(dana, f"{event}/partner", data=asked | {"action": "take_back"}).text
    assert "Noted on" not in visit(dana, event).text


@pytest.mark.parametrize("number", ["0", "-1", "x", "", str(2**31), "9" * 4000, "１"])
def test_nothing_is_noted_of_nobody(team: Team, event: str, number: str) -> None:
    assert team.cora.post(f"{event}/partner", data={"volunteer": number}).status_code == 404
    assert team.noted() == {}


def test_nothing_is_noted_of_who_is_not_expected_or_leads_or_left(team: Team) -> None:
    event = team.event(for_all=False)
    team.note(event, team.vera_id, expected=True)
    cleo = team.people.add("Cleo")
    for user_id in (team.ben_id, team.cora_id, cleo):
        assert team.cora.post(f"{event}/partner", data={"volunteer": str(user_id)}).status_code == 404
    assert team.cora.post(f"{team.path}/members/{team.vera_id}/remove").status_code == 303
    assert team.cora.post(f"{event}/partner", data={"volunteer": str(team.vera_id)}).status_code == 404


def test_a_volunteer_s_page_tells_their_own_part_and_nobody_else(team: Team, visit: PageOpener, event: str) -> None:
    page = visit(team.vera, event)
    assert "you are ready on 14 March 2027" in page.text
    assert "You are expected." in page.text
    ben = visit(team.device(team.ben_id), event)
    assert "you are not ready yet for 14 March 2027" in ben.text
    assert "2 lessons left" in ben.text
    for name in ("Ben", "Zoe", "Cora"):
        assert name not in main_of(page)
    for path in (f"volunteer-{team.ben_id}", "ready.csv", "/list", "wanted"):
        assert path not in page.text


def main_of(page: Page) -> str:
    return words(page.one("main"))


def test_who_is_not_expected_is_told_so_and_nothing_else(team: Team, visit: PageOpener) -> None:
    event = team.event(for_all=False)
    team.note(event, team.ben_id, expected=True)
    page = main_of(visit(team.vera, event))
    assert "You are not expected at this one." in page
    assert "ready" not in page
    team.cora.post(f"{event}/close")
    page = main_of(visit(team.vera, event))
    assert "keep your name" not in page
    assert "This event is closed." in page


def test_who_joined_after_an_event_was_closed_is_not_told_that_something_is_kept(team: Team, visit: PageOpener) -> None:
    event = team.event()
    team.cora.post(f"{event}/close")
    assert "keep your name and whether you were ready until 19 February 2027" in main_of(visit(team.vera, event))
    assert "keep your name" not in main_of(visit(team.device(team.add("Zoe")), event))


def test_a_standing_is_told_until_it_begins(team: Team, visit: PageOpener) -> None:
    train(team, team.vera_id)
    event = team.event(day=NOON.date(), starts=(NOON + timedelta(hours=2)).time())
    assert "you are ready on" in visit(team.vera, event).text
    with at(NOON + timedelta(hours=4)):
        page = main_of(visit(team.device(team.vera_id), event))
        assert "you are ready on" not in page
        assert "It is today." in page
        assert "What was done after that does not count." in visit(team.device(team.cora_id), event).text


def test_an_event_for_nobody_and_one_without_its_program_say_so(team: Team, visit: PageOpener) -> None:
    assert "Nobody is expected yet." in visit(team.cora, team.event(for_all=False)).text
    gone = team.event(program="tea-gone")
    assert "The program of this event is not in the course any more." in visit(team.cora, gone).text
    for path in (gone, f"{gone}/list", f"{gone}/edit"):
        visit(team.cora, path)
    assert rows_of_file(team, gone) == []
    assert "You are expected." in visit(team.vera, gone).text


def test_the_file_is_named_by_the_event_and_its_day(team: Team) -> None:
    for title, name in (("Open day", "Open-day-2027-03-14.csv"), ("행사", "event-2027-03-14.csv")):
        answer = team.cora.get(f"{team.event(title=title)}/ready.csv")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_the_bar_has_a_block_for_each_volunteer(team: Team, visit: PageOpener, event: str) -> None:
    blocks = [one.get("class") for one in visit(team.cora, event).all("rect")]
    assert [name for name in blocks if name] == ["ready", "not_yet", "not_yet"]


def test_minutes_of_review_are_told_and_neither_cards_nor_percent(team: Team, visit: PageOpener, event: str) -> None:
    day = NOON.date() - timedelta(days=100)
    with team.app.app_context():
        for item in ("tea-single", "tea-multiple", "tea-numeric"):
            ReviewCardFactory(user_id=team.vera_id, item_id=item, stability=2.0, reviewed_on=day, due_on=day)
    page = visit(team.cora, event)
    assert people_on(page)["Vera"] == ("nearly", "About 2 minutes of review just before the day")
    listed = " ".join(words(one) for one in page.all("li"))
    assert "minutes of review" in listed
    assert not re.search(r"\d ?%|percent|\bcards?\b|\d of \d|question", listed)
