"""The search page: what is found, what is said where nothing is, and what stays unsaid."""

import logging
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.catalog import Catalog
from learnapp.web.logs import JsonLines
from tests.actors.people import People
from tests.library.conftest import Reader
from tests.pages import PageOpener, words


def test_results_are_grouped_and_their_words_marked(client: FlaskClient, visit: PageOpener, served: Catalog) -> None:
    page = visit(client, "/search", data={"q": "wick"})

    assert [words(one).split()[0] for one in page.all("h2")] == ["Lessons", "Glossary", "Facts"]
    assert {words(one).lower() for one in page.all("mark")} == {"wick"}
    assert page.one("input", id="q").get("value") == "wick"
    assert any("/modules/1-light/1-the-lamp#p" in (one.get("href") or "") for one in page.all("a"))


def test_what_was_typed_is_shown_as_text(client: FlaskClient, visit: PageOpener, served: Catalog) -> None:
    page = visit(client, "/search", data={"q": "<b onclick=x>wick</b>\"'&"})

    assert page.one("input", id="q").get("value") == "<b onclick=x>wick</b>\"'&"


def test_without_a_query_the_page_says_what_can_be_found(
    client: FlaskClient, visit: PageOpener, served: Catalog
) -> None:
    assert "Type a word or two." in words(visit(client, "/search", data={"q": " "}).one("main"))


def test_without_results_the_page_says_what_to_try(client: FlaskClient, visit: PageOpener, served: Catalog) -> None:
    page = visit(client, "/search", data={"q": "habror"})

    assert "Nothing found for “habror”." in words(page.one("main"))
    assert page.one("button", name="q").get("value") == "harbor"


HELP = "If this touches your own life, or that of somebody you know: Get support"


@pytest.mark.parametrize("band", [None, 12, 18])
@pytest.mark.parametrize("query", ["zzzz", "suicide", "wick zzzz", "wick abuse", "I want to die", "kill"])
def test_whoever_finds_nothing_or_asks_in_need_is_told_once_where_help_is(
    reader: Reader, visit: PageOpener, query: str, band: int | None
) -> None:
    main = visit(reader(band), "/search", data={"q": query}).one("main")

    assert words(main).count(HELP) == 1
    assert [one.get("href") for one in main.iter("a")].count("/support") == 1


def test_the_note_on_age_tells_where_help_is(reader: Reader, visit: PageOpener) -> None:
    young, old = reader(12), reader(18)

    for query in ("", "wick"):
        assert words(visit(young, "/search", data={"q": query}).one("main")).count(HELP) == 1
        assert HELP not in words(visit(old, "/search", data={"q": query}).one("main"))


def test_facts_are_told_apart_by_their_headings(client: FlaskClient, visit: PageOpener, served: Catalog) -> None:
    headings = [words(one) for one in visit(client, "/search", data={"q": "lamp"}).all("h3")]

    assert "The Lamp, fact 1" in headings
    assert len(headings) == len(set(headings))


def test_of_many_results_it_is_told_how_many_are_shown(app: Flask, visit: PageOpener) -> None:
    page = visit(People(app).signed_in(band=18), "/search", data={"q": "“state”"})

    assert " results for “state”. The best 30 are shown" in words(page.one("main"))
    assert {words(one).lower() for one in page.all("mark")} <= {
        "state",
        "states",
        "state’s",
        "stateless",
        "statement",
        "statements",
    }


def test_the_menu_leads_to_the_search(app: Flask, client: FlaskClient, visit: PageOpener, served: Catalog) -> None:
    for browser in (client, People(app).signed_in("Ben"), People(app).signed_in("Ada", role="author")):
        menu = next(one for one in visit(browser, "/").all("nav") if one.get("aria-label") == "Main")
        assert "/search" in {one.get("href") for one in menu.iter("a")}


def test_search_is_not_listed_by_search_engines_and_not_named_in_titles(
    client: FlaskClient, visit: PageOpener, served: Catalog
) -> None:
    page = visit(client, "/search", data={"q": "wick"})

    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert page.one("meta", name="robots").get("content") == "noindex"
    assert "wick" not in words(page.one("title"))


def test_the_query_is_in_no_log(client: FlaskClient, served: Catalog, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    client.post("/search", data={"q": "verysecretword"})
    client.get("/search?q=verysecretword")

    lines = [JsonLines().format(record) for record in caplog.records]
    assert any('"/search"' in line for line in lines)
    assert not any("verysecret" in line for line in (*lines, caplog.text))


@pytest.mark.parametrize("query", ["x" * 100_000, "\0", "\xff\xfe", "\u202e", "a" * 101, "😀", "*", "((("])
def test_any_query_is_answered(client: FlaskClient, visit: PageOpener, served: Catalog, query: str) -> None:
    page = visit(client, "/search", data={"q": query})

    assert len(page.one("input", id="q").get("value") or "") <= 100


def test_what_was_searched_stands_in_no_address_and_is_passed_on_to_none(
    client: FlaskClient, visit: PageOpener, served: Catalog
) -> None:
    page = visit(client, "/search", data={"q": "wick"})

    addresses = [one.get(name) or "" for one in page.tree.iter() for name in ("href", "action", "src")]
    assert not [one for one in addresses if "wick" in one and "q=" in one]
    assert {form.get("method") for form in page.all("form") if form.get("action") == "/search#results"} == {"post"}
    assert page.response.request.path == "/search"
    assert not page.response.request.query_string
    assert "Location" not in page.response.headers


def test_an_old_address_with_a_query_fills_in_the_field_and_goes_no_further(
    client: FlaskClient, visit: PageOpener, served: Catalog
) -> None:
    page = client.get("/search?q=wick")

    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert 'value="wick"' in page.text
    assert "Press “Search” to look for it." in page.text
    assert "<mark>" not in page.text
    assert "q=wick" not in page.text


def test_search_works_in_a_browser_without_cookies_and_from_a_page_that_was_kept(
    make_app: Callable[..., Flask],
) -> None:
    """It changes nothing, so it asks for no token."""
    browser = make_app(WTF_CSRF_ENABLED=True).test_client(use_cookies=False)

    assert browser.post("/search", data={"q": "people"}).status_code == 200
    assert browser.post("/account/sign-in", data={"name": "Ben"}).status_code == 400
