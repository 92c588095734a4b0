"""Review of a program: how much of its questions is likely known on a day, and how long it takes to know enough."""

from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil

from learnapp.content.programs import Program
from learnapp.learning.review.queue import SECONDS_A_CARD, ReviewQueue
from learnapp.learning.review.schedule import recall
from learnapp.training.overview.steps import ProgramReview

FRESH = 0.8  # so much of a program's questions is likely known on the day


def program_review(program: Program, queue: ReviewQueue, day: date | None = None) -> ProgramReview:
    """Return how well somebody's questions of a program are known on a day, the queue's own if none is named."""
    return review_of(program_recalls(program, queue, day or queue.today))


def program_recalls(program: Program, queue: ReviewQueue, day: date) -> list[float]:
    """Return the predicted recall of each of somebody's questions of a program, if none is reviewed before the day."""
    return [recall(card.memory, day) for card in queue.cards if card.module in program.modules]


def review_of(recalls: Iterable[float]) -> ProgramReview:
    """Return how well questions are known of which these are the predicted recalls; without any they are fresh.

    The minutes are for those most likely forgotten, as many as have to be answered until the share is reached.
    """
    known = sorted(recalls)
    share = sum(known) / len(known) if known else 1.0
    lacking = FRESH * len(known) - sum(known)
    if lacking <= 0:
        return ProgramReview(known=share)
    minutes = max(1, ceil(_to_answer(known, lacking) * SECONDS_A_CARD / 60))
    return ProgramReview(fresh=False, minutes=minutes, known=share)


def _to_answer(known: Sequence[float], lacking: float) -> int:
    """Return how many questions, those least known first, have to be answered right to make up what is lacking."""
    gained, count = 0.0, 0
    for share in known:
        if gained >= lacking:
            break
        gained, count = gained + 1 - share, count + 1
    return count
