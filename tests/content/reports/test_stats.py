import json
from dataclasses import asdict

from learnapp.content.reports.stats import BankStats, bank_stats
from tests.courses.island import LAMP_QUIZ, WRECK_QUIZ, Island

SIGN = "    stimulus: {kind: sign, text: Mind the step, made_up: true}\n"


def stats(island: Island) -> BankStats:
    return bank_stats(island.load().draft)


def test_lessons_have_their_measures(island: Island) -> None:
    lamp, _, wreck = stats(island).lessons

    assert (lamp.key, lamp.minutes, lamp.items, lamp.types, lamp.short_items) == ("1-light/1-the-lamp", 8, 5, 5, 0)
    assert (wreck.items, wreck.short_items) == (5, 3)
    assert 400 <= lamp.words <= 900
    assert 6 <= lamp.grade <= 9


def test_lessons_tell_what_the_guide_bounds(island: Island) -> None:
    lamp, keepers, _ = stats(island).lessons

    assert (lamp.recall, lamp.unseen, lamp.turns, lamp.longest, lamp.two_goods) == (2, 3, 2, 1, 0)
    assert (keepers.recall, keepers.unseen, keepers.turns) == (2, 3, 0)
    assert (lamp.kinds, lamp.attributions) == (4, 1)
    island.edit(LAMP_QUIZ, "  - id: lamp-q1\n", f"  - id: lamp-q1\n{SIGN}")
    assert stats(island).lessons[0].unseen == 4


def test_the_course_says_how_its_turns_and_items_are_shared_out(island: Island) -> None:
    lines = stats(island).as_text().splitlines()

    assert "turns           2: best reply longest 50%, between two goods 0%" in lines
    assert "main quizzes    15 items: recall 6, unseen 9" in lines


def test_the_bank_counts_types_positions_and_verdicts(island: Island) -> None:
    found = stats(island)

    assert found.types["single"] == 5
    assert found.types["scenario"] == 1
    assert sum(found.types.values()) == 18
    assert (found.singles, found.positions) == (5, (2, 2, 1))
    assert found.longest_key == 0
    assert (found.true_false, found.true_key) == (3, 2 / 3)


def test_a_bank_without_such_items_has_no_shares(island: Island) -> None:
    for module, slug in (("1-light", "1-the-lamp"), ("1-light", "2-the-keepers"), ("1-sea", "1-the-wreck")):
        (island.root / f"quizzes/{module}/{slug}.yaml").unlink()

    found = stats(island)

    assert (found.longest_key, found.true_key, found.positions) == (None, None, (0, 0, 0))
    assert "key longest -" in found.as_text()


def test_the_longest_key_is_counted(island: Island) -> None:
    island.edit(WRECK_QUIZ, "rowed out to the rocks.", "rowed out to the rocks there.")

    assert stats(island).longest_key == 1 / 5


def test_text_and_data_say_the_same(island: Island) -> None:
    found = stats(island)
    data = json.loads(json.dumps(asdict(found)))
    lines = found.as_text().splitlines()

    assert lines[1].split()[:3] == [
        "1-light/1-the-lamp",
        str(data["lessons"][0]["words"]),
        str(data["lessons"][0]["grade"]),
    ]
    assert "single choice   5: key A 2, B 2, C 1; key longest 0%" in lines
    assert "true/false      3: true 67%" in lines
    assert data["positions"] == [2, 2, 1]
