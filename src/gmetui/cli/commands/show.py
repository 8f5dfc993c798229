"""`gmetui show`: show full details of programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...catalog.catalog import Catalog
from ...catalog.models import Edition, Program
from ...documents.program_document import program_document
from ...errors import UnknownIdError
from ...lean_typing import TYPE_CHECKING
from ...reports.document_text import document_text
from .. import clock
from ..context import read_catalog
from ..output import print_page
from ..program_ids import find_known_programs
from ..record_output import wants_json, write_records_json
from ..terminal import text_width

if TYPE_CHECKING:
    from argparse import Namespace


def show_command(options: Namespace) -> int:
    """Run `gmetui show`. Raises `UnknownIdError` for unknown programs, after the others are printed."""
    is_json = wants_json(options)
    catalog = read_catalog(options)
    programs, errors = find_known_programs(catalog, options.ids)
    if is_json:
        document = {
            "programs": [_program_json(catalog, program) for program in programs],
            "edition": _edition_json(catalog.edition),
        }
        write_records_json(options, document, "programs")
    elif programs:
        print_page(_text(catalog, programs))
    if errors:
        raise UnknownIdError.of_all(errors)
    return 0


def _text(catalog: Catalog, programs: Sequence[Program]) -> str:
    documents = (program_document(catalog, program, clock.today()) for program in programs)
    read_by, width = catalog.edition.read_by, text_width()
    return "\n\n".join(document_text(document, read_by, width) for document in documents)


def _program_json(catalog: Catalog, program: Program) -> dict[str, Any]:
    from ...reports.json_report import program_json, requirements_elsewhere_json

    elsewhere = requirements_elsewhere_json(catalog, program)
    return program_json(catalog, program, clock.today()) | {"requirements_elsewhere": elsewhere}


def _edition_json(edition: Edition) -> dict[str, Any]:
    return {
        "version": edition.version,
        "date": edition.date,
        "title": edition.title,
        "read_by": edition.read_by,
    }
