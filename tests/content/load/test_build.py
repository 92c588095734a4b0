from learnapp.content.blocks import Card, FigureSlot, Guess, Paragraphs, Piece, VoiceNote, figures_in, groups_in
from learnapp.content.figures.close_readings import MechanismFigure
from learnapp.content.figures.lists import GridFigure, GroupsFigure
from learnapp.content.vocabulary import Ages
from tests.courses.island import LAMP, WRECK, Island
from tests.courses.real import real_catalog


def test_a_lesson_has_all_that_its_front_matter_says(island: Island) -> None:
    lesson = island.lesson("1-sea", "1-the-wreck")

    assert lesson.title == "The wreck"
    assert (lesson.number, lesson.minutes, lesson.sensitivity) == (1, 7, "strong")
    assert lesson.age == Ages(core=None, full=16, teacher_release=True)
    assert lesson.gated == ("wreck.03", "wreck.04")
    assert lesson.advisory == "This lesson is about a ship that was wrecked."
    assert lesson.advisory_for(cards=False) == lesson.advisory
    assert lesson.advisory_for(cards=True) == f"{lesson.advisory} Closed parts of it tell how people died at sea."
    assert len(lesson.end.key_points) == 2
    assert [type(one) for one in figures_in(lesson.body)] == [GridFigure]
    assert lesson.words > 400


def test_each_lesson_keeps_its_figure(island: Island) -> None:
    kinds = [type(figure) for lesson in island.catalog().lessons.values() for figure in figures_in(lesson.body)]

    assert kinds == [GroupsFigure, MechanismFigure, GridFigure]


def test_the_parts_of_a_lesson_stand_in_the_order_of_the_file(island: Island) -> None:
    evening, looked, glass, _ = island.lesson("1-light", "1-the-lamp").body

    assert (evening.id, evening.title) == ("evening", "An evening on the rock")
    assert [type(block) for block in evening.blocks] == [Paragraphs, Paragraphs, Guess]
    assert [type(block) for block in looked.blocks] == [Piece, Paragraphs]
    assert [type(block) for block in glass.blocks] == [Paragraphs, FigureSlot, Piece, Paragraphs]


def test_only_the_first_paragraph_is_the_opening(island: Island) -> None:
    blocks = island.lesson("1-light", "1-the-lamp").blocks
    items = [one for group, _ in groups_in(blocks) for one in group.items]

    assert [one.opening for one in items] == [True] + [False] * (len(items) - 1)
    assert [one.anchor for one in items] == [f"p{number}" for number in range(1, len(items) + 1)]
    assert [one.tag for one in items][6:8] == ["p", "ul"]


def test_a_paragraphs_margin_has_its_voice_and_its_terms(island: Island) -> None:
    first = island.lesson("1-light", "1-the-lamp").body[0].blocks[0]

    assert isinstance(first, Paragraphs)
    words = "Ada Lamb, who left the island in 1998."
    assert first.notes == (VoiceNote("said", (1,), words, "Ada Lamb", ("keepers.01",)),)
    (wick,) = first.glosses
    assert (wick.slug, wick.term) == ("wick", "Wick")
    assert wick.meaning_html == "the <em>cord</em> in a lamp that draws up the oil."
    assert '<dfn class="term" id="term-wick">wick</dfn>' in first.items[0].html


def test_a_paragraph_with_a_figure_from_a_survey_shows_year_and_caveat(island: Island) -> None:
    glass = island.lesson("1-light", "1-the-lamp").body[2]
    notes = [group.notes[0] for group, _ in groups_in(glass.blocks)]

    words = "Harbor Watch, survey of lights, 2012. The count moves: 27 nights in 2013."
    assert notes[1] == VoiceNote("ngo", (6,), words, "Harbor Watch, 2012", ("lamp.03",))


def test_neighbours_with_the_same_notes_share_one_margin(island: Island) -> None:
    island.edit(LAMP, '{own="How historians weigh evidence."}', '{own="A short list of our own."}')

    last = island.lesson("1-light", "1-the-lamp").body[3]
    shared = next(group for group, _ in groups_in(last.blocks) if len(group.items) == 2)

    assert shared.notes == (VoiceNote("own", (8, 9), "A short list of our own."),)


def test_cards_are_gated_if_a_gated_fact_stands_in_them(island: Island) -> None:
    wreck = [block for section in island.lesson("1-sea", "1-the-wreck").body for block in section.blocks]
    keepers = [block for section in island.lesson("1-light", "2-the-keepers").body for block in section.blocks]
    cards = [block for block in (*wreck, *keepers) if isinstance(block, Card)]

    assert [(card.title, card.anchor, card.numbers, card.gated) for card in cards] == [
        ("How many people died", "card-1", (3,), True),
        ("What Vera Reed saw", "card-2", (4,), True),
        ("What a closed harbor meant", "card-1", (5,), False),
    ]
    assert cards[0].blocks[0].items[0].facts == ("wreck.03",)
    assert cards[2].blocks[0].notes[0].text == "Museum page, about 2015. The days are an estimate."


def test_the_short_version_has_anchors_of_its_own(island: Island) -> None:
    short = island.lesson("1-sea", "1-the-wreck").short
    items = [one for block in short if isinstance(block, Paragraphs) for one in block.items]

    assert [(one.anchor, one.number, one.facts) for one in items] == [
        ("s1", 1, ("wreck.05",)),
        ("s2", 2, ("keepers.03", "lamp.02")),
        ("s3", 3, ()),
    ]


def test_a_strong_lesson_ends_with_a_pause(island: Island) -> None:
    pause = island.lesson("1-sea", "1-the-wreck").end.pause_html

    assert pause is not None
    assert pause.startswith("<p>Look up and away from the page for a moment.</p><ul><li>Talk to somebody")
    assert island.lesson("1-light", "1-the-lamp").end.pause_html is None


def test_quizzes_come_with_their_settings_and_the_short_one_apart(island: Island) -> None:
    wreck, keepers = island.lesson("1-sea", "1-the-wreck"), island.lesson("1-light", "2-the-keepers")

    assert (wreck.quiz.pass_mark, wreck.quiz.shuffle_items) == (60, True)
    assert (keepers.quiz.behaviour, keepers.quiz.certainty) == ("interactive", True)
    assert wreck.short_quiz is not None
    assert [item.id for item in wreck.short_quiz.items] == ["wreck-s1", "wreck-s2", "wreck-s3"]
    assert keepers.short_quiz is None


def test_all_nine_types_of_item_load(island: Island) -> None:
    types = {item.type for lesson in island.catalog().lessons.values() for item in lesson.quiz.items}

    assert len(types) == 9


def test_what_a_lesson_rests_on_counts_the_facts_it_cites(island: Island) -> None:
    rows = island.lesson("1-light", "1-the-lamp").end.rests

    assert [(row.voice, row.count, row.keep_in_mind) for row in rows] == [
        ("page", 3, "Undated, about 2015. Lamps are changed at times."),
        ("said", 1, "One person, who escaped in 1998."),
        ("un", 1, "From 2014."),
        ("ngo", 1, "From 2012. Figures change; give the year with them."),
    ]


def test_no_word_of_a_gated_card_stands_outside_of_it(island: Island) -> None:
    lesson = island.lesson("1-sea", "1-the-wreck")
    open_blocks = [block for section in lesson.body for block in section.blocks if not isinstance(block, Card)]

    assert "twelve people drowned" in island.text(WRECK)
    assert "twelve people drowned" not in repr(
        (open_blocks, lesson.short, lesson.end, lesson.short_end, figures_in(lesson.body))
    )


def test_who_gets_no_gated_cards_is_told_neither_how_many_speak_in_them_nor_who(island: Island) -> None:
    island.edit(WRECK, "\nkey_points:", "\nkeep_in_mind: {said: 'Vera Reed, twice.', page: A page.}\nkey_points:")
    end = island.lesson("1-sea", "1-the-wreck").end

    assert [(row.count, row.keep_in_mind) for row in end.rests if row.voice == "said"] == [(3, "Vera Reed, twice.")]
    assert [(row.count, row.keep_in_mind) for row in end.open_rests if row.voice == "said"] == [
        (2, "Two people, who escaped in 1998 and 2001.")
    ]


def test_an_author_s_words_stay_where_no_gated_card_speaks_in_that_voice(island: Island) -> None:
    lamp, wreck = island.lesson("1-light", "1-the-lamp"), island.lesson("1-sea", "1-the-wreck")

    assert lamp.end.open_rests == lamp.end.rests
    assert wreck.short_end.open_rests == wreck.short_end.rests != ()


def test_no_lesson_names_somebody_of_its_gated_cards_below_its_open_text() -> None:
    names = {fact: person.name for person in real_catalog().people.values() for fact in person.facts}
    gating = [lesson for lesson in real_catalog().lessons.values() if lesson.gated]
    for lesson in gating:
        open_facts, gated_facts = (
            {
                fact
                for group, card in groups_in(lesson.blocks)
                if bool(card and card.gated) is gated
                for paragraph in group.items
                for fact in paragraph.facts
            }
            for gated in (False, True)
        )
        hidden = {names.get(fact) for fact in gated_facts} - {names.get(fact) for fact in open_facts} - {None}
        said = repr((lesson.end.open_rests, lesson.end.rests_note))
        assert sum(row.count for row in lesson.end.open_rests) == len(open_facts), lesson.key
        assert not [name for name in hidden if name and name in said], lesson.key
    assert {"scarcity/the-famine-of-the-1990s"} <= {str(lesson.key) for lesson in gating}
