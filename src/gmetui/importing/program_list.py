"""Import a list of programs, from the file to the data file: what the command and the explorer call."""

from __future__ import annotations

import os
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import NamedTuple

from ..catalog.catalog import Catalog
from ..datafiles.files import bundled_data_directory
from ..datafiles.program_merge import ProgramIdentity, ProgramMatcher
from ..errors import NoProgramsError, UnreadableListError
from ..text import sanitize
from .column_detection import FIELD_LABELS
from .data_file import ListMetadata, Tables, apply_corrections, build_tables, program_ids, write_toml
from .previous_list import open_previous_list, report_changes
from .program_builder import ProgramSet, build_programs
from .readers.grids import open_grids
from .report import NOTE, Finding, ImportReport
from .sheets import ColumnOverrides, ProgramSheet, interpret_grid
from .specialty_matcher import SpecialtyMatcher

#: The fields that the user may assign to a column.
ASSIGNABLE_FIELDS = tuple(field for field in FIELD_LABELS if field not in ("import", "made", "row", "says"))
_MAX_NAME_LENGTH = 60
#: Words that names of imports leave out; another set would give the files of earlier imports other names.
_OMITTED_WORDS = frozenset(("and", "or", "of", "the", "in", "for", "at", "to", "with", "program", "programme"))


class ProgramImport(NamedTuple):
    """A list ready to be saved: the tables of its data file, the report, and the name of the import it corrects."""

    tables: Tables
    report: ImportReport
    corrected_import: str = ""


def no_overrides(titles: Sequence[str]) -> Mapping[str, str]:
    """Assign no fields to columns."""
    return {}


def read_sheets(
    catalog: Catalog, path: Path, sheet_name: str | None = None, overrides: ColumnOverrides = no_overrides
) -> list[ProgramSheet]:
    """Return the sheets of a file with their columns, without rows. Raises as `read_programs` does."""
    matcher = SpecialtyMatcher(catalog)
    with open_grids(path, sheet_name) as grids:
        sheets = [interpret_grid(grid, matcher, overrides)._replace(rows=iter(())) for grid in grids]
    if all(sheet.rejection for sheet in sheets):
        rejection = next((sheet.rejection for sheet in sheets), "the file is empty")
        raise UnreadableListError(f"gmetui: {sanitize(path.name)}: not a program list: {rejection}")
    return sheets


def read_programs(
    catalog: Catalog,
    path: Path,
    metadata: ListMetadata,
    imported_on: date,
    *,
    sheet_name: str | None = None,
    overrides: ColumnOverrides = no_overrides,
    find_import_file: Callable[[str], Path | None] = lambda name: None,
    report_progress: Callable[[int], None] = lambda rows: None,
) -> ProgramImport:
    """Read the list in a file; nothing is written.

    `find_import_file` returns the data file of an earlier import by its name. `report_progress` receives the number of
    rows read so far, and may raise to stop. Raises `UnreadableListError` when the file is not a program list, `OSError`
    when it cannot be opened.
    """
    file_name, matcher = sanitize(path.name), SpecialtyMatcher(catalog)
    try:
        with open_grids(path, sheet_name) as grids:
            sheets = (interpret_grid(grid, matcher, overrides) for grid in grids)
            program_set = build_programs(catalog, _acgme_states(), sheets, matcher, report_progress)
    except NoProgramsError as error:
        raise UnreadableListError(f"gmetui: {file_name}: not a program list: {error}") from error
    tables = build_tables(program_set, metadata, imported_on)
    corrected_import = program_set.corrected_import
    previous_file = find_import_file(corrected_import or metadata.name)
    previous = open_previous_list(previous_file)
    if corrected_import:
        if previous is None:
            missing = f"no imported list {sanitize(corrected_import)!r} to correct"
            raise UnreadableListError(f"gmetui: {file_name}: {missing}")
        previous_tables: Tables = {**previous.tables, "program": list(previous.programs())}
        tables = apply_corrections(previous_tables, tables, program_set.corrected_programs)
    else:
        _report_merged_programs(catalog, program_set, program_ids(tables["program"]))
    if previous is not None:
        report_changes(program_set.report, previous, tables)
    return ProgramImport(tables, program_set.report, corrected_import)


def toml_parts(program_import: ProgramImport) -> Iterator[str]:
    """Yield the data file of a list in parts."""
    return write_toml(program_import.tables)


def default_import_name(path: Path) -> str:
    """Return the name of an import that the user doesn't name: made from the file name."""
    words = re.findall(r"[a-z0-9]+", path.stem.casefold().replace("'", ""))
    parts = [word for word in words if word not in _OMITTED_WORDS]
    return "-".join(parts)[:_MAX_NAME_LENGTH].strip("-") or "list"


def file_id(path: Path) -> str:
    """Return an id of a file that differs from that of any other file, even one with the same name."""
    return sha256(os.path.realpath(path).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def import_name_for(path: Path, file_ids: Mapping[str, str]) -> str:
    """Return the name of the import that a file updates, or a new one.

    `file_ids` are those of the imported lists by name, "" where it is unknown. Another file of the same name gets a
    number: "programs-2".
    """
    base, own_id = default_import_name(path), file_id(path)
    names = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(name for name in names if file_ids.get(name, own_id) in ("", own_id))


def _acgme_states() -> Mapping[str, str]:
    """Return the states by digits 4 and 5 of ACGME ids."""
    text = (bundled_data_directory() / "acgme.toml").read_text(encoding="utf-8")
    states: Mapping[str, str] = tomllib.loads(text)["acgme_states"]
    return states


def _report_merged_programs(catalog: Catalog, program_set: ProgramSet, program_ids: Iterable[str]) -> None:
    """Report which programs the catalog has already, as loading the list will decide."""
    existing = [ProgramIdentity.of(program) for program in catalog.programs]
    drafts = program_set.programs.values()
    institutions = program_set.institutions
    matcher = ProgramMatcher(
        existing, Counter((institutions[draft.institution].id, draft.facts.specialty) for draft in drafts)
    )
    without_id = {identity.id for identity in existing if not identity.acgme_id}
    report, merged = program_set.report, {}
    for program_id in program_ids:
        identity = _identity(program_set, program_id)
        existing_id = matcher.match(identity)
        if existing_id is not None:
            merged[program_id] = existing_id
            if identity.acgme_id and existing_id in without_id:
                report.merged_without_id.append(f"{identity.acgme_id} is {existing_id}")
    report.merged = list(merged.values())
    _report_unknown_tracks(catalog, program_set, merged)


def _report_unknown_tracks(catalog: Catalog, program_set: ProgramSet, merged: Mapping[str, str]) -> None:
    """Report the codes that a merged program takes without their track, since it has other tracks."""
    for program_id, existing_id in merged.items():
        draft, existing = program_set.programs[program_id], catalog.program[existing_id]
        tracks = {track.name.casefold() for track in existing.tracks}
        if not tracks or existing.nrmp_codes:
            continue
        for code in draft.facts.nrmp_codes:
            if not isinstance(code, str) and code["track"].casefold() not in tracks:
                message = f"{code['text']} is used without its track: gmetui has no track “{code['track']}” there"
                program_set.report.add(Finding(draft.row, "", NOTE, existing.name, message, existing_id))


def _identity(program_set: ProgramSet, program_id: str) -> ProgramIdentity:
    draft = program_set.programs[program_id]
    return ProgramIdentity(
        program_id,
        program_set.institutions[draft.institution].id,
        draft.facts.specialty,
        draft.facts.acgme_id or None,
        draft.match_codes,
        draft.facts.name,
    )
