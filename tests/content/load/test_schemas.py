import json
from pathlib import Path

from learnapp.config.settings import ROOT
from learnapp.content.load.schemas import MODELS, schemas, write_schemas
from learnapp.quiz.types import ITEM_TYPES

KEPT = ROOT / "docs" / "schemas"


def test_there_is_a_schema_for_each_kind_of_file() -> None:
    shared = {"course", "source", "facts", "evidence", "people", "glossary", "programs"}
    assert set(MODELS) == shared | {"module", "lesson", "quiz", "bank", "conversation"}
    assert set(schemas()) == {f"{name}.schema.json" for name in MODELS}


def test_schemas_refuse_unknown_keys_and_know_all_item_types() -> None:
    for name in ("quiz", "bank"):
        quiz = schemas()[f"{name}.schema.json"]

        assert quiz["additionalProperties"] is False
        assert set(quiz["properties"]["items"]["items"]["discriminator"]["mapping"]) == set(ITEM_TYPES)
        assert all(part["additionalProperties"] is False for part in quiz["$defs"].values())


def test_the_schema_of_programs_knows_strata_and_days() -> None:
    parts = schemas()["programs.schema.json"]["$defs"]

    assert all(part["additionalProperties"] is False for part in parts.values())
    (count,) = parts["FinalBlueprint"]["properties"]["strata"]["patternProperties"].values()
    assert (count["minimum"], count["maximum"]) == (1, 60)
    assert parts["ProgramUpdate"]["properties"]["asked_from"]["pattern"] == "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def test_the_kept_schemas_are_current(tmp_path: Path) -> None:
    """If this fails: `flask content schema --out docs/schemas`."""
    kept = {file.name: file.read_text(encoding="utf-8") for file in KEPT.glob("*.json")}

    assert kept == {file.name: file.read_text(encoding="utf-8") for file in write_schemas(tmp_path)}


def test_schemas_are_written_into_a_folder(tmp_path: Path) -> None:
    files = write_schemas(tmp_path / "new")

    assert [file.name for file in files] == list(schemas())
    assert json.loads(files[0].read_text(encoding="utf-8")) == schemas()[files[0].name]
