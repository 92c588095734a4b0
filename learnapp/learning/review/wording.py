"""Words of review: when cards come and from where, and the date aimed at."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from learnapp.learning.review.queue import AnsweredCard, ReviewQueue
from learnapp.web.i18n import date_words, on_day


def next_cards(queue: ReviewQueue) -> str:
    """Return when the next cards come, or nothing where none do."""
    if queue.next is None:
        return ""
    day, count = queue.next
    return ngettext("The next card comes %(when)s.", "The next %(num)s cards come %(when)s.", count, when=on_day(day))


def comes_back(answered: AnsweredCard, queue: ReviewQueue) -> str:
    """Return when a card that was just answered comes back; nothing if today, or if it was answered since."""
    card = answered.card
    if answered.number != card.times or card.memory.due_on <= queue.today:
        return ""
    return _("This card comes back %(when)s.", when=on_day(card.memory.due_on))


def cards_from(titles: Sequence[str]) -> str:
    """Return from which lessons today's cards are: two at most by their titles."""
    first, *others = titles
    if not others:
        return _("From “%(first)s”.", first=first)
    second, *more = others
    if not more:
        return _("From “%(first)s” and “%(second)s”.", first=first, second=second)
    return ngettext("From “%(first)s”, “%(second)s” and %(num)s more lesson.",
                    "From “%(first)s”, “%(second)s” and %(num)s more lessons.",
                    len(more), first=first, second=second)  # fmt: skip


def nothing_due(queue: ReviewQueue) -> str:
    """Return why no card is in front."""
    if queue.done:
        return _("That is all for today.")
    return _("Nothing to review today.") if queue.cards else _("No cards yet.")


def aim_note(aim: date | None, today: date) -> str:
    """Return what is said of the date aimed at, or what one is good for."""
    if aim is None:
        return _("If you need to know this on a certain day, enter it here. You then see how much you are likely"
                 " to remember on that day.")  # fmt: skip
    if aim > today:
        return _("You need this on %(date)s.", date=date_words(aim))
    return _("%(date)s, the day you had in mind, has come. Choose another one, or remove it.", date=date_words(aim))


def aim_summary(aim: date | None, forecast: bool) -> str:
    """Return the words that open the date aimed at, and its forecast if there is one."""
    if forecast:
        return _("See how much you are likely to remember, or change the date")
    return _("Change the date") if aim else _("Choose a date")
