"""A volunteer's own data holds what is stored of them and events, and nobody else's name."""

import io
import json
import zipfile

from tests.actors.teams import Team
from tests.factories.base import NOON


def exported(team: Team) -> dict[str, str]:
    """Return what Vera gets when she takes her data along, by file."""
    answer = team.vera.get("/account/data/export")
    assert answer.status_code == 200
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    return {name: archive.read(name).decode() for name in archive.namelist()}


def test_what_is_noted_of_a_volunteer_is_in_their_data_by_the_name_of_the_event(team: Team) -> None:
    event = team.event(title="Tea in the harbor")
    about = {"partnered_at": NOON, "partnered_by": team.cora_id, "name": "Vera", "ready": False}
    team.note(event, team.vera_id, expected=True, **about)
    team.note(event, team.ben_id, expected=True, **about | {"name": "Ben Canary"})
    files = exported(team)
    text = "\n".join(files.values())
    assert "Tea in the harbor" in text
    for other in ("Ben Canary", "Cora"):
        assert other not in text
    (row,) = json.loads(files["data.json"])["tables"]["event_volunteers"]
    assert (row["event"], row["expected"], row["ready"], row["name"]) == ("Tea in the harbor", True, False, "Vera")
    assert row["partnered_by"] is None
    assert row["partnered_at"]
