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
    """Return a schema for each kind of file, by the name of its own file; `lesson` is a lesson's front matter."""
    draft = "https://json-schema.org/draft/2020-12/schema"
    return {f"{name}.schema.json": {"$schema": draft, **model.model_json_schema()} for name, model in MODELS.items()}


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas into a folder, which is made if need be; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = {folder / name: schema for name, schema in schemas().items()}
    for file, schema in written.items():
        file.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return list(written)
