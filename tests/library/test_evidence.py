"""Evidence as readers of some age see it: how it stands to facts, and what waits until they are older."""

import pytest
from flask import Flask

from learnapp.content.ages import catalog_ages
from learnapp.content.catalog import Catalog
from learnapp.library.evidence import EvidenceIndex
from tests.courses.harbor import with_harbor
from tests.courses.island import Island
from tests.courses.serving import serve_catalog
from tests.library.conftest import Reader
from tests.pages import PageOpener, words

STRONG = "what the sea had done"


def index(island: Island, age: int = 18) -> EvidenceIndex:
    catalog = with_harbor(island).catalog()
    return EvidenceIndex(catalog, catalog_ages(catalog), age)


def kinds(found: EvidenceIndex, name: str) -> dict[str, list[str]]:
    return {link.kind: [fact.id for fact in link.facts] for link in found.links(name)}


def test_relations_are_shown_from_both_ends(island: Island) -> None:
    found = index(island)

    assert kinds(found, "lamp.01") == {"corroborated": ["ev.harbor.lamp", "ev.harbor.wreck"]}
    assert kinds(found, "ev.harbor.lamp") == {"corroborates": ["lamp.01"], "corrected": ["ev.harbor.wreck"]}


def test_strong_evidence_that_no_lesson_teaches_waits_for_adults(island: Island) -> None:
    found = index(island, 16)

    assert kinds(found, "lamp.01") == {"corroborated": ["ev.harbor.lamp"]}
    assert [voice for voice, _entries in found.by_voice()] == ["study"]
    assert found.hidden == ((18, 1),)


def test_evidence_stands_beside_the_sections_that_it_belongs_to(island: Island) -> None:
    found = index(island)

    assert [entry.fact.id for entry in found.on_section("lamp")] == ["ev.harbor.lamp"]
    assert found.on_section("wreck") == ()
    assert [place.lesson.slug for place in found.entry("ev.harbor.lamp").places] == ["1-the-lamp"]


@pytest.fixture
def harbor(island: Island, served: Catalog, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    """Let the app serve the island with the evidence of the harbor."""
    return serve_catalog(app, monkeypatch, with_harbor(island).catalog())


def test_a_page_says_where_evidence_comes_from_and_how_it_was_checked(
    reader: Reader, harbor: Catalog, visit: PageOpener
) -> None:
    page = visit(reader(12), "/sources/evidence/ev.harbor.lamp")

    text = words(page.one("main"))
    said = ("Harbor Office, 2016", "They counted from a boat", "page 3")
    for part in (*said, "Its page 3 gives the nights.", "checked, November 2026"):
        assert part in text
    link = page.one("a", href="https://www.harbor.example/lamps")
    assert link.get("rel") == "noreferrer"
    assert "leaves this site" in words(link)


@pytest.mark.parametrize("band", [None, 12, 14, 16])
def test_strong_evidence_reaches_adults_only(reader: Reader, harbor: Catalog, band: int | None) -> None:
    browser = reader(band)
    paths = ("/sources", "/sources/lamp", "/sources/evidence", "/sources/evidence/ev.harbor.wreck")
    texts = [browser.get(path).text for path in paths] + [browser.post("/search", data={"q": "insurer"}).text]

    assert [path for path, text in zip((*paths, "search"), texts, strict=True) if STRONG in text] == []
    assert [text for text in texts if "4 March 1920" in text] == []
    assert "for readers of 18 or older" in texts[3]


def test_strong_evidence_is_closed_at_first(reader: Reader, harbor: Catalog, visit: PageOpener) -> None:
    browser = reader(18)
    page = visit(browser, "/sources/evidence/ev.harbor.wreck")

    closed = page.one("details", id="hard")
    assert STRONG in words(closed)
    assert closed.get("open") is None
    assert STRONG not in visit(browser, "/sources/evidence").text


def test_what_nobody_has_verified_has_no_page(reader: Reader, harbor: Catalog) -> None:
    assert reader(18).get("/sources/evidence/ev.harbor.rumor").status_code == 404


def test_search_finds_evidence_and_leads_to_its_page(reader: Reader, harbor: Catalog, visit: PageOpener) -> None:
    page = visit(reader(12), "/search", data={"q": "survey of 2016"})

    assert page.one("a", href="/sources/evidence/ev.harbor.lamp") is not None


def test_a_fact_of_the_page_names_what_found_the_same(reader: Reader, harbor: Catalog, visit: PageOpener) -> None:
    page = visit(reader(12), "/sources/lamp")

    assert "Also found by: Harbor Office, 2016." in words(page.one("li", id="lamp.01"))
