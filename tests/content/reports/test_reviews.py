"""The file of reviews: written the same way each time, read back as it was, never trusted."""

import pytest

from learnapp.content.problems import REVIEWED, Report
from learnapp.content.reports.reviews import CourseReviews, LessonReview, read_reviews, write_reviews
from tests.courses.island import Island

SOME = CourseReviews(
    lessons={
        "1-light/1-the-lamp": LessonReview(
            sections={"lamp": "0123456789ab"}, facts={"lamp.01": "123456789012", "a.01": "e" * 12}
        ),
        "1-sea/1-the-wreck": LessonReview(),
    },
    glossary={"keepers.01": "000000000000"},
)


def read(island: Island) -> CourseReviews:
    report = Report()
    found = read_reviews(island.root, report)
    assert report.problems == ()
    return found


def test_without_the_file_nothing_was_reviewed(island: Island) -> None:
    assert read(island) == CourseReviews()


def test_reviews_come_back_as_they_were_written(island: Island) -> None:
    write_reviews(island.root, SOME)

    assert read(island) == SOME


def test_no_reviews_can_be_written_too(island: Island) -> None:
    write_reviews(island.root, CourseReviews())

    assert read(island) == CourseReviews()


def test_the_same_reviews_make_the_same_file(island: Island) -> None:
    write_reviews(island.root, SOME)
    first = island.text(REVIEWED)
    write_reviews(island.root, read(island))

    assert island.text(REVIEWED) == first


def test_the_check_takes_the_file_for_no_orphan(island: Island) -> None:
    write_reviews(island.root, SOME)

    assert island.checked() == ()


@pytest.mark.parametrize("text", ["lessons: [", "lessons: {a: {facts: {b.01: short}}}", "other: 1"])
def test_a_broken_file_is_reported_and_counts_as_none(island: Island, text: str) -> None:
    island.write(REVIEWED, text)
    report = Report()

    assert read_reviews(island.root, report) == CourseReviews()
    assert {problem.path for problem in report.problems} == {REVIEWED}
    assert {problem.path for problem in island.checked()} == {REVIEWED}
