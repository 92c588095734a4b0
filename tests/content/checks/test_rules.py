"""Every rule finds what breaks it, at its line, and nothing in what may stand; the YAML files beside this say what."""

from pathlib import Path

import pytest

from tests.courses.island import Case, Island, cases, named

FILES = {file.stem: cases(file) for file in sorted(Path(__file__).parent.glob("*.yaml"))}


def all_of(kind: str) -> list[object]:
    return [
        pytest.param(case, id=f"{name}: {named(case)}") for name, file in FILES.items() for case in file.get(kind, ())
    ]


@pytest.mark.parametrize("case", all_of("broken"))
def test_what_breaks_a_rule_is_found_once_at_its_line(island: Island, case: Case) -> None:
    island.edit(case["path"], case["old"], case["new"])

    line = island.line(case["path"], case["words"])
    found = [problem for problem in island.checked() if problem.rule == case["rule"]]
    assert [(one.path, one.line, one.severity) for one in found] == [(case["path"], line, case["severity"])]


@pytest.mark.parametrize("case", all_of("fine"))
def test_what_keeps_the_rules_may_stand(island: Island, case: Case) -> None:
    island.edit(case["path"], case["old"], case["new"])

    assert island.checked() == ()
