"""Samples of the style guide: each kind once, and light."""

from learnapp.web.styleguide.samples import samples


def test_each_sample_is_of_another_kind_and_says_nothing_of_the_course() -> None:
    kinds = [sample.kind for sample in samples()]

    assert len(kinds) == len(set(kinds)) >= 4
    assert {fact for sample in samples() for fact in sample.facts} == {"harbor.01"}
