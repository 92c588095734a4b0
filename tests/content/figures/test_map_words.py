"""Words on the map: beside their dots, and never on each other."""

from itertools import combinations

from learnapp.content.figures.map_words import DOT, WIDTHS, MapWords, beside, box_of, centered, dot_of, place_words
from learnapp.content.figures.places import HEIGHT, PLACES, Point


def words_at(*names: str) -> list[MapWords]:
    return [MapWords(name, beside(PLACES[name], DOT)) for name in names]


def test_alone_words_stand_to_the_right_of_their_dot() -> None:
    spots, crowded = place_words(words_at("pyongyang"), [PLACES["pyongyang"]], [], HEIGHT)

    assert crowded == []
    assert spots[0] is not None
    assert spots[0].anchor == "start"
    assert spots[0].dx > DOT


def test_neighbors_stand_apart_at_every_width() -> None:
    names = ("hyesan", "musan", "hoeryong", "chongjin", "kimchaek", "yanji")
    words, dots = words_at(*names), [PLACES[name] for name in names]
    spots, crowded = place_words(words, dots, [], HEIGHT)

    assert crowded == []
    for width in WIDTHS:
        boxes = [box_of(one.text, spot, width) for one, spot in zip(words, spots, strict=True) if spot]
        assert len(boxes) == len(names)
        assert sum(one.covers(other) for one, other in combinations(boxes, 2)) < 0.05
        assert sum(box.covers(dot_of(dot, DOT, width)) for box in boxes for dot in dots) < 0.05
        assert all(box.left >= 0 and box.right <= width for box in boxes)


def test_words_without_room_are_named_and_those_that_may_go_are_left_out() -> None:
    names = ["tea with a great deal of milk"] * 9
    needed = [MapWords(name, beside(PLACES["musan"], DOT)) for name in names]
    spots, crowded = place_words(needed, [PLACES["musan"]], [], HEIGHT)

    assert crowded
    assert set(crowded) == set(names)
    assert spots.count(None) == len(crowded)
    middle = Point(300, 500)
    spots, crowded = place_words([MapWords("Sea", centered([middle]), is_needed=False)], [middle], [], HEIGHT)
    assert (spots, crowded) == ([None], [])


def test_words_would_rather_not_stand_on_a_circle_but_may() -> None:
    circle = Point(PLACES["pyongyang"].x + 60, PLACES["pyongyang"].y)
    spots, _ = place_words(words_at("pyongyang"), [], [circle], HEIGHT)
    everywhere = [Point(circle.x + x, circle.y + y) for x in (-120, -60, 0, 60) for y in (-40, 0, 40)]

    assert spots[0] is not None
    assert spots[0].anchor != "start"
    assert place_words(words_at("pyongyang"), [], everywhere, HEIGHT)[1] == []


def test_words_rather_stand_beside_a_line() -> None:
    line = [Point(PLACES["pyongyang"].x + x, PLACES["pyongyang"].y) for x in range(20, 200, 10)]
    alone, _ = place_words(words_at("pyongyang"), [], [], HEIGHT)
    beside_line, _ = place_words(words_at("pyongyang"), [], [], HEIGHT, line)

    assert alone[0] is not None
    assert beside_line[0] is not None
    assert (alone[0].anchor, beside_line[0].anchor) == ("start", "middle")
