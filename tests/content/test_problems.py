from learnapp.content.problems import Position, Report


def test_a_problem_is_written_so_that_editors_can_jump_to_it() -> None:
    report = Report()
    report.error(Position("modules/a.md", 3, 9), "length", "too long")

    assert str(report.problems[0]) == "modules/a.md:3:9: too long"


def test_problems_come_by_file_and_line_and_each_once() -> None:
    report = Report()
    for line in (9, 2, 9):
        report.error(Position("b.md", line), "length", "too long")
    report.warning(Position("a.md", 5), "grade", "hard")

    assert [(one.path, one.line) for one in report.problems] == [("a.md", 5), ("b.md", 2), ("b.md", 9)]


def test_warnings_are_no_errors() -> None:
    report = Report()
    report.warning(Position("a.md"), "grade", "hard")

    assert report.errors == 0

    report.error(Position("a.md"), "grade", "hard")

    assert report.errors == 1
