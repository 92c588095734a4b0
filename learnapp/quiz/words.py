"""Words typed: what counts as the same answer, and what may be kept of what someone typed."""

import re
import unicodedata

TYPED_MAX = 200

_SAME = str.maketrans(
    {**dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
)
_ARTICLE = re.compile(r"^(?:a|an|the) +(?=\S)")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def without_controls(text: str, keep: str = "") -> str:
    """Drop control characters and lone surrogates, which no page shows and some databases refuse."""
    if text.isprintable():  # nearly all there is, and quickly told
        return text
    return "".join(c for c in text if c in keep or unicodedata.category(c) not in ("Cc", "Cs"))


def clean_typed(raw: object) -> str:
    """Keep what someone typed, at most 200 characters on one line; anything but text is empty."""
    return without_controls(re.sub(r"[\t\n\r]", " ", raw[:TYPED_MAX])) if isinstance(raw, str) else ""


def normalize(text: str) -> str:
    """Reduce words to what is compared.

    The same after this: wide and narrow forms (NFKC), capital and small letters, runs of spaces, straight
    and curly quotes, kinds of hyphen, invisible characters, punctuation around the answer, and one leading
    article (a, an, the). Spelling, accents, inner punctuation and word order still count.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    seen = "".join(c for c in folded if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    return _strip_punctuation(_ARTICLE.sub("", _strip_punctuation(" ".join(seen.translate(_SAME).split()))))


def _strip_punctuation(text: str) -> str:
    """Take away spaces and punctuation at both ends; keep text that is nothing else."""
    outer = "".join(c for c in set(text) if c.isspace() or unicodedata.category(c).startswith("P"))
    return text.strip(outer) or text.strip()
