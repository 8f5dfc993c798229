"""Gives long hostile cells to every parser of cells, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from typing import Any

from gmetui.catalog.catalog import Catalog
from gmetui.datafiles.files import load_directory
from gmetui.importing import cell_values, column_detection, identifiers, institution_matcher, institution_names
from gmetui.importing.program_draft import ProgramFacts
from gmetui.importing.readers.cells import clean_text
from gmetui.importing.row_facts import add_row_facts
from gmetui.importing.sheets import SheetRow
from gmetui.importing.shortlist_table import shortlist_heading
from gmetui.importing.specialty_matcher import SpecialtyMatcher
from gmetui.search import Query, search
from gmetui.search.normalize import fold_key
from gmetui.text import sanitize
from support import FIXTURE_DATA

_HOSTILE = (
    "(",
    "[",
    "-",
    " ",
    "1",
    "12 ",
    "\"'",
    "<",
    "<!--",
    "&",
    ",",
    "; ",
    "A",
    "a ",
    "program ",
    "(A)",
    "new program ",
)
_HOSTILE_MARKS = (
    "\u0301\u0323",
    "é",
    ".0",
    "@",
    "https://",
    "[1402431164]",
    "a - ",
    "x_",
    "=",
    "\n",
    "\t",
    "|",
    "new program ",
)


def _parsers(catalog: Catalog) -> Mapping[str, Callable[[str], Any]]:
    matcher = SpecialtyMatcher(catalog)
    fields = ("positions", "length", "url", "status", "j1", "latitude", "longitude", "address", "kind", "track")

    def row_facts(cell: str) -> None:
        add_row_facts(
            ProgramFacts(), SheetRow(1, dict.fromkeys(fields, cell), (("x", cell),), ()), lambda message: None
        )

    modules = (cell_values, identifiers, column_detection, institution_matcher)
    names = (
        *(
            "clean_cell",
            "parse_number",
            "parse_yes_no",
            "find_urls",
            "parse_state",
            "parse_city_state",
            "to_title_case",
        ),
        *(
            "parse_program_name",
            "parse_city",
            "find_acgme_ids",
            "find_match_codes",
            "track_letter",
            "normalize_heading",
        ),
        "normalized_name",
    )
    functions = {name: getattr(module, name) for name in names for module in modules if hasattr(module, name)}
    return {
        **{name: getattr(function, "__wrapped__", function) for name, function in functions.items()},
        "sanitize": sanitize,
        "clean_text": clean_text,
        "fold_key": fold_key,
        "shortlist_heading": shortlist_heading,
        "without_program_words": institution_names.without_program_words,
        "specialty match": matcher.match,
        "specialty find_in": matcher.find_in,
        "row facts": row_facts,
        "query": lambda cell: str(Query.parse(cell)),
        "search": lambda cell: search(catalog, Query.parse(cell)),
    }


def parse_long_cells(names: Connection, length: int) -> None:
    """Give cells of `length` characters to every parser, and tell which is next."""
    catalog = load_directory(FIXTURE_DATA)
    for name, parse in _parsers(catalog).items():
        for piece in (*_HOSTILE, *_HOSTILE_MARKS):
            names.send(f"{name} of {piece!r}")
            parse("5" + piece * (length // len(piece)) + "x")
    names.send("done")
