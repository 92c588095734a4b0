"""Dates of assignments: field by field of all that was chosen the most lenient, in local days of the group's zone."""

import ast
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.config.settings import ROOT
from learnapp.groups.assignments.dates import (
    GRACE,
    ChosenDates,
    EffectiveDates,
    ExtendedDates,
    effective_dates,
    most_lenient,
    shift_weeks,
    weeks_to_come,
)
from learnapp.groups.assignments.local_time import shift_days
from learnapp.groups.assignments.models import AFTER_RELEASE

BERLIN, NEW_YORK, HAVANA = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("America/Havana")
ZONES = {"Berlin": BERLIN, "New York": NEW_YORK}
SECOND = timedelta(seconds=1)


def moment(text: str | None, zone: ZoneInfo) -> datetime | None:
    """Return a local day, with a time or as a whole, in UTC; of a time that exists twice "+" is the later."""
    if text is None:
        return None
    day, _, at = text.partition(" ")
    if not at:
        return datetime.combine(date.fromisoformat(day), time.max, zone).astimezone(UTC)
    local = datetime.fromisoformat(f"{day} {at.rstrip('+')}").replace(tzinfo=zone, fold=int(at.endswith("+")))
    return local.astimezone(UTC)


# What was chosen for all, standing days, what was chosen for one, and what holds. The whole table runs for due and for
# closes, as they obey one rule.
EITHER_ZONE = [
    # nothing chosen: no limit, whatever is chosen for one
    (None, 0, None, None),
    (None, 3, None, None),
    (None, 0, "2026-12-07 18:00", None),
    (None, 3, "2026-12-07 18:00", None),
    # at a time
    ("2026-12-04 18:00", 0, None, "2026-12-04 18:00"),
    ("2026-12-04 18:00", 1, None, "2026-12-05 18:00"),
    ("2026-12-04 18:00", 14, None, "2026-12-18 18:00"),
    ("2026-12-04 18:00", 0, "2026-12-07 18:00", "2026-12-07 18:00"),
    ("2026-12-04 18:00", 0, "2026-12-04 17:59", "2026-12-04 18:00"),
    ("2026-12-04 18:00", 0, "2026-11-01 00:00", "2026-12-04 18:00"),
    ("2026-12-04 18:00", 2, "2026-12-05 12:00", "2026-12-06 18:00"),
    ("2026-12-04 18:00", 2, "2026-12-06 18:01", "2026-12-06 18:01"),
    ("2026-12-04 18:00", 2, "2026-12-05", "2026-12-06 18:00"),
    ("2026-12-04 18:00", 2, "2026-12-06", "2026-12-06"),
    # by the day
    ("2026-12-04", 0, None, "2026-12-04"),
    ("2026-12-04", 1, None, "2026-12-05"),
    ("2026-12-31", 1, None, "2027-01-01"),
    ("2028-02-28", 1, None, "2028-02-29"),
    ("2026-12-04", 0, "2026-12-07", "2026-12-07"),
    ("2026-12-04", 0, "2026-12-04 23:00", "2026-12-04"),
    ("2026-12-04", 3, "2026-12-06", "2026-12-07"),
    ("2026-12-04", 3, "2026-12-08 08:00", "2026-12-08 08:00"),
]
CLOCKS_CHANGE = [
    ("Berlin", "2027-03-27 18:00", 1, None, "2027-03-28 18:00"),
    ("Berlin", "2027-03-27 18:00", 2, None, "2027-03-29 18:00"),
    ("Berlin", "2027-03-27 02:30", 1, None, "2027-03-28 03:30"),
    ("Berlin", "2027-03-28 03:30", 1, None, "2027-03-29 03:30"),
    ("Berlin", "2027-03-27", 1, None, "2027-03-28"),
    ("Berlin", "2027-03-28", 0, None, "2027-03-28"),
    ("Berlin", "2027-03-27 18:00", 0, "2027-03-28 18:00", "2027-03-28 18:00"),
    ("Berlin", "2026-10-24 18:00", 1, None, "2026-10-25 18:00"),
    ("Berlin", "2026-10-24 02:30", 1, None, "2026-10-25 02:30+"),
    ("Berlin", "2026-10-25 02:30+", 1, None, "2026-10-26 02:30"),
    ("Berlin", "2026-10-24", 1, None, "2026-10-25"),
    ("Berlin", "2026-10-25", 0, None, "2026-10-25"),
    ("Berlin", "2026-10-25 02:30", 0, "2026-10-25 02:30+", "2026-10-25 02:30+"),
    ("New York", "2027-03-13 18:00", 1, None, "2027-03-14 18:00"),
    ("New York", "2027-03-13 02:30", 1, None, "2027-03-14 03:30"),
    ("New York", "2027-03-13", 1, None, "2027-03-14"),
    ("New York", "2027-03-13 18:00", 1, "2027-03-14 17:59", "2027-03-14 18:00"),
    ("New York", "2026-10-31 18:00", 1, None, "2026-11-01 18:00"),
    ("New York", "2026-10-31 01:30", 1, None, "2026-11-01 01:30+"),
    ("New York", "2026-10-31", 1, None, "2026-11-01"),
    ("New York", "2026-10-31 18:00", 3, "2026-11-03", "2026-11-03"),
]
TABLE = [(zone, *case) for zone, case in product(ZONES, EITHER_ZONE)] + CLOCKS_CHANGE


def test_the_table_is_as_long_as_it_should_be() -> None:
    assert len(set(TABLE)) == len(TABLE) >= 60


@pytest.mark.parametrize(("name", "for_all", "standing_days", "own", "holds"), TABLE)
def test_the_latest_of_extension_standing_days_and_assignment_holds(
    name: str, for_all: str | None, standing_days: int, own: str | None, holds: str | None
) -> None:
    zone = ZONES[name]
    chosen, mine, expected = moment(for_all, zone), moment(own, zone), moment(holds, zone)
    due = effective_dates(ChosenDates(due=chosen), zone, standing_days, ExtendedDates(due=mine))
    assert (due.due, due.closes) == (expected, None)
    closes = effective_dates(ChosenDates(closes=chosen), zone, standing_days, ExtendedDates(closes=mine))
    assert (closes.due, closes.closes) == (None, expected)
    assert due.extended == closes.extended == (expected != chosen)
    assert due.due_all_day == (holds is not None and " " not in holds)


@pytest.mark.parametrize(
    ("for_all", "own", "holds"),
    [
        (None, None, None),
        (None, "2026-12-01 08:00", None),
        ("2026-12-03 08:00", None, "2026-12-03 08:00"),
        ("2026-12-03 08:00", "2026-12-01 08:00", "2026-12-01 08:00"),
        ("2026-12-03 08:00", "2026-12-05 08:00", "2026-12-03 08:00"),
    ],
)
def test_the_earliest_opening_holds_and_standing_days_leave_it(
    for_all: str | None, own: str | None, holds: str | None
) -> None:
    chosen = ChosenDates(opens=moment(for_all, BERLIN))
    dates = effective_dates(chosen, BERLIN, 5, ExtendedDates(opens=moment(own, BERLIN)))
    assert dates.opens == moment(holds, BERLIN)


@pytest.mark.parametrize(("tries", "extra", "holds"), [(None, 0, None), (None, 2, None), (1, 0, 1), (1, 2, 3)])
def test_further_tries_are_added_where_there_is_a_limit(tries: int | None, extra: int, holds: int | None) -> None:
    assert effective_dates(ChosenDates(tries=tries), BERLIN, 0, ExtendedDates(extra_tries=extra)).tries == holds


def test_a_due_day_without_a_time_ends_with_that_local_day() -> None:
    noon = moment("2026-12-04 12:00", NEW_YORK)
    dates = effective_dates(ChosenDates(due=noon, due_all_day=True), NEW_YORK)
    assert dates.due == moment("2026-12-04", NEW_YORK)
    assert dates.due_all_day


def test_what_is_due_later_than_it_closes_closes_when_it_is_due() -> None:
    chosen = ChosenDates(due=moment("2026-12-04 18:00", BERLIN), closes=moment("2026-12-05 18:00", BERLIN))
    later = moment("2026-12-09 18:00", BERLIN)
    dates = effective_dates(chosen, BERLIN, 0, ExtendedDates(due=later))
    assert (dates.due, dates.closes) == (later, later)


def test_feedback_waits_until_it_has_closed_for_this_member() -> None:
    closes, later = moment("2026-12-04 18:00", BERLIN), moment("2026-12-07 18:00", BERLIN)
    chosen = ChosenDates(closes=closes, feedback=AFTER_RELEASE)
    own = ExtendedDates(closes=later)
    assert effective_dates(chosen, BERLIN).release == closes
    assert effective_dates(chosen, BERLIN, 0, own).release == later
    release = moment("2026-12-10 08:00", BERLIN)
    assert effective_dates(replace(chosen, release=release), BERLIN, 0, own).release == release
    assert effective_dates(ChosenDates(closes=closes), BERLIN, 0, own).release is None


def test_an_excuse_is_told_and_changes_no_date() -> None:
    chosen = ChosenDates(due=moment("2026-12-04 18:00", BERLIN))
    dates = effective_dates(chosen, BERLIN, 0, ExtendedDates(excused=True))
    assert replace(dates, excused=False, extended=False) == effective_dates(chosen, BERLIN)
    assert dates.excused


@pytest.mark.parametrize(
    ("due", "finished", "days"),
    [
        (None, "2036-12-05 00:00", 0),
        ("2026-12-04", "2026-12-04 23:59", 0),
        ("2026-12-04", "2026-12-05 00:00", 1),
        ("2026-12-04", "2026-12-05 23:59", 1),
        ("2026-12-04", "2026-12-06 00:00", 2),
        ("2026-12-04 18:00", "2026-12-04 18:00", 0),
        ("2026-12-04 18:00", "2026-12-04 18:01", 1),
        ("2026-12-04 18:00", "2026-12-05 18:00", 1),
        ("2026-12-04 18:00", "2026-12-05 18:01", 2),
        ("2026-12-04 18:00", "2026-12-06 09:00", 2),
        ("2027-03-27 18:00", "2027-03-28 18:00", 1),
        ("2027-03-27 18:00", "2027-03-28 18:01", 2),
        ("2027-03-28", "2027-03-29 00:00", 1),
        ("2026-10-24 18:00", "2026-10-25 18:00", 1),
        ("2026-10-24", "2026-10-25 23:30", 1),
        ("2026-10-24", "2026-10-26 00:00", 2),
    ],
)
def test_late_days_are_counted_in_the_groups_zone(due: str | None, finished: str, days: int) -> None:
    for zone in (BERLIN, NEW_YORK):
        at = moment(finished, zone)
        assert at
        assert EffectiveDates(zone, due=moment(due, zone)).late_days(at) == days


@pytest.mark.parametrize(("seconds", "counts"), [(-1, True), (0, True), (1, True), (9, True), (10, True), (11, False)])
def test_what_arrives_a_little_after_the_close_counts(seconds: int, counts: bool) -> None:
    closes = datetime(2026, 12, 4, 17, tzinfo=UTC)
    dates = EffectiveDates(BERLIN, closes=closes)
    assert dates.counts(closes + seconds * SECOND) is counts
    assert dates.has_closed(closes + seconds * SECOND) is not counts
    assert EffectiveDates(BERLIN).counts(closes + seconds * SECOND)


def test_it_is_open_from_its_opening_on() -> None:
    opens = datetime(2026, 12, 4, 17, tzinfo=UTC)
    dates = EffectiveDates(BERLIN, opens=opens)
    assert [dates.is_open(opens + seconds * SECOND) for seconds in (-1, 0, 1)] == [False, True, True]
    assert EffectiveDates(BERLIN).is_open(opens)


def test_of_several_assignments_each_limit_is_the_most_lenient_and_feedback_the_strictest() -> None:
    early, late = datetime(2026, 12, 4, 17, tzinfo=UTC), datetime(2026, 12, 9, 17, tzinfo=UTC)
    one = EffectiveDates(BERLIN, early, early, early, tries=1)
    two = EffectiveDates(BERLIN, late, late, late, AFTER_RELEASE, late, tries=2, extended=True)
    assert most_lenient([one, two]) == EffectiveDates(BERLIN, early, late, late, AFTER_RELEASE, late, 2, extended=True)
    assert most_lenient([one, EffectiveDates(BERLIN)]) == EffectiveDates(BERLIN)
    assert most_lenient([replace(two, excused=True), one]) == one
    assert most_lenient([one]) == one


def test_a_copy_has_its_dates_on_the_same_days_of_the_week() -> None:
    chosen = ChosenDates(
        opens=moment("2026-10-20 08:00", BERLIN),
        due=moment("2026-10-23", BERLIN),
        due_all_day=True,
        closes=moment("2026-10-24 18:00", BERLIN),
        release=moment("2026-10-24 20:00", BERLIN),
        tries=2,
    )
    moved = shift_weeks(chosen, 1, BERLIN)
    assert moved == ChosenDates(
        opens=moment("2026-10-27 08:00", BERLIN),
        due=moment("2026-10-30", BERLIN),
        due_all_day=True,
        closes=moment("2026-10-31 18:00", BERLIN),
        release=moment("2026-10-31 20:00", BERLIN),
        tries=2,
    )
    assert shift_weeks(moved, -1, BERLIN) == chosen
    assert shift_weeks(ChosenDates(), 3, BERLIN) == ChosenDates()


FIRST, LAST = datetime(2026, 9, 1), datetime(2027, 5, 1)  # noqa: DTZ001 - Hypothesis adds the zone
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
CHOSEN = st.builds(
    ChosenDates,
    opens=st.none() | MOMENTS,
    due=st.none() | MOMENTS,
    due_all_day=st.booleans(),
    closes=st.none() | MOMENTS,
    feedback=st.sampled_from(("at_once", AFTER_RELEASE)),
    release=st.none() | MOMENTS,
    tries=st.none() | st.integers(1, 9),
)
EXTENDED = st.builds(
    ExtendedDates,
    opens=st.none() | MOMENTS,
    due=st.none() | MOMENTS,
    closes=st.none() | MOMENTS,
    extra_tries=st.integers(0, 9),
)
ZONE = st.sampled_from([BERLIN, NEW_YORK, HAVANA, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Asia/Kathmandu")])


def no_earlier(one: datetime | None, other: datetime | None) -> bool:
    return one is None or (other is not None and one >= other)


@given(CHOSEN, ZONE, st.integers(0, 14), EXTENDED, st.lists(MOMENTS, min_size=1))
def test_an_extension_makes_no_date_earlier_and_blocks_nothing(
    chosen: ChosenDates, zone: ZoneInfo, standing_days: int, own: ExtendedDates, moments: list[datetime]
) -> None:
    plain, standing = effective_dates(chosen, zone), effective_dates(chosen, zone, standing_days)
    both = effective_dates(chosen, zone, standing_days, own)
    for before, after in ((plain, standing), (standing, both), (plain, effective_dates(chosen, zone, 0, own))):
        assert no_earlier(after.due, before.due)
        assert no_earlier(after.closes, before.closes)
        assert after.opens is None or (before.opens is not None and after.opens <= before.opens)
        assert after.tries is None or (before.tries is not None and after.tries >= before.tries)
        for at in moments:
            assert after.counts(at) >= before.counts(at)
            assert after.is_open(at) >= before.is_open(at)
            assert after.late_days(at) <= before.late_days(at)


@given(CHOSEN, ZONE, st.integers(0, 14), EXTENDED)
def test_nothing_is_due_after_it_has_closed(
    chosen: ChosenDates, zone: ZoneInfo, standing_days: int, own: ExtendedDates
) -> None:
    dates = effective_dates(chosen, zone, standing_days, own)
    assert not (dates.due and dates.closes and dates.due > dates.closes)


@given(MOMENTS, MOMENTS, ZONE)
def test_late_days_grow_by_one_at_a_time(due: datetime, at: datetime, zone: ZoneInfo) -> None:
    dates = EffectiveDates(zone, due=due)
    late = dates.late_days(at)
    assert (late == 0) == (at <= due)
    assert late == 0 or shift_days(due, late - 1, zone) < at <= shift_days(due, late, zone)


@pytest.mark.parametrize(
    ("first", "now", "weeks"),
    [
        ("2026-11-27T17:00", "2026-11-27T16:59", 0),
        ("2026-11-27T17:00", "2026-11-27T17:00", 1),
        ("2026-11-27T17:00", "2026-12-04T16:59", 1),
        ("2026-11-27T17:00", "2026-12-04T17:00", 2),
        ("2026-09-01T17:00", "2027-09-01T08:00", 53),
        # 17:00 in Berlin in winter is an hour earlier in UTC once clocks were put forward.
        ("2027-03-24T16:00", "2027-03-31T15:30", 2),
    ],
)
def test_the_first_date_of_a_copy_lies_ahead_by_as_few_weeks_as_can_be(first: str, now: str, weeks: int) -> None:
    zone, at = ZoneInfo("Europe/Berlin"), datetime.fromisoformat(f"{first}Z")
    several = [ChosenDates(due=at + timedelta(days=30)), ChosenDates(opens=at, closes=at + timedelta(days=9))]
    assert weeks_to_come(several, zone, datetime.fromisoformat(f"{now}Z")) == weeks


def test_a_day_for_results_alone_has_a_copy_moved_as_well() -> None:
    now = datetime(2030, 12, 6, 12, tzinfo=UTC)
    chosen = ChosenDates(feedback=AFTER_RELEASE, release=now - timedelta(days=3))
    assert weeks_to_come([chosen], ZoneInfo("UTC"), now) == 1


def test_where_nothing_has_a_date_nothing_moves() -> None:
    assert weeks_to_come([ChosenDates(), ChosenDates(tries=2)], ZoneInfo("UTC"), datetime.now(UTC)) == 0


def test_only_dates_reads_the_columns_of_dates() -> None:
    """Who needs a date asks for the effective ones: a column is named by the model and here, and read from no row."""
    columns = {field.name for field in (*fields(ChosenDates), *fields(ExtendedDates))}
    holders = {"Assignment", "Extension", "ASSIGNMENTS", "_EXTENSIONS", "chosen", "c"}
    found = set()
    for file in (ROOT / "learnapp").rglob("*.py"):
        name = file.relative_to(ROOT / "learnapp").as_posix()
        if name in ("groups/assignments/dates.py", "groups/assignments/models.py"):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in columns:
                holder = ast.unparse(node.value).rpartition(".")[2]
                if holder in holders:
                    found.add(f"{name}:{node.lineno} {ast.unparse(node)}")
            elif isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith(
                ("ASSIGNMENTS.c", "_EXTENSIONS.c")
            ):
                named = {str(one.value) for one in ast.walk(node.slice) if isinstance(one, ast.Constant)}
                found |= {f"{name}:{node.lineno} {one}" for one in named & columns}
    assert found == set()


def test_the_grace_is_ten_seconds() -> None:
    assert GRACE.total_seconds() == 10
