"""The map of the peninsula: towns as dots, provinces as dashed circles, borders with their words."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pydantic import Field, model_validator

from learnapp.content.figures import places
from learnapp.content.figures.base import DrawnFigure, Facts, FigureTable
from learnapp.content.figures.map_words import CIRCLE, DOT, MapWords, Spot, beside, centered, place_words
from learnapp.content.figures.places import Border, PlaceName, Point, Province
from learnapp.content.vocabulary import Line
from learnapp.quiz.model import FrozenModel

_BORDER_NAMES = {"china": "Border with China", "russia": "Border with Russia", "south": "Border with South Korea"}


class MapSpot(FrozenModel):
    """A town or a mountain; its label is its name where left out."""

    place: PlaceName
    label: Line | None = None
    detail: Line | None = None
    facts: Facts

    @property
    def name(self) -> str:
        return self.label or places.name_of(self.place)

    @property
    def point(self) -> Point:
        return places.PLACES[self.place]


class MapArea(FrozenModel):
    """What lies somewhere in a province: a dashed circle in the province's middle, never the place."""

    province: Province
    label: Line
    detail: Line | None = None
    facts: Facts

    @property
    def point(self) -> Point:
        return places.PROVINCES[self.province]


class MapBorder(FrozenModel):
    """A border that stands out, with words such as its length."""

    border: Border
    label: Line | None = None
    facts: Facts


class MapGuess(FrozenModel):
    """A place of the map that readers may look for first."""

    place: PlaceName
    question: Line


class PlacedWords(NamedTuple):
    """Words on the map: in percent of it, and beside that point in rem."""

    text: str
    x: float
    y: float
    spot: Spot


class MapFigure(DrawnFigure):
    """A map. It ends below the middle of the peninsula where nothing on it lies further south."""

    kind: Literal["map"]
    spots: tuple[MapSpot, ...] = Field(default=(), max_length=10)
    areas: tuple[MapArea, ...] = Field(default=(), max_length=9)
    borders: tuple[MapBorder, ...] = Field(default=(), max_length=3)
    legend: Line | None = None
    guess: MapGuess | None = None

    @model_validator(mode="after")
    def _can_be_drawn(self) -> MapFigure:
        if not (self.spots or self.areas or self.borders):
            raise ValueError("a map shows at least one of `spots`, `areas` and `borders`")
        drawn = [
            *(spot.place for spot in self.spots),
            *(area.province for area in self.areas),
            *(border.border for border in self.borders),
        ]
        for name in drawn:
            if drawn.count(name) > 1:
                raise ValueError(f"{name} is drawn twice; one label says both")
        if self.guess and self.guess.place not in {spot.place for spot in self.spots}:
            raise ValueError(f"{self.guess.place} is to be guessed, but no spot is there")
        if self.guess and len(self.spots) < 3:
            raise ValueError("a guess needs three spots at least")
        if crowded := place_words(*self._words(), places.RIVERS)[1]:
            raise ValueError(f"there is no room for {', '.join(crowded)}: shorten labels, or leave some out")
        return self

    @property
    def height(self) -> int:
        """Return the height of the drawing in its units, whose width is `places.WIDTH`."""
        points = [*(spot.point for spot in self.spots), *(area.point for area in self.areas)]
        is_northern = all(point.y < places.NORTHERN_HEIGHT - 40 for point in points)
        return places.NORTHERN_HEIGHT if is_northern else places.HEIGHT

    def percent(self, point: Point) -> tuple[float, float]:
        """Return a point in percent of the map, across and down."""
        return point.x * 100 / places.WIDTH, point.y * 100 / self.height

    def placed(self) -> dict[str, tuple[PlacedWords, ...]]:
        """Return the words by what they belong to: "spots" and "areas" as those stand, "borders", "countries"."""
        words = self._words()[0]
        chosen = iter(zip(words, place_words(*self._words(), places.RIVERS)[0], strict=True))
        counts = {"spots": len(self.spots), "areas": len(self.areas)}
        counts |= {"borders": sum(bool(border.label) for border in self.borders), "countries": len(places.COUNTRIES)}
        groups = {name: [next(chosen) for _ in range(count)] for name, count in counts.items()}
        return {
            name: tuple(PlacedWords(one.text, *self.percent(spot.point), spot) for one, spot in group if spot)
            for name, group in groups.items()
        }

    def table(self) -> FigureTable:
        rows = [(spot.name, "Place", spot.detail or "") for spot in self.spots]
        rows += [(area.label, f"In {places.name_of(area.province)}", area.detail or "") for area in self.areas]
        rows += [(_BORDER_NAMES[border.border], "Border", border.label or "") for border in self.borders]
        return FigureTable(("What", "Where", "More"), tuple(rows))

    def _words(self) -> tuple[list[MapWords], list[Point], list[Point], float]:
        """Return all words with the spots that they may take, the dots and circles between them, and the height."""
        words = [MapWords(spot.name, beside(spot.point, DOT)) for spot in self.spots]
        words += [MapWords(area.label, beside(area.point, CIRCLE)) for area in self.areas]
        labeled = ((border.border, border.label) for border in self.borders if border.label)
        words += [MapWords(label, centered(places.BORDERS[border])) for border, label in labeled]
        words += [MapWords(name, centered(points), is_needed=False) for name, points in places.COUNTRIES.items()]
        return words, [spot.point for spot in self.spots], [area.point for area in self.areas], float(self.height)
