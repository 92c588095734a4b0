"""Vera at a practice conversation: she goes through it by the forms of its pages."""

from collections.abc import Sequence

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from learnapp.content.conversations import Conversation, PracticeStep, ways


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
