"""Forms of certificates: the name as it is shown, refused where nobody can read it, and a number however typed."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from learnapp.training.certificates.forms import NO_PERSON, CheckForm, ClaimForm
from learnapp.training.models import NAME_MAX
from tests.whole.test_typed_text import CORPUS

NUMBER = "aB-_efghijklmnopqrstu0"
SYLLABLE, DECOMPOSED = "가", "\u1100\u1161"
SLOW_TO_CLEAN = "\u0f73" * 25_000  # three times as many took twenty seconds once


def claim(app: Flask, typed: str) -> tuple[str | None, list[str]]:
    """Send a name; return it as it is shown, or what is said of it."""
    with app.test_request_context(method="POST", data={"name": typed}):
        form = ClaimForm()
        if form.validate():
            return str(form.name.data), []
        assert form.name.data == typed
        return None, [str(words) for words in form.name.errors]


def number_of(app: Flask, typed: str) -> str:
    with app.test_request_context(query_string={"number": typed}):
        form = CheckForm(formdata=None, data={"number": typed})
        return form.clean_number


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Vera Light", "Vera Light"),
        ("  Vera \t\n Light ", "Vera Light"),
        ("Ve\u200bra\u2060 Li\u00adght\ufeff", "Vera Light"),
        ("\u202eVera\u202c \u2066Light\u2069", "Vera Light"),
        ("Ｖｅｒａ", "Vera"),
        ("Vera\x00\x1b[31m", "Vera[31m"),
        ("e\u0301lodie", "élodie"),
        ("فيرا النور", "فيرا النور"),
        ("ורה אור", "ורה אור"),
        ("O’Brien-Søren Jr.", "O’Brien-Søren Jr."),
        ("리", "리"),
        ("7", "7"),
        ("admin", "admin"),  # whoever is called that may be
        (SYLLABLE * NAME_MAX, SYLLABLE * NAME_MAX),
        (DECOMPOSED * NAME_MAX, SYLLABLE * NAME_MAX),
        (f" {'x' * NAME_MAX}\u200b ", "x" * NAME_MAX),
    ],
)
def test_a_name_is_shown_as_people_write_it_without_what_cannot_be_seen(app: Flask, typed: str, shown: str) -> None:
    assert claim(app, typed) == (shown, [])


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Enter the name for the certificate."),
        ("   \t ", "Enter the name for the certificate."),
        ("\u200b\u2060\u00ad\ufeff", "Enter the name for the certificate."),
        ("\u202e\u2066", "Enter the name for the certificate."),
        ("\u2800\u3164", "Enter the name for the certificate."),
        ("--- !", "Use at least one letter or number."),
        (SYLLABLE * 300, "Use at most 80 characters. You typed 300."),
        (DECOMPOSED * 300, "Use at most 80 characters. You typed 300."),
        ("x" * (NAME_MAX + 1), "Use at most 80 characters. You typed 81."),
        ("\ufdfa" * 40, "Use at most 80 characters. You typed 720."),
        ("Ve" + "\u0316" * 9 + "ra", "Put fewer marks on one letter."),
        ("vera@example.org", "Choose a name that is not an e-mail address: others may see it."),
        ("Vera ＠ Light", "Choose a name that is not an e-mail address: others may see it."),
    ],
)
def test_what_is_no_name_comes_back_as_it_was_typed_with_what_to_do(app: Flask, typed: str, words: str) -> None:
    assert claim(app, typed) == (None, [words])


@pytest.mark.parametrize("text", [text for text in CORPUS if not NO_PERSON.search(text)])
def test_markup_is_a_name_like_any_other(app: Flask, text: str) -> None:
    shown, refused = claim(app, text)
    assert refused == []
    assert shown is not None
    assert "xss" in shown.lower() or "script" in shown
    assert shown.isprintable()


@pytest.mark.parametrize(
    "typed",
    [
        "vera.example",
        "www.vera.example",
        "https://vera",
        "<a href=//xss>",
        "Vera 555 0100",
        "Vera, born 2009",
        "13.04.2009",
    ],
)
def test_an_address_a_number_or_a_date_is_no_name(app: Flask, typed: str) -> None:
    assert claim(app, typed) == (None, ["Enter the name of a person, without addresses, numbers and dates."])


@pytest.mark.parametrize(
    "typed", ["Vera J. Light", "Vera Light, Ph.D.", "Kim Yuna / 김연아", "Vera St. John", "Vera Light 2"]
)
def test_points_strokes_and_ordinals_may_stand_in_a_name(app: Flask, typed: str) -> None:
    assert claim(app, typed) == (typed, [])


@pytest.mark.parametrize("typed", [SLOW_TO_CLEAN, "a" + "\u0301\u0316" * 20_000])
def test_a_name_that_would_take_long_to_read_is_refused_unread(app: Flask, typed: str) -> None:
    assert claim(app, typed) == (None, [f"Use at most 80 characters. You typed {len(typed)}."])


@given(typed=st.text(max_size=120))
def test_whatever_is_typed_the_name_is_a_line_of_at_most_eighty_and_shown_once_it_stays_so(
    built_app: Flask, typed: str
) -> None:
    shown, _refused = claim(built_app, typed)
    if shown is not None:
        assert 1 <= len(shown) <= NAME_MAX
        assert shown.isprintable()
        assert claim(built_app, shown) == (shown, [])


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        f"  {NUMBER}\n",
        "aB-_ efgh ijkl mnop qrst u0",
        f"https://learn.example/verify/{NUMBER}",
        f"https://learn.example/below/a/path/verify/{NUMBER}/",
        f"learn.example/verify/{NUMBER}?from=mail#main",
        f"/verify/{NUMBER}",
    ],
)
def test_a_number_is_read_however_it_was_copied(app: Flask, typed: str) -> None:
    assert number_of(app, typed) == NUMBER


@pytest.mark.parametrize("typed", ["", "  ", "\t\n", "/", " / / ", "?x=1"])
def test_no_number_at_all_is_told_beside_the_field(app: Flask, typed: str) -> None:
    with app.test_request_context():
        form = CheckForm(formdata=None, data={"number": typed})
        form.number.raw_data = [typed]
        assert not form.validate()
        assert form.number.errors == ["Enter the number."]
