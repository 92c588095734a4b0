"""Finals of a course: their banks as quizzes, what each item is like, and what the real course has to have of them."""

import pytest

from learnapp.content.finals import build_finals, item_traits
from learnapp.content.load.drafts import CourseDraft
from learnapp.content.programs import FinalBank
from learnapp.content.snapshot import Snapshot
from learnapp.quiz.selection import FormRules, ItemTraits, Stratum
from tests.courses.harbor import EVIDENCE, EVIDENCE_TEXT, PEOPLE, PEOPLE_TEXT
from tests.courses.island import FACTS, Island
from tests.courses.island_programs import LIGHT, NIGHTS, PROGRAMS, SIGN, single, with_programs
from tests.courses.real import read_real_course


def finals(island: Island) -> dict[str, FinalBank]:
    return dict(build_finals(island.load().draft))


def traits(island: Island, item: str) -> ItemTraits:
    """Return what an item is like that stands first in the bank of the light."""
    with_programs(island)
    island.write(LIGHT, "items:\n" + item)
    draft = island.load().draft
    first = draft.bank_items()[0]
    assert first.document.path == LIGHT
    return item_traits(first, draft.ledger.facts)


def test_each_program_has_a_bank_for_its_final_and_one_for_its_renewal(island: Island) -> None:
    found = finals(with_programs(island))
    assert list(found) == ["keeper/final", "keeper/renewal"]
    assert finals(Island.copy_to(island.root / "other")) == {}


def test_a_bank_is_a_quiz_without_feedback_that_asks_how_sure_one_is(island: Island) -> None:
    quiz = finals(with_programs(island))["keeper/final"].quiz
    assert (quiz.behaviour, quiz.certainty, quiz.shuffle_items, quiz.count) == ("deferred", True, False, None)
    assert (quiz.pass_points, quiz.pass_mark) == (3, 75)


def test_the_strata_of_a_bank_have_its_files_and_safety_points_ask_for_full_marks(island: Island) -> None:
    found = finals(with_programs(island))
    light = tuple(f"light-{letter}" for letter in "abcde")
    storms = Stratum(name="storms", count=1, full_marks=True, items=("storms-a", "storms-b", "storms-c"))
    assert found["keeper/final"].quiz.strata == (
        Stratum(name="1-light", count=2, items=light),
        Stratum(name="1-sea", count=1, items=("sea-a", "sea-b", "sea-c")),
        storms,
    )
    assert found["keeper/renewal"].quiz.strata == (Stratum(name="1-light", count=1, items=light), storms)


def test_a_bank_has_its_own_items_and_their_traits_alone(island: Island) -> None:
    for bank in finals(with_programs(island)).values():
        listed = {item for stratum in bank.quiz.strata for item in stratum.items}
        assert {item.id for item in bank.quiz.items} == set(bank.traits) == listed


def test_a_bank_has_the_rules_of_its_form(island: Island) -> None:
    found = finals(with_programs(island))
    assert found["keeper/final"].rules == FormRules(1, 1, frozenset({"page"}))
    assert found["keeper/renewal"].rules == FormRules()


def test_a_bank_gets_another_revision_with_what_it_asks_and_what_passes(island: Island) -> None:
    before = [finals(with_programs(island))["keeper/final"].quiz.revision]
    for path, old, new in (
        (PROGRAMS, "1-light: 2", "1-light: 1"),
        (PROGRAMS, "pass_points: 3", "pass_points: 1"),
        (LIGHT, "id: light-a", "id: light-z"),
    ):
        island.edit(path, old, new)
        before.append(finals(island)["keeper/final"].quiz.revision)
    assert len(set(before)) == len(before)
    assert len(before[0]) == 64


@pytest.mark.parametrize(
    ("item", "dated"),
    [
        (single("q", 0, "lamp.03", NIGHTS), True),
        (single("q", 0, "lamp.03", "Where were dark nights counted in 2012?"), False),
        (single("q", 0, "lamp.03", "Where were 31 dark nights counted?"), False),
        (single("q", 0, "lamp.01", NIGHTS), False),
        (single("q", 0, "light.01, lamp.03", NIGHTS), True),
        (single("q", 0, "lamp.03", stimulus="{kind: sign, text: 31 nights in 2012, made_up: true}"), True),
        (single("q", 0, "light.01", stimulus="{kind: text, text: 31 in 2012, source: Us, evidence: [lamp.03]}"), True),
        # The source is told after the end, and so is feedback.
        (single("q", 0, "lamp.03", stimulus="{kind: text, text: '31', source: In 2012, evidence: [lamp.03]}"), False),
        (single("q", 0, "lamp.03").replace("These are", "31 nights in 2012 are"), False),
    ],
)
def test_an_item_is_dated_that_shows_a_figure_of_its_facts_with_a_year(island: Island, item: str, dated: bool) -> None:
    assert traits(island, item).dated is dated


@pytest.mark.parametrize(("stem", "dated"), [("How many in 2012?", True), ("How many?", False)])
def test_an_item_is_dated_that_asks_for_such_a_figure(island: Island, stem: str, dated: bool) -> None:
    why = "{right: So it was., low: More., high: Fewer.}"
    item = f"  - {{id: q, type: numeric, stem: '{stem}', facts: [lamp.03], answer: 31, feedback: {why}}}\n"
    assert traits(island, item).dated is dated


def test_a_year_among_the_figures_of_a_fact_is_no_figure_with_a_year(island: Island) -> None:
    island.edit(FACTS, "figures: [31 nights]", 'figures: ["2012"]')
    assert traits(island, single("q", 0, "lamp.03", NIGHTS)).dated is False


def test_an_item_is_strong_that_rests_on_a_strong_fact_or_shows_one(island: Island) -> None:
    assert traits(island, single("q", 0, "light.01")).strong is False
    assert traits(island, single("q", 0, "light.01, wreck.03")).strong is True
    shown = "{kind: text, text: It says so., source: Us, evidence: [wreck.03]}"
    assert traits(island, single("q", 0, "light.01", stimulus=shown)).strong is True


def test_an_item_speaks_in_the_voices_of_its_facts_and_of_what_it_shows(island: Island) -> None:
    assert traits(island, single("q", 0, "light.02")).voices == {"un"}
    assert traits(island, single("q", 0, "light.02, lamp.03, light.01")).voices == {"un", "ngo", "page"}
    island.write(EVIDENCE, EVIDENCE_TEXT)
    island.write(PEOPLE, PEOPLE_TEXT)
    shown = SIGN.replace("made_up: true", "source: Harbor Office, evidence: [ev.harbor.lamp]")
    assert traits(island, single("q", 0, "light.02", stimulus=shown)).voices == {"un", "study"}


def test_a_program_comes_back_with_the_course_that_was_kept(island: Island) -> None:
    loaded, snapshot = with_programs(island).load(), Snapshot(island.root / "kept", b"key")
    snapshot.keep(loaded)
    assert loaded.catalog is not None
    again = snapshot.read(island.root)
    assert again is not None
    assert (again.programs, again.safety, again.finals) == (
        loaded.catalog.programs,
        loaded.catalog.safety,
        loaded.catalog.finals,
    )
    island.edit(LIGHT, "What fits the light?\n    facts: [light.01]", "What fits?\n    facts: [light.01]")
    assert snapshot.read(island.root) is None


@pytest.fixture(scope="module")
def real() -> CourseDraft:
    return read_real_course().draft


def test_the_real_bank_has_sixty_items_of_which_half_show_something_unseen(real: CourseDraft) -> None:
    items = [draft.item for draft in real.bank_items()]
    assert len(items) >= 60
    assert sum(not item.is_recall for item in items) >= len(items) / 2
    assert len({item.id for item in items}) == len(items)


def test_the_real_bank_has_eight_dated_figures(real: CourseDraft) -> None:
    dated = [item_traits(item, real.ledger.facts).dated for item in real.bank_items()]
    assert sum(dated) >= 8


def test_the_real_course_has_four_safety_points_with_three_items_or_more(real: CourseDraft) -> None:
    assert real.programs is not None
    sizes = {bank.name: len(bank.file.model.items) for bank in real.banks}
    points = [point.id for point in real.programs.model.safety]
    assert len(points) == 4
    assert [name for name in points if sizes[name] < 3] == []


def test_the_real_banks_have_twice_what_each_form_asks(real: CourseDraft) -> None:
    finals = build_finals(real)
    strata = [stratum for bank in finals.values() for stratum in bank.quiz.strata]
    assert len(finals) == 4
    assert [stratum.name for stratum in strata if len(stratum.items) < 2 * stratum.count] == []


def test_the_real_final_asks_thirty_questions_and_wants_24_points_and_every_safety_point(real: CourseDraft) -> None:
    assert real.programs is not None
    program = next(one for one in real.programs.model.programs if one.slug == "outreach-volunteer")
    assert (program.final.total, program.final.pass_points, program.renewal.total) == (30, 24, 12)
    assert (program.final.dated_least, program.final.strong_most, program.renewal.opens_days) == (8, 4, 60)
    quiz = build_finals(real)["outreach-volunteer/final"].quiz
    strict = {stratum.name: stratum.count for stratum in quiz.strata if stratum.full_marks}
    assert strict == {point.id: 1 for point in real.programs.model.safety}
