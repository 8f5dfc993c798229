"""`gmetui compare`: compare programs side by side."""

from __future__ import annotations

import shutil
from argparse import Namespace

from ...catalog.comparison import compare_programs
from ..context import find_program, read_catalog
from ..output import print_line, write_bytes, write_json

_MIN_WIDTH, _MAX_WIDTH = 60, 200


def compare_command(options: Namespace) -> int:
    """Run `gmetui compare`."""
    catalog = read_catalog(options)
    programs = [find_program(catalog, program_id) for program_id in options.ids]
    rows = compare_programs(catalog, programs, differences=options.differences)
    if options.format == "json":
        from ...reports.json_report import comparison_json

        write_json(comparison_json(catalog, programs, rows))
    elif options.format == "csv":
        from ...export.comparison import comparison_csv

        write_bytes(comparison_csv(programs, rows))
    elif options.format == "markdown":
        from ...export.comparison import comparison_markdown

        print_line(comparison_markdown(programs, rows), end="")
    else:
        from ...reports.comparison_text import comparison_text

        columns = shutil.get_terminal_size((100, 24)).columns
        width = max(_MIN_WIDTH, min(columns, _MAX_WIDTH))
        print_line(comparison_text(catalog, programs, rows, width), end="")
    return 0
