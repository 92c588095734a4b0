"""Options: what single, multiple and true-false items offer to choose from."""

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Generic, Self

from pydantic import Field, model_validator

from learnapp.quiz.display import RIGHT, VERDICTS, Explanation, Message
from learnapp.quiz.item import BaseItem, ResponseT
from learnapp.quiz.model import LIST_MAX, HiddenKey, TextPart, require_distinct


class Option(TextPart):
    """One answer to choose: its text, whether it is a key, why, and the fact that the why rests on."""

    key: bool = False


class OptionsItem(BaseItem[ResponseT], Generic[ResponseT]):
    """An item that is answered by choosing among its options."""

    options: tuple[Option, ...] = Field(min_length=2, max_length=LIST_MAX)

    by_choice = True
    shuffled_attribute = "options"

    @model_validator(mode="after")
    def _options_differ(self) -> Self:
        require_distinct((option.text for option in self.options), "options")
        return self

    def claims(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from super().claims()
        yield from key_claims("options", self.options)

    def hidden_keys(self) -> Iterator[HiddenKey]:
        return hidden_options("options", self.options)


def require_one_key(options: Sequence[Option], what: str) -> None:
    """Raise ValueError unless exactly one option is marked as key."""
    keys = sum(option.key for option in options)
    if keys != 1:
        raise ValueError(f"mark exactly one {what} with `key: true`; {keys or 'none'} marked")


def explain_options(
    options: Sequence[Option],
    order: Iterable[int],
    fact: str,
    chosen: Container[int | None],
    other_key: Message = RIGHT,
) -> Iterator[Explanation]:
    """Explain every option in this order; `other_key` is said of a key that was not chosen."""
    for index in order:
        option, taken = options[index], index in chosen
        verdict, words = VERDICTS[option.key]
        if option.key and not taken:
            words = other_key
        yield Explanation(verdict, words, option.feedback, option.see or fact, option.text, chosen=taken)


def key_claims(part: str, options: Sequence[Option]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield (place in the file, text) of the options that are right."""
    return (((part, n, "text"), option.text) for n, option in enumerate(options) if option.key)


def hidden_options(part: str, options: Sequence[Option]) -> Iterator[HiddenKey]:
    """Yield the options that are right, each among those that are not."""
    others = tuple(option.text for option in options if not option.key)
    return (HiddenKey(where, text, others) for where, text in key_claims(part, options))
