"""Age wording: what each answer to the question for an age group opens and closes, counted in the courses."""

from collections import Counter
from functools import lru_cache

from flask_babel import ngettext

from learnapp.content.ages import Access, band_access
from learnapp.content.catalog import Catalog
from learnapp.web.catalog import current_catalog


def age_effects() -> dict[str, str]:
    """Return what each answer opens and closes, in words, by its value in forms."""
    catalog = current_catalog()
    effects = {}
    for value in ("12", "14", "16", "18", ""):
        counts = count_access(catalog, int(value) if value else None)
        effects[value] = _effect_words(Counter(counts))
    return effects


@lru_cache(maxsize=12)
def count_access(catalog: Catalog, band: int | None) -> tuple[Access, ...]:
    """Return how much of each lesson is open to a band, in the order of the lessons."""
    access = band_access(catalog.lessons.values(), band)
    return tuple(access.to(lesson) for lesson in catalog.lessons.values())


def _effect_words(counts: Counter[Access]) -> str:
    """Return the counts as sentences; what is nought is left out."""
    total, parts = counts.total(), []
    if counts["whole"] == total:
        return ngettext("Opens the lesson, with every part.", "Opens all %(num)s lessons, with every part.", total)
    if counts["whole"]:
        parts.append(ngettext("Opens %(num)s lesson in full.", "Opens %(num)s lessons in full.", counts["whole"]))
    if counts["core"]:
        parts.append(ngettext("%(num)s more opens without its strongest parts.",
                              "%(num)s more open without their strongest parts.", counts["core"]))  # fmt: skip
    if counts["withheld"]:
        parts.append(ngettext("%(num)s stays closed.", "%(num)s stay closed.", counts["withheld"]))
    if counts["ask"]:
        parts.append(ngettext("%(num)s stays closed and asks again when you open it.",
                              "%(num)s stay closed and ask again when you open them.", counts["ask"]))  # fmt: skip
    return " ".join(parts)
