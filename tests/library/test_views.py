"""The pages of the library, for readers of every age and for those who have told none."""

from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.ages import catalog_ages
from learnapp.content.catalog import Catalog
from learnapp.database.db import db
from tests.actors.people import People
from tests.courses.island import FACTS, WRECK, Island
from tests.courses.real import real_catalog
from tests.courses.serving import serve_catalog
from tests.library.conftest import Reader
from tests.pages import PageOpener, words
from tests.statements import counted

# Only the gated card, the gated facts and nothing else say this.
CANARIES = ("Twelve people on the ship drowned", "twelve people drowned that night", "what the water did")
PAGES = ("/glossary", "/sources", "/sources/wreck", "/sources/keepers", "/search")


def seen(browser: FlaskClient, path: str, query: str | None = None) -> str:
    """Return all that an answer says, of a page or of a search there."""
    answer = browser.get(path) if query is None else browser.post(path, data={"q": query})
    assert answer.status_code == 200
    return f"{answer.headers}\n{answer.text}"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_holds_for_everybody(client: FlaskClient, visit: PageOpener, served: Catalog, path: str) -> None:
    visit(client, path)


@pytest.mark.parametrize("band", [None, 12, 14])
def test_nothing_gated_reaches_the_young_or_those_who_have_told_no_age(reader: Reader, band: int | None) -> None:
    browser = reader(band)
    queries = ("drowned", "water", "twelve", "Twelve people", "vera reed", "drownd", "people ship")

    for path, query in (*((path, None) for path in PAGES), *(("/search", query) for query in queries)):
        text = seen(browser, path, query)
        assert [one for one in CANARIES if one.lower() in text.lower()] == [], path


@pytest.mark.parametrize("band", [None, 12, 14, 16])
def test_of_the_real_course_each_age_group_gets_its_facts_and_no_others(app: Flask, band: int | None) -> None:
    browser = People(app).signed_in(band=band)
    hidden = {name for name, age in catalog_ages(real_catalog()).facts.items() if age > (band or 12)}

    pages = ("/sources", "/sources/evidence", "/glossary")
    text = unescape("".join([*(seen(browser, page) for page in pages), seen(browser, "/search", "people")]))

    for name, fact in real_catalog().facts.items():
        on_page = fact.section is not None or fact.sensitivity != "strong"  # strong evidence is on its own page only
        assert (fact.text in text) is (on_page and name not in hidden), name


@pytest.mark.parametrize("path", PAGES)
def test_visitors_get_nothing_gated_either(client: FlaskClient, served: Catalog, path: str) -> None:
    assert [one for one in CANARIES if one.lower() in seen(client, path).lower()] == []


def test_staff_who_have_told_no_age_see_all_facts_as_they_see_all_lessons(app: Flask) -> None:
    browser = People(app).signed_in("Ada", role="author")

    text = unescape(seen(browser, "/sources") + seen(browser, "/sources/evidence"))

    # Strong evidence is named there, and stands on a page of its own.
    told_elsewhere = [
        name for name, fact in real_catalog().facts.items() if not fact.section and fact.sensitivity == "strong"
    ]
    assert [name for name, fact in real_catalog().facts.items() if fact.text not in text] == told_elsewhere


@pytest.mark.parametrize("band", [16, 18])
def test_older_readers_get_the_facts_closed_and_no_quotation(reader: Reader, visit: PageOpener, band: int) -> None:
    browser = reader(band)

    page = visit(browser, "/sources/wreck")
    closed = page.one("details", id="hard-wreck")
    assert "Twelve people on the ship drowned" in words(closed)
    assert closed.get("open") is None
    found = visit(browser, "/search", data={"q": "drowned"})
    assert "stands in a part that is closed at first" in words(found.one("main"))
    assert "that night" not in found.text


def test_what_is_left_out_is_counted_with_its_reason(client: FlaskClient, visit: PageOpener, served: Catalog) -> None:
    main = words(visit(client, "/sources/wreck").one("main"))

    assert "3 of 5 facts" in main
    assert "2 facts are for readers of 16 or older. They stand in a closed part of a lesson" in main
    assert "You have not said which age group you are in" in main
    assert "Choose your age group" in main


def test_who_has_told_their_age_is_not_asked_again(reader: Reader, visit: PageOpener) -> None:
    main = words(visit(reader(14), "/sources/wreck").one("main"))

    assert "2 facts are for readers of 16 or older." in main
    assert "Choose your age group" not in main


def test_a_section_says_in_one_note_what_is_left_out(reader: Reader, visit: PageOpener) -> None:
    page = visit(reader(14), "/sources/wreck")

    assert len([one for one in page.all("div") if "note" in (one.get("class") or "").split()]) == 1
    assert words(page.one("h2", id="facts")) == "3 of 5 facts"


def test_one_fact_left_out_is_told_as_one(
    island: Island, app: Flask, visit: PageOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    island.edit(FACTS, "id: wreck.04\n    section: wreck", "id: light.04\n    section: light")
    island.write(WRECK, island.text(WRECK).replace("wreck.04", "light.04"))
    serve_catalog(app, monkeypatch, island.catalog())
    browser = People(app).signed_in(band=14)

    section, sources = (words(visit(browser, path).one("main")) for path in ("/sources/wreck", "/sources"))

    assert "3 of 4 facts" in section
    assert "1 fact is for readers of 16 or older. It stands in a closed part of a lesson" in section
    assert "1 fact is left out here. It is for readers of 16 or older." in sources


def test_older_readers_miss_nothing(reader: Reader, visit: PageOpener) -> None:
    browser = reader(16)

    for path in PAGES:
        main = words(visit(browser, path).one("main"))
        assert "left out" not in main, path
        assert "or older" not in main, path


def test_the_glossary_says_where_and_on_what(client: FlaskClient, visit: PageOpener, served: Catalog) -> None:
    page = visit(client, "/glossary")
    entry = page.one("div", id="wick")

    assert words(entry).startswith("Wick The cord in a lamp that draws up the oil.")
    assert [one.get("href") for one in entry.iter("a")] == [
        "/modules/1-light/1-the-lamp#term-wick",
        "/sources/keepers#keepers.01",
    ]
    assert "Testimony" in words(entry)
    assert "Rests on" not in words(page.one("div", id="strait"))
    assert words(page.one("main")).count("in its usual sense") == 1


def test_sources_show_every_heading_every_fact_and_every_difference(
    client: FlaskClient, visit: PageOpener, served: Catalog
) -> None:
    page = visit(client, "/sources")
    main = words(page.one("main"))

    assert [one.get("id") for one in page.all("details") if one.get("id")][:4] == [
        "in-light",
        "in-lamp",
        "in-keepers",
        "in-wreck",
    ]
    assert [one.get("id") for one in page.all("li") if "." in (one.get("id") or "")] == [
        name for name in served.facts if name not in ("wreck.03", "wreck.04")
    ]
    assert "UN inquiry into coastal safety" in main
    assert "Date: 2014 (year not on the page)" in main
    assert "Keep in mind: The count moves: 27 nights in 2013." in main
    assert "How the course handles it: Report S/1/2, 3 May 2014." in main
    assert "The ledger was made from a long copy of the page and a short one." in main
    assert "The heading stands in the short copy only." in main
    assert "The lamp, paragraph" in main


def test_where_the_copies_differ_stands_folded_on_the_sources_page_alone(
    client: FlaskClient, visit: PageOpener, served: Catalog
) -> None:
    note = "The heading stands in the short copy only."
    folded = [one for one in visit(client, "/sources").all("details") if note in words(one)]

    assert [one.get("open") for one in folded] == [None]
    assert all(note not in seen(client, f"/sources/{slug}") for slug in served.sections)


@pytest.mark.parametrize(("path", "unprinted"), [("/glossary", ["form", "nav"]), ("/sources", ["form"])])
def test_paper_gets_no_search_field_and_no_letters_to_press(
    client: FlaskClient, visit: PageOpener, served: Catalog, path: str, unprinted: list[str]
) -> None:
    main = visit(client, path).one("main")

    left_off = [part for part in main.iter() if "noprint" in (part.get("class") or "").split()]
    assert [one.tag for part in left_off for one in part.iter() if one.tag in ("form", "nav")] == unprinted


def test_a_section_leads_on_and_back(client: FlaskClient, visit: PageOpener, served: Catalog) -> None:
    page = visit(client, "/sources/lamp")

    links = {one.get("href") for one in page.all("a")}
    assert {"/sources", "/sources/light", "/sources/keepers"} <= links


def test_the_library_asks_the_database_only_who_is_there(app: Flask, reader: Reader, client: FlaskClient) -> None:
    browser = reader(14)
    with app.app_context():
        engine = db.engine
    for path in PAGES:
        browser.get(path)
        with counted(engine) as sent:
            browser.get(path)
        assert len(sent) == 1, path
        with counted(engine) as sent:
            client.get(path)
        assert sent == [], path


def test_the_foot_leads_to_the_library(client: FlaskClient, visit: PageOpener, served: Catalog) -> None:
    links = {one.get("href") for one in visit(client, "/support").one("footer").iter("a")}

    assert {"/search", "/glossary", "/sources"} <= links
