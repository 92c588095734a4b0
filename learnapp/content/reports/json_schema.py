"""JSON Schemas of all content files, for editors that complete keys and underline mistakes."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from learnapp.content.load.schemas import CourseFile, FactsFile, GlossaryFile, LessonFront, ModuleFile, SourceFile
from learnapp.quiz.quiz import Quiz

MODELS: dict[str, type[BaseModel]] = {
    "course": CourseFile,
    "source": SourceFile,
    "facts": FactsFile,
    "glossary": GlossaryFile,
    "module": ModuleFile,
    "lesson": LessonFront,
    "quiz": Quiz,
}


def schemas() -> dict[str, dict[str, Any]]:
    """Return a schema for each kind of file; `lesson` is a lesson's front matter."""
    return {
        name: {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
        for name, model in MODELS.items()
    }


def schema_texts() -> dict[str, str]:
    """Return file names and their text, `quiz.schema.json` and so on; the same text for the same models."""
    return {
        f"{name}.schema.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in schemas().items()
    }


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas into a folder, which is made if need be; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = schema_texts()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]
