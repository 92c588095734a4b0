"""Reading wording: where one is in a lesson, how it looks, marked words that open."""

from flask import Flask

from learnapp.learning.lessons import reading_wording as wording
from learnapp.learning.lessons.pages import LessonVersion, lesson_text
from learnapp.web.catalog import current_catalog

MARKED = 'They drink <dfn class="term" id="term-oolong">oolong</dfn>, and <dfn class="term">other</dfn> tea.'


def test_a_marked_word_leads_to_what_it_means() -> None:
    assert wording.terms_to_press(MARKED) == (
        'They drink <a class="term" id="term-oolong" href="#gloss-oolong">oolong</a>,'
        ' and <dfn class="term">other</dfn> tea.'
    )


def test_a_meaning_stands_below_the_paragraph_that_marks_its_word() -> None:
    assert wording.marks_term(MARKED, "oolong")
    assert not wording.marks_term(MARKED, "oolon")
    assert not wording.marks_term(MARKED, "other")


def test_the_top_line_tells_lesson_and_parts_and_how_a_script_says_where_one_is(app: Flask) -> None:
    with app.test_request_context("/"):
        catalog = current_catalog()
        lesson = next(iter(catalog.lessons.values()))
        text = lesson_text(catalog, lesson, LessonVersion("closed", False))
        count = len(lesson.body)

        assert wording.module_word(lesson) == "Module 1"
        assert wording.place_words(lesson, text) == (
            f'<span>1.1 · <span data-part="Part {{number}} of {count}">{count} parts</span></span>'
        )


def test_only_what_pages_may_show_is_linked_as_a_source(app: Flask) -> None:
    with app.test_request_context("/"):
        name = next(iter(current_catalog().facts))
        assert [fact.id for fact in wording.cited([name, "gone.99"])] == [name]


def test_each_choice_of_how_pages_look_has_words(app: Flask) -> None:
    with app.test_request_context("/"):
        assert wording.display_choices("text")[0] == ("normal", "As on this device")
        assert [value for value, _words in wording.display_choices("theme")] == ["auto", "light", "dark"]
        assert ("more", "More contrast") in wording.display_choices("contrast")
