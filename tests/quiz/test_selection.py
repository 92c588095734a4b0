"""Forms drawn from a bank: what each stratum asks, the rules of the whole, few repeats, all by revision and seed."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.quiz.quiz import QuizVersion, revised
from learnapp.quiz.selection import FormRules, ItemTraits, NoFormFits, Stratum, draw_form
from learnapp.quiz.types.multiple import Multiple
from learnapp.quiz.types.single import Single
from tests.courses.real import real_catalog
from tests.quiz.samples import make, option

FORMS = 1000
REVISION = "ab" * 32
MADE_UP, FINAL = "made up", "outreach-volunteer/final"
BANKS = (MADE_UP, FINAL, "outreach-volunteer/renewal", "one-day-helper/final", "one-day-helper/renewal")
# How many a form asks, and of how many. Of the boats two forms in a row share one at least.
SIZES = {"harbor": (5, 15), "tower": (4, 8), "storms": (1, 3), "boats": (3, 5)}
STRATA = tuple(
    Stratum(name=name, count=count, items=tuple(f"{name}-{number}" for number in range(size)))
    for name, (count, size) in SIZES.items()
)
ITEMS = tuple(item for stratum in STRATA for item in stratum.items)
RULES = FormRules(dated_least=6, strong_most=2, voices=frozenset({"un", "said"}))
TRAITS = {
    item: ItemTraits(number % 2 == 0, number % 7 == 3, frozenset({("page", "un", "said", "ngo")[number % 4]}))
    for number, item in enumerate(ITEMS)
}
PLAIN = ItemTraits(dated=False, strong=False, voices=frozenset())
DATED = ItemTraits(dated=True, strong=False, voices=frozenset())


@dataclass(frozen=True)
class Bank:
    """A bank with its rules, and a thousand forms of it, each drawn after the one before."""

    quiz: QuizVersion
    traits: Mapping[str, ItemTraits]
    rules: FormRules
    forms: Sequence[tuple[str, ...]]

    @property
    def strata(self) -> Sequence[Stratum]:
        return self.quiz.strata


@cache
def bank(name: str) -> Bank:
    if name == MADE_UP:
        options = [option(text, key=text == "A") for text in "ABC"]
        items = tuple(make("single", id=item, options=options) for item in ITEMS)
        quiz, traits, rules = revised(QuizVersion(items=items, strata=STRATA)), TRAITS, RULES
    else:
        found = real_catalog().finals[name]
        quiz, traits, rules = found.quiz, dict(found.traits), found.rules
    forms: list[tuple[str, ...]] = []
    for seed in range(FORMS):
        forms.append(draw_form(quiz.revision, quiz.strata, traits, rules, seed, forms[-1] if forms else ()))
    return Bank(quiz, traits, rules, forms)


def drawn(strata: Sequence[Stratum], rules: FormRules = RULES, seed: int = 7, avoid: Sequence[str] = ()) -> list[str]:
    return list(draw_form(REVISION, strata, TRAITS, rules, seed, avoid))


def test_every_form_of_the_real_course_is_tried() -> None:
    assert set(BANKS) == {MADE_UP, *real_catalog().finals}


@pytest.mark.parametrize("name", BANKS)
def test_a_thousand_forms_ask_exactly_what_each_stratum_says(name: str) -> None:
    strata = bank(name).strata
    for form in bank(name).forms:
        assert len(set(form)) == len(form) == sum(stratum.count for stratum in strata)
        assert {stratum.name: len(set(form) & set(stratum.items)) for stratum in strata} == {
            stratum.name: stratum.count for stratum in strata
        }


@pytest.mark.parametrize("name", BANKS)
def test_a_thousand_forms_hold_the_rules(name: str) -> None:
    rules = bank(name).rules
    for form in bank(name).forms:
        traits = [bank(name).traits[item] for item in form]
        assert sum(one.dated for one in traits) >= rules.dated_least
        assert sum(one.strong for one in traits) <= rules.strong_most
        assert rules.voices <= {voice for one in traits for voice in one.voices}


def test_the_rules_of_the_made_up_bank_are_held_by_no_chance() -> None:
    free = FormRules(strong_most=len(ITEMS))
    holding = sum(RULES.hold([TRAITS[item] for item in drawn(STRATA, free, seed)]) for seed in range(200))
    assert 20 < holding < 180


@pytest.mark.parametrize("name", BANKS)
def test_a_thousand_forms_ask_every_item_of_the_bank(name: str) -> None:
    asked = {item for form in bank(name).forms for item in form}
    assert asked == {item.id for item in bank(name).quiz.items}


@pytest.mark.parametrize("name", BANKS)
def test_two_forms_in_a_row_share_only_what_a_bank_lacks_for_two(name: str) -> None:
    strata = bank(name).strata
    lacking = {stratum.name: max(0, 2 * stratum.count - len(stratum.items)) for stratum in strata}
    assert sum(lacking.values()) == (name == MADE_UP)
    for before, form in pairwise(bank(name).forms):
        shared = set(before) & set(form)
        assert {stratum.name: len(shared & set(stratum.items)) for stratum in strata} == lacking


@pytest.mark.parametrize("name", [MADE_UP, FINAL])
def test_keys_stand_in_each_third_of_the_options_equally_often(name: str) -> None:
    """By a chi-square test with two degrees of freedom, whose p is exp(-chi / 2)."""
    positions: Counter[int] = Counter()
    for seed, form in enumerate(bank(name).forms):
        for item in map(bank(name).quiz.by_id.__getitem__, form):
            if isinstance(item, Single | Multiple) and len(item.options) % 3 == 0:
                order = item.present(bank(name).quiz.revision, seed).order
                keys = [number for number, option in enumerate(item.options) if option.key]
                positions.update(order.index(key) * 3 // len(order) for key in keys)
    expected = positions.total() / 3
    chi = sum((positions[position] - expected) ** 2 / expected for position in range(3))
    assert positions.total() > 3 * FORMS
    assert set(positions) == {0, 1, 2}
    assert math.exp(-chi / 2) > 0.001


def test_revision_and_seed_decide_the_form() -> None:
    assert drawn(STRATA) == drawn(STRATA)
    assert len({tuple(drawn(STRATA, seed=seed)) for seed in range(100)}) == 100
    assert drawn(STRATA) != list(draw_form("cd" * 32, STRATA, TRAITS, RULES, 7))


def test_the_items_of_a_stratum_come_in_any_order_and_strata_in_that_of_the_bank() -> None:
    forms = [drawn(STRATA, seed=seed) for seed in range(30)]
    assert {tuple(dict.fromkeys(item.partition("-")[0] for item in form)) for form in forms} == {tuple(SIZES)}
    assert any(form[:5] != sorted(form[:5], key=ITEMS.index) for form in forms)


def test_strata_of_one_size_are_drawn_from_apart() -> None:
    twins = [Stratum(name=name, count=1, items=tuple(f"{name}-{n}" for n in range(4))) for name in ("one", "two")]
    traits = {item: PLAIN for twin in twins for item in twin.items}
    forms = {draw_form(REVISION, twins, traits, FormRules(), seed) for seed in range(200)}
    assert len(forms) == 16


@pytest.mark.parametrize(
    "rules",
    [
        FormRules(dated_least=14),
        FormRules(dated_least=12, strong_most=len(ITEMS)),
        FormRules(strong_most=len(ITEMS), voices=frozenset({"law"})),
    ],
)
@pytest.mark.parametrize("avoid", [(), ITEMS[:4]])
def test_rules_that_no_form_holds_are_named_so(rules: FormRules, avoid: Sequence[str]) -> None:
    with pytest.raises(NoFormFits):
        drawn(STRATA, rules, avoid=avoid)


def test_an_item_comes_again_where_no_form_without_it_holds_the_rules() -> None:
    names = [f"sea-{number}" for number in range(20)]
    strata = (Stratum(name="sea", count=4, items=tuple(names)),)
    traits = dict.fromkeys(names, PLAIN) | dict.fromkeys(names[:3], DATED)
    for seed in range(10):
        for least in (0, 1, 2):
            form = draw_form(REVISION, strata, traits, FormRules(dated_least=least), seed, avoid=names[:4])
            assert len(form) == 4
            assert len(set(form) & set(names[:4])) == least


@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(0, 6)), min_size=1, max_size=4),
    st.sets(st.integers(0, 39)),
    st.integers(0, 2**62),
)
def test_without_rules_a_form_has_as_few_repeats_as_its_strata_allow(
    sizes: list[tuple[int, int]], numbers: set[int], seed: int
) -> None:
    strata = [
        Stratum(name=f"s{n}", count=count, items=tuple(f"s{n}-{at}" for at in range(count + more)))
        for n, (count, more) in enumerate(sizes)
    ]
    items = [item for stratum in strata for item in stratum.items]
    avoid = {item for number, item in enumerate(items) if number in numbers} | {"gone"}
    form = draw_form(REVISION, strata, dict.fromkeys(items, PLAIN), FormRules(), seed, avoid)
    for stratum in strata:
        own = [item for item in form if item in stratum.items]
        fresh = len(set(stratum.items) - avoid)
        assert len(own) == stratum.count
        assert len(avoid.intersection(own)) == max(0, stratum.count - fresh)


@pytest.mark.parametrize(
    ("traits", "holds"),
    [
        ([DATED, DATED], True),
        ([DATED, PLAIN], False),
        ([DATED, DATED, ItemTraits(False, True, frozenset())], True),
        ([DATED, DATED, *[ItemTraits(False, True, frozenset())] * 2], False),
    ],
)
def test_rules_bound_dated_and_strong_items(traits: list[ItemTraits], holds: bool) -> None:
    assert FormRules(dated_least=2, strong_most=1).hold(traits) is holds


def test_each_voice_that_is_asked_for_speaks_in_some_item() -> None:
    rules = FormRules(voices=frozenset({"un", "said"}))
    un, said = (ItemTraits(False, False, frozenset({voice, "page"})) for voice in ("un", "said"))
    assert rules.hold([un, said])
    assert not rules.hold([un, un])
