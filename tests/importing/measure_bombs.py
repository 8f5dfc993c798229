"""Reads bombs in a process of its own, which pytest's modules cannot be the start of."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from gmetui.catalog.catalog import Catalog
from gmetui.datafiles.files import load_directory
from gmetui.errors import GmetuiError
from gmetui.importing.data_file import ListMetadata
from gmetui.importing.detect import detect_list_kind
from gmetui.importing.program_list import read_programs, toml_parts
from gmetui.importing.shortlist_import import import_shortlist
from gmetui.importing.shortlist_table import read_shortlist_table
from gmetui.shortlist.entries import Shortlist
from importing.bombs import BOMBS
from support import FIXTURE_DATA

MAX_MEMORY = 500 * 1024 * 1024


def read_bomb(catalog: Catalog, path: Path, kind: str) -> str:
    try:
        if kind == "programs":
            result = read_programs(catalog, path, ListMetadata("bomb", "Bomb", "bomb"), date(2026, 11, 22))
            return f"{result.report.programs} programs, {sum(map(len, toml_parts(result)))} characters"
        if kind == "shortlist":
            table = read_shortlist_table(path)
            return f"{len(import_shortlist(catalog, Shortlist('bomb', ()), table).problems)} problems"
        return detect_list_kind(path)
    except GmetuiError as error:
        return str(error)


class Figures(NamedTuple):
    """What reading a bomb took: processor time, and peak memory, 0 where it cannot be measured."""

    name: str
    kind: str
    outcome: str
    seconds: float
    peak: int


def measure_bombs(names: Sequence[str], path: Path, results: Connection) -> None:
    """Write bombs and read them in every way; send the figures, and None at the end."""
    catalog = load_directory(FIXTURE_DATA)
    if sys.platform != "win32":
        import resource

        _, hard_limit = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (4 * MAX_MEMORY, hard_limit))  # stops what would take the machine
    for name in names:
        BOMBS[name](path)
        assert path.stat().st_size <= 5 * 1024 * 1024
        for kind in ("programs", "shortlist", "kind"):
            start = time.process_time()
            outcome = read_bomb(catalog, path, kind)
            results.send(Figures(name, kind, outcome, time.process_time() - start, _peak_memory()))
    results.send(None)


def _peak_memory() -> int:
    """Return the peak memory of this process in bytes."""
    if sys.platform == "win32":
        return 0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
