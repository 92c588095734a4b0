"""Guest merge of reviews: histories are united, and nothing is asked twice."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fsrs import Rating
from sqlalchemy import and_, bindparam, func, select, true

from learnapp.accounts.models import User
from learnapp.db import AnySession, begin_write, insert, table_of
from learnapp.learning.review.models import Review, ReviewAim, ReviewCard
from learnapp.learning.review.schedule import replay

_CARDS, _REVIEWS, _AIMS = table_of(ReviewCard), table_of(Review), table_of(ReviewAim)
_GUEST = select(User.id).where(User.id == bindparam("guest")).with_for_update()
_THEIRS, _MINE = _CARDS.alias(), _CARDS.alias()
_PAIR = select(
    _THEIRS.c.id.label("theirs"),
    _MINE.c.id.label("mine"),
    _THEIRS.c.times.label("their_times"),
    _MINE.c.times.label("my_times"),
    _THEIRS.c.seq.label("their_seq"),
    _MINE.c.seq.label("my_seq"),
)
_GIVE = (
    _REVIEWS.update()
    .where(_REVIEWS.c.card_id == bindparam("of_card"))
    .values(card_id=bindparam("to_card"), number=_REVIEWS.c.number + bindparam("after"))
)
_HISTORY = (
    select(_REVIEWS.c.reviewed_on, _REVIEWS.c.rating)
    .where(_REVIEWS.c.card_id == bindparam("card"))
    .order_by(_REVIEWS.c.reviewed_at, _REVIEWS.c.id)
)
_NEWEST = select(func.max(_REVIEWS.c.reviewed_at)).where(_REVIEWS.c.card_id == bindparam("card"))
_UPDATE = _CARDS.update().where(_CARDS.c.id == bindparam("of_card"))  # sets what is named when it is run
_HAND_OVER = _CARDS.update().where(_CARDS.c.user_id == bindparam("guest"))
_AIM = select(_AIMS.c.aim_on).where(_AIMS.c.user_id == bindparam("guest"))


def merge_cards(session: AnySession, theirs: dict[str, Any], mine: dict[str, Any]) -> None:
    """Unite each pair of cards that is the same but for these columns; the second of the two stays.

    Its memory is worked out anew from both histories in the order of time.
    """
    same = [_MINE.c[name] == _THEIRS.c[name] for name in ("user_id", "lesson", "item_id") if name not in mine]
    given = [_THEIRS.c[name] == value for name, value in theirs.items()]
    given += [_MINE.c[name] == value for name, value in mine.items()]
    pairs = _PAIR.join(_MINE, and_(true(), *same)).where(*given).order_by(_MINE.c.id).with_for_update()
    for row in session.execute(pairs).all():
        session.execute(_GIVE, {"of_card": row.theirs, "to_card": row.mine, "after": row.my_times})
        session.execute(_CARDS.delete().where(_CARDS.c.id == row.theirs))
        history = [(day, Rating(rating)) for day, rating in session.execute(_HISTORY, {"card": row.mine})]
        if not history:
            continue  # both came without one, so that the account's own card is as good as any
        updated = {
            **asdict(replay(history)),
            "times": row.my_times + row.their_times,
            "seq": row.my_seq + row.their_seq + 1,
            "hints": 0,
            "draft": None,
            "saved_at": session.execute(_NEWEST, {"card": row.mine}).scalar_one(),
        }
        session.execute(_UPDATE, {"of_card": row.mine, **updated})


def merge_reviews(session: AnySession, guest_id: int, user_id: int) -> None:
    """Give the guest's cards to the account, in the transaction of the sign-in.

    Cards that both have for a question are united. The account's own date to aim at stays; without one the
    guest's is taken.
    """
    if guest_id == user_id:
        return
    begin_write(session)
    # While this row is locked nothing new can refer to the guest, so what is handed over is all there is.
    session.execute(_GUEST, {"guest": guest_id})
    merge_cards(session, {"user_id": guest_id}, {"user_id": user_id})
    session.execute(_HAND_OVER, {"guest": guest_id, "user_id": user_id})
    aim = session.execute(_AIM, {"guest": guest_id}).scalar_one_or_none()
    if aim is not None:
        mine = insert(session, ReviewAim).values(user_id=user_id, aim_on=aim)
        session.execute(mine.on_conflict_do_nothing())
        session.execute(_AIMS.delete().where(_AIMS.c.user_id == bindparam("guest")), {"guest": guest_id})
