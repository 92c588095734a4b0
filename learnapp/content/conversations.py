"""Conversations for practice: what a visitor says, three replies to it, what each brings about, and why. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from math import ceil
from types import MappingProxyType
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, Field

from learnapp.content.blocks import VoiceNote
from learnapp.content.vocabulary import Line
from learnapp.quiz.model import FactId, FrozenModel, Slug, Text, left_out
from learnapp.quiz.types.scenario import Rating

END = "end"  # in the place of a turn: the conversation ends here
REPLIES = 3
TURNS_MAX = 12
PRACTICE_WORDS_A_MINUTE = 90  # with time to think of a reply


class PracticeReply(FrozenModel):
    """What one may say: how good it is, what the visitor does then, why, and the facts that all of it rests on.

    `facts` are none where it rests on no fact. Where two replies of a turn are best, each says its `cost`. `next` is
    the turn that it leads to, or END.
    """

    id: Slug
    text: Text
    rating: Rating
    reaction: Text
    why: Text
    facts: tuple[FactId, ...] = Field(max_length=8)
    cost: Text | None = Field(default=None, exclude_if=left_out)
    next: Slug


class PracticeTurn(FrozenModel):
    """What the visitor says, and the replies to choose from; `speaker` is who says it, if not the visitor."""

    id: Slug
    speaker: Line | None = Field(default=None, exclude_if=left_out)
    says: Text
    replies: tuple[PracticeReply, ...] = Field(min_length=REPLIES, max_length=REPLIES)

    @property
    def best(self) -> tuple[PracticeReply, ...]:
        """Return the best replies."""
        return tuple(reply for reply in self.replies if reply.rating == "best")

    def reply(self, name: str) -> PracticeReply | None:
        """Return the reply of this id, None where the turn has none."""
        return next((reply for reply in self.replies if reply.id == name), None)


class PracticeStep(NamedTuple):
    """A turn and the reply that was given to it."""

    turn: PracticeTurn
    reply: PracticeReply


class ConversationFile(FrozenModel):
    """quizzes/practice/<conversation>.yaml

    `anticipate` is asked before the visitor speaks, `meant` says afterward what may be behind it; `reflect` is asked at
    the end. `safety` names the safety point that the conversation is about, if any.
    """

    title: Line
    visitor: Line
    context: Text
    anticipate: Line
    meant: Text
    safety: Slug | None = Field(default=None, exclude_if=left_out)
    turns: tuple[PracticeTurn, ...] = Field(min_length=1, max_length=TURNS_MAX)
    reflect: Line


class Conversation(ConversationFile):
    """A conversation of the course. Every way through it ends: loading refuses any other.

    `opens` is the age from which all of its facts are shown, `minutes` about how long its longest way takes, `notes`
    say who says so, by the names of turn and reply.
    """

    slug: Slug
    opens: int
    minutes: int
    notes: Annotated[Mapping[tuple[str, str], tuple[VoiceNote, ...]], AfterValidator(MappingProxyType)]

    @cached_property
    def by_id(self) -> Mapping[str, PracticeTurn]:
        """Return its turns by their names."""
        return MappingProxyType({turn.id: turn for turn in self.turns})

    def steps(self, path: Sequence[str]) -> tuple[PracticeStep, ...]:
        """Return the turns along a path of replies, up to the first reply that there is none of, any more."""
        taken: list[PracticeStep] = []
        turn: PracticeTurn | None = self.turns[0]
        for name in path:
            reply = turn.reply(name) if turn else None
            if turn is None or reply is None:
                break
            taken.append(PracticeStep(turn, reply))
            turn = self.by_id.get(reply.next)
        return tuple(taken)

    def turn_after(self, steps: Sequence[PracticeStep]) -> PracticeTurn | None:
        """Return the turn that waits for a reply after these steps, None where the conversation has ended."""
        return self.by_id.get(steps[-1].reply.next) if steps else self.turns[0]


def ways(conversation: ConversationFile) -> Iterator[tuple[PracticeStep, ...]]:
    """Yield every way from the first turn to an end; a circle, and what leads to no turn, is left out."""
    turns = {turn.id: turn for turn in conversation.turns}

    def go_on(turn: PracticeTurn, before: tuple[PracticeStep, ...]) -> Iterator[tuple[PracticeStep, ...]]:
        for reply in turn.replies:
            way = (*before, PracticeStep(turn, reply))
            after = turns.get(reply.next)
            if reply.next == END:
                yield way
            elif after is not None and all(after is not step.turn for step in way):
                yield from go_on(after, way)

    yield from go_on(conversation.turns[0], ())


def words_of(step: PracticeStep) -> int:
    """Return how many words are read in a step, if one reads nothing of what was not chosen."""
    reply = step.reply
    return sum(map(word_count, (step.turn.says, reply.text, reply.reaction, reply.why)))


def way_words(way: Sequence[PracticeStep]) -> int:
    """Count the words that are read on a way."""
    return sum(map(words_of, way))


def minutes_of(conversation: ConversationFile) -> int:
    """Return about how many minutes the longest way through a conversation takes."""
    most = max(map(way_words, ways(conversation)))
    return ceil((most + word_count(conversation.context)) / PRACTICE_WORDS_A_MINUTE)


def word_count(text: str) -> int:
    """Count the words of a text; a dash parts words."""
    return len(re.findall(r"[^\s—–]+", text))
