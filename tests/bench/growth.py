"""Measures how start, memory, keys, commands, search and export grow with the number of programs.

    python tests/bench/growth.py [--import] [--plot FILE.svg] [SIZE …]     (default: 440 14000; 1000000 needs 8 GB)

Size 440 stands for the bundled data. Larger catalogs are synthetic and seeded. They are compiled directly, and opened
as imported lists are; with `--import`, a list of as many rows is imported as well. What has a reference (an empty
Textual application, a bare `Input`, `python -c pass`, SQLite FTS5) is measured in turn with it, so that the ratios hold
on a busy machine; searches and commands are measured in processor time for the same reason. It prints a table in
Markdown, asserts nothing, and draws the figures with `--plot`.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from engines import (  # type: ignore[import-not-found,unused-ignore]
    COLUMNS,
    LINES,
    RESULT_LIMIT,
    count_in_sql,
    fts_query,
    key_presses,
    sqlite_engine,
)
from growth_plot import draw  # type: ignore[import-not-found,unused-ignore]
from stored import store_as_imported  # type: ignore[import-not-found,unused-ignore]
from synthetic import catalog_of  # type: ignore[import-not-found,unused-ignore]
from terminal import EMPTY, INPUT, QUIET_START, Terminal  # type: ignore[import-not-found,unused-ignore]

import gmetui
from gmetui import Query, load_catalog
from gmetui.loader import write_compiled
from gmetui.search import search
from gmetui.search.fields import FACETS
from importing import run, write_list  # type: ignore[attr-defined,import-not-found,unused-ignore]

BUNDLED_SIZE = 440
ROUNDS = 7
SEARCHED_KEYS = 10  # lines that are typed, with all facets, before memory is read
FTS_SIZE = 100_000  # programs from which FTS5 answers a sample of the key presses
PYTHON = sys.executable
GMETUI = (PYTHON, "-m", "gmetui")


class Figure(NamedTuple):
    """A measured value with its unit, and its ratio to a reference measured in turn with it, if it has one."""

    value: float
    unit: str
    ratio: float | None = None

    def __str__(self) -> str:
        """Return the figure as a cell of a table."""
        digits = 0 if self.value >= 20 else 1 if self.value >= 1 else 2
        ratio = f" ({self.ratio:.2f}×)" if self.ratio is not None else ""
        return f"{self.value:,.{digits}f} {self.unit}{ratio}"


def compare(measure: Callable[[Sequence[str]], float], command: Sequence[str], reference: Sequence[str]) -> Figure:
    """Return the median of a command in milliseconds, and its ratio to a reference, round by round."""
    measure(command), measure(reference)
    pairs = [(measure(command), measure(reference)) for _ in range(ROUNDS)]
    ratio = statistics.median(value / base for value, base in pairs)
    return Figure(statistics.median(value for value, _ in pairs), "ms", ratio)


def start_milliseconds(command: Sequence[str]) -> float:
    """Return how long an application takes to its full first frame."""
    terminal = Terminal(*command)
    end: float = terminal.settle(QUIET_START)
    milliseconds: float = (end - terminal.start_time) * 1000
    terminal.close()
    return milliseconds


def processor_milliseconds(command: Sequence[str]) -> float:
    """Return the processor time of a command, which other programs on the machine hardly change."""
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    return (usage.ru_utime + usage.ru_stime) * 1000


def typed_milliseconds(command: Sequence[str]) -> float:
    """Return the median time of a key from its press to the last byte of the repaint."""
    terminal = Terminal(*command)
    terminal.settle(QUIET_START)
    times: list[float] = []
    for line in ("cards texas", "nuerology", "kind:residency"):
        times += [terminal.key(key) for key in line]
        for _ in line:
            terminal.key("\x7f")
    terminal.close()
    return statistics.median(times)


def explorer_memory(lines: Sequence[str]) -> Figure:
    """Return the peak memory of the explorer after some lines were typed with all filters on screen."""
    terminal = Terminal(*GMETUI)
    terminal.settle(QUIET_START)
    for line in lines:
        for key in line:
            terminal.key(key)
        for _ in line:
            terminal.key("\x7f")
    return Figure(terminal.close() / 1024, "MiB")


def search_figures(size: int) -> dict[str, Figure]:
    """Return the mean time of a typed key and of all facet counts, beside SQLite's bm25 and GROUP BY of 8 columns."""
    catalog = load_catalog()
    connection: sqlite3.Connection
    engine, connection = sqlite_engine(catalog)
    queries = key_presses(LINES)[:: 1 if size < FTS_SIZE else 8]
    ours = _mean_milliseconds(lambda line: search(catalog, Query.parse(line)).programs(0, RESULT_LIMIT), queries)
    theirs = _mean_milliseconds(engine.answer, queries)
    facet_queries = queries[:: 4 if size < FTS_SIZE else 1]
    facets = _mean_milliseconds(lambda line: search(catalog, Query.parse(line)).facets(), facet_queries)
    names = [facet.name for facet in FACETS if facet.name in COLUMNS]
    groups = _mean_milliseconds(lambda line: count_in_sql(connection, names, fts_query(line)), facet_queries)
    connection.close()
    return {
        "search, mean of typed keys, processor": Figure(ours, "ms", ours / theirs),
        "search and all facet counts, mean, processor": Figure(facets, "ms", facets / groups),
    }


def _mean_milliseconds(answer: Callable[[str], object], queries: Sequence[str]) -> float:
    start = time.process_time()
    for query in queries:
        answer(query)
    return (time.process_time() - start) * 1000 / len(queries)


def import_figures(size: int, directory: Path) -> dict[str, Figure]:
    """Return how long an import of a list takes, and its memory."""
    path = directory / "list.csv"
    write_list(path, size)
    os.environ["GMETUI_HOME"] = str(directory / "import")
    seconds, memory = run(*GMETUI, "import", str(path), "--as", "programs")
    return {"import": Figure(seconds, "s"), "memory of the import": Figure(memory, "MiB")}


def measure(size: int, directory: Path, *, with_import: bool) -> dict[str, Figure]:
    """Return every figure at one size."""
    home = directory / f"home-{size}"
    os.environ["GMETUI_HOME"] = str(home)
    figures: dict[str, Figure] = {}
    if size != BUNDLED_SIZE:
        catalog = catalog_of(size)
        start = time.perf_counter()
        file = store_as_imported(catalog, home)
        figures["compiling"] = Figure(time.perf_counter() - start, "s")
        figures["compiled file"] = Figure(file.stat().st_size / 2**20, "MiB")
        del catalog
    command = (*GMETUI, "search", "cards", "--format", "json", "--limit", "50")
    figures["start to full frame"] = compare(start_milliseconds, GMETUI, (PYTHON, "-c", EMPTY))
    figures["key to painted frame, median"] = compare(typed_milliseconds, GMETUI, (PYTHON, "-c", INPUT))
    figures["memory after ten searches"] = explorer_memory(LINES[:SEARCHED_KEYS])
    figures["`gmetui search`, processor"] = compare(processor_milliseconds, command, (PYTHON, "-c", "pass"))
    figures |= search_figures(size)
    seconds, memory = run(*GMETUI, "export", "fellowship", "-o", str(directory / "list.csv"))
    figures |= {"export of all fellowships, CSV": Figure(seconds, "s"), "memory of the export": Figure(memory, "MiB")}
    return figures | (import_figures(size, directory) if with_import else {})


def table(figures: Mapping[int, Mapping[str, Figure]]) -> str:
    """Return a table in Markdown with a column for each size and the growth from the first to the last."""
    sizes = list(figures)
    names = dict.fromkeys(name for of_size in figures.values() for name in of_size)
    lines = [f"| | {' | '.join(f'{size:,}' for size in sizes)} | growth |", "| --- " * (len(sizes) + 2) + "|"]
    for name in names:
        cells = [figures[size].get(name) for size in sizes]
        values = [cell.value for cell in cells if cell is not None]
        growth = f"{values[-1] / values[0]:.2f}×" if len(values) > 1 else ""
        lines.append(f"| {name} | {' | '.join('' if cell is None else str(cell) for cell in cells)} | {growth} |")
    return "\n".join(lines)


def main() -> None:
    """Measure the sizes given on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[BUNDLED_SIZE, 14_000])
    parser.add_argument("--import", action="store_true", dest="with_import")
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    figures: dict[int, dict[str, Figure]] = {}
    write_compiled(Path(gmetui.__file__).parent)  # as a wheel has it
    with tempfile.TemporaryDirectory() as directory:
        for size in options.sizes:
            figures[size] = measure(size, Path(directory), with_import=options.with_import)
            print(f"measured {size:,}", file=sys.stderr, flush=True)
    print(table(figures))
    if options.plot:
        series = {
            name: [(size, of_size[name].value) for size, of_size in figures.items() if name in of_size]
            for name in figures[options.sizes[0]]
        }
        options.plot.write_text(draw(series), encoding="utf-8")


if __name__ == "__main__":
    main()
