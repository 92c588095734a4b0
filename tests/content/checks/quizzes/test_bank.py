import pytest

from learnapp.content.problems import Problem
from tests.courses.island import KEEPERS_QUIZ, LAMP_QUIZ, WRECK_QUIZ, Island

SINGLE = """\
  - id: single-{n}
    type: single
    stem: Where does the lamp stand?
    facts: [light.01]
    options:
{options}"""
OPTION = """\
      - text: {text}
        feedback: These are more than twelve words about the place where the lamp has stood.
"""
VERDICT = """\
  - id: verdict-{n}
    type: true-false
    stem: The lamp stands on an island.
    facts: [light.01]
    key: {key}
    feedback:
      true: These are more than twelve words about the place where the lamp has stood.
      false: These are more than twelve words about the place where the lamp has stood.
    reasons:
      - text: The page says so.
        key: true
        feedback: These are more than twelve words about the place where the lamp has stood.
      - text: The map says so.
        feedback: These are more than twelve words about the place where the lamp has stood.
"""


def single(n: int, key: int, text: str = "On the rock") -> str:
    texts = ["In the bay", "On a hill", "By a pier"]
    texts[key] = text
    options = [OPTION.format(text=one) + ("        key: true\n" if at == key else "") for at, one in enumerate(texts)]
    return SINGLE.format(n=n, options="".join(options))


def only_these(island: Island, items: list[str]) -> dict[str, Problem]:
    """Make the bank of these items alone and return what is found in it, by rule."""
    for path in ("modules/course.yaml", "modules/1-light/module.yaml"):
        island.write(path, island.text(path).partition("  - slug: coast")[0].replace(", 2-the-keepers", ""))
    island.write(LAMP_QUIZ, "items:\n" + "".join(items))
    bank = {"key-run", "key-position", "key-longest", "true-share"}
    return {problem.rule: problem for problem in island.checked() if problem.rule in bank}


def placed(keys: str, text: str = "On a rock") -> list[str]:
    return [single(n, "ABC".index(key), text) for n, key in enumerate(keys)]


def test_keys_spread_over_the_positions_are_fine(island: Island) -> None:
    assert only_these(island, placed("ABCABCABCABCABC")) == {}


def test_the_same_position_three_times_in_a_row_is_found_at_the_third(island: Island) -> None:
    found = only_these(island, placed("ABBBCACABCABC"))

    assert set(found) == {"key-run"}
    assert found["key-run"].line == island.line(LAMP_QUIZ, "single-3") + 5


def test_runs_are_seen_across_lessons(island: Island) -> None:
    key = "\n        key: true\n"
    for path, from_this, to_this in (
        (KEEPERS_QUIZ, "Ben Stone's", "Vera Reed's"),
        (WRECK_QUIZ, "rowed out to the rocks.", "put out the lamp at once."),
    ):
        island.edit(path, from_this + key, from_this + "\n")
        island.edit(path, to_this + "\n", to_this + key)

    assert {"key-run"} <= {problem.rule for problem in island.checked()}


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("ABACABACABACABACA", True),  # A in 9 of 17
        ("ABCABCABCABCABCAB", False),
        ("ABABABABABABABABC", True),  # C in 1 of 17
        ("ABACA", False),
        ("ABACABA", False),
        ("AABAABAA", True),  # A in 6 of 8
        ("AB", False),
    ],
)
def test_no_position_is_the_key_too_often_or_too_seldom(island: Island, keys: str, found: bool) -> None:
    assert ("key-position" in only_these(island, placed(keys))) is found


@pytest.mark.parametrize(("longest", "of", "found"), [(6, 15, False), (7, 15, True), (2, 4, False), (4, 5, True)])
def test_the_key_is_seldom_the_longest_option(island: Island, longest: int, of: int, found: bool) -> None:
    items = [single(n, n % 3, "On the rocks" if n < longest else "At sea") for n in range(of)]

    assert ("key-longest" in only_these(island, items)) is found


@pytest.mark.parametrize(
    ("true", "of", "found"),
    [
        (3, 3, True),
        (0, 3, True),
        (1, 3, False),
        (2, 2, False),
        (3, 10, True),
        (4, 10, False),
        (6, 10, False),
        (7, 10, True),
    ],
)
def test_true_is_the_key_about_half_the_time(island: Island, true: int, of: int, found: bool) -> None:
    items = [VERDICT.format(n=n, key="true" if n < true else "false") for n in range(of)]

    assert ("true-share" in only_these(island, items)) is found
