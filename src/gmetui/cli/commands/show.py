"""`gmetui show`: show full details of programs."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from ...catalog.catalog import Catalog
from ...catalog.models import Edition, Program
from ...reports.json_report import program_json, requirements_elsewhere_json
from ...reports.program_text import program_text
from ..context import find_program, read_catalog
from ..output import print_line, write_json


def show_command(options: Namespace) -> int:
    """Run `gmetui show`."""
    catalog = read_catalog(options)
    programs = [find_program(catalog, program_id) for program_id in options.ids]
    if options.format == "json":
        documents = [_program_json(catalog, program) for program in programs]
        write_json({"programs": documents, "edition": _edition_json(catalog.edition)})
    else:
        print_line("\n\n".join(program_text(catalog, program) for program in programs), end="")
    return 0


def _program_json(catalog: Catalog, program: Program) -> dict[str, Any]:
    elsewhere = requirements_elsewhere_json(catalog, program)
    return program_json(catalog, program) | {"requirements_elsewhere": elsewhere}


def _edition_json(edition: Edition) -> dict[str, Any]:
    return {
        "version": edition.version,
        "date": edition.date,
        "title": edition.title,
        "read_by": edition.read_by,
    }
