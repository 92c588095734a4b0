"""Lesson keys: the name "module/lesson" that a lesson has in rows, addresses, links and reports."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache


class LessonKey(str):
    """The name of a lesson, which is the text itself: it can be stored, compared and sorted as it is."""

    __slots__ = ()

    @staticmethod
    @lru_cache(maxsize=4096)
    def of(module: str, lesson: str) -> LessonKey:
        """Return the key of a module's lesson."""
        return LessonKey(f"{module}/{lesson}")

    @property
    def module(self) -> str:
        return self.partition("/")[0]

    @property
    def lesson(self) -> str:
        return self.partition("/")[2]


def former_keys(modules: Sequence[str], lessons: Sequence[str]) -> tuple[LessonKey, ...]:
    """Return a lesson's former keys, from its module's names and its own, the current first; some are whole keys."""
    keys = [LessonKey(name) if "/" in name else LessonKey.of(module, name) for module in modules for name in lessons]
    return tuple(dict.fromkeys(keys))[1:]
