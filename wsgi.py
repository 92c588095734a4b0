"""What servers and the `flask` command load."""

import secrets

import click

from learnapp import config, create_app
from learnapp.web.startup import prepare_to_serve

# `flask db upgrade` and its like must start while secret and schema are missing; whoever serves must not.
command = click.get_current_context(silent=True)
serving = command is None or command.info_name == "run"

try:
    if serving or config.has_secret():
        app = create_app()
    else:
        app = create_app({"secret_key": secrets.token_urlsafe(48)})
    if serving:
        prepare_to_serve(app)
except config.ConfigurationError as refusal:
    raise SystemExit(f"Learnapp does not start: {refusal}") from None
