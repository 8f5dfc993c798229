"""`gmetui compare`: compare programs side by side."""

from __future__ import annotations

from ...catalog.comparison import compare_programs
from ...documents.comparison import compare_deciding_facts
from ...documents.comparison_document import comparison_document
from ...errors import UsageError
from ...lean_typing import TYPE_CHECKING
from .. import clock
from ..context import read_catalog
from ..document_output import print_document
from ..output import write_bytes, write_json
from ..program_ids import find_programs
from ..terminal import is_output_for_people, terminal_width

if TYPE_CHECKING:
    from argparse import Namespace

_MIN_WIDTH, _MAX_WIDTH, _PIPE_WIDTH = 60, 200, 100


def compare_command(options: Namespace) -> int:
    """Run `gmetui compare`. Raises `UsageError` for fewer than two programs."""
    catalog = read_catalog(options)
    programs = find_programs(catalog, options.ids)
    if len(programs) < 2:
        raise UsageError("gmetui: compare needs two programs or more; `gmetui show` shows one")
    today = clock.today()
    if options.format == "csv":
        from ...export.comparison import comparison_csv

        rows = compare_programs(catalog, programs, differences=options.differences)
        write_bytes(comparison_csv(programs, rows))
    elif options.format == "json":
        from ...reports.comparison_json import deciding_facts_json
        from ...reports.json_report import comparison_json

        rows = compare_programs(catalog, programs, differences=options.differences)
        facts = deciding_facts_json(compare_deciding_facts(catalog, programs, today))
        write_json(comparison_json(catalog, programs, rows) | facts)
    else:
        rows = compare_programs(catalog, programs, differences=options.differences) if options.everything else []
        document = comparison_document(catalog, compare_deciding_facts(catalog, programs, today), rows)
        width = terminal_width() if is_output_for_people() else _PIPE_WIDTH
        print_document(document, catalog, options.format, max(_MIN_WIDTH, min(width, _MAX_WIDTH)))
    return 0
