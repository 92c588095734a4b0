"""Coverage as a grid: what a lesson teaches and asks of a section, and what is missing."""

from learnapp.authoring.coverage_grid import CoverageCell, CoverageGrid, coverage_grids, uncovered_sections
from learnapp.content.reports.coverage import Coverage, coverage
from tests.courses.island import LAMP, SOURCE, Island


def made(island: Island) -> tuple[dict[str, CoverageGrid], Coverage]:
    loaded = island.load()
    covered = coverage(loaded.draft)
    return {grid.module.slug: grid for grid in coverage_grids(loaded.draft, covered)}, covered


def cells(grid: CoverageGrid, section: str) -> list[tuple[int, int, str]]:
    (row,) = (row for shown, row in grid.rows if shown.slug == section)
    return [(cell.taught, cell.asked, cell.state) for cell in row]


def test_each_module_has_a_grid_of_the_sections_that_come_up_in_it(island: Island) -> None:
    found, _ = made(island)

    assert [(slug, [section.slug for section, _ in grid.rows]) for slug, grid in found.items()] == [
        ("1-light", ["light", "lamp", "keepers"]),
        ("1-sea", ["lamp", "keepers", "wreck"]),
    ]


def test_a_cell_counts_the_facts_that_are_taught_and_asked(island: Island) -> None:
    found, _ = made(island)

    lamp = cells(found["1-light"], "lamp")
    assert lamp[0] == (3, 3, "full")
    assert cells(found["1-sea"], "wreck") == [(5, 4, "full")]


def test_what_comes_up_in_a_lesson_about_something_else_is_a_guest(island: Island) -> None:
    found, _ = made(island)

    assert cells(found["1-sea"], "keepers")[0][2] == "guest"


def test_states_tell_home_from_guest_and_missing_from_none() -> None:
    states = {
        (3, 2, True): "full",
        (3, 0, True): "part",
        (0, 1, True): "missing",
        (0, 0, True): "missing",
        (1, 0, False): "guest",
        (0, 1, False): "guest",
        (0, 0, False): "none",
    }
    assert {key: CoverageCell(*key).state for key in states} == states


def test_a_section_that_is_named_and_not_taught_is_missing(island: Island) -> None:
    island.write(SOURCE, island.text(SOURCE) + "  - {slug: tides, title: Tides, path: [Tides], depth: 1}\n")
    island.edit(LAMP, "sections: [light, lamp]", "sections: [light, lamp, tides]")

    found, _ = made(island)

    assert cells(found["1-light"], "tides")[0] == (0, 0, "missing")


def test_a_section_that_no_lesson_has_anything_of_is_lost(island: Island) -> None:
    assert uncovered_sections(made(island)[1]) == ()
    island.write(SOURCE, island.text(SOURCE) + "  - {slug: tides, title: Tides, path: [Tides], depth: 1}\n")

    found, covered = made(island)

    assert [section.slug for section in uncovered_sections(covered)] == ["tides"]
    assert all(section.slug != "tides" for grid in found.values() for section, _ in grid.rows)
