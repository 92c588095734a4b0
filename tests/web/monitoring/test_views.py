"""Metrics page: not there unless it is switched on."""

from flask.testing import FlaskClient


def test_without_the_setting_there_are_no_metrics_for_anybody(client: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 404
