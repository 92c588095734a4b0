import json
from dataclasses import asdict, replace

from learnapp.content.reports.stats import BankStats, FinalStats, bank_stats
from tests.courses.island import LAMP_QUIZ, WRECK_QUIZ, Island
from tests.courses.island_programs import LIGHT, SEA, SIGN, STORMS, single, with_programs


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
    island.edit(LAMP_QUIZ, "  - id: lamp-q1\n", f"  - id: lamp-q1\n    stimulus: {SIGN}\n")
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


def test_the_bank_of_finals_is_counted_apart(island: Island) -> None:
    without = stats(island)
    found = stats(with_programs(island))

    assert found.finals == FinalStats(
        items=11, recall=3, unseen=8, dated=3, strong=0, positions=(3, 3, 2), turns=6, longest=3
    )
    assert replace(found, finals=None) == without
    line = "finals          11 items: recall 3, unseen 8, dated figures 3, strong 0; key A 3, B 3, C 2; "
    assert found.as_text() == f"{without.as_text()}\n{line}best reply longest 50%"
    assert asdict(found)["finals"]["items"] == 11


def test_strong_items_and_those_that_ask_what_was_read_are_counted(island: Island) -> None:
    with_programs(island).write(SEA, island.text(SEA) + single("sea-d", 2, "wreck.03", stimulus=""))
    finals = stats(island).finals

    assert finals is not None
    assert (finals.items, finals.recall, finals.strong, finals.positions) == (12, 4, 1, (3, 3, 3))


def test_banks_without_conversations_have_no_share_of_them(island: Island) -> None:
    with_programs(island).write(STORMS, island.text(LIGHT).replace("light-", "storms-"))

    assert stats(island).as_text().endswith("best reply longest -")


def test_a_course_without_finals_has_no_line_of_them(island: Island) -> None:
    assert stats(island).finals is None
    assert "finals" not in stats(island).as_text()
