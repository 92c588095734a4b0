"""Programs against the course: each rule at the file and line that broke it, and nothing of what may stand."""

import pytest
from flask import Flask

from learnapp.content.checks.programs import ADDRESSES, RESERVED
from tests.courses.harbor import EVIDENCE, EVIDENCE_TEXT, PEOPLE, PEOPLE_TEXT
from tests.courses.island import COURSE, LAMP, Island, at
from tests.courses.island_programs import LIGHT, PROGRAMS, SEA, SIGN, with_programs

SHOWS_HARBOR = SIGN.replace("made_up: true", "source: Harbor Office, evidence: [ev.harbor.lamp]")
POINT = """\
  - {{id: {name}, title: Another one, when: A visitor asks., steps: [Wait., Answer.], why: So it is.}}
programs:
"""


def broken(island: Island, rule: str) -> list[tuple[str, int]]:
    """Return where loading reports a rule, which it does as an error."""
    loaded = island.load()
    found = [problem for problem in loaded.problems if problem.rule == rule]
    assert loaded.catalog is None
    assert {problem.severity for problem in found} <= {"error"}
    return [(problem.path, problem.line) for problem in found]


def with_harbor_files(island: Island) -> None:
    """Write evidence that no lesson teaches."""
    island.write(EVIDENCE, EVIDENCE_TEXT.replace("[lamp.01]", "[]"))
    island.write(PEOPLE, PEOPLE_TEXT)


def test_programs_without_fault_are_fine(island: Island) -> None:
    assert with_programs(island).checked() == ()


@pytest.mark.parametrize(
    ("rule", "path", "old", "new", "words"),
    [
        ("unknown-module", PROGRAMS, "[1-light, 1-sea]", "[1-light, 1-sea, 1-sky]", "1-sky"),
        ("unknown-stratum", PROGRAMS, "[1-light, 1-sea]", "[1-light]", "1-sea: 1"),
        ("bank-small", PROGRAMS, "1-light: 2", "1-light: 3", "1-light: 3"),
        ("bank-small", PROGRAMS, "{1-light: 1, storms: 1}", "{1-light: 1, storms: 2}", "storms: 2"),
        ("safety-missing", PROGRAMS, "        storms: 1\n", "", "strata:"),
        ("safety-missing", PROGRAMS, "{1-light: 1, storms: 1}", "{1-light: 2}", "{1-light: 2}"),
        ("name-taken", PROGRAMS, "    title: Keeper", "    was: [keeper]\n    title: Keeper", "was: [keeper]"),
        ("passed-easily", PROGRAMS, "pass_points: 3", "pass_points: 2", "pass_points: 2"),
        ("renewal-early", PROGRAMS, "opens_days: 60", "opens_days: 336", "opens_days: 336"),
        ("module-not-asked", PROGRAMS, "        1-sea: 1\n", "", "[1-light, 1-sea]"),
        ("duplicate-entry", PROGRAMS, "[1-light, 1-sea]", "[1-light, 1-sea, 1-light]", "[1-light, 1-sea, 1-light]"),
        ("duplicate-entry", PROGRAMS, "programs:\n", POINT.format(name="storms"), "Another one"),
        ("name-taken", PROGRAMS, "programs:\n", POINT.format(name="1-light"), "Another one"),
        ("unknown-fact", PROGRAMS, "facts: [lamp.02]", "facts: [lamp.92]", "lamp.92"),
        ("unknown-fact", LIGHT, "[keepers.03]", "[keepers.93]", "keepers.93"),
        ("not-quizzable", LIGHT, "[keepers.03]", "[keepers.03, wreck.04]", "wreck.04"),
        ("gated-item", SEA, "[wreck.02]", "[wreck.03]", "wreck.03"),
        ("gated-item", SEA, "feedback: These", "see: wreck.03, feedback: These", "see: wreck.03"),
    ],
)
def test_what_breaks_a_rule_is_found_at_its_line(
    island: Island, rule: str, path: str, old: str, new: str, words: str
) -> None:
    with_programs(island).write(path, island.text(path).replace(old, new, 1))
    assert broken(island, rule) == [(path, island.line(path, words))]


def test_the_final_and_its_renewal_are_held_against_the_rules_each(island: Island) -> None:
    with_programs(island).edit(PROGRAMS, "  - id: storms", "  - id: gales")
    lines = [island.line(PROGRAMS, "storms: 1"), island.line(PROGRAMS, "renewal:") + 1]
    assert broken(island, "unknown-stratum") == [(PROGRAMS, line) for line in lines]
    assert len(broken(island, "safety-missing")) == 2


def test_a_program_has_a_name_of_its_own(island: Island) -> None:
    text = with_programs(island).text(PROGRAMS)
    island.write(PROGRAMS, text + text.partition("programs:\n")[2].replace("title: Keeper", "title: Guide"))
    second = island.line(PROGRAMS, "title: Guide") - 1
    assert at(island.only_problem()) == (PROGRAMS, second, "duplicate-entry")


def test_an_update_has_a_name_of_its_own_in_its_program(island: Island) -> None:
    text = with_programs(island).text(PROGRAMS)
    update = text[text.index("      - id: new-glass") :]
    update = update.replace("The lamp has new glass", "Once more").replace("in the fall", "again")
    island.write(PROGRAMS, text + update)
    assert at(island.only_problem()) == (PROGRAMS, island.line(PROGRAMS, "Once more") - 2, "duplicate-entry")


def test_another_program_may_have_an_update_of_the_same_name(island: Island) -> None:
    text = with_programs(island).text(PROGRAMS)
    other = text.partition("programs:\n")[2].replace("slug: keeper", "slug: guide").replace("Keeper", "Guide")
    island.write(PROGRAMS, text + other)
    assert island.problems() == ()


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_program_is_named_like_another_page(island: Island, name: str) -> None:
    with_programs(island).edit(PROGRAMS, "slug: keeper", f"slug: {name}")
    assert at(island.only_problem()) == (PROGRAMS, island.line(PROGRAMS, f"slug: {name}"), "name-taken")


def test_the_names_of_other_pages_are_those_that_the_app_has(app: Flask) -> None:
    steps = {rule.rule.split("/")[2] for rule in app.url_map.iter_rules() if rule.rule.startswith("/training/")}
    assert {step for step in steps if not step.startswith("<")} == set(ADDRESSES)


@pytest.mark.parametrize("name", RESERVED)
def test_no_module_is_named_like_a_folder_of_other_quizzes(island: Island, name: str) -> None:
    for folder in ("modules", "quizzes"):
        (island.root / folder / "1-sea").rename(island.root / folder / name)
    island.edit(COURSE, "modules: [1-sea]", f"modules: [{name}]")
    assert at(island.only_problem()) == (f"modules/{name}/module.yaml", 1, "name-taken")


def test_an_item_rests_on_what_some_lesson_teaches(island: Island) -> None:
    with_harbor_files(with_programs(island))
    island.edit(SEA, "facts: [wreck.02]", "facts: [wreck.02, ev.harbor.lamp]")
    assert at(island.only_problem()) == (SEA, island.line(SEA, "ev.harbor.lamp"), "not-taught")


def test_what_no_lesson_teaches_may_be_shown(island: Island) -> None:
    with_harbor_files(with_programs(island))
    island.edit(SEA, f"{SIGN}\n    stem: What", f"{SHOWS_HARBOR}\n    stem: What")
    assert island.problems() == ()


def test_nothing_strong_is_shown(island: Island) -> None:
    with_harbor_files(with_programs(island))
    island.edit(SEA, f"{SIGN}\n    stem: What", f"{SHOWS_HARBOR}\n    stem: What")
    island.write(EVIDENCE, island.text(EVIDENCE).replace("sensitivity: none", "sensitivity: strong", 1))
    assert at(island.only_problem()) == (SEA, island.line(SEA, "ev.harbor.lamp"), "strong-stimulus")


def test_nothing_is_shown_that_is_never_asked_or_that_nobody_has_verified(island: Island) -> None:
    with_harbor_files(with_programs(island))
    island.edit(
        SEA,
        f"{SIGN}\n    stem: What",
        f"{SHOWS_HARBOR.replace('ev.harbor.lamp', 'ev.harbor.wreck, ev.harbor.rumor')}\n    stem: What",
    )
    line = island.line(SEA, "ev.harbor.wreck")
    assert {at(problem) for problem in island.problems()} >= {(SEA, line, "not-quizzable"), (SEA, line, "unverified")}


def test_items_of_all_banks_have_names_of_their_own(island: Island) -> None:
    with_programs(island).edit(SEA, "id: sea-a", "id: light-a")
    assert at(island.only_problem()) == (SEA, island.line(SEA, "id: light-a"), "name-taken")


def test_what_a_skipped_lesson_may_teach_or_hold_is_not_made_up(island: Island) -> None:
    with_programs(island).edit(LAMP, "minutes: 8", "minutes: soon")
    assert {problem.rule for problem in island.problems()} == {"schema-int-parsing"}
    island.edit("modules/1-sea/module.yaml", "title: The sea", "title: 1")
    assert not {"unknown-module", "unknown-stratum", "not-taught"} & {problem.rule for problem in island.problems()}
