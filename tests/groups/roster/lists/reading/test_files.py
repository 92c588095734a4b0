"""Reading: each program's file to the people in it, or to what must be asked, with the counts of every sample."""

import pytest

from learnapp.groups.roster.lists.errors import ListRefused
from learnapp.groups.roster.lists.reading.files import MOST_BYTES, SHOWN_ROWS, read_list
from learnapp.groups.roster.lists.values import (
    ClassQuestion,
    ColumnsQuestion,
    EncodingQuestion,
    ListAnswers,
    ListedClass,
    PeopleList,
)
from tests.groups.roster.lists.samples import (
    BORN,
    CLASSES,
    DEMOGRAPHICS,
    ENROLLMENTS,
    ONEROSTER_1_2_USERS,
    ONEROSTER_USERS,
    ROLES,
    SAMPLES,
    SDS_2_1_USERS,
    SECRET,
    Sample,
    lines,
    school,
)

NOTHING = ListAnswers()


def read(content: bytes, answers: ListAnswers = NOTHING) -> PeopleList:
    found = read_list(content, answers)
    assert isinstance(found, PeopleList)
    return found


def reasons(content: bytes, answers: ListAnswers = NOTHING) -> list[tuple[str, int | None]]:
    with pytest.raises(ListRefused) as caught:
        read_list(content, answers)
    return [(one.reason, one.row) for one in caught.value.problems]


def counts(found: PeopleList) -> tuple[int, int]:
    left_out = sum(bool(person.left_out) for person in found.people)
    return len(found.people) - left_out, left_out


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_a_file_comes_to_its_counts_and_its_first_person(sample: Sample) -> None:
    found = read(sample.content)
    first = found.people[0]
    assert found.format == sample.format
    assert counts(found) == (sample.offered, sample.left_out)
    assert found.not_taken == sample.not_taken
    assert found.problems == ()
    assert (first.full_name, first.user_name, first.email, first.identity) == sample.first


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_nothing_is_taken_of_passwords_and_dates_of_birth(sample: Sample) -> None:
    text = repr(read(sample.content))
    assert SECRET not in text
    assert BORN not in text
    assert "55501" not in text


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_semicolons_other_ends_of_lines_and_utf_16_come_to_the_same(sample: Sample) -> None:
    text = sample.content.decode("utf-8-sig")
    assert read(text.replace("\r\n", "\n").encode("utf-16")).people == read(sample.content).people


def test_a_school_with_several_classes_is_asked_which() -> None:
    files = school(users=ONEROSTER_USERS, classes=CLASSES, enrollments=ENROLLMENTS, demographics=DEMOGRAPHICS)
    assert read_list(files, NOTHING) == ClassQuestion(
        (ListedClass("c-2", "History 7", 2), ListedClass("c-1", "Physics 7", 1))
    )
    physics, history = (read(files, ListAnswers(class_id=chosen)) for chosen in ("c-1", "c-2"))
    assert (physics.class_name, counts(physics)) == ("Physics 7", (1, 1))
    assert (history.class_name, counts(history)) == ("History 7", (2, 0))
    assert [(one.full_name, one.left_out, one.said) for one in physics.people] == [
        ("Mina Kaya", "", ""),
        ("Tove Lund", "role", "teacher"),
    ]


def test_a_class_that_is_not_there_is_asked_again() -> None:
    files = school(users=ONEROSTER_USERS, enrollments=ENROLLMENTS)
    found = read_list(files, ListAnswers(class_id="c-9"))
    assert isinstance(found, ClassQuestion)
    assert [one.name for one in found.classes] == ["c-1", "c-2", "c-3"]


def test_the_only_class_is_not_asked() -> None:
    one = lines("classSourcedId,userSourcedId,role", "c-1,u-2,student")
    found = read(school(users=ONEROSTER_1_2_USERS, classes=CLASSES, enrollments=one))
    assert (found.class_name, counts(found)) == ("Physics 7", (1, 0))


def test_an_export_without_class_lists_gives_all_and_says_so() -> None:
    found = read(school(users=ONEROSTER_USERS, classes=CLASSES))
    assert found.without_classes
    assert counts(found) == (2, 4)


def test_roles_that_stand_in_their_own_file_leave_teachers_out() -> None:
    found = read(school(users=SDS_2_1_USERS, roles=ROLES))
    assert [(one.full_name, one.left_out, one.said) for one in found.people] == [
        ("Mina Kaya", "", ""),
        ("Ola Berg", "", ""),
        ("Tove Lund", "role", "professor"),
        ("Pinar Kaya", "no_role", ""),
    ]


def test_faults_of_those_who_are_left_out_are_none() -> None:
    users = ONEROSTER_1_2_USERS.replace(b"Tove,Lund", b"Tove," + b"x" * 200)
    assert [one.reason for one in read(users).problems] == ["long_name"]
    assert read(school(users=users, roles=ROLES)).problems == ()


def test_a_zip_of_one_file_is_that_file() -> None:
    assert read(school(Student=SAMPLES["sds-1"].content)) == read(SAMPLES["sds-1"].content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"x" * (MOST_BYTES + 1), "bytes"),
        (ENROLLMENTS, "enrollments_alone"),
        (school(a=ONEROSTER_USERS, b=ONEROSTER_USERS), "several_lists"),
        (school(a=CLASSES, b=ROLES), "no_list"),
        (school(users=ONEROSTER_USERS, enrollments=ENROLLMENTS.splitlines(True)[0]), "no_class"),
        (school(users=ONEROSTER_USERS.splitlines(True)[0] + b"x\r\n", classes=CLASSES), "ragged"),
    ],
)
def test_what_cannot_be_read_is_told(content: bytes, reason: str) -> None:
    assert [one for one, _row in reasons(content)] == [reason]


def test_other_tables_are_asked_which_column_is_which() -> None:
    content = lines("Surname;First name;Kennwort", *(f"Kaya{n};Mina;{SECRET}" for n in range(9)))
    found = read_list(content, NOTHING)
    assert isinstance(found, ColumnsQuestion)
    assert found.header == ("Surname", "First name", "Kennwort")
    assert len(found.rows) == SHOWN_ROWS
    assert found.likely == {"family_name": 0, "given_name": 1}
    named = read(content, ListAnswers(columns={"family_name": 0, "given_name": 1}))
    assert named.people[0].full_name == "Mina Kaya0"
    assert named.not_taken == ("Kennwort",)
    assert SECRET not in repr(named)


def test_a_table_without_a_header_has_people_in_its_first_row() -> None:
    columns = {"full_name": 0}
    found = read(lines("Mina Kaya,7a", "Ola Berg,7a"), ListAnswers(columns=columns, headless=True))
    assert [(one.row, one.full_name, one.identity) for one in found.people] == [
        (1, "Mina Kaya", "name:mina kaya"),
        (2, "Ola Berg", "name:ola berg"),
    ]
    assert found.not_taken == ()


def test_columns_that_another_file_has_are_refused() -> None:
    assert reasons(lines("a,b", "c,d"), ListAnswers(columns={"full_name": 2})) == [("other_file", None)]


def test_an_older_encoding_is_asked_with_the_first_rows() -> None:
    content = "username,firstname,lastname\nzoe,Zoë,Öz\n".encode("cp1252")
    found = read_list(content, NOTHING)
    assert isinstance(found, EncodingQuestion)
    assert found.previews["cp1252"][1] == ("zoe", "Zoë", "Öz")
    assert read(content, ListAnswers(encoding="cp1252")).people[0].full_name == "Zoë Öz"
    assert isinstance(read_list(school(users=content, x=b"y"), NOTHING), EncodingQuestion)
    assert list(found.previews) == ["cp1252"], "the other one comes to the same"


def test_encodings_that_differ_are_all_shown() -> None:
    found = read_list("Name\nZoë – Öz\n".encode("cp1252"), NOTHING)
    assert isinstance(found, EncodingQuestion)
    assert {name: rows[1] for name, rows in found.previews.items()} == {
        "cp1252": ("Zoë – Öz",),
        "latin-1": ("Zoë � Öz",),
    }


def test_cells_that_a_spreadsheet_guards_are_read_as_they_were() -> None:
    name = '=HYPERLINK("https://example.org","x")'
    guarded = f"'{name}".replace('"', '""')
    for content in (
        f'username,firstname,lastname\nh,"{guarded}",\n',
        f'username,firstname,lastname\nh,"{guarded[1:]}",\n',
    ):
        assert read(content.encode()).people[0].full_name == name
