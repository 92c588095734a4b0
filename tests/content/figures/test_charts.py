"""Charts: how long a bar is, what a table says."""

import pytest

from learnapp.content.figures.charts import BarsFigure
from learnapp.content.figures.readings import readings
from tests.courses.figures import FIGURE, KINDS, LEDGER, A, data_of, figure, number


def test_a_chart_is_a_table_too() -> None:
    table = figure("bars", **KINDS["bars"]).table()

    assert table.columns == ("What", "Dollars", "Date")
    assert table.rows == (("Alder", "$1.74 billion", "1914"), ("Birch", "$1,000 (estimate)", "1914"))


def test_a_bar_is_as_long_as_its_amount() -> None:
    parts = {"label": "Dollars", "bars": [{**A, "value": number(5, at)} for at in range(3)]}
    chart = figure("bars", **parts)

    assert isinstance(chart, BarsFigure)
    assert [round(chart.percent(bar), 2) for bar in chart.bars] == [0.29, 100.0, 0.0]


def test_a_number_that_the_ledger_lacks_is_never_made_up() -> None:
    bare = FIGURE.validate_python(data_of("bars", **KINDS["bars"]))

    with pytest.raises(LookupError, match=r"tea\.05 has no number 0"):
        bare.table()  # type: ignore[union-attr]


def test_what_was_read_is_part_of_what_a_figure_is() -> None:
    """A lesson's digest is made from it, so another number in the ledger makes another lesson."""
    data = data_of("bars", **KINDS["bars"])
    other = {**LEDGER, "tea.05": readings(["$1.75 billion", "$596 billion", "$1,000 (estimate)"])}
    one, two = FIGURE.validate_python(data, context=LEDGER), FIGURE.validate_python(data, context=other)

    assert repr(one) != repr(two)
    assert one != two
