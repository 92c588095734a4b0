import pytest

from tests.courses.island import KEEPERS, WRECK, WRECK_QUIZ, Island, at


def with_body(island: Island, text: str) -> None:
    """Replace what the keepers' lesson says by this text; its tied parts, facts and figure stay."""
    front, body = island.text(KEEPERS).split("---\n", 2)[1:]
    keep = [
        f'{{facts="{fact}" own="Ours."}}\n{text if not n else "It is so, by their estimate."}\n'
        for n, fact in enumerate(("keepers.01", "keepers.02", "keepers.03", "keepers.04"))
    ]
    assert "::: figure" in body
    head = '{section="keepers"}\n## A part\n\n'
    island.write(KEEPERS, f"---\n{front}---\n\n{head}" + "\n".join(keep) + "\n::: figure\n:::\n")


def rules(island: Island) -> dict[str, str]:
    return {problem.rule: problem.message for problem in island.checked() if problem.path == KEEPERS}


MIDDLE = "The keepers lit another lantern in the evening, since all of the visitors had to find the harbor. "


@pytest.mark.parametrize(("times", "found"), [(20, True), (32, False), (55, True)])
def test_a_lesson_has_400_to_900_words(island: Island, times: int, found: bool) -> None:
    with_body(island, MIDDLE * times)

    assert ("length" in rules(island)) is found


def test_the_reading_grade_is_9_at_most(island: Island) -> None:
    sentence = "Institutional communication necessitates comprehensive interdisciplinary deliberation. "
    with_body(island, sentence * 55)

    assert "shorter sentences and words help" in rules(island)["grade"]


def test_a_text_of_grade_8_is_fine(island: Island) -> None:
    with_body(island, MIDDLE * 32)

    assert "grade" not in rules(island)


def test_sentences_have_18_words_on_average_at_most(island: Island) -> None:
    with_body(
        island,
        "The lamp was lit and the boats came in and all of them saw it from far out on the sea that night. " * 20,
    )

    assert rules(island)["sentences"].startswith("sentences have 20.8 words on average")


@pytest.mark.parametrize(("parts", "found"), [(3, True), (4, False), (6, False), (7, True)])
def test_a_lesson_has_four_to_six_parts(island: Island, parts: int, found: bool) -> None:
    with_body(island, MIDDLE * 32)
    more = "".join(
        f'\n{{section="keepers"}}\n## Part {"abcdefg"[n]}\n\n{{own="Ours."}}\nSo it was.\n' for n in range(parts - 1)
    )
    island.write(KEEPERS, island.text(KEEPERS) + more)

    assert ("parts" in rules(island)) is found


def test_a_lesson_has_two_to_four_pieces(island: Island) -> None:
    island.edit(KEEPERS, "::: piece Ben carries the oil\n", "::: card Ben carries the oil\n")

    assert rules(island) == {"pieces": "the lesson has 1 pieces of evidence; 2 to 4 are wanted"}


def test_measures_stand_at_the_first_line_of_the_text(island: Island) -> None:
    with_body(island, MIDDLE * 55)

    finding = next(problem for problem in island.checked() if problem.rule == "length")

    assert at(finding) == (KEEPERS, island.line(KEEPERS, "## A part") - 2, "length")


YOUNG = ("age: {core: null, full: 16, teacher_release: true}", "age: {core: 12, full: 16}")


def test_what_is_not_gated_is_told_outside_gated_cards_too(island: Island) -> None:
    island.edit(WRECK, *YOUNG)
    assert "gated-only-there" not in {one.rule for one in island.checked()}

    island.edit(WRECK, '{facts="wreck.03"}', '{facts="wreck.03 keepers.04"}')
    island.edit(WRECK, "facts: [wreck.01, wreck.02, ", "facts: [keepers.04, wreck.01, wreck.02, ")

    found = next(one for one in island.checked() if one.rule == "gated-only-there")
    assert (found.path, found.line) == (WRECK, island.line(WRECK, "::: card How many people died"))
    assert found.message.startswith("keepers.04 is told only in a gated card")


@pytest.mark.parametrize(("gated", "found"), [("q1", False), ("q1 q3", True)])
def test_three_items_are_left_for_readers_without_the_gated_cards(island: Island, gated: str, found: bool) -> None:
    island.edit(WRECK, *YOUNG)
    for name, facts in (("q1", "[wreck.02]"), ("q3", "[wreck.05]")):
        if name in gated.split():
            text = island.text(WRECK_QUIZ)
            head, _, rest = text.partition(f"id: wreck-{name}")
            island.write(WRECK_QUIZ, f"{head}id: wreck-{name}{rest.replace(f'facts: {facts}', 'facts: [wreck.03]', 1)}")

    assert ("gated-left" in {one.rule for one in island.checked()}) is found


def test_a_lesson_that_younger_readers_never_open_may_ask_what_it_gates(island: Island) -> None:
    text = island.text(WRECK_QUIZ)
    island.write(WRECK_QUIZ, text.replace("facts: [wreck.05]", "facts: [wreck.03]", 1))

    assert "gated-left" not in {one.rule for one in island.checked()}
