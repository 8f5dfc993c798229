"""Compares gmetui's search with other engines, in one run over the same synthetic programs.

    pip install -e '.[bench]'
    python tests/bench/engines.py [14000 …]

For each size it prints build time, memory, and milliseconds per key press (median, mean, 95th percentile, maximum) over
typed queries with names, typos, abbreviations and filters. Every engine returns its best 50 results and the total.
SQLite FTS5 and tantivy index the same folded words; rapidfuzz and fzf search names only, as they would be used. Facet
counts are compared with SQL's GROUP BY. Much slower engines answer a sample of the same key presses.
"""

from __future__ import annotations

import gc
import importlib.util
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from stored import store  # type: ignore[import-not-found,unused-ignore]
from synthetic import catalog_of  # type: ignore[import-not-found,unused-ignore]

from gmetui import Catalog, Query
from gmetui.search import search
from gmetui.search.documents import searchable_texts
from gmetui.search.engine import index_of
from gmetui.search.fields import FACETS, SearchField
from gmetui.search.normalize import fold_word, folded_words, raw_words

LINES = (
    "cardio fellowship springfield",
    "cardilogy",
    "anesthsiology",
    "em",
    "im residency massachusetts",
    "ob gyn",
    "northford general",
    "pediatric cardiology california",
    "gastroentrology texas",
    "heme onc",
)
FILTER_LINES = ("kind:residency length:3", "specialty:cards state:ca", "inst:north kind:fellowship size:4-6")
RESULT_LIMIT = 50
HUGE_SIZE = 100_000
#: The facets that SQL counts too: those with one value per program, which fits in a column.
COLUMNS = ("institution", "kind", "specialty", "length", "size", "accreditation", "city", "state")

#: The best results of a typed line, and the total.
Answer = tuple[Sequence[Any], int]


class Engine(NamedTuple):
    """A search engine. Only every `sampling`-th key press is measured."""

    name: str
    answer: Callable[[str], Answer]
    sampling: int = 1


def key_presses(lines: Iterable[str]) -> list[str]:
    """Return every beginning of every line: the queries of a user who types them."""
    return [line[:end] for line in lines for end in range(1, len(line) + 1)]


def measure_queries(answer: Callable[[str], object], queries: Sequence[str]) -> list[float]:
    """Return the milliseconds that each query takes."""
    return [elapsed_milliseconds(lambda query=query: answer(query)) for query in queries]  # type: ignore[misc]


def elapsed_milliseconds(action: Callable[[], object]) -> float:
    """Return the milliseconds that an action takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def print_times(name: str, milliseconds: Sequence[float]) -> None:
    """Print the distribution of some times."""
    ordered = sorted(milliseconds)
    print(
        f"  {name:34} median {statistics.median(ordered):9.3f}   mean {statistics.fmean(ordered):9.3f}"
        f"   p95 {ordered[int(len(ordered) * 0.95)]:9.3f}   max {ordered[-1]:9.3f}   ({len(ordered)} key presses)",
        flush=True,
    )


def resident_memory() -> float:
    """Return the resident memory of this process in MiB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def measure_build(name: str, build: Callable[[], Any]) -> Any:
    """Build something and print how long that takes and how much memory the result occupies."""
    gc.collect()
    memory_before, start = resident_memory(), time.perf_counter()
    result = build()
    seconds = time.perf_counter() - start
    print(f"  {name:34} built in {seconds:7.2f} s   {resident_memory() - memory_before:7.0f} MiB", flush=True)
    return result


def gmetui_engine(catalog: Catalog, directory: Path) -> tuple[Engine, Catalog]:
    """Return gmetui's own engine over the catalog opened from a file, as it is used, and this catalog."""
    measure_build("gmetui, index in memory", lambda: index_of(catalog))
    file = directory / f"{len(catalog.programs)}.gmetui"
    opened = measure_build("gmetui, stored and opened", lambda: store(catalog, file))
    print(f"  {'file':34} {file.stat().st_size / 2**20:.1f} MiB", flush=True)

    def answer(line: str) -> Answer:
        results = search(opened, Query.parse(line))
        return results.programs(0, RESULT_LIMIT), results.total

    return Engine("gmetui", answer), opened


def _folded_texts(catalog: Catalog) -> Iterable[tuple[int, str]]:
    folded: dict[str, str] = {}
    for number, program in enumerate(catalog.programs):
        texts = [text for _, _, text in searchable_texts(program, catalog)]
        for text in texts:
            if text not in folded:
                folded[text] = " ".join(folded_words(text))
        yield number, " ".join(folded[text] for text in texts)


def _single_value(search_field: SearchField, program: Any, catalog: Catalog) -> str | None:
    return next((value for value, _ in search_field.extract(program, catalog)), None)


def sqlite_engine(catalog: Catalog) -> tuple[Engine, sqlite3.Connection]:
    """Return SQLite FTS5 with a prefix index and bm25, and its connection, with the facets in a table."""
    connection = sqlite3.connect(":memory:")

    def build() -> None:
        connection.execute("create virtual table texts using fts5(text, prefix='1 2 3', detail=full)")
        connection.executemany("insert into texts(rowid, text) values (?, ?)", _folded_texts(catalog))
        facets = [facet for facet in FACETS if facet.name in COLUMNS]
        column_names = ", ".join(facet.name for facet in facets)
        connection.execute(f"create table program (id integer primary key, {column_names})")
        connection.executemany(
            f"insert into program values ({', '.join('?' * (len(facets) + 1))})",
            (
                (number, *(_single_value(facet, program, catalog) for facet in facets))
                for number, program in enumerate(catalog.programs)
            ),
        )

    measure_build("SQLite FTS5", build)

    def answer(line: str) -> Answer:
        match = fts_query(line)
        if not match:
            return (), len(catalog.programs)
        select = "select {} from texts where texts match ? {}"
        best = connection.execute(select.format("rowid", f"order by rank limit {RESULT_LIMIT}"), (match,)).fetchall()
        total = connection.execute(select.format("count(*)", ""), (match,)).fetchone()[0]
        return best, total

    return Engine("SQLite FTS5 (bm25, no typos)", answer, 1 if len(catalog.programs) < HUGE_SIZE else 8), connection


def fts_query(line: str) -> str:
    """Return a typed line as a query of FTS5: the beginnings of words, all of them."""
    return " ".join(f'"{fold_word(word)}"*' for word in raw_words(line))


def tantivy_engine(catalog: Catalog) -> Engine | None:
    """Return tantivy with fuzzy prefix terms: one edit from four letters on, two from eight."""
    if importlib.util.find_spec("tantivy") is None:
        print("  tantivy is not installed")
        return None
    import tantivy

    schema = tantivy.SchemaBuilder().add_text_field("text", stored=False).add_integer_field("id", stored=True).build()
    index = tantivy.Index(schema)

    def build() -> None:
        writer = index.writer(heap_size=200_000_000)
        for number, text in _folded_texts(catalog):
            writer.add_document(tantivy.Document(text=text, id=number))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()

    measure_build("tantivy", build)
    searcher = index.searcher()

    def answer(line: str) -> Answer:
        terms = []
        for word in raw_words(line):
            edits = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
            term = tantivy.Query.fuzzy_term_query(schema, "text", fold_word(word), distance=edits, prefix=True)
            terms.append((tantivy.Occur.Must, term))
        results = searcher.search(tantivy.Query.boolean_query(terms), RESULT_LIMIT, count=True)
        return results.hits, int(getattr(results, "count", 0) or 0)

    return Engine("tantivy (fuzzy prefixes)", answer, 1 if len(catalog.programs) < HUGE_SIZE else 4)


def rapidfuzz_engine(catalog: Catalog) -> Engine:
    """Return rapidfuzz's weighted ratio over the names of programs and institutions."""
    from rapidfuzz import fuzz, process

    names = [name.casefold() for name in _names(catalog)]

    def answer(line: str) -> Answer:
        best = process.extract(line.casefold(), names, scorer=fuzz.WRatio, limit=RESULT_LIMIT, score_cutoff=60)
        return best, len(best)

    return Engine("rapidfuzz (WRatio over names)", answer, 4 if len(catalog.programs) < HUGE_SIZE else 40)


def fzf_engine(catalog: Catalog, directory: Path) -> Engine | None:
    """Return `fzf --filter` over the names of programs and institutions, one process per key press."""
    if shutil.which("fzf") is None:
        print("  fzf is not installed")
        return None
    names_file = directory / "names.txt"
    names_file.write_text("".join(f"{name}\n" for name in _names(catalog)), encoding="utf-8")

    def answer(line: str) -> Answer:
        with names_file.open("rb") as stdin:
            process = subprocess.run(["fzf", "--filter", line], stdin=stdin, capture_output=True, check=False)
        rows = process.stdout.splitlines()
        return rows[:RESULT_LIMIT], len(rows)

    return Engine("fzf --filter (one process each)", answer, 4 if len(catalog.programs) < HUGE_SIZE else 40)


def _names(catalog: Catalog) -> Iterable[str]:
    return (f"{program.name} {catalog.institution[program.institution].name}" for program in catalog.programs)


def compare_facets(catalog: Catalog, connection: sqlite3.Connection, lines: Sequence[str]) -> None:
    """Print how long facet counts take here and in SQL."""
    names = [facet.name for facet in FACETS if facet.name in COLUMNS]
    some_times, all_times, sql_times = [], [], []
    for line in lines:
        results = search(catalog, Query.parse(line))
        some_times.append(elapsed_milliseconds(lambda: [results.facet(name) for name in names]))  # noqa: B023
        all_times.append(elapsed_milliseconds(results.facets))
        sql_times.append(elapsed_milliseconds(lambda: count_in_sql(connection, names, fts_query(line))))  # noqa: B023
    print_times(f"gmetui, {len(names)} facets", some_times)
    print_times(f"gmetui, all {len(FACETS)} facets", all_times)
    print_times(f"SQLite GROUP BY, {len(names)} facets", sql_times)


def count_in_sql(connection: sqlite3.Connection, column_names: Sequence[str], match: str) -> None:
    """Count the values of some columns among the programs that match."""
    for column_name in column_names:
        connection.execute(
            f"select {column_name}, count(*) from program where id in (select rowid from texts where texts match ?) "
            "group by 1",
            (match,),
        ).fetchall()


def measure(size: int, directory: Path) -> None:
    """Print the figures of every engine at one size."""
    print(f"\n{size:,} programs", flush=True)
    catalog = measure_build("the programs themselves", lambda: catalog_of(size))
    sqlite, connection = sqlite_engine(catalog)
    gmetui, opened = gmetui_engine(catalog, directory)
    others = [tantivy_engine(catalog), rapidfuzz_engine(catalog), fzf_engine(catalog, directory)]
    print("key presses, milliseconds")
    queries = key_presses(LINES)
    for engine in (gmetui, sqlite, *(engine for engine in others if engine is not None)):
        print_times(engine.name, measure_queries(engine.answer, queries[:: engine.sampling]))
    print_times("gmetui, filters", measure_queries(gmetui.answer, key_presses(FILTER_LINES)))
    print("facet counts, milliseconds")
    compare_facets(opened, connection, LINES if size < HUGE_SIZE else LINES[:4])


def main() -> None:
    """Measure the sizes given on the command line."""
    sizes = [int(argument) for argument in sys.argv[1:]] or [14_000]
    print(f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as directory:
        for size in sizes:
            measure(size, Path(directory))


if __name__ == "__main__":
    main()
