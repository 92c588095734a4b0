"""QR codes: the path draws what the code says, and nothing else."""

import re

import pytest
import segno

from learnapp.web.qr import qr_code

ADDRESS = "https://learn.example/account/sign-in#name=adaeze.o"


@pytest.mark.parametrize("text", ["learn", ADDRESS, "이름"])
def test_the_path_covers_the_dark_modules_and_no_other(text: str) -> None:
    code, matrix = qr_code(text), segno.make_qr(text, error="m", boost_error=False).matrix
    covered = set()
    for column, row, width in re.findall(r"M(\d+) (\d+)h(\d+)v1H\1z", code.path):
        covered |= {(int(row), int(column) + step) for step in range(int(width))}
    assert code.size == len(matrix)
    assert covered == {(y, x) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}


def test_a_short_text_takes_the_smallest_code() -> None:
    assert qr_code("learn").size == 21


@pytest.mark.parametrize("length", [300, 5000])
def test_what_no_camera_would_read_from_a_wall_is_refused(length: int) -> None:
    with pytest.raises(ValueError):
        qr_code("x" * length)
