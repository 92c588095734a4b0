"""Own words: kept once for each box, changed, taken back, and carried along with a person or a lesson."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from learnapp.accounts.guests.service import guest_is_taken
from learnapp.accounts.own_data.rows import erase
from learnapp.content.blocks import BodySection, Guess
from learnapp.content.catalog import Lesson
from learnapp.content.lesson_key import LessonKey
from learnapp.learning.lessons.own_words.forms import TypedWords
from learnapp.learning.lessons.own_words.service import (
    KeptWords,
    StaleWords,
    StoredWords,
    all_words,
    keep_words,
    kept_words,
    move_words,
    remove_words,
    words_digest,
)
from learnapp.learning.lessons.renames import follow_renames
from learnapp.learning.models import OwnWords
from tests.actors.attempts import Db
from tests.courses.tea import catalog_of, lesson, paragraphs
from tests.factories.base import NOON

pytestmark = pytest.mark.both_databases

ASKING = lesson(body=(BodySection("pot", "The pot", (paragraphs(1, "Hot."), Guess("who-pours", "Who pours?"))),))
LATER = NOON + timedelta(hours=1)


def keep(session: Db, user: int, kind: str, words: str, now: datetime = NOON, one: Lesson = ASKING) -> None:
    seen = words_digest(getattr(kept_words(session, user, one), kind))
    keep_words(session, user, one, TypedWords(kind, words), seen, now)
    session.commit()


def test_each_box_keeps_what_was_written_last(db_session: Db, ben: int) -> None:
    keep(db_session, ben, "guess", "Mia")
    keep(db_session, ben, "guess", "Mia")
    keep(db_session, ben, "judgment", "Hot tea.")
    keep(db_session, ben, "judgment", "Very hot tea.", LATER)
    keep(db_session, ben, "short", "Tea.")

    assert kept_words(db_session, ben, ASKING) == KeptWords("Mia", "Very hot tea.", "Tea.")


def test_words_are_taken_back_and_nobody_elses_are(db_session: Db, ben: int, guest: int) -> None:
    keep(db_session, ben, "judgment", "Hot tea.")
    keep(db_session, guest, "judgment", "Cold tea.")

    for _ in range(2):
        remove_words(db_session, ben, ASKING.key, "judgment", words_digest("Hot tea."))
        db_session.commit()

    assert kept_words(db_session, ben, ASKING) == KeptWords()
    assert kept_words(db_session, guest, ASKING) == KeptWords(judgment="Cold tea.")


def test_an_older_window_neither_replaces_nor_removes_newer_words(db_session: Db, ben: int) -> None:
    keep(db_session, ben, "judgment", "Hot tea.")

    for seen in ("", words_digest("Cold tea.")):
        with pytest.raises(StaleWords) as stale:
            keep_words(db_session, ben, ASKING, TypedWords("judgment", "Old tea."), seen, LATER)
        assert stale.value.newer == "Hot tea."
        with pytest.raises(StaleWords):
            remove_words(db_session, ben, ASKING.key, "judgment", seen)
        db_session.rollback()

    keep_words(db_session, ben, ASKING, TypedWords("judgment", "Hot tea."), "", LATER)
    assert kept_words(db_session, ben, ASKING) == KeptWords(judgment="Hot tea.")


def test_all_words_are_listed_those_in_lessons_that_are_gone_too(db_session: Db, ben: int, guest: int) -> None:
    keep(db_session, ben, "judgment", "Hot tea.")
    keep(db_session, ben, "guess", "Mia", one=lesson("9-gone", body=ASKING.body))
    keep(db_session, guest, "judgment", "Cold tea.")

    assert all_words(db_session, ben) == [
        StoredWords("1-tea/1-leaf", "judgment", "Hot tea."),
        StoredWords("1-tea/9-gone", "guess", "Mia"),
    ]


def test_a_guess_at_another_question_is_not_shown(db_session: Db, ben: int) -> None:
    keep(db_session, ben, "guess", "Mia")
    body = (BodySection("pot", "The pot", (Guess("who-drinks", "Who drinks?"),)),)

    assert kept_words(db_session, ben, replace(ASKING, body=body)) == KeptWords()


def test_an_account_takes_its_guest_s_words_and_the_later_ones_stay(db_session: Db, ben: int, guest: int) -> None:
    keep(db_session, guest, "guess", "Mia, later", LATER)
    keep(db_session, guest, "judgment", "Earlier.")
    keep(db_session, guest, "short", "Only here.")
    keep(db_session, ben, "guess", "Ben")
    keep(db_session, ben, "judgment", "Later.", LATER)

    guest_is_taken.send(db_session, guest_id=guest, user_id=ben)
    db_session.commit()

    assert kept_words(db_session, ben, ASKING) == KeptWords("Mia, later", "Later.", "Only here.")
    assert kept_words(db_session, guest, ASKING) == KeptWords()


def test_words_follow_a_lesson_that_is_renamed(db_session: Db, ben: int) -> None:
    keep(db_session, ben, "judgment", "Hot tea.")
    renamed = replace(ASKING, slug="brewing", was=(ASKING.key,))
    catalog = replace(catalog_of(renamed), renamed_lessons={ASKING.key: LessonKey(renamed.key)})
    while follow_renames(db_session, catalog):
        db_session.commit()

    assert kept_words(db_session, ben, renamed) == KeptWords(judgment="Hot tea.")
    assert kept_words(db_session, ben, ASKING) == KeptWords()


def test_nothing_is_moved_where_nothing_is_kept(db_session: Db, ben: int, guest: int) -> None:
    move_words(db_session, {"user_id": guest}, {"user_id": ben})
    db_session.commit()

    assert db_session.scalars(select(OwnWords)).all() == []


def test_words_are_erased_with_their_person(db_session: Db, ben: int, guest: int) -> None:
    keep(db_session, ben, "judgment", "Hot tea.")
    keep(db_session, guest, "judgment", "Cold tea.")

    erase(db_session, [ben])
    db_session.commit()

    assert [words.words for words in db_session.scalars(select(OwnWords))] == ["Cold tea."]
