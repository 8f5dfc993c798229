"""The fields of programs as JSON, stored so that `gmetui search` prints them without the model."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..compiled.archive import Archive
from ..compiled.sections import Section, encode_json, json_part
from ..lean_typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog
    from ..catalog.models import Program

_KEYS = "program field keys"

#: The fields of the program with a number, with the keys of `program_record_json`.
ReadFields = Callable[[int], dict[str, Any]]


def encode_fields(program: Program, catalog: Catalog) -> bytes:
    """Return the fields of a program that are stated."""
    from .json_report import stated_record_json

    return encode_json(stated_record_json(catalog, program))


def field_keys_section(catalog: Catalog) -> Section:
    """Return the section of an archive that holds the keys of all fields, in order."""
    from .json_report import PROGRAM_KEYS

    return json_part(_KEYS, PROGRAM_KEYS if catalog.programs else ())


def read_stored_fields(archive: Archive, stored_fields: Sequence[dict[str, Any]]) -> ReadFields:
    """Return a function that reads the fields of a program; `stored_fields` has what `encode_fields` returned."""
    unstated = dict.fromkeys(archive.json(_KEYS))
    return lambda number: {**unstated, **stored_fields[number]}
