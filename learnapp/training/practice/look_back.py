"""Look-back on a conversation: one's own replies beside better ones, where they differ. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from learnapp.content.conversations import PracticeReply, PracticeStep, PracticeTurn


class BetterReply(NamedTuple):
    """A turn, the reply that was given to it, and those that work better."""

    turn: PracticeTurn
    given: PracticeReply
    better: tuple[PracticeReply, ...]


def better_replies(steps: Sequence[PracticeStep]) -> tuple[BetterReply, ...]:
    """Return the turns of a way at which another reply works better, in order; none where all that was said works."""
    return tuple(BetterReply(step.turn, step.reply, step.turn.best) for step in steps if step.reply.rating != "best")
