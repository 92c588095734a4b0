"""Zips: their CSV files, read in memory; what is too much, odd or broken is refused."""

import io
import stat
import zipfile

import pytest

from learnapp.groups.roster.lists.errors import ListRefused
from learnapp.groups.roster.lists.reading.archive import MOST_BYTES, MOST_FILES, is_zip, pack, read_archive


def reason_of(content: bytes) -> str:
    with pytest.raises(ListRefused) as caught:
        read_archive(content)
    (problem,) = caught.value.problems
    return problem.reason


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return target.getvalue()


def test_files_that_were_packed_are_read_again() -> None:
    files = {"users.csv": b"a,b\n", "classes.csv": b"c\n"}
    assert is_zip(pack(files))
    assert read_archive(pack(files)) == files


def test_folders_and_what_macos_adds_are_left_out() -> None:
    content = zipped(
        *(("Export/", b""), ("Export/Users.CSV", b"a"), ("__MACOSX/Export/._Users.CSV", b"x")),
        *(("Export/._classes.csv", b"x"), ("Export/.DS_Store", b"x"), ("Export/readme.txt", b"x")),
    )
    assert read_archive(content) == {"users.csv": b"a"}


@pytest.mark.parametrize(
    "name", ["../users.csv", "a/../../users.csv", "/etc/users.csv", "..\\users.csv", "C:\\users.csv", "C:/users.csv"]
)
def test_a_way_out_of_the_folder_is_refused(name: str) -> None:
    assert reason_of(zipped((name, b"x"))) == "zip_odd"


def test_a_link_is_refused() -> None:
    info = zipfile.ZipInfo("users.csv")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert reason_of(zipped((info, b"/etc/passwd"))) == "zip_odd"


def test_two_files_of_one_name_are_refused() -> None:
    assert reason_of(zipped(("a/users.csv", b"x"), ("b/users.csv", b"y"))) == "zip_twice"


def test_what_unfolds_to_very_much_is_refused() -> None:
    assert reason_of(zipped(("users.csv", b"0" * (MOST_BYTES + 1)))) == "zip_large"
    half = b"0" * (MOST_BYTES // 2 + 1)
    assert reason_of(zipped(("users.csv", half), ("classes.csv", half))) == "zip_large"
    assert reason_of(zipped(*((f"{number}.csv", b"") for number in range(MOST_FILES + 1)))) == "zip_large"


def test_a_file_that_is_larger_than_it_says_is_refused() -> None:
    content = zipped(("users.csv", b"0" * (MOST_BYTES + 1)))
    said = (MOST_BYTES + 1).to_bytes(4, "little")
    assert reason_of(content.replace(said, (10).to_bytes(4, "little"))) == "zip_broken"


def test_a_locked_zip_is_refused() -> None:
    content = bytearray(zipped(("users.csv", b"x")))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    assert reason_of(bytes(content)) == "zip_locked"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_the_two_usual_ways_of_packing_are_read(method: int) -> None:
    assert reason_of(zipped(("users.csv", b"x"), method=method)) == "zip_broken"


def test_a_workbook_is_called_so() -> None:
    assert reason_of(zipped(("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"x"))) == "workbook"
    assert reason_of(zipped(("content.xml", b"x"), ("mimetype", b"x"))) == "workbook"
    assert reason_of(zipped(("photo.jpg", b"x"))) == "zip_without_lists"


def test_a_zip_inside_of_a_zip_is_not_opened() -> None:
    assert reason_of(zipped(("users.zip", zipped(("users.csv", b"x"))))) == "zip_without_lists"


@pytest.mark.parametrize("cut", range(4, 118, 6))
def test_half_a_zip_is_refused_in_words(cut: int) -> None:
    content = zipped(("users.csv", b"Name\nMina\n"))
    assert reason_of(content[:cut]) in {"zip_broken", "zip_without_lists"}
