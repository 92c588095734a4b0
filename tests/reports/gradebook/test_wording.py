"""Words of gradebook files."""

from flask import Flask

from learnapp.reports.gradebook import wording
from learnapp.reports.gradebook.canvas import UnreadableExport


def test_a_file_that_cannot_be_read_is_told_row_by_row(app: Flask) -> None:
    with app.test_request_context("/"):
        words = wording.unreadable_words(UnreadableExport("ragged", [(4, 6), (7, 5)], 7))
        assert "which has 7: row 4 has 6 and row 7 has 5." in words
        for reason in ("missing", "too_large", "encoding", "not_csv", "no_header"):
            assert wording.unreadable_words(UnreadableExport(reason))
