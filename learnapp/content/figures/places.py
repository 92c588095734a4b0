"""Places: towns and provinces by latitude and longitude, and their place on the map of the peninsula.

Box and projection are those of docs/map/draw-map.mjs, which draws static/img/korea.svg. No camp is a place here:
what lies in a province stands in the province's middle (its centroid, to a tenth of a degree).
"""

from math import cos, radians
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, Field

WEST, EAST, SOUTH, NORTH = 123.9, 131.3, 33.95, 43.35
HEIGHT = 1000
_SCALE = HEIGHT / (NORTH - SOUTH)
_SQUEEZE = cos(radians(38.6))
WIDTH = round((EAST - WEST) * _SQUEEZE * _SCALE)
# Where the map ends if nothing on it lies further south.
NORTHERN_HEIGHT = 740


class Point(NamedTuple):
    """A point of the map, in the units of its drawing."""

    x: float
    y: float


def on_map(latitude: float, longitude: float) -> Point:
    return Point((longitude - WEST) * _SQUEEZE * _SCALE, (NORTH - latitude) * _SCALE)


PLACES = {
    "pyongyang": on_map(39.03, 125.75),
    "seoul": on_map(37.57, 126.98),
    "musan": on_map(42.23, 129.21),
    "hyesan": on_map(41.4, 128.18),
    "sinuiju": on_map(40.1, 124.4),
    "rason": on_map(42.25, 130.3),
    "chongjin": on_map(41.8, 129.78),
    "hamhung": on_map(39.92, 127.54),
    "hungnam": on_map(39.83, 127.62),
    "wonsan": on_map(39.15, 127.44),
    "kaesong": on_map(37.97, 126.55),
    "nampo": on_map(38.74, 125.41),
    "haeju": on_map(38.04, 125.71),
    "sariwon": on_map(38.51, 125.76),
    "sinchon": on_map(38.36, 125.48),
    "kanggye": on_map(40.97, 126.59),
    "manpo": on_map(41.15, 126.29),
    "hoeryong": on_map(42.44, 129.75),
    "onsong": on_map(42.96, 129.99),
    "namyang": on_map(42.94, 129.85),
    "kimchaek": on_map(40.67, 129.2),
    "panmunjom": on_map(37.96, 126.68),
    "mount-paektu": on_map(41.99, 128.08),
    "mount-kumgang": on_map(38.66, 128.11),
    "dandong": on_map(40.13, 124.39),
    "yanji": on_map(42.89, 129.51),
    "tumen": on_map(42.97, 129.84),
    "changbai": on_map(41.42, 128.2),
    "jian": on_map(41.12, 126.18),
    "helong": on_map(42.55, 129.0),
    "longjing": on_map(42.77, 129.42),
    "hunchun": on_map(42.86, 130.37),
    "incheon": on_map(37.46, 126.71),
    "daejeon": on_map(36.35, 127.38),
    "daegu": on_map(35.87, 128.6),
    "gwangju": on_map(35.16, 126.85),
    "busan": on_map(35.18, 129.08),
}
PROVINCES = {
    "north-pyongan": on_map(40.0, 125.3),
    "south-pyongan": on_map(39.5, 126.2),
    "chagang": on_map(40.8, 126.5),
    "ryanggang": on_map(41.3, 128.0),
    "north-hamgyong": on_map(41.8, 129.5),
    "south-hamgyong": on_map(40.3, 127.8),
    "kangwon": on_map(38.7, 127.5),
    "north-hwanghae": on_map(38.5, 126.4),
    "south-hwanghae": on_map(38.2, 125.6),
}
# Points along the two rivers, of the drawing's own line: words rather stand beside it.
RIVERS = tuple(
    Point(x, y)
    for x, y in (
        *((551, 87), (527, 65), (517, 39), (487, 64), (485, 93), (456, 98), (442, 120), (419, 140), (392, 140)),
        *((363, 140), (354, 174), (356, 207), (328, 204), (297, 197), (266, 193), (250, 165), (226, 179)),
        *((216, 204), (196, 235), (176, 260), (148, 266), (126, 289), (93, 299), (70, 317), (39, 346)),
    )
)
# Where the words of a border may stand: on its far side.
BORDERS: dict[str, tuple[Point, ...]] = {
    "china": (on_map(41.75, 126.6), on_map(41.2, 125.3), on_map(42.4, 127.9), on_map(42.0, 127.2)),
    "russia": (on_map(41.95, 130.6), on_map(42.75, 130.7), on_map(42.2, 130.9), on_map(42.5, 130.9)),
    "south": (on_map(37.8, 127.7), on_map(37.6, 128.0), on_map(37.3, 127.9), on_map(38.9, 128.6)),
}
# Where the words of countries and rivers may stand; they are left out where there is no room.
COUNTRIES: dict[str, tuple[Point, ...]] = {
    "North Korea": (
        *(
            on_map(40.3, 126.9),
            on_map(40.8, 127.1),
            on_map(40.0, 126.8),
            on_map(40.6, 126.9),
            on_map(39.7, 126.4),
            on_map(40.3, 127.8),
        ),
        *(on_map(38.7, 126.8), on_map(38.5, 126.8), on_map(41.0, 128.2), on_map(39.7, 128.9), on_map(38.6, 124.9)),
    ),
    "South Korea": (on_map(36.9, 128.1), on_map(36.5, 127.9), on_map(37.2, 128.2), on_map(36.0, 128.1)),
    "China": (on_map(42.3, 125.8), on_map(42.7, 127.2), on_map(41.6, 125.0), on_map(43.0, 126.0)),
    "Russia": (on_map(43.05, 130.9), on_map(43.15, 130.6)),
}


def _one_of(kind: str, known: dict[str, Point] | dict[str, tuple[Point, ...]]) -> AfterValidator:
    """Return a check that a name is known, which lists those that are."""

    def check(name: str) -> str:
        if name not in known:
            raise ValueError(f"“{name}” is no {kind} of the map; there are {', '.join(sorted(known))}")
        return name

    return AfterValidator(check)


PlaceName = Annotated[str, _one_of("place", PLACES), Field(json_schema_extra={"enum": sorted(PLACES)})]
Province = Annotated[str, _one_of("province", PROVINCES), Field(json_schema_extra={"enum": sorted(PROVINCES)})]
Border = Annotated[str, _one_of("border", BORDERS), Field(json_schema_extra={"enum": sorted(BORDERS)})]


def name_of(place: str) -> str:
    """Return a place's or province's name as it is written: "Mount Paektu"."""
    return " ".join(word.capitalize() for word in place.split("-"))
