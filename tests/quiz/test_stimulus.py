"""A stimulus: what it may be, where it comes from, what is drawn of it, and that a revision keeps it."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from learnapp.quiz.quiz import Quiz, dump_revision, load_revision, main_version
from learnapp.quiz.stimulus import Stimulus
from tests.quiz.samples import make, raw

TABLE = {"columns": ["Year", "Cups"], "rows": [["2019", "1,000 cups"], ["2020", "nobody counted"], ["2021", "250"]]}
SERIES = {"kind": "series", "table": TABLE, "source": "Tea Board, 2021", "evidence": ["tea.02"]}
HEADLINE = {"kind": "headline", "text": "Tea is out.", "made_up": True}


def complaint(**about: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        Stimulus.model_validate(about)
    return str(caught.value)


def test_a_stimulus_has_words_or_a_table() -> None:
    assert "give the stimulus a `text` or a `table`" in complaint(kind="case", made_up=True)
    assert "a series has a `table`" in complaint(**HEADLINE | {"kind": "series"})


def test_a_stimulus_names_its_source_or_is_made_up_and_never_both() -> None:
    assert "one of the two" in complaint(kind="case", text="Tea.")
    assert "one of the two" in complaint(**SERIES | {"made_up": True})


def test_a_source_comes_with_evidence_and_what_is_made_up_with_none() -> None:
    assert "list in `evidence`" in complaint(**SERIES | {"evidence": []})
    assert "what is made up has no `evidence`" in complaint(**HEADLINE | {"evidence": ["tea.01"]})


def test_each_row_of_a_table_has_a_cell_for_each_column() -> None:
    table = {"columns": ["Year", "Cups"], "rows": [["2019", "3"], ["2020"]]}
    assert "row 2 has 1 cells" in complaint(**SERIES | {"table": table})


def test_a_series_has_two_numbers_to_draw() -> None:
    table = {"columns": ["Year", "Cups"], "rows": [["2019", "3"], ["2020", "unknown"]]}
    assert "numbers in its second column" in complaint(**SERIES | {"table": table})


def test_bars_are_measured_by_the_longest_and_a_gap_has_none() -> None:
    stimulus = Stimulus.model_validate(SERIES)
    assert stimulus.table is not None
    assert stimulus.table.amounts == (Decimal(1000), None, Decimal(250))
    assert stimulus.bars == (100.0, None, 25.0)
    assert Stimulus.model_validate(SERIES | {"kind": "table"}).bars == ()


def test_bars_of_nothing_but_zeros_have_no_length() -> None:
    table = {"columns": ["Year", "Cups"], "rows": [["2019", "0"], ["2020", "0"]]}
    assert Stimulus.model_validate(SERIES | {"table": table}).bars == (0.0, 0.0)


def test_its_lines_are_shown_one_by_one() -> None:
    assert Stimulus.model_validate(HEADLINE | {"text": "Tea\n\n  is out. "}).lines == ("Tea", "is out.")


def test_its_texts_are_words_heads_and_cells_each_with_its_place() -> None:
    found = dict(Stimulus.model_validate(SERIES | {"text": "Cups sold"}).texts())
    assert found["text",] == "Cups sold"
    assert found["table", "columns", 1] == "Cups"
    assert found["table", "rows", 2, 1] == "250"
    assert len(found) == 1 + 2 + 6


def test_a_revision_keeps_the_stimulus() -> None:
    with_it = main_version(Quiz.model_validate({"items": [raw("single", stimulus=SERIES)]}))
    without = main_version(Quiz.model_validate({"items": [raw("single")]}))

    assert load_revision(dump_revision(with_it)) == with_it
    assert with_it.revision != without.revision


def test_a_revision_without_a_stimulus_is_written_as_before_there_were_any() -> None:
    text = dump_revision(main_version(Quiz.model_validate({"items": [raw("single"), raw("scenario")]})))
    assert "stimulus" not in text
    assert "cost" not in text


def test_an_item_with_something_unseen_is_no_recall_and_rests_on_its_evidence_too() -> None:
    assert make("single").is_recall
    assert not make("scenario").is_recall
    shown = make("single", stimulus=SERIES)
    assert not shown.is_recall
    assert shown.rests_on == (*shown.facts, "tea.02")
