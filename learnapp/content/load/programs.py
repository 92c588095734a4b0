"""Programs: modules/programs.yaml, and the banks and conversations that it names, a file each."""

from typing import get_args

from learnapp.content.conversations import ConversationFile
from learnapp.content.load.drafts import BankDraft, ConversationDraft
from learnapp.content.load.files import Folder
from learnapp.content.load.schemas import BankFile, ProgramsFile
from learnapp.content.load.validate import ModelFile, read_model
from learnapp.content.problems import BANKS, PRACTICE, PROGRAMS, Position, Report
from learnapp.content.programs import FormKind


def read_programs(folder: Folder, report: Report) -> ModelFile[ProgramsFile] | None:
    """Return the programs; None where a course has none, or where they cannot be read."""
    if not folder.has(PROGRAMS):
        return None
    return read_model(ProgramsFile, PROGRAMS, folder, Position(PROGRAMS), report)


def read_banks(file: ModelFile[ProgramsFile] | None, folder: Folder, report: Report) -> tuple[BankDraft, ...]:
    """Return the banks that forms of the programs name, each once, in the order of the file."""
    if file is None:
        return ()
    named: dict[str, Position] = {}
    for number, program in enumerate(file.model.programs):
        for kind in get_args(FormKind):
            for name in program.form(kind).strata:
                named.setdefault(name, file.document.key("programs", number, kind, "strata", name))
    files = {name: read_model(BankFile, f"{BANKS}/{name}.yaml", folder, place, report) for name, place in named.items()}
    return tuple(BankDraft(name, bank) for name, bank in files.items() if bank)


def read_conversations(
    file: ModelFile[ProgramsFile] | None, folder: Folder, report: Report
) -> tuple[ConversationDraft, ...]:
    """Return the conversations that programs ask for, each once, in the order of the file."""
    if file is None:
        return ()
    named: dict[str, Position] = {}
    for number, program in enumerate(file.model.programs):
        for at, slug in enumerate(program.practice):
            named.setdefault(slug, file.document.place("programs", number, "practice", at))
    paths = {slug: f"{PRACTICE}/{slug}.yaml" for slug in named}
    files = {slug: read_model(ConversationFile, paths[slug], folder, place, report) for slug, place in named.items()}
    return tuple(ConversationDraft(slug, found) for slug, found in files.items() if found)
