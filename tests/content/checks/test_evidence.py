"""Numbers that no fact has, and dates and caveats that readers do not see, are found; what the facts say may stand."""

from tests.courses.harbor import EVIDENCE, EVIDENCE_TEXT, PEOPLE, PEOPLE_TEXT
from tests.courses.island import FACTS, LAMP, LAMP_QUIZ, Island, at

NIGHTS = "How many dark nights did Harbor Watch count in 2012?"
FACTS_OF_NIGHTS = f"    stem: {NIGHTS}\n    facts: [lamp.03]\n"


def test_a_caveat_has_to_be_seen_beside_the_paragraph(island: Island) -> None:
    island.edit(FACTS, "    note: 'The count moves: 27 nights in 2013.'\n", "")

    assert at(island.only_finding()) == (LAMP, island.line(LAMP, '{facts="lamp.03"}'), "caveat")

    island.edit(LAMP, '{facts="lamp.03"}', '{facts="lamp.03" note="Harbor Watch, 2012. In 2013 there were 27."}')

    assert island.checked() == ()


def test_evidence_that_an_item_asks_about_is_dated_by_its_own_statement_or_its_date(island: Island) -> None:
    text = EVIDENCE_TEXT.replace("[1 lamp]", "[31 nights]").replace("dated: May 2016", "dated: May 2017")
    island.write(EVIDENCE, text)
    island.write(PEOPLE, PEOPLE_TEXT)
    island.edit(LAMP_QUIZ, FACTS_OF_NIGHTS, FACTS_OF_NIGHTS.replace("[lamp.03]", "[lamp.03, ev.harbor.lamp]"))

    def found() -> list[str]:
        return [one.message for one in island.checked() if one.rule == "date" and one.path == LAMP_QUIZ]

    assert found() == ["this asks about a figure of ev.harbor.lamp; give its date, 2017"]
    for year in ("2016", "2017"):
        island.edit(LAMP_QUIZ, NIGHTS, f"{NIGHTS} Think of {year}.")
        assert found() == []
        island.edit(LAMP_QUIZ, f"{NIGHTS} Think of {year}.", NIGHTS)
