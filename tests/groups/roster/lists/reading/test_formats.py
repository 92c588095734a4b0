"""Formats: each program's columns, told apart from all others'."""

import pytest

from learnapp.groups.roster.lists.reading.formats import (
    FIELDS,
    FORMATS,
    ListFormat,
    column_key,
    find_format,
    likely_columns,
)
from tests.groups.roster.lists.samples import SAMPLES, Sample

NEVER = ("password", "birth", "gender", "sex", "phone", "sms", "agent", "guardian", "mobile")


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_a_format_is_known_by_its_columns_in_any_case_and_order(sample: Sample) -> None:
    header = sample.content.decode("utf-8-sig").replace("\r", "\n").splitlines()[0].split(",")
    found = find_format(reversed(header))
    assert found is not None
    assert found.name == sample.format
    if sample.format != "Kolibri":
        upper = find_format(name.upper() for name in header)
        assert upper == found


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_no_format_takes_what_must_not_be_kept(one: ListFormat) -> None:
    assert set(one.takes) <= set(FIELDS)
    taken = [name for names in one.takes.values() for name in names]
    assert not any(word in name for name in taken for word in NEVER)


@pytest.mark.parametrize(
    "header",
    [
        ("Name", "Class"),
        ("GivenName", "MiddleInitial", "Surname", "Username", "Age"),
        ("", "assignment 1", "assignment 2"),
        ("SIS ID", "School SIS ID", "Section Name"),
        ("sourcedId", "status", "birthDate", "sex"),
    ],
)
def test_other_tables_are_of_no_known_format(header: tuple[str, ...]) -> None:
    assert find_format(header) is None


def test_likely_columns_are_found_by_their_names() -> None:
    header = ("GivenName", "Middle", "Surname", "Username", "Age")
    assert likely_columns(header) == {"given_name": 0, "family_name": 2, "user_name": 3}
    assert likely_columns(("a", "b")) == {}


def test_kolibris_columns_are_known_in_every_language() -> None:
    assert column_key("اسم المستخدم (USERNAME)") == column_key("Username (USERNAME)") == "(username)"
    assert column_key("Final Score (read only)") == "final score (read only)"
