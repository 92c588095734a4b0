"""The stylesheet: values that stand once, contrast that suffices, nothing that browsers of 2021 lack."""

import re
from collections import Counter

import pytest
import tinycss2  # type: ignore[import-untyped]

from learnapp.web.http.assets import stylesheet
from learnapp.web.styleguide.views import _TOKEN, tokens
from tests.web.styleguide.contrast import Contrast, contrasts, ratio

RULES = re.sub(r"/\*.*?\*/", "", stylesheet(), flags=re.S)


def test_contrast_is_computed_as_wcag_defines_it() -> None:
    assert ratio("#000", "#ffffff") == pytest.approx(21)
    assert ratio("#777777", "#fff") == pytest.approx(4.478, abs=0.001)
    assert ratio("#1f1c17", "#1f1c17") == 1


@pytest.mark.parametrize("row", contrasts(), ids=lambda row: row.name)
def test_every_pair_is_easy_to_tell_apart_in_all_four_modes(row: Contrast) -> None:
    # The look was measured at 6.5 for text and 3.5 for shapes; it must not fall below that.
    assert min(row.ratios) >= {4.5: 6.5, 3.0: 3.5}[row.needs]


def test_every_color_has_its_four_values_and_a_meaning() -> None:
    assert len(tokens()) == 19
    assert all(one.meaning and len(one.values) == 4 for one in tokens())


def test_each_value_stands_once() -> None:
    """Attribute and media query only turn switches, so there is no second copy that could differ."""
    outside = _TOKEN.sub("", RULES)
    assert re.findall(r"#[0-9a-f]{3,8}\b", outside.split("@media print")[0]) == []
    names = Counter(re.findall(r"(--[\w-]+):(?= var\(--plain)", RULES))
    assert [name for name, count in names.items() if count != 1] == []


def test_every_variable_that_is_used_is_defined() -> None:
    used, defined = set(re.findall(r"var\((--[\w-]+)", RULES)), set(re.findall(r"(--[\w-]+):", RULES))
    assert used - defined == set()


@pytest.mark.parametrize("word", ["light-dark(", "@layer", "color-mix(", "oklch(", "&", "@scope", "@property"])
def test_nothing_rests_on_what_browsers_of_2021_lack(word: str) -> None:
    assert word not in RULES


def test_what_newer_browsers_add_never_stands_in_a_list_with_other_selectors() -> None:
    """An unknown selector makes older browsers drop the whole rule, so it has a rule of its own."""
    newer = re.findall(r"(?:^|[{};])\s*([^{};@]*:has\([^{}]*)\{", RULES)
    assert len(newer) > 3
    for selector in newer:
        assert len(tinycss2.parse_component_value_list(selector)) > 0
        outside = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "", selector)
        assert "," not in outside, selector


def test_the_sheet_loads_nothing_from_elsewhere() -> None:
    assert re.findall(r"url\((.*?)\)", RULES) == ['"../fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"']
    assert "@import" not in RULES


def test_the_sheet_is_valid_css() -> None:
    rules = tinycss2.parse_stylesheet(stylesheet(), skip_comments=True, skip_whitespace=True)
    assert [rule.message for rule in rules if rule.type == "error"] == []


def test_sides_are_logical_so_that_pages_can_be_mirrored() -> None:
    physical = re.findall(r"(?:margin|padding|border|inset)-(?:left|right)\b[^:]*:|[^-]\b(?:left|right):", RULES)
    assert physical == []
