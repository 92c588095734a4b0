"""A revision of a quiz: kept as text, reloaded years later, equal to what it was."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from learnapp.quiz.item import Item
from learnapp.quiz.quiz import (
    Quiz,
    QuizVersion,
    dump_revision,
    load_revision,
    main_version,
    revised,
    revision_of,
    short_version,
)
from learnapp.quiz.selection import Stratum
from learnapp.quiz.types import ITEM_TYPES
from tests.quiz.samples import make, option, raw
from tests.quiz.strategies import items

# Written by the first version of the program. It must load for ever; never write it anew.
KEPT = Path(__file__).with_name("revision_1.json")
KEPT_REVISION = "17d6150c0c7f9f28e1a4ad344437611fdfe846bcda4f0dc53591fb3290ffce3e"

THEMES = {"harbor": 13, "tower": 13, "storms": 2, "boats": 2}
STRICT = ("storms", "boats")
FULL = {f"{name}-{number}": 1.0 for name, count in THEMES.items() for number in range(count)}


def final(**changes: Any) -> QuizVersion:
    """Return a bank whose form asks all of its 30 items, of which four want full marks, and 24 points."""
    strata = tuple(
        Stratum(name=name, count=count, full_marks=name in STRICT, items=tuple(f"{name}-{n}" for n in range(count)))
        for name, count in THEMES.items()
    )
    items = tuple(make("single", id=item) for item in FULL)
    usual: dict[str, Any] = {"behaviour": "deferred", "pass_points": 24, "strata": strata, "items": items}
    return revised(QuizVersion(**usual | changes))


def earned(*lost: float, **marks: float) -> dict[str, float]:
    """Return full points, of which items that are not strict lose so much each, and strict ones have these."""
    others = [item for item in FULL if not item.startswith(STRICT)]
    less = {item: 1 - points for item, points in zip(others, lost, strict=False)}
    return {**FULL, **less, **{name.replace("_", "-"): points for name, points in marks.items()}}


def quiz(*changed: dict[str, Any], **settings: Any) -> Quiz:
    return Quiz.model_validate({"items": list(changed) or [raw(item_type) for item_type in ITEM_TYPES], **settings})


def complaint(*changed: dict[str, Any], **settings: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        quiz(*changed, **settings)
    return str(caught.value)


def test_a_quiz_gives_immediate_feedback_and_asks_for_70_percent_unless_it_says_otherwise() -> None:
    version = main_version(quiz())
    assert (version.behaviour, version.pass_mark, version.certainty) == ("immediate", 70, False)
    assert (version.shuffle_items, version.count, len(version.items)) == (False, None, 9)


def test_a_quiz_has_as_many_items_as_it_counts() -> None:
    assert "lower `count` to 1 or less" in complaint(raw("single"), count=2)
    assert quiz(raw("single"), count=1).count == 1


@pytest.mark.parametrize(
    "settings", [{"pass_mark": 101}, {"pass_mark": -1}, {"count": 0}, {"behaviour": "strict"}, {"timer": 5}]
)
def test_settings_that_make_no_sense_are_refused(settings: dict[str, Any]) -> None:
    assert next(iter(settings)) in complaint(**settings)


def test_a_quiz_without_items_is_refused() -> None:
    with pytest.raises(ValidationError, match="at least 1"):
        Quiz.model_validate({"items": []})


def test_the_short_quiz_has_the_same_settings_and_all_its_own_items() -> None:
    both = quiz(raw("single"), raw("multiple"), short=[raw("cloze")], pass_mark=60, count=1)
    version = short_version(both)
    assert version is not None
    assert ([item.id for item in version.items], version.pass_mark, version.count) == (["tea-cloze"], 60, None)
    assert version.revision != main_version(both).revision
    assert short_version(quiz()) is None


def test_an_item_is_found_by_its_id() -> None:
    version = main_version(quiz())
    assert version.by_id["tea-cloze"].type == "cloze"
    assert "coffee" not in version.by_id


def test_a_revision_is_canonical_json() -> None:
    text = dump_revision(main_version(quiz()))
    data = json.loads(text)
    assert text == json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert data["format"] == 1


def test_a_revision_is_the_same_however_the_file_is_laid_out() -> None:
    tidy, untidy = raw("numeric"), dict(reversed(raw("numeric").items()))
    untidy |= {"answer": "33500.00", "stem": " What about tea?\n"}
    assert main_version(quiz(tidy)).revision == main_version(quiz(untidy)).revision


@pytest.mark.parametrize(
    "changed",
    [
        {"stem": "And what about tea?"},
        {"facts": ["tea.02"]},
        {"options": [option("White", key=True), option("Green"), option("Black")]},
    ],
)
def test_a_revision_changes_with_whatever_is_shown_or_graded(changed: dict[str, Any]) -> None:
    assert main_version(quiz(raw("single", **changed))).revision != main_version(quiz(raw("single"))).revision


def test_a_revision_changes_with_the_settings() -> None:
    versions = [quiz(), quiz(behaviour="deferred"), quiz(pass_mark=80), quiz(certainty=True), quiz(count=3)]
    assert len({main_version(version).revision for version in versions}) == len(versions)


@given(
    st.lists(items(), min_size=1, max_size=2),
    st.sampled_from(["immediate", "interactive", "deferred"]),
    st.integers(0, 100),
    st.booleans(),
)
def test_what_is_kept_comes_back_equal(drawn: list[Item], behaviour: str, pass_mark: int, flag: bool) -> None:
    numbered = [item.model_copy(update={"id": f"q{number}"}) for number, item in enumerate(drawn)]
    whole = Quiz.model_validate(
        {
            "items": [item.model_dump(by_alias=True) for item in numbered],
            "behaviour": behaviour,
            "pass_mark": pass_mark,
            "certainty": flag,
            "shuffle_items": not flag,
        }
    )
    version = main_version(whole)
    text = dump_revision(version)
    assert load_revision(text) == version
    assert dump_revision(load_revision(text)) == text
    assert revision_of(text) == version.revision


def test_a_revision_stays_that_of_its_text_when_the_program_learns_new_settings() -> None:
    version = main_version(quiz())
    older = dump_revision(version).replace('"certainty":false,', "")
    loaded = load_revision(older)
    assert loaded.revision == revision_of(older) != version.revision
    assert loaded == version.model_copy(update={"revision": loaded.revision})


def test_a_revision_kept_by_the_first_version_still_loads() -> None:
    text = KEPT.read_text(encoding="utf-8").rstrip("\n")
    version = load_revision(text)
    assert version.revision == revision_of(text) == KEPT_REVISION
    assert [item.type for item in version.items] == list(ITEM_TYPES)
    assert isinstance(version, QuizVersion)


@pytest.mark.parametrize(
    "text", ["", "null", "{}", "[]", '{"format":1,"items":[]}', '{"format":2,"items":[]}', "[" * 100_000, "\ud800"]
)
def test_a_damaged_revision_is_named_so(text: str) -> None:
    with pytest.raises(ValueError, match="for QuizVersion"):
        load_revision(text)


@pytest.mark.parametrize(
    ("points", "total", "passes"),
    [
        (earned(*[1] * 7), 23, False),
        (earned(*[1] * 6), 24, True),
        (earned(*[1] * 6, 0.01), 23.99, False),
        (earned(), 30, True),
        (earned(*[1] * 5, 2 / 3, storms_0=2 / 3), 24, False),
        (earned(storms_0=2 / 3), 30 - 1 / 3, False),
        (earned(boats_1=0.0), 29, False),
    ],
)
def test_a_final_is_passed_with_enough_points_and_full_marks_where_they_are_asked_for(
    points: dict[str, float], total: float, passes: bool
) -> None:
    assert len(points) == 30
    assert sum(points.values()) == pytest.approx(total)
    assert final().form_passes(points) is passes


@pytest.mark.parametrize("third", [1 / 3, 0.333333333, 1 - 2 / 3, 0.333333334])
def test_thirds_add_up_to_the_points_that_are_asked_for(third: float) -> None:
    whole = third + third + third
    assert final().form_passes(earned(*[third] * 18, storms_0=whole))
    assert not final().form_passes(earned(*[third] * 19, storms_0=whole))


def test_the_strata_that_lack_full_marks_are_named_in_their_order() -> None:
    assert final().lacking_full_marks(earned()) == ()
    assert final().lacking_full_marks(earned(*[1] * 20)) == ()
    assert final().lacking_full_marks(earned(boats_0=0.5, boats_1=0.0, storms_1=0.99)) == STRICT


def test_of_a_bank_only_the_items_of_the_form_are_asked_for_full_marks() -> None:
    form = {item: points for item, points in earned(boats_1=0.0).items() if item != "boats-1"}
    assert final().form_passes(form)


def test_the_revision_of_a_bank_comes_back_equal() -> None:
    text = dump_revision(final())
    assert load_revision(text) == final()
    assert load_revision(text).form_passes(earned(storms_0=0.5)) is False


def test_the_revision_of_a_bank_changes_with_its_strata_and_what_passes() -> None:
    harbor, *others = final().strata
    changed = [harbor.model_copy(update=update) for update in ({"full_marks": True}, {"count": 12}, {"name": "port"})]
    banks = [final(), final(pass_points=23), final(strata=()), *(final(strata=(one, *others)) for one in changed)]
    assert len({bank.revision for bank in banks}) == len(banks)


def test_revisions_of_lessons_are_the_same_as_before_there_were_finals() -> None:
    kept = KEPT.read_text(encoding="utf-8").rstrip("\n")
    loaded = load_revision(kept)
    assert (loaded.strata, loaded.pass_points) == ((), None)
    assert revised(loaded).revision == KEPT_REVISION
    assert not {"strata", "pass_points"} & set(json.loads(dump_revision(main_version(quiz()))))
