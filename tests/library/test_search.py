"""Search: what is found, for whom, in which order, and what is quoted of it."""

import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from learnapp.content.ages import catalog_ages
from learnapp.content.catalog import Catalog
from learnapp.library.cache import LibraryCache
from learnapp.library.search import QUERY_MAX, Pieces, SearchIndex, SearchResults, query_words, tidy_query
from learnapp.library.search_text import Passage, passages

LONG = " ".join(f"word{n}" for n in range(100))


def island_index(catalog: Catalog, age: int) -> SearchIndex:
    return LibraryCache(catalog, age).search_index


@pytest.fixture(scope="module")
def index(catalog: Catalog) -> SearchIndex:
    """Give the island's index for the youngest."""
    return island_index(catalog, 12)


def facts(*texts: str) -> SearchIndex:
    """Return the index of facts, each named by its text."""
    return SearchIndex((Passage("fact", text, "", text, 0) for text in texts), 18)


def keys(results: SearchResults) -> set[str]:
    return {hit.key for hits in results.hits.values() for hit in hits}


def passages_of(results: SearchResults) -> list[Passage]:
    return [one.passage for hits in results.hits.values() for hit in hits for one in hit.passages]


def quoted(text: str, query: str) -> Pieces:
    """Return what is quoted of a text that has the query."""
    (hit,) = facts(text).search(query).hits["fact"]
    return hit.passages[0].pieces


def words_in(texts: Iterable[Passage]) -> set[str]:
    return {word for one in texts for part in (one.title, one.text) for word in query_words_of(part)}


def query_words_of(text: str) -> set[str]:
    return {word for typed in re.findall(r"\w+", text) for word in query_words(typed)}


def test_lessons_terms_and_facts_are_found(index: SearchIndex) -> None:
    results = index.search("wick")

    assert "1-light/1-the-lamp" in {hit.key for hit in results.hits["lesson"]}
    assert [hit.key for hit in results.hits["term"]] == ["wick"]
    assert [hit.key for hit in results.hits["fact"]] == ["keepers.01"]
    assert results.total == sum(results.totals.values())


@pytest.mark.parametrize("query", ["lamp", "LAMP", "lamps", "lám", "lamp’s", "lamp's", "ｌａｍｐ"])
def test_forms_accents_and_beginnings_lead_to_the_same(index: SearchIndex, query: str) -> None:
    assert "lamp.01" in keys(index.search(query))


def test_a_title_counts_more_than_a_mention() -> None:
    index = SearchIndex(
        [
            Passage("lesson", "a/a", "Borders", "About a fence.", 0),
            Passage("lesson", "a/b", "Radios", "Listeners near borders.", 0),
        ],
        18,
    )

    assert [hit.key for hit in index.search("border").hits["lesson"]] == ["a/a", "a/b"]


def test_a_word_as_it_was_typed_counts_more_than_a_longer_one() -> None:
    results = facts(*(f"the statement of {n}" for n in "abc"), "the state of d").search("state")

    assert results.hits["fact"][0].key == "the state of d"
    assert results.total == 4


def test_words_may_be_spread_over_the_paragraphs_of_a_lesson() -> None:
    index = SearchIndex(
        [
            Passage("lesson", "a/a", "", "A radio.", 0, anchor="p1", number=1),
            Passage("lesson", "a/a", "", "At night.", 0, anchor="p2", number=2),
            Passage("lesson", "a/b", "", "A radio.", 0, anchor="p1", number=1),
        ],
        18,
    )

    results = index.search("radio night")

    assert keys(results) == {"a/a"}
    assert {one.anchor for one in passages_of(results)} == {"p1", "p2"}
    assert not results.partial


def test_where_nothing_has_all_the_words_those_with_most_are_shown(index: SearchIndex) -> None:
    results = index.search("wick submarine")

    assert results.partial
    assert "wick" in keys(results)


def test_little_words_do_not_count_beside_others(index: SearchIndex) -> None:
    assert keys(index.search("the wick of the")) == keys(index.search("wick"))


def test_little_words_alone_are_looked_for(index: SearchIndex) -> None:
    assert index.search("the").total > 0


def test_a_typing_error_gets_a_suggestion(index: SearchIndex) -> None:
    results = index.search("habror")

    assert results.total == 0
    assert "harbor" in results.suggestions


def test_a_word_and_its_plural_are_one_suggestion() -> None:
    assert facts("prisoner", "prisoners").search("prisonner").suggestions == ("prisoner",)


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
    assert keys(facts(*others).search(query)) == set()


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("child", "children"),
        ("family", "families"),
        ("families", "family"),
        ("famili", "families"),
        ("state", "states"),
        ("escaping", "escaped"),
        ("televisi", "televisions"),
        ("33000", "33,000"),
        ("33,000", "33000"),
        ("cafe", "Café"),
        ("한국", "한국 means South Korea"),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국 means South Korea"),
    ],
)
def test_forms_and_longer_words_are_found(query: str, text: str) -> None:
    assert keys(facts(text).search(tidy_query(query))) == {text}


def test_a_beginning_that_only_older_readers_see_leads_nowhere() -> None:
    def found(query: str, age: int) -> set[str]:
        texts = {"prisoner of one prison": 0, "prisoners": 16, "escape": 0, "escaping": 16}
        return keys(SearchIndex((Passage("fact", one, "", one, texts[one]) for one in texts), age).search(query))

    assert found("prisoners", 12) == {"prisoner of one prison"}  # as a form of what is seen
    assert found("prisoners", 16) == {"prisoner of one prison", "prisoners"}
    assert (found("escapi", 12), found("escapi", 16)) == (set(), {"escaping"})


@pytest.mark.parametrize(
    "query", ["rape", "abortion", "cannibalism", "suicide", "suiside", "I want to die", "self-harm"]
)
def test_somebody_in_need_gets_no_guess(query: str) -> None:
    index = facts("rare race", "three portions", "capitalism", "decide", "they wanted to dine", "farm shelf")

    assert index.search(query).suggestions == ()


def test_no_word_of_harm_is_offered_as_a_guess() -> None:
    index = facts("abortions", "abuser", "suicide", "grapes")

    assert [index.search(query).suggestions for query in ("abuserr", "suicidee")] == [(), ()]
    assert index.search("grappes").suggestions == ("grapes",)


@pytest.mark.parametrize("query", ["lamb", "wik", "tea"])
def test_short_words_get_no_suggestion(query: str) -> None:
    assert facts("lamp wick team").search(query).suggestions == ()


@pytest.mark.parametrize(
    "query",
    ["rape", "raped", "suicidal", "killing", "self-harm", "died", "abusers", "dying", "I wänt to DÍE", "deadly"],
)
def test_what_somebody_in_need_may_type_is_known_in_its_forms(query: str) -> None:
    assert facts().search(query).sensitive


@pytest.mark.parametrize("query", ["radio", "family", "border", "grape"])
def test_other_words_are_not_taken_for_it(query: str) -> None:
    assert not facts().search(query).sensitive


def test_what_somebody_in_need_may_ask_is_told_by_the_query_alone() -> None:
    for texts in ((), ("abuse",), ("tea",)):
        assert facts(*texts).search("abuse at home").sensitive
        assert not facts(*texts).search("tea").sensitive


@pytest.mark.parametrize(
    ("query", "named"), [("“radio”", "radio"), ('"a" or "b"', "a or b"), ("radio", "radio"), ("“”", "“”")]
)
def test_a_query_is_named_without_quotation_marks_of_its_own(query: str, named: str) -> None:
    assert facts().search(query).quotable_query == named


def test_it_is_told_how_many_of_the_results_are_shown() -> None:
    results = facts(*(f"tea {n}" for n in range(40))).search("tea")

    assert (results.total, results.shown) == (40, 12)


def test_gated_and_closed_text_is_found_only_from_its_age_on(catalog: Catalog) -> None:
    # “drowned” stands in a gated card and in two gated facts, nowhere else.
    assert island_index(catalog, 14).search("drowned").total == 0
    assert keys(island_index(catalog, 16).search("drowned")) == {"1-sea/1-the-wreck", "wreck.03"}


def test_words_that_only_older_readers_see_are_not_even_suggested(catalog: Catalog) -> None:
    assert "drowned" not in island_index(catalog, 12).search("drownet").suggestions
    assert "drowned" in island_index(catalog, 16).search("drownet").suggestions


def test_what_a_page_shows_closed_is_marked_so_and_not_quoted(catalog: Catalog) -> None:
    results = island_index(catalog, 16).search("drowned")

    assert results.total
    assert all(one.closed for one in passages_of(results))
    assert all(not one.pieces for hits in results.hits.values() for hit in hits for one in hit.passages)


@pytest.mark.slow
@pytest.mark.parametrize("age", [12, 14, 16, 18])
def test_no_word_brings_up_text_of_an_older_age(catalog: Catalog, age: int) -> None:
    listed = list(passages(catalog, catalog_ages(catalog)))
    hidden, index = {one for one in listed if one.age > age}, island_index(catalog, age)
    for word in words_in(listed):
        assert hidden.isdisjoint(passages_of(index.search(word))), word


@pytest.mark.slow
def test_no_answer_depends_on_the_words_of_what_is_gated(catalog: Catalog) -> None:
    listed = list(passages(catalog, catalog_ages(catalog)))
    masked = [replace(one, text=re.sub(r"\w+", "zzzz", one.text)) if one.age > 12 else one for one in listed]
    index, other = SearchIndex(listed, 12), SearchIndex(masked, 12)
    words = words_in(listed)

    for word in (*words, *(word[:-1] for word in words), "rape", "drownet", "zzzz"):
        assert index.search(word) == other.search(word), word


def test_nothing_is_found_in_nothing() -> None:
    assert facts().search("tea").total == 0


@pytest.mark.slow
def test_threads_share_an_index(index: SearchIndex) -> None:
    queries = ["wick", "habror", "the", "lamp"] * 25

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(index.search, queries))

    assert results == [index.search(query) for query in queries]


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


@pytest.mark.parametrize(
    "query",
    [
        '"', '""', "tea*", "*", "(((", "tea) OR (water", "NEAR(tea water)", "tea NOT water", "text:tea",
        "^tea", "- tea", "tea + water", "{title text}: tea", "a\0b", "'; DROP TABLE passage; --", "AND",
        "OR NOT", "_", "²", "𞤀", "\ud800", "9" * 100,
    ],
)  # fmt: skip
def test_no_sign_of_a_query_language_means_anything(query: str) -> None:
    index = facts("Tea and water.", "OR NOT NEAR")

    assert keys(index.search(tidy_query(query))) <= {"Tea and water.", "OR NOT NEAR"}


@given(st.text(), st.text())
@example("0'0", "")
def test_any_query_can_be_asked_and_any_text_be_cut(text: str, other: str) -> None:
    shown = f"Tea {text} and water."
    index = SearchIndex([Passage("term", "a", "Tea", shown, 0), Passage("fact", "b", other, text, 0)], 18)

    for query in map(tidy_query, (text, other, f"{text} tea")):
        results = index.search(query)
        assert len(query) <= QUERY_MAX
        assert keys(results) <= {"a", "b"}
        assert bool(results.total) >= ("tea" in query_words(query))


def test_what_was_found_is_marked_and_the_rest_is_not() -> None:
    assert quoted("The small radio, and radios.", "radio") == (
        ("The small ", False),
        ("radio", True),
        (", and ", False),
        ("radios", True),
        (".", False),
    )


def test_a_word_that_was_only_begun_is_marked_whole() -> None:
    assert quoted("In families of old.", "famil") == (("In ", False), ("families", True), (" of old.", False))


def test_a_long_text_is_cut_around_the_match() -> None:
    pieces = quoted(f"{LONG} a black radio {LONG}", "radio black")

    assert pieces[0][0].startswith(" … ")
    assert pieces[-1][0].endswith(" … ")
    assert [word for word, marked in pieces if marked] == ["black", "radio"]
    assert len("".join(word for word, _ in pieces).split()) <= 33


def test_a_text_whose_title_alone_matches_is_shown_from_its_beginning() -> None:
    (hit,) = SearchIndex([Passage("term", "radio", "Radio", LONG, 0)], 18).search("radio").hits["term"]

    assert hit.passages[0].pieces[0][0].startswith("word0 word1")


def test_the_stretch_with_most_of_the_words_is_shown() -> None:
    pieces = quoted(f"radio {LONG} night radio {LONG}", "radio night")

    assert {word for word, marked in pieces if marked} == {"night", "radio"}


def test_nothing_is_changed_in_what_is_shown() -> None:
    text = 'He said <b>"no"</b> & left; 5 < 6.'

    assert "".join(word for word, _ in quoted(text, "said")) == text
