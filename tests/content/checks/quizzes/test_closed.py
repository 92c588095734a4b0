"""Items that not everybody to whom they are open can have been told the answer of."""

from tests.content.checks.pages import messages, said
from tests.courses.harbor import EVIDENCE, EVIDENCE_TEXT, PEOPLE, PEOPLE_TEXT
from tests.courses.island import KEEPERS_QUIZ, LAMP, LAMP_QUIZ, WRECK, WRECK_QUIZ, Island

HINTED = "    facts: [keepers.02]\n    hints: [He gives no year.]"


def shut(island: Island) -> Island:
    """Tell the dark nights in a card alone."""
    island.edit(LAMP, "::: piece Sailors count the nights", "::: card Dark nights")
    text = island.text(LAMP)
    figure = text[text.index("  facts: [lamp.01, lamp.03]") : text.index("key_points:")]
    island.edit(LAMP, figure, figure.replace("lamp.03", "lamp.01").replace("[lamp.01, lamp.01]", "[lamp.01]"))
    return island


def test_an_item_on_a_lesson_that_opens_later_is_found(island: Island) -> None:
    island.edit(LAMP, "age: {core: 12, full: 12}", "age: {core: 14, full: 14}")
    island.edit(KEEPERS_QUIZ, HINTED, HINTED.replace("keepers.02", "lamp.02"))
    words = "lamp.02 is told from 14 on and this quiz is open from 12 on; ask something that this lesson tells"
    line = island.line(KEEPERS_QUIZ, "facts: [lamp.02]")
    assert (KEEPERS_QUIZ, line, words) in said(island, "closed-item")


def test_what_is_open_to_all_may_be_asked(island: Island) -> None:
    assert messages(island, "closed-item") == []


def test_what_only_a_closed_card_tells_is_asked_by_the_main_quiz_of_a_strong_lesson_alone(island: Island) -> None:
    words = messages(shut(island), "closed-item")
    assert "only a closed card tells lamp.03; here nobody chooses a way to read, so ask something else" in words


def test_another_lesson_does_not_ask_it(island: Island) -> None:
    island.edit(KEEPERS_QUIZ, HINTED, HINTED.replace("keepers.02", "lamp.03"))
    (found,) = (one for one in said(shut(island), "closed-item") if one[0] == KEEPERS_QUIZ)
    assert found == (
        KEEPERS_QUIZ,
        island.line(KEEPERS_QUIZ, "facts: [lamp.03]"),
        "only a closed card of 1-light/1-the-lamp tells lamp.03; the main quiz of that lesson alone asks it",
    )


def test_three_items_are_left_while_all_cards_stay_closed(island: Island) -> None:
    for name in ("lamp.01", "light.02", "light.01, light.02, lamp.03"):
        island.edit(LAMP_QUIZ, f"facts: [{name}]", "facts: [lamp.03]")
    found = said(shut(island), "closed-item")
    line = island.line(LAMP_QUIZ, "items:")
    assert (LAMP_QUIZ, line, "0 items are left while all cards stay closed; 3 are wanted") in found
    assert WRECK not in {path for path, _line, _words in found} | {WRECK_QUIZ}


def test_mild_evidence_is_shown_where_lessons_on_its_topic_are_open(island: Island) -> None:
    island.write(
        EVIDENCE, EVIDENCE_TEXT.replace("sensitivity: none", "sensitivity: mild", 1).replace("[lamp.01]", "[]")
    )
    island.write(PEOPLE, PEOPLE_TEXT)
    stimulus = "    stimulus: {kind: text, text: It turned, source: Harbor Office, evidence: [ev.harbor.lamp]}\n"
    island.edit(KEEPERS_QUIZ, "    stem: Whose words", f"{stimulus}    stem: Whose words")
    assert messages(island, "closed-item") == []
    island.edit(LAMP, "age: {core: 12, full: 12}", "age: {core: 14, full: 14}")
    words = "ev.harbor.lamp is told from 14 on and this quiz is open from 12 on; ask something that this lesson tells"
    assert words in messages(island, "closed-item")
