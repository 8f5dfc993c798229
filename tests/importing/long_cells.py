"""Gives long hostile cells to every parser of cells, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from multiprocessing.connection import Connection
from typing import Any

from gmetui.catalog.catalog import Catalog
from gmetui.datafiles.files import load_directory
from gmetui.export.headings import date_label
from gmetui.importing import (
    cell_values,
    column_detection,
    identifiers,
    institution_matcher,
    institution_names,
    shortlist_dates,
    shortlist_words,
)
from gmetui.importing.program_draft import ProgramFacts
from gmetui.importing.readers import match_directory, other_texts, text_tables
from gmetui.importing.readers.cells import clean_text
from gmetui.importing.readers.delimited import parse_delimited
from gmetui.importing.readers.html_tables import read_html_tables
from gmetui.importing.readers.open_file import PROGRAM_LIST_LIMITS
from gmetui.importing.readers.read_budget import ReadBudget
from gmetui.importing.readers.sheet_notes import SheetNotes
from gmetui.importing.row_facts import add_row_facts
from gmetui.importing.sheets import SheetRow
from gmetui.importing.shortlist_matcher import ProgramFinder
from gmetui.importing.shortlist_table import shortlist_heading
from gmetui.importing.specialty_matcher import SpecialtyMatcher
from gmetui.search import Query, search
from gmetui.search.normalize import fold_key
from gmetui.shortlist.text_items import split_items
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
    finder = ProgramFinder(catalog)
    fields_of_rows = ("name", "institution", "specialty", "state", "place", "acgme")
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
        "date": lambda cell: shortlist_dates.parse_date_cell(cell, "interview", date(2026, 11, 26)),
        "dates": lambda cell: shortlist_dates.parse_labeled_dates(cell, date(2026, 11, 26)),
        "rank": shortlist_words.parse_rank,
        "status": shortlist_words.parse_status,
        "signal": shortlist_words.parse_signal,
        "tags": split_items,
        "date label": date_label,
        **{field: lambda cell, field=field: finder.candidates({field: cell}, cell) for field in fields_of_rows},
        "program": lambda cell: finder.find({"name": cell, "institution": cell, "state": cell}, ()),
        "Markdown": lambda cell: list(text_tables.read_markdown(["|a|b|", "|-|-|", f"|{cell}|"], PROGRAM_LIST_LIMITS)),
        "quoted table": lambda cell: text_tables.is_quoted_table([cell, f'"{cell}'] * 2),
        "columns": lambda cell: text_tables.find_columns([cell, cell]),
        "gaps": lambda cell: text_tables.is_gapped_table([cell, cell]),
        "other text": lambda cell: _ignoring_errors(other_texts.reject_other_text, cell),
        "script": lambda cell: other_texts.data_of_script([cell]),
        "directory": lambda cell: list(match_directory.read_match_directory([cell, f"NRMP code {cell}"])),
        "web page": lambda cell: _ignoring_errors(_read_page, cell),
        "open quotation": lambda cell: list(parse_delimited([f'1,"{cell}'], ",", PROGRAM_LIST_LIMITS, SheetNotes())),
        "query": lambda cell: str(Query.parse(cell)),
        "search": lambda cell: search(catalog, Query.parse(cell)),
    }


def _ignoring_errors(parse: Callable[[list[str]], object], cell: str) -> None:
    with suppress(ValueError):
        parse([cell])


def _read_page(lines: list[str]) -> None:
    read_html_tables(["<table><tr><td>", *lines], PROGRAM_LIST_LIMITS, ReadBudget(0))


def parse_long_cells(names: Connection, length: int) -> None:
    """Give cells of `length` characters to every parser, and tell which is next."""
    catalog = load_directory(FIXTURE_DATA)
    for name, parse in _parsers(catalog).items():
        for piece in (*_HOSTILE, *_HOSTILE_MARKS):
            names.send(f"{name} of {piece!r}")
            parse("5" + piece * (length // len(piece)) + "x")
    names.send("done")
