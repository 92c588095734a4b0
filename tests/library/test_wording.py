"""Words of the library's pages: one and many, all and some."""

from flask import Flask, get_template_attribute
from markupsafe import Markup

from learnapp.library.search import SearchIndex, SearchResults
from learnapp.library.search_text import Passage


def search(texts: int, query: str) -> SearchResults:
    return SearchIndex((Passage("fact", f"{n}", "", f"tea {n}", 0) for n in range(texts)), 18).search(query)


def said(macro: str, *values: object) -> str:
    """Return what a macro of the library's pages says, without its marks."""
    return Markup(get_template_attribute("library/_shared.html", macro)(*values)).striptags()


def test_a_summary_counts_and_says_what_is_missing(app: Flask) -> None:
    with app.test_request_context():
        assert said("results_summary", search(1, "“tea”")) == "1 result for “tea”."
        assert said("results_summary", search(2, "tea zzzz")) == (
            "2 results for “tea zzzz”. None has all of the words; these have the most."
        )
        assert said("results_summary", search(13, "tea")).endswith(
            "The best 12 are shown; another word in the search narrows it down."
        )


def test_what_is_not_shown_is_counted(app: Flask) -> None:
    with app.test_request_context():
        assert said("not_shown", search(12, "tea"), "fact") == ""
        assert said("not_shown", search(13, "tea"), "fact") == "1 more is not shown."
        assert said("not_shown", search(14, "tea"), "fact") == "2 more are not shown."


def test_hidden_facts_are_counted_by_age(app: Flask) -> None:
    with app.test_request_context():
        assert said("hidden_facts_note", ((16, 1),)) == (
            "1 fact is for readers of 16 or older. "
            "It stands in a closed part of a lesson, or in a lesson for older readers."
        )
        assert said("hidden_facts_note", ((14, 2), (16, 1))) == (
            "2 facts are for readers of 14 or older. 1 fact is for readers of 16 or older. "
            "They stand in a closed part of a lesson, or in a lesson for older readers."
        )
