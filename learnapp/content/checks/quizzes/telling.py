"""Telling words: those that tell one text from another."""

import re
from collections.abc import Iterator

from learnapp.content.load.drafts import ItemDraft
from learnapp.content.load.yaml import Where
from learnapp.quiz.model import HiddenKey

# Words that stand in any text, so that two texts with them have nothing in common.
_COMMON_WORDS = """
about above after again against also although always among another anybody anything around because been before being
below between both cannot could does doing done down during each either else enough even ever every everybody
everything from give given goes good have having here hers herself himself into itself just know known like long
made make many might more most much must need never nobody none nothing often once only other others over people
perhaps question rather said same says seem seems seen shall should show shows since some somebody something such
take tell tells than that their them then there these they thing things think this those though through time told
under until upon very want wanted wants well went were what when where whether which while whom whose will with
within without word words work would year years your yours answer answers look looks place part parts true false
north south korea korean first next last still ones used using find found right wrong
 takes taken took kept keep keeps kind kinds
report reports reported count counts counted
"""
COMMON = frozenset(_COMMON_WORDS.split())
_WORD = re.compile(r"[a-zà-öø-ÿ]{4,}")
_ENDINGS = re.compile(r"(?:ings?|ed|ly|ies|es|[sey])$")


def telling_words(text: str) -> frozenset[str]:
    """Return the stems of the words that are not in every text."""
    words = _WORD.findall(text.lower().replace("’s", ""))
    return frozenset(_ENDINGS.sub("", word) for word in words if word not in COMMON)


def spelled(stem: str, text: str) -> str:
    """Return a word of a text as it stands there, by its stem."""
    return next((word for word in _WORD.findall(text.lower()) if _ENDINGS.sub("", word) == stem), stem)


def asked_texts(item: ItemDraft) -> Iterator[tuple[Where, str]]:
    """Yield what is read before an item is answered: stem, stimulus and hints, each with its place."""
    yield ("stem",), item.item.stem
    stimulus = item.item.stimulus
    if stimulus is not None:
        yield from ((("stimulus", *where), text) for where, text in stimulus.texts())
    yield from ((("hints", n), hint) for n, hint in enumerate(item.item.hints))


def distinctive_words(item: ItemDraft, key: HiddenKey) -> frozenset[str]:
    """Return the telling words of a key that neither the other answers nor the question have."""
    question = [text for where, text in asked_texts(item) if where[0] != "hints"]
    return telling_words(key.text) - telling_words(" ".join([*key.others, *question]))
