"""Numbers that no fact has, and dates and caveats that readers do not see, are found; what the facts say may stand."""

from pathlib import Path

import pytest

from tests.courses.island import FACTS, LAMP, Case, Island, at, cases, named, require_found

CASES = cases(Path(__file__).with_name("evidence.yaml"))


@pytest.mark.parametrize("case", CASES["broken"], ids=named)
def test_what_no_fact_says_is_found_at_its_line(island: Island, case: Case) -> None:
    require_found(island, case)


@pytest.mark.parametrize("case", CASES["fine"], ids=named)
def test_what_the_facts_say_may_stand(island: Island, case: Case) -> None:
    island.edit(case["path"], case["old"], case["new"])

    assert island.checked() == ()


def test_a_caveat_has_to_be_seen_beside_the_paragraph(island: Island) -> None:
    island.edit(FACTS, "    note: 'The count moves: 27 nights in 2013.'\n", "")

    assert at(island.only_finding()) == (LAMP, island.line(LAMP, '{facts="lamp.03"}'), "caveat")

    island.edit(LAMP, '{facts="lamp.03"}', '{facts="lamp.03" note="Harbor Watch, 2012. In 2013 there were 27."}')

    assert island.checked() == ()
