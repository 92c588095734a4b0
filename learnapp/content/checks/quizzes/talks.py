"""Conversations: three replies a turn, the best one not by its length, and choices between two goods."""

from typing import NamedTuple

from learnapp.content.checks.replies import best_is_longest, check_turns_together
from learnapp.content.load.drafts import CourseDraft, ItemDraft
from learnapp.content.problems import Report
from learnapp.quiz.types.scenario import Scenario, Turn

REPLIES = 3
ENOUGH_TURNS = 10


class TurnDraft(NamedTuple):
    """A turn of a conversation and the item that it is in."""

    item: ItemDraft
    number: int
    turn: Turn


def check_talks(draft: CourseDraft, report: Report) -> None:
    """Hold the conversations of quizzes against the guide, each and all together."""
    turns: list[TurnDraft] = []
    for lesson in draft.lessons:
        own = [turn for item in lesson.items() for turn in turns_of(item)]
        for turn in own:
            check_turn(turn, report)
        longest = [turn for turn in own if best_is_longest(turn.turn)]
        if len(own) > 1 and len(longest) == len(own):
            words = f"the best reply is the longest in all {len(own)} turns of this quiz; shorten one"
            report.error(longest[-1].item.place("turns", longest[-1].number), "reply-longest", words)
        turns += own
    if draft.has_every_quiz and len(turns) >= ENOUGH_TURNS:
        check_turns_together(
            [(turn.item.place("turns", turn.number), turn.turn) for turn in turns], report, "the course"
        )


def turns_of(item: ItemDraft) -> list[TurnDraft]:
    """Return the turns of an item; none where it is no conversation."""
    turns = item.item.turns if isinstance(item.item, Scenario) else ()
    return [TurnDraft(item, number, turn) for number, turn in enumerate(turns)]


def check_turn(draft: TurnDraft, report: Report) -> None:
    """Report a turn without three replies, and a good reply that does not say what it costs."""
    place, turn = draft.item.place("turns", draft.number), draft.turn
    if len(turn.replies) != REPLIES:
        words = f"a turn has three replies, this has {len(turn.replies)}"
        report.error(place, "reply-count", words)
    for number, reply in enumerate(turn.replies):
        if turn.two_goods and reply.rating == "best" and reply.cost is None:
            words = "two replies are best here: say under `cost` what each of them costs"
            report.error(draft.item.place("turns", draft.number, "replies", number), "reply-cost", words)
