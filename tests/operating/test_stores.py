"""Stores: addresses as PostgreSQL's own programs read them."""

import pytest
from sqlalchemy import make_url

from learnapp.operating.stores import libpq_address


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("postgresql+psycopg://ada:s%40c@db.example:5433/learn", "postgresql://ada@db.example:5433/learn"),
        ("postgresql+psycopg:///learn?host=/run/postgresql", "postgresql:///learn?host=%2Frun%2Fpostgresql"),
        ("postgresql+psycopg://ada@[::1]/learn?sslmode=require", "postgresql://ada@[::1]/learn?sslmode=require"),
    ],
)
def test_an_address_is_handed_on_without_its_password(address: str, read: str) -> None:
    assert libpq_address(make_url(address)) == read
