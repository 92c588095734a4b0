"""Derived keys: made of the secret, one for each purpose, and telling nothing of it."""

from flask import Flask

from learnapp.config.derived_keys import derived_key, keyed_digest, keyed_digests, seed_from


def app_with(secret: str) -> Flask:
    app = Flask(__name__)
    app.config["SECRET_KEY"] = secret
    return app


def made_by(secret: str, purpose: str = "cards") -> tuple[bytes, str, int]:
    with app_with(secret).app_context():
        key = derived_key(purpose)
        return key, keyed_digest(purpose, "a quiz"), seed_from(key, "card 7 after 1")


def test_what_is_derived_stays_the_same_for_one_secret_and_purpose() -> None:
    assert made_by("one") == made_by("one")


def test_another_secret_or_purpose_makes_all_of_it_another() -> None:
    made = [made_by("one"), made_by("two"), made_by("one", "looks ahead")]
    assert all(len(set(kind)) == len(made) for kind in zip(*made, strict=True))


def test_what_former_secrets_made_comes_after_the_present_digest() -> None:
    app = app_with("new")
    app.config["SECRET_KEY_FALLBACKS"] = ["old", "oldest"]
    with app.app_context():
        made = keyed_digests("cards", "a quiz")
    assert made == [made_by(secret)[1] for secret in ("new", "old", "oldest")]
