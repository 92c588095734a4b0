"""Reading of lists: a file, or several in a zip, to the people in it, or to what must be asked before."""

from collections.abc import Mapping
from dataclasses import replace

from learnapp.groups.roster.lists.errors import refused
from learnapp.groups.roster.lists.reading import classes
from learnapp.groups.roster.lists.reading.archive import is_zip, read_archive
from learnapp.groups.roster.lists.reading.decode import decode, peek, possible_texts
from learnapp.groups.roster.lists.reading.formats import ListFormat, column_key, find_format, likely_columns
from learnapp.groups.roster.lists.reading.people import people_of_columns, people_of_format
from learnapp.groups.roster.lists.reading.table import MOST_ROWS, first_rows, read_table
from learnapp.groups.roster.lists.values import (
    ClassQuestion,
    ColumnsQuestion,
    EncodingQuestion,
    ListAnswers,
    ListReading,
    ListTable,
    PeopleList,
)
from learnapp.web.spreadsheets import UNSHOWN

MOST_BYTES = 1024 * 1024
SCHOOL_ROWS = 50_000  # of the files of a whole school, out of which one class is taken
SHOWN_ROWS = 5
_BESIDE = ("classes.csv", "enrollments.csv", "roles.csv")


def read_list(content: bytes, answers: ListAnswers) -> ListReading:
    """Return the people of a file, or the next thing that must be asked; raises ListRefused with all its faults.

    The same content and answers always come to the same.
    """
    if len(content) > MOST_BYTES:
        raise refused("bytes", megabytes=MOST_BYTES // 1024**2)
    if not is_zip(content):
        return _read_one(content, answers)
    files = read_archive(content)
    if len(files) == 1:
        return _read_one(next(iter(files.values())), answers)
    return _read_several(files, answers)


def _read_one(content: bytes, answers: ListAnswers) -> ListReading:
    """Read the file of the people, which stands alone."""
    text = decode(content, answers.encoding)
    if text is None:
        return _encoding_question(content)
    table = read_table(text)
    if known := find_format(table.header):
        return people_of_format(table, known)
    if "classsourcedid" in map(column_key, table.header):
        raise refused("enrollments_alone")
    if answers.columns is None:
        return ColumnsQuestion(table.header, table.rows[:SHOWN_ROWS], likely_columns(table.header))
    if any(place >= len(table.header) for place in answers.columns.values()):
        raise refused("other_file")
    return people_of_columns(table.with_first_row() if answers.headless else table, answers.columns)


def _read_several(files: Mapping[str, bytes], answers: ListAnswers) -> ListReading:
    """Read a school's export: one file of people, and where they are there its classes and roles."""
    known = {name: found for name, content in files.items() if (found := _format_of(content))}
    if len(known) != 1:
        raise refused("several_lists" if known else "no_list", files=len(files))
    ((name, known_format),) = known.items()
    tables = {}
    for part in (name, *_BESIDE):
        if part in files:
            text = decode(files[part], answers.encoding)
            if text is None:
                return _encoding_question(files[part])
            tables[part] = read_table(text, SCHOOL_ROWS)
    return _read_school(tables.pop(name), known_format, tables, answers)


def _read_school(
    people: ListTable, known: ListFormat, tables: Mapping[str, ListTable], answers: ListAnswers
) -> ListReading:
    """Return the people of the class that was chosen, of the only one, or of all where the export has none."""
    enrollments = tables.get("enrollments.csv")
    if enrollments is None or not classes.has_classes(people, enrollments):
        found = replace(people_of_format(_small(people), known), without_classes=True)
        return _with_roles(found, classes.roles_in_school(tables["roles.csv"])) if "roles.csv" in tables else found
    listed = classes.listed_classes(tables.get("classes.csv"), enrollments)
    if not listed:
        raise refused("no_class")
    chosen = next((one for one in listed if one.id == answers.class_id), listed[0] if len(listed) == 1 else None)
    if chosen is None:
        return ClassQuestion(tuple(listed))
    roles = classes.roles_in_class(enrollments, chosen.id)
    found = people_of_format(_small(classes.rows_of(people, roles)), known)
    return replace(_with_roles(found, roles), class_name=chosen.name)


def _with_roles(found: PeopleList, roles: classes.Roles) -> PeopleList:
    """Return a list with the roles of its people looked at; what is wrong with those left out is no fault of it."""
    people = classes.with_roles(found.people, roles)
    offered = {person.row for person in people if not person.left_out}
    return replace(found, people=people, problems=tuple(one for one in found.problems if one.row in offered))


def _small(table: ListTable) -> ListTable:
    if len(table.rows) > MOST_ROWS:
        raise refused("rows", most=MOST_ROWS)
    return table


def _format_of(content: bytes) -> ListFormat | None:
    return find_format(next(iter(first_rows(peek(content), 1)), ()))


def _encoding_question(content: bytes) -> EncodingQuestion:
    """Return the first rows in each encoding, with marks where a wrong one comes to what cannot be seen.

    Of encodings that come to the same text the first is shown.
    """
    different: dict[str, str] = {}
    for encoding, text in possible_texts(content).items():
        if text not in different.values():
            different[encoding] = text
    return EncodingQuestion(
        {encoding: first_rows(UNSHOWN.sub("�", text), SHOWN_ROWS) for encoding, text in different.items()}
    )
