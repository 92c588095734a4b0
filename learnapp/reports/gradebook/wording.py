"""Words of gradebook files: their header and cells, and why an export of Canvas's cannot be read."""

from flask_babel import gettext as _

from learnapp.reports.gradebook.canvas import MOST_ROWS, UnreadableExport
from learnapp.reports.gradebook.tables import GradebookWords
from learnapp.web.i18n import enumeration


def gradebook_words() -> GradebookWords:
    """Return the words of the file for a spreadsheet."""
    return GradebookWords(
        name=_("Name"),
        user_name=_("User name"),
        lessons_done=_("Lessons done"),
        lessons_assigned=_("Lessons assigned"),
        late_days=_("Late days"),
        done=_("done"),
        not_asked=_("not asked"),
    )


def unreadable_words(error: UnreadableExport) -> str:
    """Return why a file cannot be taken for Canvas's gradebook, and where."""
    if error.reason == "ragged":
        rows = enumeration(
            _("row %(number)s has %(cells)s", number=number, cells=cells) for number, cells in error.rows
        )
        return _(
            "Some rows have another number of cells than the header, which has %(columns)s: %(rows)s. Their values"
            " would stand in the wrong columns, so nothing was read. Export the gradebook from Canvas anew.",
            columns=error.columns,
            rows=rows,
        )
    return {
        "missing": _("Choose the file that Canvas exported."),
        "too_large": _("This file is too large: a gradebook has %(rows)s rows at most.", rows=MOST_ROWS),
        "encoding": _("This file is no text in UTF-8. Canvas exports one: take it as it came."),
        "not_csv": _("This file is no table of values separated by commas. Take Canvas’s export as it came."),
        "no_header": _(
            "In the first rows there are no columns “Student” and “ID”, by which Canvas’s gradebook is known."
        ),
    }[error.reason]
