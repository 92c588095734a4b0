"""User names: look-alikes are one name, and nothing invisible or piled up gets in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.accounts.errors import InvalidInput
from learnapp.accounts.names import rules as names


@pytest.mark.parametrize(
    "twin",
    [
        "BEN LEE",
        "  ben   lee ",
        "Ｂｅｎ Ｌｅｅ",
        "ben\u200b lee",
        "b\u00aden lee",
        "ben\u00a0lee",
        "ben\u2003lee",
        "ben\u3164 lee",
        "\u202eben lee\u202c",
        "ben\u2060 lee\ufeff",
        "ben\u2800lee",
        "ben lee\ufe0f",
        "ben\tlee\x00",
    ],
)
def test_names_that_look_alike_are_one_name(twin: str) -> None:
    assert names.key(twin) == names.key("Ben Lee") == "ben lee"


@pytest.mark.parametrize(
    ("one", "other"), [("Straße", "STRASSE"), ("İpek", "i̇pek"), ("ΣΊΣΥΦΟΣ", "σίσυφος"), ("각", "각")]
)
def test_case_and_composition_do_not_make_another_name(one: str, other: str) -> None:
    assert names.key(one) == names.key(other)


def test_different_names_stay_different() -> None:
    assert len({names.key(name) for name in ("Ben", "Bén", "Benn", "벤", "Be n")}) == 5


@given(st.text())
def test_cleaning_is_total_and_changes_a_clean_name_no_more(typed: str) -> None:
    once = names.clean(typed)
    assert names.clean(once) == once
    assert once == once.strip()
    assert not any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for sign in once)


@given(st.text())
def test_a_key_is_its_own_key_and_that_of_its_clean_name(typed: str) -> None:
    key = names.key(typed)
    assert names.key(key) == key
    assert names.key(names.clean(typed)) == key


@given(st.text(max_size=60))
def test_a_name_is_either_refused_with_a_reason_or_fits_its_columns(typed: str) -> None:
    reason = None
    try:
        name = names.validate_name(typed)
    except InvalidInput as bad:
        reason = bad.reason
    if reason is None:
        assert names.SHORTEST <= len(name) <= names.LONGEST
        assert len(names.key(name)) <= names.KEY_ROOM
    else:
        assert reason in {"too_short", "too_long", "no_letter", "marks", "at", "reserved"}


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "too_short"),
        ("B", "too_short"),
        ("\u200b\u200c\u3164\u2800", "too_short"),
        ("가" * 300, "too_long"),
        ("x" * 1_000_000, "too_long"),
        ("ﷺ" * 40, "too_long"),
        ("...", "no_letter"),
        ("b" + "\u0335" * 30 + "en", "marks"),
        ("ben@example.org", "at"),
        ("Admin", "reserved"),
        ("аdmin", "reserved"),
        ("admin1", "reserved"),
        ("4dmin admin", "reserved"),
        ("adm1n", "reserved"),
        ("Learnapp support", "reserved"),
        ("Learnapp-Support", "reserved"),
        ("LearnappSupport", "reserved"),
        ("The teacher", "reserved"),
        ("TheTeacher2", "reserved"),
        ("T‐teacher", "reserved"),
        ("ѕupport", "reserved"),
        ("ＡＤＭＩＮ\u200b", "reserved"),
        ("ádmin", "reserved"),
        ("ADMİN", "reserved"),
        ("a̶d̶m̶i̶n̶", "reserved"),
        ("4dm!n", "reserved"),
        ("$upp0r7", "reserved"),
        ("t34cher 7", "reserved"),
        ("AdminBen", "reserved"),
        ("newadmin", "reserved"),
        ("Mrs.Teacher", "reserved"),
        ("helpdesk", "reserved"),
    ],
)
def test_names_that_cannot_be_used_say_why(typed: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        names.validate_name(typed)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "typed",
    [
        "Badminton",
        "Steamroller",
        "Whelper",
        "Beetroot",
        "Teamwork 3x",
        "McKenna 4Ever",
        "Théa",
        "Hello!",
        "Ben",
        "김하늘",
        "นกฮูก",
        "Nguyễn",
        "o'Neil-7",
        "<b>Ben</b>",
        "ابن",
    ],
)
def test_names_of_any_script_can_be_used(typed: str) -> None:
    assert names.validate_name(typed) == unicodedata.normalize("NFKC", typed)


@pytest.mark.parametrize(
    ("typed", "site"),
    [
        ("Open Korea", "Open Korea"),
        ("0pen-Кorea", "Open Korea"),
        ("the OpenKorea team", "Open Korea"),
        ("Ben of Open Korea", "Open Korea"),
        ("openkorea2", "Open Korea"),
        ("|earnapp", "Open Korea"),
        ("L3arnapp", "Open Korea"),
        ("École", "Ecole!"),
        ("열린 한국", "열린한국"),
    ],
)
def test_nobody_can_take_the_name_of_the_site_or_of_the_program(typed: str, site: str) -> None:
    with pytest.raises(InvalidInput, match="reserved"):
        names.validate_name(typed, site=site)


@pytest.mark.parametrize("site", ["Open Korea", "", "...", "🌍"])
def test_the_words_of_a_sites_name_stay_free_where_they_are_not_all_of_it(site: str) -> None:
    for typed in ("Korea", "Open Ben", "Korea Open", "김하늘"):
        assert names.validate_name(typed, site=site) == typed


def test_operators_may_give_a_reserved_name() -> None:
    assert names.validate_name("admin", reserved=False) == "admin"
