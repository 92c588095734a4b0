"""Replies of conversations, in quizzes and to practice: the best one not told by its length, choices between goods."""

from collections.abc import Sequence
from typing import Protocol

from learnapp.content.problems import Position, Report

LONGEST = 0.4
TWO_GOODS = 1 / 3


class ReplyText(Protocol):
    """A reply, as far as its length counts."""

    @property
    def text(self) -> str: ...


class TurnReplies(Protocol):
    """A turn with its replies, those that are best among them."""

    @property
    def replies(self) -> Sequence[ReplyText]: ...

    @property
    def best(self) -> Sequence[ReplyText]: ...


def best_is_longest(turn: TurnReplies) -> bool:
    """Tell whether a best reply is longer than all others of its turn."""
    return any(
        all(len(reply.text) > len(other.text) for other in turn.replies if other is not reply) for reply in turn.best
    )


def check_turns_together(turns: Sequence[tuple[Position, TurnReplies]], report: Report, what: str) -> None:
    """Report a best reply that its length gives away too often in all of these turns, and too few between goods."""
    total = len(turns)
    longest = [place for place, turn in turns if best_is_longest(turn)]
    if len(longest) > total * LONGEST:
        words = f"the best reply is the longest in {len(longest)} of {total} turns of {what}, 40 % is the most"
        report.error(longest[-1], "reply-longest", f"{words}; shorten this one")
    plain = [place for place, turn in turns if len(turn.best) < 2]
    if total - len(plain) < total * TWO_GOODS:
        words = f"{total - len(plain)} of {total} turns of {what} are a choice between two goods, a third is wanted"
        report.error(plain[-1], "two-goods", f"{words}; make two replies `best` here, each with its `cost`")
