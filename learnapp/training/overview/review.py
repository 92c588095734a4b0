"""Review of a program: whether its questions are fresh enough today to renew a certificate. Pure."""

from collections.abc import Sequence
from math import ceil

from learnapp.content.programs import Program
from learnapp.learning.review.queue import SECONDS_A_CARD, ReviewQueue
from learnapp.learning.review.schedule import recall
from learnapp.training.overview.steps import ProgramReview

FRESH = 0.8  # so much of a program's questions is likely known on the day


def program_review(program: Program, queue: ReviewQueue) -> ProgramReview:
    """Return how well somebody's questions of a program are known on the queue's day; without any they are fresh.

    The minutes are for those most likely forgotten, as many as have to be answered until the share is reached.
    """
    cards = [card for card in queue.cards if card.module in program.modules]
    known = sorted(recall(card.memory, queue.today) for card in cards)
    lacking = FRESH * len(known) - sum(known)
    if lacking <= 0:
        return ProgramReview()
    return ProgramReview(fresh=False, minutes=max(1, ceil(_to_answer(known, lacking) * SECONDS_A_CARD / 60)))


def _to_answer(known: Sequence[float], lacking: float) -> int:
    """Return how many questions, those least known first, have to be answered right to make up what is lacking."""
    gained, count = 0.0, 0
    for share in known:
        if gained >= lacking:
            break
        gained, count = gained + 1 - share, count + 1
    return count
