"""Settings: read from the environment, in the ranges that they state."""

from dataclasses import Field, fields, replace
from pathlib import Path
from typing import Any

import pytest

from learnapp.config import secret_file
from learnapp.config.settings import ConfigurationError, Settings, has_secret, read_settings, variable

SECRET = {"LEARNAPP_SECRET_KEY": "x" * 32}
NUMBERS = [one for one in fields(Settings) if "least" in one.metadata]
LISTS = [one for one in fields(Settings) if "mark" in one.metadata]


def refusal(**environ: str) -> str:
    """Return the sentence with which these variables are refused."""
    with pytest.raises(ConfigurationError) as error:
        read_settings({**SECRET, **environ})
    return str(error.value)


def test_settings_come_from_the_environment() -> None:
    found = read_settings({**SECRET, "PORT": "8080", "LEARNAPP_GUEST_DAYS": "7", "DATABASE_URL": "postgres://a@b/c"})
    assert (found.port, found.guest_days) == (8080, 7)
    assert str(found.database) == "postgresql+psycopg://a@b/c"


def test_an_empty_variable_means_the_default() -> None:
    assert read_settings({**SECRET, "LEARNAPP_GUEST_DAYS": " "}).guest_days == Settings().guest_days


def test_overrides_come_before_the_environment() -> None:
    assert read_settings({**SECRET, "PORT": "8080"}, port=9).port == 9


def test_every_number_has_a_range_and_its_default_lies_in_it() -> None:
    numbers = [one for one in fields(Settings) if isinstance(one.default, int) and not isinstance(one.default, bool)]
    assert numbers == NUMBERS
    assert all(one.metadata["least"] <= one.default <= one.metadata["most"] for one in NUMBERS)


@pytest.mark.parametrize("spec", NUMBERS, ids=lambda one: one.name)
def test_a_number_out_of_its_range_is_refused_and_the_range_is_said(spec: Field[Any]) -> None:
    least, most = spec.metadata["least"], spec.metadata["most"]
    for wrong in (least - 1, most + 1):
        if wrong >= 0:
            assert refusal(**{variable(spec): str(wrong)}).startswith(
                f"{variable(spec)} must be from {least} to {most}"
            )


@pytest.mark.parametrize("typed", ["-1", "1.5", "ten", "1e3", "٣", "0x10"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    assert "whole number" in refusal(PORT=typed)


@pytest.mark.parametrize("spec", LISTS, ids=lambda one: one.name)
def test_a_list_with_an_empty_part_is_refused(spec: Field[Any]) -> None:
    mark = spec.metadata["mark"]
    for text in (f"en{mark}{mark}de", f"{mark}en", f"en{mark}"):
        if mark != " " or text == text.strip():
            assert "empty part" in refusal(**{variable(spec): text})


def test_a_list_that_names_something_twice_is_refused() -> None:
    assert refusal(LEARNAPP_LANGUAGES="en,de,en") == "LEARNAPP_LANGUAGES names en twice."


@pytest.mark.parametrize("spec", fields(Settings), ids=lambda one: one.name)
def test_a_control_character_is_refused_in_every_text(spec: Field[Any]) -> None:
    if isinstance(spec.default, str):
        assert "control character" in refusal(**{variable(spec): "a\nb"})


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("LEARNAPP_PUBLIC_ADRESS", "LEARNAPP_PUBLIC_URL"),
        ("LEARNAPP_PUBLICURL", "LEARNAPP_PUBLIC_URL"),
        ("LEARNAPP_TRUSTED_HOST", "LEARNAPP_TRUSTED_HOSTS"),
        ("LEARNAPP_DATABASE_URL", "DATABASE_URL"),
        ("LEARNAPP_XYZZY", "lists all"),
    ],
)
def test_a_name_that_is_no_setting_is_refused_with_the_one_that_was_meant(name: str, words: str) -> None:
    said = refusal(**{name: "1"})
    assert said.startswith(f"There is no setting {name}.")
    assert words in said


def test_each_way_to_say_yes_and_no_is_understood_and_no_other() -> None:
    development = {**SECRET, "LEARNAPP_ENVIRONMENT": "development"}
    assert [read_settings({**development, "LEARNAPP_DEBUG": word}).debug for word in ("1", "TRUE", "yes")] == [True] * 3
    assert [read_settings({**development, "LEARNAPP_DEBUG": word}).debug for word in ("0", "false", "No")] == [
        False
    ] * 3
    assert "must be 0 or 1" in refusal(LEARNAPP_DEBUG="maybe")


def test_defaults_contradict_nothing() -> None:
    assert read_settings(SECRET) == replace(Settings(), secret_key="x" * 32)


def test_it_is_known_whether_there_is_a_secret(tmp_path: Path) -> None:
    environ = {"LEARNAPP_INSTANCE": str(tmp_path)}
    assert not has_secret(environ)
    assert has_secret({**environ, **SECRET})
    secret_file.write_secret(tmp_path)
    assert has_secret(environ)
