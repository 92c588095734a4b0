"""Access of previews: the age group that an address names, or everything."""

import pytest
from flask import Flask

from learnapp.authoring.access import asked_access
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import NotFound
from tests.courses.island import Island


@pytest.mark.parametrize(("query", "band"), [("", None), ("?as=14", 14), ("?as=18", 18)])
def test_an_address_asks_for_an_age_group_or_for_everything(
    app: Flask, working: Island, query: str, band: int | None
) -> None:
    with app.test_request_context(f"/{query}"):
        access = asked_access(current_catalog())
    assert (access and access.band) == band


@pytest.mark.parametrize("query", ["?as=", "?as=13", "?as=x"])
def test_an_age_group_that_there_is_not_is_missing(app: Flask, working: Island, query: str) -> None:
    with app.test_request_context(f"/{query}"), pytest.raises(NotFound):
        asked_access(current_catalog())
