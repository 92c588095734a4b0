"""Programs and banks read from files: none, each once, and what is told of those that cannot be read."""

from learnapp.content.load.drafts import CourseDraft
from learnapp.content.problems import SkippedFile, skipped_words
from tests.courses.island import LAMP, Island, at
from tests.courses.island_programs import LIGHT, PROGRAMS, SEA, STORMS, with_programs


def draft(island: Island) -> CourseDraft:
    return island.load().draft


def test_a_course_may_do_without_programs(island: Island) -> None:
    assert (draft(island).programs, draft(island).banks) == (None, ())
    assert island.problems() == ()
    assert island.catalog().programs == {}


def test_a_program_that_comes_later_is_noticed(island: Island) -> None:
    assert draft(island).listed[PROGRAMS] == ""
    assert draft(with_programs(island)).listed[PROGRAMS] != ""


def test_programs_and_safety_points_stand_in_the_course(island: Island) -> None:
    catalog = with_programs(island).catalog()
    assert [(slug, program.title) for slug, program in catalog.programs.items()] == [("keeper", "Keeper")]
    assert [point.id for point in catalog.safety] == ["storms"]
    assert list(catalog.finals) == ["keeper/final", "keeper/renewal"]


def test_a_change_of_programs_or_banks_changes_the_digest_of_the_course(island: Island) -> None:
    digests = [island.catalog().digest, with_programs(island).catalog().digest]
    island.edit(PROGRAMS, "title: Keeper", "title: Guide")
    digests.append(island.catalog().digest)
    island.edit(LIGHT, "id: light-a", "id: light-z")
    digests.append(island.catalog().digest)
    assert len(set(digests)) == len(digests)


def test_banks_that_forms_name_are_read_once_each_in_the_order_of_the_file(island: Island) -> None:
    banks = draft(with_programs(island)).banks
    assert [(bank.name, len(bank.file.model.items)) for bank in banks] == [("1-light", 5), ("1-sea", 3), ("storms", 3)]
    assert [bank.file.document.path for bank in banks] == [LIGHT, SEA, STORMS]


def test_a_bank_that_no_form_names_is_a_file_that_nothing_lists(island: Island) -> None:
    with_programs(island).write("quizzes/final/2-moon.yaml", island.text(SEA).replace("sea-", "moon-"))
    assert [bank.name for bank in draft(island).banks] == ["1-light", "1-sea", "storms"]
    assert at(island.only_finding()) == ("quizzes/final/2-moon.yaml", 1, "orphan")


def test_a_bank_that_is_missing_is_told_at_the_first_form_that_names_it(island: Island) -> None:
    (with_programs(island).root / STORMS).unlink()
    assert at(island.only_finding()) == (PROGRAMS, island.line(PROGRAMS, "storms: 1"), "file-missing")
    assert island.load().catalog is None


def test_a_bank_that_cannot_be_read_is_skipped_and_hides_no_fault_of_others(island: Island) -> None:
    with_programs(island).edit(LIGHT, "id: light-b\n    type: single", "id: light-b\n    type: singel")
    island.edit(SEA, "facts: [wreck.05]", "facts: [wreck.95]")
    island.edit(LAMP, '{facts="light.02"}', '{facts="light.92"}')

    found = [at(problem) for problem in island.checked()]
    assert (LIGHT, island.line(LIGHT, "singel"), "schema-union-tag-invalid") in found
    assert (SEA, island.line(SEA, "wreck.95"), "unknown-fact") in found
    assert [path for path, _line, _rule in found].count(LIGHT) == 1
    assert {path for path, _line, _rule in found} == {LIGHT, SEA, LAMP}
    assert [bank.name for bank in draft(island).banks] == ["1-sea", "storms"]


def test_a_bank_that_cannot_be_read_is_told_of_as_not_counted(island: Island) -> None:
    with_programs(island).write(SEA, "items: [")
    assert draft(island).skipped == (SkippedFile(SEA),)
    assert skipped_words(draft(island).skipped) == "not counted: 1 bank cannot be read"
    assert draft(island).has_every_quiz


def test_programs_that_cannot_be_read_are_told_alone(island: Island) -> None:
    with_programs(island).edit(PROGRAMS, "valid_months: 12", "valid_months: long")
    assert at(island.only_finding()) == (PROGRAMS, island.line(PROGRAMS, "long"), "schema-int-parsing")
    assert (draft(island).programs, draft(island).banks) == (None, ())
    assert skipped_words(draft(island).skipped) == "not counted: the programs cannot be read"
    assert island.load().catalog is None
