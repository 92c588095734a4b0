"""Words of review: when cards come and from where, and the date aimed at."""

from collections.abc import Sequence
from datetime import date

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from learnapp.learning.review.queue import AnsweredCard, ReviewQueue
from learnapp.web.i18n import coming, date_words


def next_cards(queue: ReviewQueue) -> str:
    """Return when the next cards come, or nothing where none do."""
    if queue.next is None:
        return ""
    day, count = queue.next
    return str(ngettext("The next card comes %(when)s.", "The next %(num)s cards come %(when)s.", count,
                        when=coming(day)))  # fmt: skip


def comes_back(answered: AnsweredCard, queue: ReviewQueue) -> str:
    """Return when a card that was just answered comes back; nothing if today, or if it was answered since."""
    card = answered.card
    if answered.number != card.times or card.memory.due_on <= queue.today:
        return ""
    return str(_("This card comes back %(when)s.", when=coming(card.memory.due_on)))


def cards_from(titles: Sequence[str]) -> str:
    """Return from which lessons today's cards are: two at most by their titles."""
    if len(titles) == 1:
        return str(_("From “%(first)s”.", first=titles[0]))
    first, second, *more = titles
    if not more:
        return str(_("From “%(first)s” and “%(second)s”.", first=first, second=second))
    return str(
        ngettext(
            "From “%(first)s”, “%(second)s” and %(num)s more lesson.",
            "From “%(first)s”, “%(second)s” and %(num)s more lessons.",
            len(more),
            first=first,
            second=second,
        )
    )


def nothing_due(queue: ReviewQueue) -> str:
    """Return why no card is in front."""
    if queue.done:
        words = _("That is all for today.")
    else:
        words = _("Nothing to review today.") if queue.cards else _("No cards yet.")
    return str(words)


def aim_note(aim: date | None, today: date) -> str:
    """Return what is said of the date aimed at, or what one is good for."""
    if aim is None:
        words = _(
            "If you need to know this on a certain day, enter it here. You then see how much you are likely"
            " to remember on that day."
        )
    elif aim > today:
        words = _("You need this on %(date)s.", date=date_words(aim))
    else:
        words = _("%(date)s, the day you had in mind, has come. Choose another one, or remove it.",
                  date=date_words(aim))  # fmt: skip
    return str(words)


def aim_summary(aim: date | None, forecast: bool) -> str:
    """Return the words that open the date aimed at, and its forecast if there is one."""
    if forecast:
        return str(_("See how much you are likely to remember, or change the date"))
    return str(_("Change the date") if aim else _("Choose a date"))


def init_app(app: Flask) -> None:
    """Give templates these words."""
    functions = (aim_note, aim_summary, cards_from, comes_back, next_cards, nothing_due)
    app.jinja_env.globals.update({function.__name__: function for function in functions})
