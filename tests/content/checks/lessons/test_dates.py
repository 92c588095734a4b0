"""The present tense of lessons needs evidence of the last three years."""

import pytest

from learnapp.content.checks.lessons.dates import newest_year, speaks_of_today
from tests.content.checks.pages import messages, said
from tests.courses.harbor import EVIDENCE, with_harbor
from tests.courses.island import LAMP, Island
from tests.courses.tea import evidence, fact

OLD = "The lamp is on each night."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The lamp is on each night. Boats use it.", "The lamp is on each night."),
        ("The lamp was on each night. It is high.", ""),
        ("In 2016 the lamp is on each night.", ""),
        ("Boats came by night. Today the lamp is off.", "Today the lamp is off."),
        ("Boats came by night. In 2016 it is still on.", ""),
        ("Nobody there.", ""),
    ],
)
def test_a_text_speaks_of_today_without_a_year_and_without_a_past(text: str, words: str) -> None:
    assert speaks_of_today(text) == words


def test_only_evidence_that_ages_is_dated() -> None:
    old, new = evidence("ev.tea.cup"), evidence("ev.tea.pot", dated="1925")

    assert newest_year([old, new]) == 1925
    assert newest_year([old, fact("tea.01")]) is None
    assert newest_year([old, evidence("ev.tea.ada", voice="said")]) is None
    assert newest_year([evidence("ev.tea.law", voice="law")]) is None
    assert newest_year([]) is None


def test_a_present_tense_on_old_evidence_is_a_warning(island: Island) -> None:
    with_harbor(island)
    island.edit(LAMP, '{facts="light.01 ev.harbor.lamp"}', '{facts="light.01"}')
    island.edit(LAMP, '{own="How we use the two words."}', f'{{facts="ev.harbor.lamp"}}\n{OLD}\n\n{{own="Ours."}}')

    ((path, line, words),) = said(island, "old-present")

    assert (path, line) == (LAMP, island.line(LAMP, OLD))
    assert (
        words
        == "“The lamp is on each night.” is the present tense, and rests on nothing newer than 2016; give the year"
    )


@pytest.mark.parametrize(
    ("path", "old", "new"), [(LAMP, OLD, "The lamp was on each night."), (EVIDENCE, "date: May 2016", "date: May 2024")]
)
def test_a_past_tense_or_new_evidence_is_fine(island: Island, path: str, old: str, new: str) -> None:
    with_harbor(island)
    island.edit(EVIDENCE, "    dated: May 2016\n", "")
    island.edit(LAMP, '{facts="light.01 ev.harbor.lamp"}', '{facts="light.01"}')
    island.edit(LAMP, '{own="How we use the two words."}', f'{{facts="ev.harbor.lamp"}}\n{OLD}\n\n{{own="Ours."}}')
    island.edit(path, old, new)

    assert messages(island, "old-present") == []
