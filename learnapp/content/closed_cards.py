"""Closed cards: the facts that only they tell, and what may be asked of somebody who has not opened them. Pure."""

from collections.abc import Collection
from dataclasses import replace

from learnapp.content.ages import AgeAccess
from learnapp.content.blocks import Card, facts_in_cards
from learnapp.content.catalog import Lesson


def card_anchors(lesson: Lesson) -> frozenset[str]:
    """Return the anchors of a lesson's cards."""
    return frozenset(block.anchor for block in lesson.blocks if isinstance(block, Card))


def closed_facts(lesson: Lesson, opened: Collection[str] = ()) -> frozenset[str]:
    """Return the facts that a lesson is the first to teach and tells in cards alone, those `opened` (anchors) not."""
    if not opened:
        return lesson.closed_facts
    return facts_in_cards(lesson.body, opened).intersection(lesson.facts)


def quiz_access(access: AgeAccess, lesson: Lesson, route: str | None, opened: Collection[str] = ()) -> AgeAccess:
    """Return what the main quiz may ask: nothing that only a closed card tells, unless everything is read."""
    closed = closed_facts(lesson, opened) if route != "all" else frozenset()
    return replace(access, withheld_facts=access.withheld_facts | closed) if closed else access


def asks_of_cards(lesson: Lesson) -> bool:
    """Tell whether the main quiz asks what only a card tells, so that its length tells who opened one."""
    return any(not lesson.closed_facts.isdisjoint(item.rests_on) for item in lesson.quiz.items)
