"""Words of practice: how a reply works, and how far somebody is in a conversation."""

from flask_babel import gettext as _
from flask_babel import ngettext

from learnapp.content.conversations import Conversation, PracticeReply, PracticeTurn
from learnapp.quiz.item import shuffled_order
from learnapp.training.practice.values import StoredRun
from learnapp.web.i18n import date_words, local_time


def reply_verdict(reply: PracticeReply) -> str:
    """Return in two or three words how a reply works."""
    if reply.cost:
        return _("Good, at a cost.")
    return {"best": _("Works well."), "weak": _("Could work better."), "worse": _("Does not help.")}[reply.rating]


def shuffled_replies(conversation: Conversation, turn: PracticeTurn) -> list[PracticeReply]:
    """Return the replies of a turn as they are shown: in an order that is not the file's, the same for everybody."""
    order = shuffled_order(len(turn.replies), conversation.slug, 0, turn.id)
    return [turn.replies[index] for index in order]


def run_words(conversation: Conversation, run: StoredRun | None) -> str:
    """Return how far somebody is in a conversation, or about how long it takes."""
    if run is None:
        return ngettext("About %(num)s minute", "About %(num)s minutes", conversation.minutes)
    if run.done_at is not None:
        return _("Done on %(day)s", day=date_words(local_time(run.done_at).date()))
    return _("Begun")
