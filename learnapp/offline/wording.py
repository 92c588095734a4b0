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
        "cards": _("Something is to be told about answers to review cards."),
        "see_cards": _("See your cards"),
        "talk": _("A conversation that you practiced here went on in another window or on another device, too."),
        "see_talk": _("Choose which one to keep"),
        "look": _("Look at question {number}"),
    }
