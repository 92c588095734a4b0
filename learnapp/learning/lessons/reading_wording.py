"""Reading wording: where one is in a lesson, the choices of how it looks, and words that open to what they mean."""

import re
from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from learnapp.content.catalog import Lesson
from learnapp.content.facts import Fact
from learnapp.learning.lessons.pages import LessonText
from learnapp.web.catalog import current_catalog
from learnapp.web.display import CONTRASTS, TEXT_SIZES, THEMES

_MARKED = re.compile(r'<dfn class="term" id="term-([a-z0-9-]+)">(.*?)</dfn>', re.S)


def module_word(lesson: Lesson) -> str:
    """Return the way up from a lesson in two words."""
    return _("Module %(number)s", number=current_catalog().modules[lesson.module].number)


def place_words(lesson: Lesson, text: LessonText) -> Markup:
    """Return which lesson this is and how many parts it has, as HTML; a script puts the part that is read there."""
    number = f"{current_catalog().modules[lesson.module].number}.{lesson.number}"
    count = len(text.steps)
    parts = ngettext("%(num)s part", "%(num)s parts", count)
    words = _("Part %(number)s of %(total)s", number="{number}", total=count) if count > 1 else parts
    return Markup('<span>{} · <span data-part="{}">{}</span></span>').format(number, words, parts)


def cited(names: Iterable[str]) -> list[Fact]:
    """Return the facts and pieces of evidence of these names that pages may show."""
    facts = current_catalog().facts
    return [facts[name] for name in names if name in facts]


def display_choices(name: str) -> list[tuple[str, str]]:
    """Return the values and words of one choice of how pages look: theme, contrast or text."""
    choices = {"theme": THEMES, "contrast": CONTRASTS, "text": TEXT_SIZES}[name]
    return [(value, str(words)) for value, words in choices.items()]


def terms_to_press(html: str) -> str:
    """Return a paragraph's HTML in which each marked word leads to its meaning below the paragraph."""
    return _MARKED.sub(r'<a class="term" id="term-\1" href="#gloss-\1">\2</a>', html)


def marks_term(html: str, slug: str) -> bool:
    """Tell whether a paragraph's HTML marks this term."""
    return f' id="term-{slug}"' in html
