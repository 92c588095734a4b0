"""Mechanisms and documents: who acts, where somebody can act otherwise, and what is remarked."""

from tests.courses.figures import KINDS, figure


def test_a_mechanism_needs_no_exit() -> None:
    assert figure("mechanism", **{**KINDS["mechanism"], "exit": None}).exit is None


def test_the_facts_of_an_exit_and_of_remarked_lines_are_found() -> None:
    mechanism, document = (figure(kind, **KINDS[kind]) for kind in ("mechanism", "document"))

    assert (("exit", "facts", 0), "tea.02") in list(mechanism.part_facts())
    assert (("lines", 1, "facts", 0), "tea.01") in list(document.part_facts())
