"""Options to choose from, as single, multiple and true-false items have them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from learnapp.quiz.display import NOT_RIGHT, RIGHT, Explanation, Message, Words
from learnapp.quiz.model import FactId, FrozenModel, Text

NOT_CHOSEN = Message("Right, but not in your answer")


class Option(FrozenModel):
    """One answer to choose: its text, whether it is a key, why, and the fact that the why rests on."""

    text: Text
    key: bool = False
    feedback: Text
    see: FactId | None = None


def require_one_key(options: Sequence[Option], what: str) -> None:
    """Raise ValueError unless exactly one option is marked as key."""
    keys = sum(option.key for option in options)
    if keys != 1:
        raise ValueError(f"mark exactly one {what} with `key: true`; {keys or 'none'} marked")


def explain_options(
    options: Sequence[Option],
    order: Iterable[int],
    chosen: Container[int | None],
    fact: str,
    *,
    left: Message = RIGHT,
    heading: Words = "",
    part: int = 0,
) -> Iterator[Explanation]:
    """Explain every option in this order; `left` is said of a key that was not chosen."""
    for index in order:
        option, taken = options[index], index in chosen
        right = RIGHT if taken else left
        yield Explanation(
            verdict="right" if option.key else "wrong",
            words=right if option.key else NOT_RIGHT,
            why=option.feedback,
            see=option.see or fact,
            text=option.text,
            chosen=taken,
            part=part,
            heading=heading,
        )


def option_keys(
    options: Sequence[Option], fact: str, heading: Words = "", part: int = 0
) -> Iterator[Explanation]:
    """Tell for every option in the order of the file whether it is a key."""
    for option in options:
        yield key_or_not(option.key, option.text, option.feedback, option.see or fact, heading, part)


def key_or_not(key: bool, text: Words, why: str, see: str, heading: Words = "", part: int = 0) -> Explanation:
    """Return an answer with its feedback as authors read it."""
    words = Message("Key") if key else Message("Not a key")
    return Explanation("right" if key else "wrong", words, why, see, text, heading=heading, part=part)


def key_claims(part: str, options: Sequence[Option]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield (place in the file, text) of the options that are right."""
    return (((part, n, "text"), option.text) for n, option in enumerate(options) if option.key)
