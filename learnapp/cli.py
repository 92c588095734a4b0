"""Commands: the app as `flask --app learnapp.cli` loads it, with every command and the migrations.

Servers load `wsgi:app`, which has neither: without Alembic they start 0.1 s sooner and are 8 MB smaller.
"""

import json
import secrets
import sys
from dataclasses import fields
from types import TracebackType

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from flask_migrate import Migrate
from sqlalchemy.exc import OperationalError, ProgrammingError

import learnapp
from learnapp.accounts import cli as accounts_cli
from learnapp.authoring import cli as authoring_cli
from learnapp.config.settings import ROOT, SECRETS, ConfigurationError, Settings, current_settings, has_secret, variable
from learnapp.database.db import db
from learnapp.database.outages import why_unavailable
from learnapp.demo import cli as demo_cli
from learnapp.groups.leaders import cli as groups_cli
from learnapp.operating import cli as operating_cli
from learnapp.training.credentials import cli as credentials_cli
from learnapp.web import policy

assets = AppGroup("assets", help="Files for browsers.")


def create_app() -> Flask:
    """Build the app with its commands; it starts while secret and schema are missing, to have them made."""
    sys.excepthook = _end_with_a_sentence
    try:
        app = learnapp.create_app(None if has_secret() else {"secret_key": secrets.token_urlsafe(48)})
    except (ConfigurationError, OSError) as error:
        raise click.ClickException(str(error)) from error
    init_app(app)
    return app


def _end_with_a_sentence(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say why the database cannot serve, where a command ended with that; show any other error as usual."""
    if reason := why_unavailable(error):
        click.echo(f"Error: the database cannot be used ({reason}).", err=True)
    elif isinstance(error, OperationalError | ProgrammingError):  # such as a table that is not there
        how = "Is its schema migrated? `flask --app learnapp.cli db upgrade`, or `make run`, does it."
        click.echo(f"Error: the database does not answer as it should. {how}", err=True)
    else:
        sys.__excepthook__(kind, error, trace)


def init_app(app: Flask) -> None:
    """Add the commands of every feature, and `flask db`."""
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    for command in (settings, routes_policy, assets):
        app.cli.add_command(command)
    accounts_cli.init_app(app)
    groups_cli.init_app(app)
    operating_cli.init_app(app)
    credentials_cli.init_app(app)
    authoring_cli.init_app(app)
    demo_cli.init_app(app)


@click.command("settings")
@click.option("--markdown", is_flag=True, help="Print the table that docs/settings.md holds.")
@with_appcontext
def settings(markdown: bool) -> None:
    """List every setting: variable, present value or default, unit, meaning."""
    if markdown:
        click.echo(markdown_table())
        return
    now = current_settings()
    for setting in fields(Settings):
        value = getattr(now, setting.name)
        if setting.name in SECRETS and value:
            value = "(set)"
        click.echo(f"{variable(setting)}={value}")
        click.echo(f"    {setting.metadata['meaning']} [{setting.metadata['unit']}]")


def markdown_table() -> str:
    """Return the table of settings with their defaults."""
    lines = ["| variable | default | unit | meaning |", "|---|---|---|---|"]
    for setting in fields(Settings):
        default = str(int(setting.default) if isinstance(setting.default, bool) else setting.default)
        cell = f"`{default}`" if default else "empty"
        unit, meaning = (str(setting.metadata[key]).replace("|", "\\|") for key in ("unit", "meaning"))
        lines.append(f"| `{variable(setting)}` | {cell} | {unit} | {meaning} |")
    return "\n".join(lines)


@click.command("routes-policy")
@click.option("--json", "as_json", is_flag=True, help="Print the whole matrix as JSON.")
@with_appcontext
def routes_policy(as_json: bool) -> None:
    """Print who may open which route."""
    rows = policy.matrix(current_app)
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        owned = f" ({row['object']}: own)" if row["object"] else ""
        click.echo(f"{row['route']}  {','.join(row['methods'])}  {', '.join(row['policy'])}{owned}")


@assets.command("build")
def build() -> None:
    """Have styles, scripts, fonts and pictures in the instance folder, compressed, below their hash."""
    target = current_settings().instance_path / "static"
    click.echo(f"{len(current_app.extensions['assets'])} files in {target}")  # built as the app was loaded
