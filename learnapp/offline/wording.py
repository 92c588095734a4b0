"""Words for answers that wait on a device, as scripts show them on any page."""

from flask_babel import gettext as _


def waiting_words() -> dict[str, str]:
    """Return what a page says of answers that wait, by how they stand; scripts put in numbers and words."""
    return {
        "sending": _("Answers that wait on this device: {count}. They are being sent."),
        "left": _("Answers that still wait on this device: {count}."),
        "arrived": _("All answers that waited on this device have arrived."),
        "see": _("See how the quiz went"),
        "conflict": _("Question {number} was answered in another window or on another device, too."),
        "choose": _("Choose which answer to keep"),
        "closed": _("Question {number} was checked in another window or on another device: that answer counts."),
        "refused": _("An answer to question {number} was not taken. {words}"),
        "lacks": _("Question {number} lacks something, so it was not checked."),
        "cards": _("Something is to be told about answers to review cards."),
        "see_cards": _("See your cards"),
        "talk_choose": _("A conversation that you practiced here went on in another window or on another device, too."),
        "see_talk_choose": _("Choose which one to keep"),
        "talk_rewritten": _(
            "A conversation that you practiced here has been rewritten since. It goes on where your replies still fit."
        ),
        "see_talk_rewritten": _("Open the conversation"),
        "talk_gone": _("A conversation that you practiced here is not open to you any more."),
        "talk_gone_kept": _(
            "A conversation that you practiced here is not open to you any more. What you wrote is kept with your data."
        ),
        "see_talk_gone_kept": _("See what you wrote"),
        "talk_gone_left": _(
            "A conversation that you practiced here is not open to you any more. What you wrote beside it is kept on"
            " this device alone."
        ),
        "see_talk_gone_left": _("See what you wrote"),
        "look": _("Look at question {number}"),
    }
