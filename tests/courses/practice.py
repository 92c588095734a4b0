"""A conversation about tea: a visitor who wants sugar, with a way to mend what was said badly."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from learnapp.content.blocks import VoiceNote
from learnapp.content.catalog import Catalog
from learnapp.content.conversations import Conversation, ConversationFile, minutes_of
from tests.courses.training import SERVER, program, training_course

SUGAR, MILK = "sugar", "milk"


def practice_reply(name: str, rating: str, leads: str, **changes: Any) -> dict[str, Any]:
    """Return a reply as a file has it."""
    usual = {
        "id": name,
        "text": f"I say {name}.",
        "rating": rating,
        "reaction": f"They hear {name}.",
        "why": f"Because of {name}.",
        "facts": [],
        "next": leads,
    }
    return usual | changes


def turn(name: str, *replies: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a turn as a file has it."""
    return {"id": name, "says": f"Visitor at {name}.", "replies": list(replies), **changes}


TURNS = (
    turn(
        "start",
        practice_reply("offer", "best", "more"),
        practice_reply("shrug", "weak", "more"),
        practice_reply("refuse", "worse", "sulk"),
    ),
    turn(
        "more",
        practice_reply("one", "best", "end", cost="It is little."),
        practice_reply("two", "best", "end", cost="It is much.", facts=["tea.01"]),
        practice_reply("none", "worse", "sulk"),
    ),
    turn(
        "sulk",
        practice_reply("sorry", "best", "end"),
        practice_reply("again", "weak", "end"),
        practice_reply("well", "weak", "end"),
    ),
)
WAYS = 13


def conversation(slug: str = SUGAR, opens: int = 0, **changes: Any) -> Conversation:
    """Make a conversation of three turns."""
    usual: dict[str, Any] = {
        "slug": slug,
        "title": f"At the {slug} bowl",
        "visitor": "A guest with a cup",
        "context": "You stand beside the pot.",
        "anticipate": "What may they want?",
        "meant": "Perhaps company.",
        "turns": TURNS,
        "reflect": "What would you want?",
        "opens": opens,
        "notes": {("more", "two"): (VoiceNote("page", (), "The page says so.", "Page"),)},
    }
    about = usual | changes
    fields = ConversationFile.model_fields
    file = ConversationFile.model_validate({name: value for name, value in about.items() if name in fields})
    return Conversation.model_validate({**about, "minutes": about.get("minutes") or minutes_of(file)})


def with_practice(catalog: Catalog, *conversations: Conversation) -> Catalog:
    """Return a catalog with these conversations."""
    return replace(catalog, conversations={one.slug: one for one in conversations})


def practice_course(*conversations: Conversation) -> Catalog:
    """Make the tea course with a program that asks for these conversations, or for the usual two."""
    given = conversations or (conversation(), conversation(MILK))
    names = [one.slug for one in given]
    return with_practice(training_course(program(SERVER, practice=names)), *given)
