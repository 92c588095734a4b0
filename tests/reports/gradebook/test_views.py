"""Gradebook files, over HTTP: what is sent, what is remembered, and how Canvas's export is matched and forgotten."""

import csv
import io
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from learnapp.database.db import db
from learnapp.groups.models import Membership
from learnapp.groups.roster.lists.store import list_keys
from learnapp.groups.roster.lists.values import ListedPerson
from tests.actors.classes import DAY, SeededClass, assign, class_of, complete, join
from tests.actors.people import People
from tests.courses.classes import LEAF
from tests.factories.base import NOON
from tests.pages import Page, PageOpener, words
from tests.reports.board.tables import read_file
from tests.whole.rows import all_rows

EXPORT = (
    "Student,ID,SIS User ID,SIS Login ID,Section\r\n"
    "    Points Possible,,,,\r\n"
    '"Lind, Ben",101,,nobody,P2\r\n'
    '"Okafor, Vera",102,,,P2\r\n'
    '"Diaz, Zoe",103,,,P2\r\n'
)


@pytest.fixture
def one(people: People, ada: FlaskClient) -> SeededClass:
    with people.app.app_context():
        made = class_of(leader=people.get("Ada").id)
        made.members["Ben"] = join(made.id, "ben", full_name="Ben Lind")
        made.members["Mina"] = join(made.id, "mina", full_name="Mina Han")
        made.members["Vera"] = join(made.id, "vera", full_name="=Vera Okafor")
        assign(made.id, LEAF, NOON - DAY)
        complete(made.members["Ben"], LEAF, NOON - 2 * DAY, 0.8)
    return made


def upload(data: bytes | str) -> dict[str, object]:
    content = data.encode() if isinstance(data, str) else data
    return {"export": (io.BytesIO(content), "grades.csv")}


def test_a_file_is_called_after_the_class_and_downloaded(ada: FlaskClient, one: SeededClass) -> None:
    answer = ada.get(f"/groups/{one.id}/board/marks.csv")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="9C-1-tea-')
    assert answer.is_streamed
    rows = read_file(ada, f"/groups/{one.id}/board/marks.csv?sort=name")
    assert rows[1] == ["'=Vera Okafor", "vera", "", "0", "1", "0"]
    assert rows[2] == ["Ben Lind", "ben", "80", "1", "1", "0"]


def test_the_separator_is_remembered_in_this_browser(ada: FlaskClient, one: SeededClass, visit: PageOpener) -> None:
    path = f"/groups/{one.id}/board"
    assert ada.get(f"{path}/marks.csv").text.count(";") == 0
    assert ada.get(f"{path}/marks.csv?separator=semicolon").text.count(";") > 0
    assert ada.get(f"{path}/marks.csv").text.count(";") > 0
    assert visit(ada, path).one("input", name="separator", value="semicolon").get("checked") is not None


def test_the_file_has_the_rows_and_the_order_of_the_page(ada: FlaskClient, one: SeededClass) -> None:
    path = f"/groups/{one.id}/board/marks.csv"
    assert [row[1] for row in read_file(ada, f"{path}?sort=name")[1:]] == ["vera", "ben", "mina"]
    assert [row[1] for row in read_file(ada, f"{path}?show=not_started&sort=name")[1:]] == ["vera", "mina"]


def test_an_export_is_matched_shown_and_forgotten(ada: FlaskClient, one: SeededClass, visit: PageOpener) -> None:
    before = all_rows_of(ada)
    page = visit(ada, f"/groups/{one.id}/board/canvas?sort=name", data=upload(EXPORT))
    text = words(page.tree)
    assert "1 of 3 are found in your export" in text
    names = {words(heading): [words(one) for one in lists.iter("bdi")] for heading, lists in headed(page)}
    assert names == {
        "In your export nobody fits": ["=Vera Okafor", "Mina Han"],
        "Only in your export": ["Okafor, Vera", "Diaz, Zoe"],
    }
    identities = page.one("input", name="identities").get("value", "")
    answer = ada.post(f"/groups/{one.id}/board/canvas.csv?sort=name", data={"identities": identities})
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))
    assert rows[2:] == [["Lind, Ben", "101", "", "nobody", "P2", "80"]]
    assert all_rows_of(ada) == before


def test_members_are_found_by_the_school_s_id_of_the_list_that_brought_them(
    people: People, ada: FlaskClient, one: SeededClass, visit: PageOpener
) -> None:
    with people.app.app_context():
        for name, source_id in (("Ben", "s-1"), ("Mina", "s-2")):
            key = list_keys(one.id, ListedPerson(2, "", source_id=source_id))[0]
            of_member = (Membership.group_id == one.id) & (Membership.user_id == one.members[name])
            db.session.execute(update(Membership).where(of_member).values(list_key=key))
        db.session.commit()
    export = (
        EXPORT.replace("101,,nobody", "101,s-1,bl12").replace("Lind, Ben", "Lind-Berg, B.").replace("103,", "103,S-2")
    )
    text = words(visit(ada, f"/groups/{one.id}/board/canvas", data=upload(export)).tree)
    assert "1 of 3 are found in your export" in text
    path = f"/groups/{one.id}/board/canvas.csv"
    rows = list(csv.reader(io.StringIO(ada.post(path, data={"identities": export}).text.removeprefix("\ufeff"))))
    assert rows[2:] == [["Lind-Berg, B.", "101", "s-1", "bl12", "P2", "80"]]


def test_a_name_that_two_have_is_not_given_to_the_one_whom_the_board_shows(
    people: People, ada: FlaskClient, one: SeededClass, visit: PageOpener
) -> None:
    with people.app.app_context():
        join(one.id, "ben2", full_name="Ben Lind")
    page = visit(ada, f"/groups/{one.id}/board/canvas?show=not_started", data=upload(EXPORT))
    assert "0 of 3 are found in your export" in words(page.tree)
    assert "Lind, Ben" in words(next(lists for head, lists in headed(page) if "More than one" in words(head)))


def headed(page: Page) -> list[tuple[Element, Element]]:
    """Return each heading of the outcome with the list below it."""
    section = next(one for one in page.all("section") if one.get("aria-labelledby") == "found")
    parts = list(section)
    return [(one, parts[at + 1]) for at, one in enumerate(parts) if one.tag == "h3"]


def all_rows_of(browser: FlaskClient) -> object:
    with browser.application.app_context():
        return all_rows(db.engine)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("", "Choose the file that Canvas exported."),
        ("What?", "there are no columns"),
        (EXPORT.replace("101,,", "101,"), "row 3 has 4"),
        (b"\xff\xff\xff", "no text in UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told_beside_the_field(
    ada: FlaskClient, one: SeededClass, visit: PageOpener, data: bytes | str, told: str
) -> None:
    page = visit(ada, f"/groups/{one.id}/board/canvas", data=upload(data), status=422)
    assert told in words(page.tree)
    assert page.one("input", id="export").get("aria-invalid") == "true"


def test_a_form_without_a_file_or_with_nonsense_is_told_so(
    ada: FlaskClient, one: SeededClass, visit: PageOpener
) -> None:
    assert "Choose the file" in visit(ada, f"/groups/{one.id}/board/canvas", data={}, status=422).text
    visit(ada, f"/groups/{one.id}/board/canvas.csv", data={"identities": "nonsense"}, status=422)


def test_pages_and_files_are_there_where_nothing_is_asked(people: People, ada: FlaskClient, visit: PageOpener) -> None:
    with people.app.app_context():
        empty = class_of(leader=people.get("Ada").id)
    visit(ada, f"/groups/{empty.id}/board/canvas")
    assert read_file(ada, f"/groups/{empty.id}/board/marks.csv") == [
        ["Name", "User name", "Lessons done", "Lessons assigned", "Late days"]
    ]
