"""Migrations on both databases: up, down and up again with data in them, and what the models say."""

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import click
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask

from learnapp.database.db import Base, db
from tests.databases import BOTH, KINDS, new_database
from tests.shares import LONG
from tests.whole.rows import checksums, columns_of
from tests.whole.schema import MIGRATIONS, app_on, config, fill, go, revisions

FEW, MANY = 100, 10_000
LATER = '''
"""Made up: rebuilds a table that others refer to, as later migrations will."""
import sqlalchemy as sa
from alembic import op

revision = "made_up"
down_revision = "%s"
REBUILD = {"sqlite": "always", "postgresql": "never"}


def upgrade() -> None:
    with op.batch_alter_table("users", recreate=REBUILD[op.get_bind().dialect.name]) as batch:
        batch.add_column(sa.Column("shade", sa.String(20), nullable=True))
    owner = sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"))
    op.create_table("teas", sa.Column("id", sa.Integer, primary_key=True), owner)
    %s


def downgrade() -> None:
    op.drop_table("teas")
    with op.batch_alter_table("users", recreate=REBUILD[op.get_bind().dialect.name]) as batch:
        batch.drop_column("shade")
'''


@pytest.fixture(params=KINDS)
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """Give the app, in its context, on a database that holds nothing."""
    with new_database(request.param, tmp_path) as url, app_on(url, tmp_path) as app:
        yield app


def sums(columns: dict[str, tuple[str, ...]] | None = None) -> dict[str, str]:
    """Return the checksums of these columns, or of all."""
    with db.engine.connect() as connection:
        return checksums(connection, columns if columns is not None else columns_of(connection))


def shared(first: dict[str, tuple[str, ...]], second: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the columns that both have."""
    both = {name: tuple(one for one in first[name] if one in second[name]) for name in first if name in second}
    return {name: columns for name, columns in both.items() if columns}


def columns() -> dict[str, tuple[str, ...]]:
    with db.engine.connect() as connection:
        return columns_of(connection)


def put(attempts: int) -> None:
    with db.engine.begin() as connection:
        fill(connection, attempts)


def clear() -> None:
    """Delete every row of every table that there is, those that others refer to last."""
    metadata = sa.MetaData()
    with db.engine.begin() as connection:
        metadata.reflect(connection)
        for table in reversed(metadata.sorted_tables):
            if table.name != "alembic_version":
                connection.execute(table.delete())


def walk(folder: Path = MIGRATIONS, last: int = 0) -> list[str]:
    """Go over every migration with data, or the last so many: a step up and down and up; return what was lost.

    In CI each step ends at the bottom, and what it left is taken down all the way.
    """
    lost: list[str] = []
    order = ["base", *revisions(folder)]
    for before, after in [*pairwise(order)][-last:]:
        go(before, folder)
        put(FEW)
        old, kept = columns(), sums()
        go(after, folder)
        new = columns()
        both = shared(old, new)
        across = sums(both)
        lost += [f"up to {after}: {name}" for name in both if old[name] == both[name] and across[name] != kept[name]]
        go(before, folder)
        back = sums(both)
        lost += [f"down to {before}: {name}" for name in both if back[name] != across[name]]
        assert columns() == old, f"{after} does not take back what it made"
        go(after, folder)
        again = sums(both)
        lost += [f"up again to {after}: {name}" for name in both if again[name] != across[name]]
        assert columns() == new, f"{after} makes something else the second time"
        if LONG:
            go("base", folder)
            assert columns() == {}
        else:
            clear()
    go("base", folder)
    assert columns() == {}
    return lost


@pytest.mark.long
def test_down_to_the_bottom_removes_all_and_up_again_serves_again(bare: Flask) -> None:
    summary = revisions()[-1]
    go(summary)
    put(FEW)
    first, tables = sums(), columns()
    assert first["attempts"].startswith(f"{FEW} rows")
    go("base")
    assert columns() == {}
    go(summary)
    assert columns() == tables
    assert all(text.startswith("0 rows") for text in sums().values())
    put(FEW)
    assert sums() == first


def test_a_step_down_takes_nothing_from_people_without_a_word(bare: Flask) -> None:
    newest, before = revisions()[-1], revisions()[-2]
    go(newest)
    put(FEW)
    kept = sums()
    with pytest.raises(click.ClickException, match=r"Nothing was changed.*LEARNAPP_ALLOW_DATA_LOSS=yes"):
        command.downgrade(config(), before)
    assert sums() == kept
    with db.engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT version_num FROM alembic_version")) == newest


def test_a_step_down_is_free_where_nobody_is(bare: Flask) -> None:
    go(revisions()[-1])
    command.downgrade(config(), "base")
    assert columns() == {}


@pytest.mark.scaled
def test_every_migration_keeps_what_it_does_not_remove(bare: Flask) -> None:
    assert walk() == []


def make_finals(every: int) -> None:
    """Make finals of some attempts, with the progress row that each has, as they are since there are certificates."""
    numbers = range(1, FEW + 1, every)
    with db.engine.begin() as connection:
        for n in numbers:
            kind = ("final", "renewal")[n % 2]
            values = {"kind": kind, "lesson": f"final/tea-{n}", "id": n}
            connection.execute(sa.text("UPDATE attempts SET kind = :kind, lesson = :lesson WHERE id = :id"), values)
        own = "INSERT INTO progress (user_id, lesson) SELECT user_id, lesson FROM attempts WHERE lesson LIKE 'final/%'"
        connection.execute(sa.text(own))


def counts(*tables: str) -> list[int]:
    with db.engine.connect() as connection:
        return [connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) or 0 for table in tables]


def test_a_step_down_takes_finals_with_all_that_is_theirs_and_leaves_every_other_attempt(bare: Flask) -> None:
    trained = ("certificates", "credential_statuses", "acknowledgements")
    go("0013")
    put(FEW)
    others = sums({name: names for name, names in columns().items() if name not in trained})
    before = counts("attempts", "responses", "progress")
    make_finals(every=7)
    assert [count > 0 for count in counts(*trained)] == [True] * 3

    go("0012")
    made = len(range(1, FEW + 1, 7))
    assert counts("attempts", "responses", "progress") == [before[0] - made, before[1] - made, before[2]]
    assert set(trained).isdisjoint(columns())
    names = set(others) - {"attempts", "responses", "progress"}
    assert {name: others[name] for name in names} == {name: sums()[name] for name in names}
    with pytest.raises(sa.exc.IntegrityError), db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE attempts SET kind = 'final' WHERE id = 2"))
    left = sums()

    go("0013")
    assert counts(*trained) == [0, 0, 0]
    assert {name: sums()[name] for name in left} == left
    make_finals(every=100_000)
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE attempts SET kind = 'renewal' WHERE id = 2"))


def with_one_more(tmp_path: Path, statement: str = "") -> Path:
    """Return a copy of the migrations with one more, which rebuilds the table of people."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "made_up.py").write_text(LATER % (revisions()[-1], statement))
    return folder


@pytest.mark.long
def test_rebuilding_a_table_keeps_ten_thousand_attempts_that_refer_to_it(bare: Flask, tmp_path: Path) -> None:
    folder = with_one_more(tmp_path)
    summary = revisions()[-1]
    go(summary)
    put(MANY)
    old, kept = columns(), sums()
    assert kept["attempts"].startswith(f"{MANY} rows")
    for revision in ("made_up", summary, "made_up"):
        go(revision, folder)
        assert sums(old) == kept, revision
    assert "shade" in columns()["users"]


@pytest.mark.long
def test_the_walk_takes_in_every_migration_that_is_added(bare: Flask, tmp_path: Path) -> None:
    assert walk(with_one_more(tmp_path), last=1) == []


@pytest.mark.long
@pytest.mark.parametrize(
    "statement", ["DELETE FROM responses WHERE attempt_id = 7", "UPDATE attempts SET seq = 0 WHERE id = 7"]
)
def test_the_walk_notices_a_migration_that_loses_something(bare: Flask, tmp_path: Path, statement: str) -> None:
    lost = walk(with_one_more(tmp_path, f'op.execute("{statement}")'), last=1)
    assert [one for one in lost if one.startswith("up to made_up")] != []


def test_a_migration_that_fails_leaves_the_database_as_it_was(bare: Flask, tmp_path: Path) -> None:
    go(revisions()[-1])
    put(FEW)
    before = sums()
    with pytest.raises(sa.exc.DBAPIError):
        go("made_up", with_one_more(tmp_path, 'op.execute("DELETE FROM nowhere")'))
    assert sums() == before


@pytest.mark.parametrize("bare", BOTH, indirect=True)
def test_the_models_are_the_migrated_schema(bare: Flask) -> None:
    go(revisions()[-1])
    options = {"compare_type": True, "compare_server_default": True}
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []


def test_the_tables_of_the_tests_are_those_of_the_migrations(bare: Flask) -> None:
    """Checks and autoincrement too, which the comparison above does not see."""
    go(revisions()[-1])
    migrated = described()
    go("base")
    Base.metadata.create_all(db.engine)
    assert described() == migrated


def plain(value: object) -> object:
    """Return what a database tells in a form that can be compared: SQL as its text."""
    if isinstance(value, dict):
        return sorted((str(name), plain(one)) for name, one in value.items())
    return [plain(one) for one in value] if isinstance(value, list) else str(value)


def described() -> dict[str, list[str]]:
    """Return all that the database tells about its tables."""
    found = sa.inspect(db.engine)
    told: dict[str, list[str]] = {}
    for name in found.get_table_names():
        if name == "alembic_version":
            continue
        parts = (
            found.get_columns(name),
            found.get_check_constraints(name),
            found.get_unique_constraints(name),
            found.get_foreign_keys(name),
            found.get_indexes(name),
            [found.get_pk_constraint(name)],
            [found.get_table_options(name)],
        )
        told[name] = sorted(str(plain(one)) for part in parts for one in part)
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            scripts = connection.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
            for name, script in scripts:
                if name in told:
                    told[name].append(f"autoincrement: {'AUTOINCREMENT' in script}")
    return told
