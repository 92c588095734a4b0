"""Programs and their banks: modules/programs.yaml, and the file of items of each stratum that a form names."""

from typing import get_args

from learnapp.content.load.drafts import BankDraft
from learnapp.content.load.files import Folder
from learnapp.content.load.schemas import BankFile, ProgramsFile
from learnapp.content.load.validate import ModelFile, read_model
from learnapp.content.problems import BANKS, PROGRAMS, Position, Report
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
