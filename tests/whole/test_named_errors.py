"""Named errors: each that a request can meet has its answer in the one table, whatever its view adds to that."""

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module

from flask import Flask

import learnapp

# Rooms whose errors end a command or the start, where no request meets them.
COMMANDS = ("learnapp.config", "learnapp.content", "learnapp.demo", "learnapp.operating", "learnapp.server")
# Raised by a command only; and what the database raises as its own, which is answered with all of that.
NO_PAGE = {"CannotWrite", "FilesChanged", "FilesChangedError"}


def named_errors() -> Iterator[type[Exception]]:
    """Yield every error that has a name of ours and is no mere family of others."""
    for module in pkgutil.walk_packages(learnapp.__path__, "learnapp."):
        if module.name.startswith(COMMANDS) or module.name.endswith("__main__"):
            continue
        for _name, error in inspect.getmembers(import_module(module.name), inspect.isclass):
            if issubclass(error, Exception) and error.__module__ == module.name and not error.__subclasses__():
                yield error


def test_every_named_error_has_its_answer_in_the_one_table(app: Flask) -> None:
    table = app.error_handler_spec[None][None]
    errors = {error.__name__: error for error in named_errors()}

    unanswered = {name for name, error in errors.items() if error not in table}

    assert unanswered == NO_PAGE & errors.keys(), "register_error_page, in the room's init_app"
    assert {"StaleSave", "TooManyTries", "CodeUnknown", "UnreadableExport"} <= errors.keys()
