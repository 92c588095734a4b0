"""Words typed: what counts as the same answer, and what may be kept of what someone typed."""

import re
import unicodedata

TYPED_MAX = 200

_SAME = str.maketrans(
    {**dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
)
_ARTICLE = re.compile(r"(?:a|an|the) +(?=\S)")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def plain(text: str, keep: str = "") -> str:
    """Drop control characters and lone surrogates, which no page shows and some databases refuse."""
    if text.isprintable():  # nearly all there is, and quickly told
        return text
    return "".join(c for c in text if c in keep or unicodedata.category(c) not in ("Cc", "Cs"))


def typed(raw: object) -> str:
    """Keep what someone typed, at most 200 characters on one line; anything but text is empty."""
    if not isinstance(raw, str):
        return ""
    return plain(re.sub(r"[\t\n\r]", " ", raw[:TYPED_MAX]))


def normal(text: str) -> str:
    """Reduce words to what is compared.

    The same after this: wide and narrow forms (NFKC), capital and small letters, runs of spaces, straight
    and curly quotes, kinds of hyphen, invisible characters, punctuation around the answer, and one leading
    article (a, an, the). Spelling, accents, inner punctuation and word order still count.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    seen = "".join(c for c in folded if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    spaced = _bare(" ".join(seen.translate(_SAME).split()))
    return _bare(_ARTICLE.sub("", spaced, count=1) if _ARTICLE.match(spaced) else spaced)


def _bare(text: str) -> str:
    """Take away spaces and punctuation at both ends; keep text that is nothing else."""
    start, end = 0, len(text)
    while start < end and _outer(text[start]):
        start += 1
    while end > start and _outer(text[end - 1]):
        end -= 1
    return text[start:end] or text.strip()


def _outer(char: str) -> bool:
    return char.isspace() or unicodedata.category(char).startswith("P")
