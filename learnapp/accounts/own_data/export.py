"""Export: an archive of all that is stored about a person, as JSON and as tables for a spreadsheet."""

import csv
import io
import json
import zipfile
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Table

from learnapp.accounts.own_data.kept import kept_words
from learnapp.accounts.own_data.readable import columns_of, readable_rows
from learnapp.accounts.own_data.rows import Rows, collect
from learnapp.config.settings import current_settings
from learnapp.database.db import AnySession
from learnapp.web.spreadsheets import safe_cell


def build_archive(session: AnySession, user_id: int, now: datetime) -> bytes:
    """Return a zip with everything of one person, as JSON and tables.

    Left out are the hashes of password and tokens, and what would tell an answer that is still asked.
    """
    tables = [(table, readable_rows(session, user_id, table, rows)) for table, rows in collect(session, user_id)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("about.txt", _about(tables, now))
        archive.writestr("data.json", _json(tables, now))
        for table, rows in tables:
            archive.writestr(f"{table.name}.csv", _csv(table, rows))
    return out.getvalue()


def _text(value: Any) -> str:
    """Return a value as text."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return _ENCODER.encode(value) if isinstance(value, dict | list) else str(value)


# Without indentation JSON is written in C, a tenth of the time; each row gets a line of its own.
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=_text)


def _json(tables: list[tuple[Table, Rows]], now: datetime) -> str:
    following = ",\n"
    lines = (f'"{table.name}": [\n{following.join(map(_ENCODER.encode, rows))}\n]' for table, rows in tables)
    return f'{{"exported_at": "{now.isoformat()}", "tables": {{\n{following.join(lines)}\n}}}}\n'


def _csv(table: Table, rows: Rows) -> str:
    out = io.StringIO()
    names = columns_of(table)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(names)
    writer.writerows([safe_cell(_text(row.get(name))) for name in names] for row in rows)
    return "\ufeff" + out.getvalue()  # the mark by which spreadsheets know UTF-8


def _about(tables: list[tuple[Table, Rows]], now: datetime) -> str:
    lines = [
        "What is stored here about you",
        f"Taken on {now:%Y-%m-%d} at {now:%H:%M} UTC. All times are in UTC.",
        "",
        "data.json has everything in one file. Each .csv file is one of its tables.",
        "What you answered stands in responses.csv (quizzes) and reviews.csv (cards), beside the question, in words.",
        "An answer that you have not submitted yet is written as it stands on your page.",
        "A cell that a spreadsheet could take for a formula starts with an apostrophe in the .csv files.",
        "Your password and sign-in tokens are not in here: only their fingerprints are kept.",
        "",
        "What is kept, and how long:",
    ]
    for table, rows in tables:
        lines += ["", f"{table.name}: {len(rows)} {'row' if len(rows) == 1 else 'rows'}"]
        lines += [f"  {column.name}: {_rule(column)}" for column in table.columns]
    return "\n".join(lines) + "\n"


def _rule(column: Column[Any]) -> str:
    keep = kept_words(column, current_settings())
    return f"{keep}; not in here {column.info['withheld']}" if "withheld" in column.info else keep
