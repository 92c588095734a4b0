"""Blocks as pages show them."""

from learnapp.content.blocks import Gap, Guess, Judge, Paragraphs, Piece, PieceSource, groups_in, places_in
from learnapp.content.catalog import Lesson
from learnapp.content.lesson_parts import LessonPerson
from tests.courses.harbor import with_harbor
from tests.courses.island import KEEPERS, Island


def keepers(island: Island) -> Lesson:
    return island.lesson("1-light", "2-the-keepers")


def test_pieces_are_lettered_in_order_and_say_what_they_rest_on(island: Island) -> None:
    with_harbor(island).edit(KEEPERS, '{facts="keepers.01 keepers.03" rel', '{facts="ev.harbor.lamp" rel')
    first, second = (block for block in keepers(island).blocks if isinstance(block, Piece))

    assert (first.letter, first.anchor, first.title, first.voice) == ("A", "piece-a", "Ben carries the oil", "said")
    assert [source.text for source in first.sources] == ["Ben Stone. The page gives no year."]
    assert (second.who, second.when, second.how) == (("Harbor Office",), ("May 2016",), ("They counted from a boat",))
    assert second.sources == (PieceSource("Lamps, page 3", "ev.harbor.lamp"),)
    assert (second.letter, second.rels) == ("B", ('Fits <a href="#piece-a">A</a>. Both speak of work.',))


def test_paragraphs_in_pieces_and_gaps_are_numbered_and_found_like_all_others(island: Island) -> None:
    lesson = keepers(island)
    numbers = [item.number for group, _ in groups_in(lesson.blocks) for item in group.items]

    assert numbers == list(range(1, len(numbers) + 1))
    (gap,) = (block for block in lesson.blocks if isinstance(block, Gap))
    pieces = [block for block in lesson.blocks if isinstance(block, Piece)]
    anchors = {place.anchor for place in places_in(lesson.blocks)}
    groups = [*gap.blocks, *(group for piece in pieces for group in piece.blocks)]
    assert {item.anchor for group in groups for item in group.items} <= anchors
    assert lesson.body[-1].last_anchor in anchors


def test_a_guess_and_a_judgment_stand_where_they_were_put(island: Island) -> None:
    lesson = keepers(island)

    guess = lesson.guess
    assert guess == Guess(
        "whom-to-ask",
        "Whom would you ask first?",
        ("Somebody who kept the watch", "Somebody who sailed by"),
        "Kept. The next part says what each of them can tell.",
    )
    assert [type(block) for block in lesson.body[2].blocks][:2] == [Judge, Paragraphs]
    assert (lesson.asks, lesson.end.answer) == (
        "Who kept the light?",
        "Three families did, in turns, and two of them tell how.",
    )


def test_a_paragraph_with_a_notice_stands_alone(island: Island) -> None:
    groups = [group for group, _ in groups_in(keepers(island).blocks)]

    (warned,) = (group for group in groups if group.items[0].notice)
    assert [item.notice for item in warned.items] == ["The next paragraph tells of a storm."]


def test_the_person_and_the_notes_for_teachers_come_along(island: Island) -> None:
    person = "person: {id: cora-light, act: counted the nights, drawing: lamp, drawing_alt: An oil lamp}\n"
    with_harbor(island).edit(KEEPERS, "question:", f"{person}question:")
    lesson = keepers(island)

    assert lesson.person == LessonPerson("cora-light", "Cora Light", "counted the nights", "lamp", "An oil lamp")
    assert lesson.teachers.discuss == ("Who is missing from the log?", "What would you ask Ben?")


def test_each_version_has_an_answer_of_its_own(island: Island) -> None:
    lesson = island.lesson("1-sea", "1-the-wreck")

    assert lesson.end_for("all").answer == "Vera Reed did, twice."
    assert lesson.end_for("short").answer == "The island built a boat house."
    assert lesson.short_minutes == 3
