"""Fixtures for content tests: a course of their own in every test's folder."""

from pathlib import Path

import pytest

from tests.courses.island import Island


@pytest.fixture
def island(tmp_path: Path) -> Island:
    """Give a copy of the island course, which is without fault."""
    return Island.copy_to(tmp_path)
