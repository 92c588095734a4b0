"""Words for lists: what is wrong with a file and what to do, why somebody is left out, what becomes of a row."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from learnapp.groups.roster.lists.preview import ERROR, HERE, INVITED, LEFT_OUT, NEW, WAITING
from learnapp.groups.roster.lists.values import ListProblem, PreviewRow, StagedList

PROBLEMS: Mapping[str, LazyString] = {
    "bytes": _l("The file is larger than %(megabytes)s MB. Bring the list of one class."),
    "empty": _l("There is nothing in this file."),
    "rows": _l("There are more than %(most)s rows. Bring the list of one class."),
    "columns": _l("There are %(count)s columns, and at most %(most)s are read. Take out those that are not needed."),
    "long_cell": _l("%(length)s characters stand here, and at most %(most)s are read. Shorten the cell."),
    "huge_cell": _l('A cell here never ends. Look for a quotation mark (") that is missing before this row or in it.'),
    "quote": _l('A quotation mark (") is left alone here. Add the one that is missing, or take this one out.'),
    "ragged": _l(
        "This row has %(cells)s cells, but the first row has %(columns)s. Its values may stand in the wrong columns."
        " Add or take out cells."
    ),
    "nul": _l(
        "There is a sign in it that is no letter (NUL). Save the list again as “CSV UTF-8” and import that file."
    ),
    "broken_letters": _l(
        "It says that it is written in %(encoding)s, but is not. Save it again as “CSV UTF-8” and import that file."
    ),
    "workbook": _l("This is a workbook, not a list. Open it, choose “Save as”, “CSV UTF-8”, and import that file."),
    "pdf": _l("This is a PDF. Bring a CSV file: most school programs call it “export”."),
    "text_document": _l("This is a text document. Bring a CSV file: most school programs call it “export”."),
    "zip_broken": _l("This zip file cannot be opened. Export it again, or bring the CSV files in it."),
    "zip_without_lists": _l("There is no CSV file in this zip file."),
    "zip_twice": _l("Two files in this zip file are called %(name)s. Bring the one with the class’s people."),
    "zip_large": _l(
        "This zip file holds too much: at most %(files)s files and %(megabytes)s MB unpacked. Bring the list of one"
        " class."
    ),
    "zip_odd": _l("This zip file holds links, or files outside of its own folder, and is not opened."),
    "zip_locked": _l("This zip file has a password. Bring one without."),
    "several_lists": _l("Several of these files are lists of people. Bring one of them."),
    "no_list": _l("None of these files is a list of people that is known here. Bring the one with the names, alone."),
    "no_class": _l("Nobody is in any class in these files. Export them again, with the class lists."),
    "enrollments_alone": _l(
        "This file says who is in which class, but has no names. Bring it together with the file of the people"
        " (users.csv)."
    ),
    "other_file": _l("The columns that were chosen are of another file. Bring the list once more."),
    "many": _l("That were many lists within an hour. Wait a little, then import it again."),
    "no_file": _l("Choose a file."),
    "unreadable": _l("What came along with this page cannot be read. Bring the file once more."),
    "long_name": _l("The name has %(length)s characters, and at most %(most)s are kept. Shorten it."),
    "no_email": _l("This is no e-mail address. Correct it, or leave the cell empty."),
    "twice": _l("The same stands in row %(first)s. Two people cannot share it: correct one, or take one row out."),
    "same_account": _l("An earlier row has the same account. Take one of the two out."),
}
LEFT_OUT_FOR: Mapping[str, LazyString] = {
    "role": _l("no student: “%(said)s”"),
    "no_role": _l("has no role in this school"),
    "status": _l("no longer there: “%(said)s”"),
    "enabled": _l("switched off in the school’s program"),
    "no_name": _l("the row has no name"),
    "leads": _l("leads this class"),
    "several_accounts": _l("several accounts have this e-mail address. Invite the right one by its user name."),
}
HEADINGS: Mapping[str, LazyString] = {
    ERROR: _l("To be mended in the file"),
    NEW: _l("New accounts"),
    INVITED: _l("Invited, as they have an account"),
    WAITING: _l("Invited already"),
    HERE: _l("Here already"),
    LEFT_OUT: _l("Left out"),
}
FIELD_WORDS: Mapping[str, LazyString] = {
    "full_name": _l("Full name, in one column"),
    "given_name": _l("Given name"),
    "family_name": _l("Family name"),
    "user_name": _l("User name"),
    "email": _l("E-mail address"),
    "number": _l("Number at school"),
}
ENCODINGS: Mapping[str, LazyString] = {
    "cp949": _l("Korean (Windows)"),
    "cp1252": _l("Western European (Windows)"),
    "latin-1": _l("Western European (older)"),
}


def list_problem(problem: ListProblem) -> str:
    """Return what is wrong, where, and what to do."""
    said = problem_words(problem)
    if problem.row is None:
        return said
    if problem.column:
        return _("Row %(row)s, %(column)s: %(problem)s", row=problem.row, column=problem.column, problem=said)
    return _("Row %(row)s: %(problem)s", row=problem.row, problem=said)


def row_problems(staged: StagedList, row: PreviewRow) -> list[str]:
    """Return all that is wrong in a row."""
    if row.reason:
        return [str(PROBLEMS[row.reason])]
    return [
        f"{problem.column}: {problem_words(problem)}" if problem.column else problem_words(problem)
        for problem in staged.problems
        if problem.row == row.person.row
    ]


def problem_words(problem: ListProblem) -> str:
    """Return what is wrong and what to do, without where it is."""
    return str(PROBLEMS[problem.reason] % problem.about)


def encoding_title(encoding: str) -> LazyString:
    """Return what a way to write letters is called."""
    return ENCODINGS[encoding]


def left_out_for(row: PreviewRow) -> str:
    """Return why somebody is left out."""
    return str(LEFT_OUT_FOR[row.reason] % {"said": row.person.said})


def list_heading(outcome: str) -> LazyString:
    """Return the heading above rows of which this becomes."""
    return HEADINGS[outcome]


def column_title(header: str, number: int) -> str:
    """Return what a column is called on pages, a nameless one by its number."""
    return header or _("Column %(number)s", number=number)
