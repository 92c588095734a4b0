"""What search finds, for whom, and in which order."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.content.audience import audience
from learnapp.content.catalog import Catalog
from learnapp.library.search import QUERY_MAX, Found, Index, build_index, search, tidy_query
from learnapp.library.search_text import Passage, passages


@pytest.fixture
def index(catalog: Catalog) -> Index:
    return build_index(passages(catalog, audience(catalog)))


def keys(found: Found) -> set[str]:
    return {hit.key for hits in found.hits.values() for hit in hits}


def texts(found: Found) -> str:
    return " ".join(one.text for hits in found.hits.values() for hit in hits for one in hit.passages)


def test_lessons_terms_and_facts_are_found(index: Index) -> None:
    found = search(index, "wick", 12)

    assert "1-light/1-the-lamp" in {hit.key for hit in found.hits["lesson"]}
    assert [hit.key for hit in found.hits["term"]] == ["wick"]
    assert [hit.key for hit in found.hits["fact"]] == ["keepers.01"]
    assert found.total == sum(found.totals.values())


@pytest.mark.parametrize("query", ["lamp", "LAMP", "lamps", "lám", "lamp’s"])
def test_forms_accents_and_beginnings_lead_to_the_same(index: Index, query: str) -> None:
    assert "lamp.01" in keys(search(index, query, 12))


def test_a_title_counts_more_than_a_mention() -> None:
    index = build_index(
        [
            Passage("lesson", "a/a", "Borders", "About a fence.", 0),
            Passage("lesson", "a/b", "Radios", "Listeners near borders.", 0),
        ]
    )

    assert [hit.key for hit in search(index, "border", 12).hits["lesson"]] == ["a/a", "a/b"]


def test_words_may_be_spread_over_the_paragraphs_of_a_lesson() -> None:
    index = build_index(
        [
            Passage("lesson", "a/a", "", "A radio.", 0, anchor="p1", number=1),
            Passage("lesson", "a/a", "", "At night.", 0, anchor="p2", number=2),
            Passage("lesson", "a/b", "", "A radio.", 0, anchor="p1", number=1),
        ]
    )

    found = search(index, "radio night", 12)

    assert keys(found) == {"a/a"}
    assert {one.anchor for one in found.hits["lesson"][0].passages} == {"p1", "p2"}
    assert not found.partial


def test_where_nothing_has_all_the_words_those_with_most_are_shown(index: Index) -> None:
    found = search(index, "wick submarine", 12)

    assert found.partial
    assert "wick" in keys(found)


def test_little_words_do_not_count_beside_others(index: Index) -> None:
    assert keys(search(index, "the wick of the", 12)) == keys(search(index, "wick", 12))


def test_little_words_alone_are_looked_for(index: Index) -> None:
    assert search(index, "the", 12).total > 0


def test_a_typing_error_gets_a_suggestion(index: Index) -> None:
    found = search(index, "habror", 12)

    assert found.total == 0
    assert "harbor" in found.suggestions


def said(*texts: str, age: int = 0) -> list[Passage]:
    return [Passage("fact", text, "", text, age) for text in texts]


@pytest.mark.parametrize(
    ("query", "others"),
    [
        ("family", ["famine", "famines", "familiar"]),
        ("state", ["station", "status", "statute"]),
        ("bride", ["bridge"]),
        ("the of", ["therefore", "then", "them", "often"]),
    ],
)
def test_only_what_was_typed_counts_as_a_beginning(query: str, others: list[str]) -> None:
    assert keys(search(build_index(said(*others)), query, 12)) == set()


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("child", "children"),
        ("family", "families"),
        ("families", "family"),
        ("famili", "families"),
        ("state", "states"),
    ],
)
def test_forms_and_longer_words_are_found(query: str, text: str) -> None:
    assert keys(search(build_index(said(text)), query, 12)) == {text}


def test_a_beginning_that_only_older_readers_see_leads_nowhere() -> None:
    index = build_index([*said("prisoner of one prison"), *said("prisoners", age=16)])

    assert search(index, "prisoners", 12).total == 1  # as a form of what is seen
    assert keys(search(index, "prisoners", 16)) == {"prisoner of one prison", "prisoners"}
    assert search(build_index([*said("escape"), *said("escaping", age=16)]), "escapi", 12).total == 0


@pytest.mark.parametrize(
    "query", ["rape", "abortion", "cannibalism", "suicide", "suiside", "I want to die", "self-harm"]
)
def test_somebody_in_need_gets_no_guess(query: str) -> None:
    index = build_index(
        said("rare race", "three portions", "capitalism", "decide", "they wanted to dine", "farm shelf")
    )

    assert search(index, query, 18).suggestions == ()


def test_no_word_of_harm_is_offered_as_a_guess() -> None:
    index = build_index(said("abortions", "abuser", "suicide", "grapes"))

    assert [search(index, query, 18).suggestions for query in ("abuserr", "suicidee")] == [(), ()]
    assert search(index, "grappes", 18).suggestions == ("grapes",)


@pytest.mark.parametrize("query", ["lamb", "wik", "tea"])
def test_short_words_get_no_suggestion(query: str) -> None:
    assert search(build_index(said("lamp wick team")), query, 12).suggestions == ()


def test_what_somebody_in_need_may_ask_is_told_by_the_query_alone() -> None:
    for texts in ((), ("abuse",), ("tea",)):
        assert search(build_index(said(*texts)), "abuse at home", 12).tender
        assert not search(build_index(said(*texts)), "tea", 12).tender


@pytest.mark.parametrize(
    ("query", "named"), [("“radio”", "radio"), ('"a" or "b"', "a or b"), ("radio", "radio"), ("“”", "“”")]
)
def test_a_query_is_named_without_quotation_marks_of_its_own(query: str, named: str) -> None:
    assert search(build_index([]), query, 12).named == named


def test_it_is_told_how_many_of_the_results_are_shown() -> None:
    found = search(build_index(said(*(f"tea {n}" for n in range(40)))), "tea", 12)

    assert (found.total, found.shown) == (40, 12)


def test_gated_and_closed_text_is_found_only_from_its_age_on(index: Index) -> None:
    # “drowned” stands in a gated card and in two gated facts, nowhere else.
    assert search(index, "drowned", 14).total == 0
    assert keys(search(index, "drowned", 16)) == {"1-sea/1-the-wreck", "wreck.03"}


def test_words_that_only_older_readers_see_are_not_even_suggested(index: Index) -> None:
    assert "drowned" not in search(index, "drownet", 12).suggestions
    assert "drowned" in search(index, "drownet", 16).suggestions


def test_what_a_page_shows_closed_is_marked_so(index: Index) -> None:
    found = search(index, "drowned", 16)

    assert all(one.closed for hits in found.hits.values() for hit in hits for one in hit.passages)


@pytest.mark.parametrize("age", [12, 14, 16, 18])
def test_no_word_brings_up_text_of_an_older_age(index: Index, age: int) -> None:
    hidden = [one for one in index.passages if one.age > age]
    for word in index.vocabulary:
        found = search(index, word, age)
        shown = set(chain.from_iterable(hit.passages for hits in found.hits.values() for hit in hits))
        assert shown.isdisjoint(hidden)
        assert all(index.words[one][0] <= age for one in found.stems)


def test_no_answer_depends_on_the_words_of_what_is_gated(catalog: Catalog) -> None:
    listed = passages(catalog, audience(catalog))
    masked = [replace(one, text=re.sub(r"\w+", "zzzz", one.text)) if one.age > 12 else one for one in listed]
    index, other = build_index(listed), build_index(masked)

    for word in (*index.vocabulary, *(word[:-1] for word in index.vocabulary), "rape", "drownet", "zzzz"):
        assert search(index, word, 12) == search(other, word, 12), word


def test_the_index_is_the_same_each_time(catalog: Catalog) -> None:
    listed = passages(catalog, audience(catalog))

    assert build_index(listed) == build_index(listed)


def test_nothing_is_found_in_nothing() -> None:
    assert search(build_index([]), "tea", 18).total == 0


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("  black \n radio\t", "black radio"),
        ("a\0b\u202ec", "a b c"),
        ("x" * 5000, "x" * QUERY_MAX),
        ("", ""),
        ("\u2003", ""),
    ],
)
def test_a_query_is_one_short_line(typed: str, query: str) -> None:
    assert tidy_query(typed) == query


@given(st.text())
def test_any_query_can_be_asked(text: str) -> None:
    index = build_index([Passage("term", "a", "Tea", "Tea and water.", 0), Passage("fact", "b", "T", "", 16)])
    query = tidy_query(text)

    found = search(index, query, 12)

    assert len(query) <= QUERY_MAX
    assert keys(found) <= {"a"}
