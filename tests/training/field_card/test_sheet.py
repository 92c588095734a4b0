"""The sheet of a field card: who says each number, from when it is, and until when it may be used."""

from dataclasses import replace
from datetime import date

import pytest

from learnapp.content.evidence import Evidence, Verification
from learnapp.content.programs import FieldCard
from learnapp.training.field_card.sheet import card_sheet
from tests.courses.field_card import CARD, FACT, card_course
from tests.courses.real import real_catalog


def test_a_course_without_a_card_has_no_sheet() -> None:
    assert card_sheet(card_course(None)) is None


def test_a_sheet_has_the_words_of_the_card_the_safety_points_and_the_version_of_the_course() -> None:
    course = card_course()
    sheet = card_sheet(course)
    assert sheet is not None
    assert (sheet.card, sheet.safety, sheet.version) == (CARD, course.safety, course.digest[:12])
    assert [(one.line.figure, one.by) for one in sheet.figures] == [("31 cups", FACT.by)]


@pytest.mark.parametrize(
    ("on", "checked", "until"),
    [
        ("2026-11", date(2026, 11, 1), date(2027, 5, 1)),
        ("2026-06-30", date(2026, 6, 1), date(2026, 12, 1)),
        ("2026-07-31", date(2026, 7, 1), date(2027, 1, 1)),
        ("2026-12", date(2026, 12, 1), date(2027, 6, 1)),
    ],
)
def test_numbers_may_be_used_for_half_a_year_after_the_ledger_was_checked(on: str, checked: date, until: date) -> None:
    read = FACT.model_copy(update={"verified": Verification(on=on, how="We read it.")})
    sheet = card_sheet(replace(card_course(), facts={FACT.id: read}))
    assert sheet is not None
    assert (sheet.checked, sheet.until) == (checked, until)


def test_every_number_of_the_course_s_card_is_a_verified_one_and_says_who_counted() -> None:
    catalog = real_catalog()
    sheet = card_sheet(catalog)
    assert sheet is not None
    assert len(sheet.figures) >= 5
    for one in sheet.figures:
        fact = catalog.facts[one.line.fact]
        assert isinstance(fact, Evidence)
        assert fact.verified
        assert one.by == fact.by
    named = [fact for line in (*sheet.card.openings, *sheet.card.unknown) for fact in line.facts]
    assert set(named) <= set(catalog.facts)
    assert len(sheet.safety) == 4


def test_a_card_is_as_fresh_as_the_number_that_was_checked_first() -> None:
    older = FACT.model_copy(update={"id": "ev.tea.pot", "verified": Verification(on="2024-01", how="We read it.")})
    newer = FACT.model_copy(update={"verified": Verification(on="2026-11", how="We read it.")})
    lines = [{"figure": "31 cups", "words": "in 2012", "fact": one.id} for one in (newer, older)]
    card = FieldCard.model_validate({**CARD.model_dump(), "figures": lines})
    sheet = card_sheet(replace(card_course(card), facts={one.id: one for one in (newer, older)}))
    assert sheet is not None
    assert (sheet.checked, sheet.until) == (date(2024, 1, 1), date(2024, 7, 1))
