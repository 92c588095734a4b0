"""Uploads: files that forms bring, held in memory and never on a disk, and which addresses take larger ones."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from flask import Flask, Request

from learnapp.web.policy import policy_of


class MemoryRequest(Request):
    """A request whose files stay in memory: what is in them may be a list of people, and forms have a size."""

    def _get_file_stream(self, *_about: Any, **_more: Any) -> IO[bytes]:
        return BytesIO()


@dataclass(frozen=True, slots=True)
class LargeForms:
    """The addresses whose forms may be larger than any other, and how large."""

    paths: re.Pattern[str]
    body_bytes: int


def large_forms(app: Flask, prefix: str = "") -> LargeForms:
    """Return which addresses of an app that stands below a prefix take larger forms, as their policies say."""
    paths, sizes = [], [0]
    for rule in app.url_map.iter_rules():
        view_policy = policy_of(app, rule.endpoint)
        if view_policy is not None and view_policy.body_bytes:
            parts = re.split(r"<[^>]+>", rule.rule)
            paths.append("[^/]+".join(map(re.escape, parts)))
            sizes.append(view_policy.body_bytes)
    return LargeForms(re.compile(f"{re.escape(prefix)}(?:{'|'.join(paths) or '(?!)'})"), max(sizes))
