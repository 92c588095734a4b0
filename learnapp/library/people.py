"""People: who speaks in the course or is told of, as readers of some age may meet them. Pure, frozen values."""

from collections.abc import Iterable
from dataclasses import dataclass

from learnapp.content.ages import CatalogAges
from learnapp.content.blocks import groups_in
from learnapp.content.catalog import Catalog, Lesson
from learnapp.content.evidence import Person


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A person, the lessons in which a reader meets them, and the drawing of a thing that goes with their story."""

    person: Person
    lessons: tuple[Lesson, ...]
    drawing: str | None = None


def people(catalog: Catalog, ages: CatalogAges, age: int) -> tuple[PersonEntry, ...]:
    """Return the people whom readers of this age meet in a lesson, in that order, and of whom everything is open.

    Where some of it is withheld, what a person does may tell of that: the person is named only if they have an
    `open_act`. Of whom nothing is open, nothing is told, not even the name.
    """
    entries = (_entry(catalog, person, ages, age) for person in catalog.people.values())
    order = {lesson.key: number for number, lesson in enumerate(catalog.lessons.values())}
    met = [entry for entry in entries if entry is not None]
    return tuple(sorted(met, key=lambda entry: order[entry.lessons[0].key]))


def people_told(entries: Iterable[PersonEntry], lesson: Lesson, route: str | None) -> list[PersonEntry]:
    """Return those of whom a version of a lesson tells outside of its cards, which a reader may have left closed."""
    told = {
        fact
        for group, card in groups_in(lesson.short if route == "short" else lesson.blocks)
        if card is None
        for paragraph in group.items
        for fact in paragraph.facts
    }
    return [entry for entry in entries if not told.isdisjoint(entry.person.facts)]


def _entry(catalog: Catalog, person: Person, ages: CatalogAges, age: int) -> PersonEntry | None:
    told = [lesson for lesson in catalog.lessons.values() if lesson.person and lesson.person.id == person.id]
    shown = [fact for fact in person.facts if ages.facts.get(fact, age + 1) <= age]
    if not shown or (len(shown) < len(person.facts) and not person.open_act):
        return None
    keys = {lesson.key for fact in shown for lesson, _place in catalog.places_of(fact) if lesson.age.opens <= age}
    keys |= {lesson.key for lesson in told if lesson.age.opens <= age}
    drawing = next((lesson.person.drawing for lesson in told if lesson.person and lesson.person.drawing), None)
    lessons = tuple(lesson for lesson in catalog.lessons.values() if lesson.key in keys)
    return PersonEntry(person, lessons, drawing) if lessons else None
