"""Checks that item models share: texts that can be told apart, one key, conversations that end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from learnapp.quiz.model import Blank, Option, Turn
from learnapp.quiz.words import normal


def demand_one_key(options: Sequence[Option], what: str) -> None:
    """Raise ValueError unless exactly one option is marked as key."""
    keys = sum(option.key for option in options)
    if keys != 1:
        raise ValueError(f"mark exactly one {what} with `key: true`; {keys or 'none'} marked")


def demand_distinct(texts: Iterable[str], what: str, advice: str = "") -> None:
    """Raise ValueError if two texts read the same to a learner."""
    seen: set[str] = set()
    for text in texts:
        # Capitals and spaces do not tell texts apart for a reader; punctuation may.
        same = " ".join(text.casefold().split())
        if same in seen:
            raise ValueError(f"make the {what} differ: “{text}” stands there twice{advice}")
        seen.add(same)


def demand_clear_answers(number: int, blank: Blank) -> None:
    """Raise ValueError if an answer of the blank compares as nothing, or two compare as the same."""
    seen: set[str] = set()
    for answer in (*blank.accept, *(text for wrong in blank.wrong for text in wrong.answers)):
        same = normal(answer)
        if not same:
            raise ValueError(f"blank {number}: write a word for “{answer}”; nothing of it is compared")
        if same in seen:
            raise ValueError(
                f"blank {number}: remove one “{answer}”; capitals, articles and such do not count"
            )
        seen.add(same)


def demand_sound_conversation(turns: Sequence[Turn]) -> None:
    """Raise ValueError unless every turn can be reached, can be done well, and the conversation ends."""
    numbers = {turn.id: number for number, turn in enumerate(turns)}
    if len(numbers) < len(turns):
        raise ValueError("give each turn its own `id`; two are the same")
    for turn in turns:
        _demand_sound_turn(turn, numbers.keys())
    leads = [[numbers[reply.next] for reply in turn.replies if reply.next is not None] for turn in turns]
    if circle := find_circle(leads):
        names = " -> ".join(turns[number].id for number in circle)
        raise ValueError(f"let the conversation end; these turns lead round in a circle: {names}")
    if lost := set(range(len(turns))) - reachable(leads):
        raise ValueError(f"let a reply lead to turn {turns[min(lost)].id}, or remove the turn")


def _demand_sound_turn(turn: Turn, known: Iterable[str]) -> None:
    demand_distinct((reply.text for reply in turn.replies), f"replies of turn {turn.id}")
    if all(reply.rating != "best" for reply in turn.replies):
        raise ValueError(f"rate at least one reply of turn {turn.id} as `best`")
    for reply in turn.replies:
        if reply.next is not None and reply.next not in known:
            raise ValueError(f"write the id of a turn after `next` in turn {turn.id}; {reply.next} is none")


def reachable(leads: Sequence[Sequence[int]]) -> set[int]:
    """Return the turns that some path from turn 0 meets; `leads[i]` are the turns that i leads to."""
    seen, waiting = {0}, [0]
    while waiting:
        new = set(leads[waiting.pop()]) - seen
        seen |= new
        waiting.extend(new)
    return seen


def find_circle(leads: Sequence[Sequence[int]]) -> list[int]:
    """Return turns that lead back to the first of them, or nothing if every path ends."""
    left = set(range(len(leads)))
    while ends := {number for number in left if not left & set(leads[number])}:
        left -= ends
    if not left:
        return []
    path = [min(left)]  # Every turn left leads to another one left, so the path must meet itself.
    while path[-1] not in path[:-1]:
        path.append(min(left & set(leads[path[-1]])))
    return path[path.index(path[-1]) :]
