from collections.abc import Callable

import pytest

from learnapp.content.blocks import AlsoFound
from learnapp.content.facts import Fact, PageFact, Section, Source
from learnapp.content.load.citations import CitationFormatter, Note, speaker
from tests.courses.tea import evidence

SOURCE = Source.model_validate(
    {"title": "T", "publisher": "Tea", "rights": "r", "date_note": "undated; its content dates to about 2015"}
)
SECTIONS = {
    slug: Section(slug=slug, title=title, path=(title,), depth=1)
    for slug, title in (("leaf", "The Leaf"), ("cup", "The Cup"))
}


def fact(number: int = 1, section: str = "leaf", **changes: object) -> Fact:
    values = {
        "id": f"{section}.{number:02}",
        "section": section,
        "fact": "Tea grows.",
        "figures": (),
        "attribution": "Tea page (own statement, no source cited)",
        "voice": "page",
        "dated": None,
        "caveat": None,
        "note": None,
        "sensitivity": "none",
        "testimony": changes.get("voice") == "said",
        "quizzable": True,
        "src": (),
    }
    return PageFact.model_validate({**values, **changes})


def said(who: str, number: int = 1) -> Fact:
    return fact(number, attribution=f"Testimony: {who}", voice="said", testimony=True)


def notes(*facts: Fact, own: str | None = None, note: str | None = None, **cites: str) -> tuple[tuple[str, str], ...]:
    made = CitationFormatter(SOURCE, SECTIONS, cites).notes(facts, own, note)
    return tuple((one.voice, one.text) for one in made)


def note_of(*facts: Fact, shown: Callable[[str], bool] = bool) -> Note:
    """Return the one note for these facts, where evidence is known that found the first of them."""
    found = {"leaf.01": (evidence("ev.tea.cup"), evidence("ev.tea.pot", by="Potters, 1915"))}
    (made,) = CitationFormatter(SOURCE, SECTIONS, {}, {"Tea inquiry": "Inquiry, 1914"}, found).notes(
        facts, None, None, shown
    )
    return made


def test_a_note_says_in_brief_who_and_when() -> None:
    assert note_of(fact(2)).by == "About 2015"
    assert note_of(said("Ada Lamb, escaped 1998", 2)).by == "Ada Lamb"
    assert note_of(fact(2, attribution="Tea inquiry", voice="un", dated="1914")).by == "Inquiry, 1914"
    assert note_of(fact(2, attribution="Tea Society, on leaves", voice="ngo", dated="1914")).by == "Tea Society, 1914"
    assert note_of(evidence("ev.tea.cup"), evidence("ev.tea.cups")).by == "Tea Board, 1914"


def test_a_note_on_much_evidence_names_two_and_says_that_there_are_more() -> None:
    three = [evidence(f"ev.tea.n{year}", by=f"Board, {year}") for year in (1913, 1914, 1915)]

    assert note_of(*three).by == "Board, 1913; Board, 1914 and others"


def test_a_note_names_what_found_the_same_as_its_facts() -> None:
    whole, part = note_of(fact(1)), note_of(fact(1), fact(2))

    assert whole.also == (AlsoFound("ev.tea.cup", "Tea Board, 1914"), AlsoFound("ev.tea.pot", "Potters, 1915"))
    assert (whole.in_part, part.in_part) == (False, True)
    assert (part.also, part.facts) == (whole.also, ("leaf.01", "leaf.02"))


def test_a_note_names_no_evidence_that_its_readers_are_not_shown() -> None:
    assert note_of(fact(1), shown="ev.tea.pot".__eq__).also == (AlsoFound("ev.tea.pot", "Potters, 1915"),)
    assert note_of(fact(1), shown="ev.tea.other".__eq__).in_part is False


def test_evidence_is_cited_by_its_own_words_and_note() -> None:
    cup = evidence("ev.tea.cup", note="In May only")

    assert notes(cup) == (("study", "Tea Board, Cups, May 1914. In May only."),)


def test_somebody_who_speaks_on_the_page_and_elsewhere_is_one_person() -> None:
    facts = [said("Testimony: Ada Lamb, escaped 1998"), evidence("ev.tea.ada", voice="said", person="ada")]
    (apart,) = CitationFormatter(SOURCE, SECTIONS, {}).rests(facts, {})
    (together,) = CitationFormatter(SOURCE, SECTIONS, {}, people={one.id: "ada" for one in facts}).rests(facts, {})

    assert apart.keep_in_mind == "Two people. Each of them tells one life."
    assert together.keep_in_mind == "One person, one life."


def test_evidence_is_dated_by_its_source_and_its_speakers_are_counted() -> None:
    formatter = CitationFormatter(SOURCE, SECTIONS, {})
    pot = evidence("ev.tea.pot", dated="1915")
    people = [evidence(f"ev.tea.{name}", voice="said", person=name) for name in ("ada", "ben")]

    (row,) = formatter.rests([evidence("ev.tea.cup"), pot], {})
    (two,) = formatter.rests([*people, evidence("ev.tea.more", voice="said", person="ada")], {})
    (one,) = formatter.rests(people[:1], {})

    assert row.keep_in_mind == "From 1914 and 1915. Figures change; give the year with them."
    assert (two.count, two.keep_in_mind) == (3, "Two people. Each of them tells one life.")
    assert one.keep_in_mind == "One person, one life."


def test_a_claim_of_the_page_names_page_section_and_date() -> None:
    assert notes(fact()) == (("page", "Tea page, “The Leaf”, about 2015. No source given there."),)


def test_facts_of_two_sections_share_one_sentence() -> None:
    assert notes(fact(1), fact(2), fact(3, "cup")) == (
        ("page", "Tea page, “The Leaf” and “The Cup”, about 2015. No source given there."),
    )


@pytest.mark.parametrize(
    ("attribution", "words"),
    [
        ("Tea page, citing unnamed reports", "It cites unnamed reports."),
        ("Tea page, reporting a state-media claim", "It cites a state-media claim."),
    ],
)
def test_what_the_page_leans_on_is_said(attribution: str, words: str) -> None:
    assert notes(fact(attribution=attribution))[0][1] == f"Tea page, “The Leaf”, about 2015. {words}"


def test_an_attribution_that_says_no_more_adds_nothing() -> None:
    assert notes(fact(attribution="The rules as translated there"))[0][1] == "Tea page, “The Leaf”, about 2015."


@pytest.mark.parametrize(
    ("attribution", "words"),
    [
        ("Testimony: Ada Lamb, escaped 1998", "Ada Lamb, who escaped in 1998."),
        ("Testimony: Ada Lamb (no year on page)", "Ada Lamb. The page gives no year."),
        ("Testimony: Ben, a refugee (no year on page)", "Ben, a refugee. The page gives no year."),
        ("Testimony: Ben Stone, rescued in 2017", "Ben Stone, rescued in 2017."),
        ("A letter", "A letter."),
    ],
)
def test_a_witness_is_named_with_what_is_known_of_the_year(attribution: str, words: str) -> None:
    assert speaker(attribution) == words
    assert notes(fact(attribution=attribution, voice="said"))[0][1] == words


def test_reports_carry_their_year_once() -> None:
    assert notes(fact(attribution="Tea Watch, survey", voice="ngo", dated="2012"))[0][1] == "Tea Watch, survey, 2012."
    assert (
        notes(fact(attribution="Tea Watch, 2012 survey", voice="ngo", dated="2012"))[0][1] == "Tea Watch, 2012 survey."
    )
    assert (
        notes(fact(attribution="UN inquiry", voice="un", dated="2014 (not on the page)"))[0][1] == "UN inquiry, 2014."
    )


def test_an_authors_own_words_for_an_attribution_go_first() -> None:
    cites = {"UN inquiry": "UN inquiry, report S/1, 3 May 2014", "Page": "Tea page, {section}, undated."}

    assert notes(fact(attribution="UN inquiry", voice="un"), **cites)[0][1] == "UN inquiry, report S/1, 3 May 2014."
    assert notes(fact(attribution="Page"), fact(2, "cup", attribution="Page"), **cites)[0][1] == (
        "Tea page, “The Leaf” and “The Cup”, undated."
    )


def test_each_voice_has_a_note_of_its_own_in_the_order_of_the_facts() -> None:
    found = notes(fact(1, attribution="UN", voice="un"), fact(2), said("Ada Lamb, escaped 1998", 3), own="Ours.")

    assert [voice for voice, _ in found] == ["un", "page", "said", "own"]
    assert found[-1] == ("own", "Ours.")


def test_two_witnesses_are_both_named() -> None:
    found = notes(said("Ada Lamb, escaped 1998"), said("Ben Stone, escaped 2001", 2), said("Ada Lamb, escaped 1998", 3))

    assert found == (("said", "Ada Lamb, who escaped in 1998. Ben Stone, who escaped in 2001."),)


def test_estimates_and_readers_notes_come_after_the_source() -> None:
    found = notes(fact(dated="estimate; no source on the page", note="Others count more"))

    assert found[0][1] == "Tea page, “The Leaf”, about 2015. No source given there. An estimate. Others count more."


def test_a_paragraphs_note_replaces_the_words_and_keeps_the_voice() -> None:
    assert notes(fact(), note="Tea page.") == (("page", "Tea page."),)


def test_what_a_lesson_rests_on_counts_facts_by_voice() -> None:
    rows = CitationFormatter(SOURCE, SECTIONS, {}).rests(
        [
            fact(1),
            fact(2),
            fact(3, attribution="UN", voice="un", dated="2014"),
            fact(4, attribution="Watch", voice="ngo", dated="2012"),
            said("Ada Lamb, escaped 1998", 5),
            said("Ben Stone, escaped 2001", 6),
        ],
        {"un": "About the whole coast."},
    )

    assert [(row.voice, row.count, row.keep_in_mind) for row in rows] == [
        ("page", 2, "Undated; its content dates to about 2015."),
        ("said", 2, "Two people, who escaped in 1998 and 2001."),
        ("un", 1, "About the whole coast."),
        ("ngo", 1, "From 2012. Figures change; give the year with them."),
    ]


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (["Ada, escaped 1998"], "One person, who escaped in 1998."),
        (["Ada, escaped 1998", "Ben (no year on page)"], "Two people. One escaped in 1998."),
        (["Ada", "Ben"], "Two people. The page does not say when they escaped."),
        (["Ada, escaped 1998; some say 1999"], "One person. The page does not say when they escaped."),
        ([f"P{year}, escaped {year}" for year in range(1990, 2001)], "11 people, who escaped between 1990 and 2000."),
    ],
)
def test_witnesses_are_counted_with_the_years_that_are_known(who: list[str], words: str) -> None:
    rows = CitationFormatter(SOURCE, SECTIONS, {}).rests([said(one, n) for n, one in enumerate(who)], {})

    assert rows[0].keep_in_mind == words
