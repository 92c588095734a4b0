"""Reading what browsers send: round trips of every answer, and nonsense that is left out."""

import pytest
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from learnapp.learning.attempts.forms import Fields, answer_json, read_action, read_seq
from tests.actors.attempts import Db, begin, giving, save, stored_item


def sent(**fields: str) -> Fields:
    return MultiDict(fields)


def test_scripts_compare_answers_without_their_empty_fields(db_session: Db, ben: int) -> None:
    attempt_item = stored_item(db_session, begin(db_session, ben), "tea-cloze")
    assert answer_json(attempt_item)["fields"] == []
    saved = save(db_session, attempt_item, giving(attempt_item, {"blanks": ["leaf", ""]}))
    assert answer_json(saved)["fields"] == [["blank-0", "leaf"]]


@pytest.mark.parametrize("seq", [None, "", "-1", "1.0", "٣", "x", "99999999999"])
def test_a_save_without_a_proper_number_is_refused(seq: str | None) -> None:
    with pytest.raises(BadRequest):
        read_seq(sent(**({} if seq is None else {"seq": seq})))


def test_a_form_without_a_button_is_checked_and_an_unknown_button_refused() -> None:
    assert read_action(sent()) == "check"
    with pytest.raises(BadRequest):
        read_action(sent(action="grade"))
