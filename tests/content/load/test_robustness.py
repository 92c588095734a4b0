"""Whatever is in the files: loading and checking end with problems, not with an exception."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.content.problems import Problem
from tests.courses.island import FILES, Island
from tests.shares import one_in

pytestmark = pytest.mark.slow

PATHS = sorted(file.relative_to(FILES).as_posix() for file in FILES.rglob("*") if file.is_file())
MARKS = ("\n", "---\n", "::: ", ":::", "{", '{facts="', "}", "[", "]", "]{", "#", "## ", "- ", ": ", "&a ", "*a", "!t ")
WORDS = ("null", "[]", "{}", "true", "12", "lamp.01", "wreck.03", "\t", "'", '"', "`", "> ", "    ", "|", "[[1]]")
PIECES = st.one_of(st.text(max_size=12), st.sampled_from(MARKS + WORDS))


@given(path=st.sampled_from(PATHS), piece=PIECES, at=st.floats(0, 1), cut=st.integers(0, 40))
def test_any_edit_ends_in_problems_or_a_catalog(island: Island, path: str, piece: str, at: float, cut: int) -> None:
    text = (FILES / path).read_text(encoding="utf-8")
    place = int(at * len(text))
    edited = text[:place] + piece + text[place + cut :]
    island.write(path, edited.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))

    loaded, checked = island.load(), island.checked()

    island.write(path, text)
    assert (loaded.catalog is None) == any(one.severity == "error" for one in loaded.problems)
    assert set(loaded.problems) <= set(checked)
    for problem in checked:
        assert_place(island, problem)


def assert_place(island: Island, problem: Problem) -> None:
    """A problem's place is one that an editor can go to."""
    assert problem.path in PATHS
    assert problem.line >= 1
    assert problem.column >= 1
    assert problem.message
    assert problem.rule


@pytest.mark.parametrize("path", one_in(4, PATHS, 0))
def test_any_file_may_be_empty_or_rubbish(island: Island, path: str) -> None:
    for text in ("", "\n", "---\n---\n", "[]", "{}", "x: y", "\x00", "- " * 200):
        island.write(path, text)

        assert any(problem.severity == "error" for problem in island.checked())
