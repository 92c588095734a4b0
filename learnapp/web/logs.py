"""Logs as JSON lines that name no person: routes, not addresses; types and places of errors, not messages.

A path may hold a reset token, a query a name, a database message an answer.
"""

import json
import logging
import os
import select
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import g, request

from learnapp.config.settings import ROOT

_encode = json.JSONEncoder(ensure_ascii=False, default=str).encode
log = logging.getLogger("learnapp")
request_log = logging.getLogger("learnapp.request")


class JsonLines(logging.Formatter):
    """Write a record as one line of JSON."""

    def __init__(self, *, others: bool = False) -> None:
        super().__init__()
        self.others = others

    def format(self, record: logging.LogRecord) -> str:
        ours = self.others or record.name.split(".")[0] == "learnapp"
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            # Others' messages may quote what somebody typed, so only their pattern is kept.
            "message": record.getMessage() if ours else str(record.msg),
        }
        line.update(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[0]:
            line["error"] = describe(record.exc_info[1])
        return _encode(line)


class LeakyHandler(logging.Handler):
    """Lines to a descriptor for as long as it takes them at once, and the number of those that were dropped.

    A pipe that nobody reads fills up, and then a write would never end: a collector that is stuck, or a terminal
    that is held, must not hold up requests.
    """

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self.descriptor, self.dropped = descriptor, 0
        self._room = select.poll()
        self._room.register(descriptor, select.POLLOUT)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            line = f"{self.format(record)}\n".encode()
            if self.dropped:
                about = {"name": log.name, "levelname": "WARNING", "fields": {"lines": self.dropped}}
                notice = logging.makeLogRecord({"msg": "lines were dropped", **about})
                if self._write(f"\n{self.format(notice)}\n".encode()):
                    self.dropped = 0
            if self.dropped or not self._write(line):
                self.dropped += 1
        except OSError:  # nobody will ever read
            self.dropped += 1
        except Exception:
            self.handleError(record)

    def _write(self, line: bytes) -> bool:
        """Write a line in parts that a pipe with room takes whole; return whether it took them all."""
        for start in range(0, len(line), select.PIPE_BUF):
            if not any(event & select.POLLOUT for _, event in self._room.poll(0)):
                return False
            os.write(self.descriptor, line[start : start + select.PIPE_BUF])
        return True


def describe(error: BaseException | None) -> list[dict[str, Any]]:
    """Return an error and its causes as types and places, without their messages."""
    errors: list[dict[str, Any]] = []
    while error is not None and len(errors) < 5:
        kind, frames = type(error), traceback.extract_tb(error.__traceback__)[-12:]
        places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        errors.append({"type": f"{kind.__module__}.{kind.__qualname__}", "at": places})
        error = error.__cause__ or error.__context__
    return errors


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else "/".join(path.parts[-2:])


def request_fields() -> dict[str, Any]:
    """Return what a log line may say about the present request."""
    return {
        "request": g.get("request_id"),
        "method": request.method if request.method.isalpha() and len(request.method) < 10 else "other",
        "route": request.url_rule.rule if request.url_rule else None,
    }


def write_to_stderr(level: str, *, others: bool) -> None:
    """Send all logs of this process to standard error as JSON; servers call this, tests do not.

    `others`: fill in other packages' messages, such as the addresses that the debug server tells its developer.
    """
    can_poll = hasattr(select, "poll")  # Windows has none
    handler = LeakyHandler(sys.stderr.fileno()) if can_poll else logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(others=others))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    log.setLevel(level.upper())
