"""Places: where towns lie on the map, and what is no place at all."""

import re

import pytest

from learnapp.config.settings import ROOT
from learnapp.content.figures import places
from learnapp.content.figures.places import PLACES, PROVINCES, name_of, on_map

DRAWING = (ROOT / "learnapp" / "static" / "img" / "korea.svg").read_text(encoding="utf-8")
SCRIPT = (ROOT / "docs" / "map" / "draw-map.mjs").read_text(encoding="utf-8")
# Camps lie in these counties and towns; a dot there would be a place of a camp.
CAMP_COUNTIES = {"kaechon", "yodok", "hwasong", "pukchang", "myonggan"}


def test_a_point_of_the_map_is_in_proportion_to_its_degrees() -> None:
    corner = on_map(places.NORTH, places.WEST)
    opposite = on_map(places.SOUTH, places.EAST)

    assert corner == (0, 0)
    assert opposite == pytest.approx((places.WIDTH, places.HEIGHT), abs=0.5)
    assert on_map(38.65, 127.6) == pytest.approx((places.WIDTH / 2, places.HEIGHT / 2), abs=0.5)


def test_the_drawing_has_the_same_box_as_the_places() -> None:
    assert f'viewBox="0 0 {places.WIDTH} {places.HEIGHT}"' in DRAWING
    numbers = (places.WEST, places.EAST, places.SOUTH, places.NORTH)
    assert [float(number) for number in re.findall(r"(?:west|east|south|north): ([\d.]+)", SCRIPT)] == list(numbers)


def test_every_place_lies_on_the_map_and_no_two_at_one_spot() -> None:
    points = {**PLACES, **PROVINCES}.values()

    assert len(set(points)) == len(points) > 40
    assert all(0 < point.x < places.WIDTH and 0 < point.y < places.HEIGHT for point in points)
    assert PLACES["pyongyang"].y < PLACES["seoul"].y < PLACES["busan"].y
    assert PLACES["dandong"].x < PLACES["hyesan"].x < PLACES["musan"].x < PLACES["rason"].x


def test_no_place_is_a_camp() -> None:
    assert CAMP_COUNTIES.isdisjoint(PLACES)
    assert not any("camp" in name for name in PLACES)


def test_names_are_written_as_names() -> None:
    assert (name_of("mount-paektu"), name_of("south-pyongan")) == ("Mount Paektu", "South Pyongan")
