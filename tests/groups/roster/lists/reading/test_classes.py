"""Classes of a school's export: who is in which, and which count."""

from learnapp.groups.roster.lists.reading import classes
from learnapp.groups.roster.lists.reading.table import read_table
from learnapp.groups.roster.lists.values import ListedPerson
from tests.groups.roster.lists.samples import CLASSES, ENROLLMENTS, ONEROSTER_USERS, ROLES

USERS, IN_CLASSES, NAMED, IN_SCHOOL = (
    read_table(content.decode()) for content in (ONEROSTER_USERS, ENROLLMENTS, CLASSES, ROLES)
)


def test_classes_are_listed_by_name_without_those_that_have_ended() -> None:
    listed = classes.listed_classes(NAMED, IN_CLASSES)
    assert [(one.id, one.name, one.students) for one in listed] == [("c-2", "History 7", 2), ("c-1", "Physics 7", 1)]


def test_who_left_a_class_is_not_in_it() -> None:
    assert classes.roles_in_class(IN_CLASSES, "c-1") == {"u-1": ["student"], "u-3": ["teacher"]}


def test_only_rows_of_the_people_asked_for_are_left() -> None:
    kept = classes.rows_of(USERS, {"u-2", "u-9"})
    assert kept.numbers == (3,)
    assert kept.rows[0][0] == "u-2"


def test_whoever_is_a_student_somewhere_is_one() -> None:
    both = ListedPerson(2, "Mina Kaya", source_id="u-1")
    roles = {"u-1": ["aide", "Student"]}
    assert classes.with_roles([both], roles) == (both,)
    (aide,) = classes.with_roles([both], {"u-1": ["aide"]})
    assert (aide.left_out, aide.said) == ("role", "aide")


def test_tables_without_the_columns_say_nothing_of_classes() -> None:
    assert classes.has_classes(USERS, IN_CLASSES)
    assert not classes.has_classes(USERS, NAMED)
    assert not classes.has_classes(NAMED, read_table("course_id,user_id\n1,2\n"))
    assert set(classes.roles_in_school(IN_SCHOOL)) == {"u-1", "u-2", "u-3"}
