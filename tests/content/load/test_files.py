import os
from pathlib import Path

import pytest

from learnapp.content.load.files import BYTES_MAX, Folder
from learnapp.content.problems import Position, Problem, Report

HERE = Position("list.yaml", 7, 3)


def read(root: Path, path: str) -> tuple[str | None, tuple[Problem, ...]]:
    report = Report()
    return Folder(root).read(path, HERE, report), report.problems


def refused(root: Path, path: str) -> Problem:
    text, problems = read(root, path)
    assert text is None
    assert len(problems) == 1
    return problems[0]


def test_text_is_read_with_plain_line_ends_and_without_a_mark_in_front(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n")

    assert read(tmp_path, "a.md") == ("one\ntwo\nthree\n", ())


def test_a_missing_file_is_reported_where_it_is_listed(tmp_path: Path) -> None:
    problem = refused(tmp_path, "modules/none.md")

    assert (problem.path, problem.line, problem.column, problem.rule) == (*HERE, "file-missing")


@pytest.mark.parametrize("path", ["../outside.md", "link.md", "folder/outside.md"])
def test_nothing_outside_the_root_is_read(tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "outside.md").write_text("secret")
    (root / "link.md").symlink_to(tmp_path / "outside.md")
    (root / "folder").symlink_to(tmp_path)

    assert refused(root, path).rule == "file-outside"


def test_a_link_inside_the_root_may_be_followed(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("tea")
    (tmp_path / "link.md").symlink_to(tmp_path / "real.md")

    assert read(tmp_path, "link.md") == ("tea", ())


def test_links_in_a_circle_are_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "b.md")
    (tmp_path / "b.md").symlink_to(tmp_path / "a.md")

    assert refused(tmp_path, "a.md").rule == "file-missing"


def test_a_folder_or_a_pipe_is_not_a_file(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")

    assert refused(tmp_path, "folder.md").rule == "file-kind"
    assert refused(tmp_path, "pipe.md").rule == "file-kind"


def test_a_file_of_ten_megabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    (tmp_path / "big.yaml").write_bytes(b"a" * (10 * BYTES_MAX))

    problem = refused(tmp_path, "big.yaml")

    assert problem.rule == "file-size"
    assert "10.0 MB" in problem.message


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "full.yaml").write_bytes(b"a" * BYTES_MAX)

    text, problems = read(tmp_path, "full.yaml")

    assert text is not None
    assert len(text) == BYTES_MAX
    assert problems == ()


@pytest.mark.parametrize(
    ("data", "rule", "line", "column"),
    [
        (b"one\ntwo \xff\n", "file-encoding", 2, 5),
        ("größer".encode("latin-1"), "file-encoding", 1, 3),
        ("tea".encode("utf-16"), "file-encoding", 1, 1),
        (b"one\nt\x00wo", "file-encoding", 2, 2),
        (b"one\nt\x07wo", "file-character", 2, 2),
        ("one\nt\u202ewo".encode(), "file-character", 2, 2),
        ("one\u2028two".encode(), "file-character", 1, 4),
    ],
)
def test_bytes_that_are_no_clean_text_are_refused_with_their_place(
    tmp_path: Path, data: bytes, rule: str, line: int, column: int
) -> None:
    (tmp_path / "odd.md").write_bytes(data)

    problem = refused(tmp_path, "odd.md")

    assert (problem.rule, problem.line, problem.column) == (rule, line, column)
