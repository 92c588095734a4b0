"""Vera at a practice conversation: she goes through it by the forms of its pages."""

from collections.abc import Sequence
from datetime import datetime

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from learnapp.content.catalog import Catalog
from learnapp.content.conversations import Conversation, PracticeStep, ways
from learnapp.training.practice import service
from tests.actors.training import Db


def say(client: FlaskClient, conversation: str, at: int, turn: str, reply: str) -> TestResponse:
    """Give a reply to a turn, the one after so many replies."""
    return client.post(f"/practice/{conversation}/reply", data={"at": at, "turn": turn, "reply": reply})


def go(client: FlaskClient, conversation: str, way: Sequence[PracticeStep], after: int = 0) -> None:
    """Give all replies of a way that come after so many of them."""
    for at, step in enumerate(way[after:], after):
        answer = say(client, conversation, at, step.turn.id, step.reply.id)
        assert (answer.status_code, answer.location) == (303, f"/practice/{conversation}#now")


def finish_conversation(client: FlaskClient, conversation: Conversation) -> None:
    """Go through a conversation to its first end."""
    assert client.post(f"/practice/{conversation.slug}/talk").status_code == 303
    go(client, conversation.slug, next(ways(conversation)))


def practice_all(session: Db, catalog: Catalog, user_id: int, now: datetime) -> None:
    """Have somebody do every conversation that they have not done, without a browser."""
    for one in catalog.conversations.values():
        for at, step in enumerate(next(ways(one))):
            service.give_reply(session, user_id, one, at, step.turn.id, step.reply.id, now)
        session.commit()
