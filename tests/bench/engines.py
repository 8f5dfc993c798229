"""gmetui's search beside what engineers would reach for, in one run over the same made-up programs.

    pip install -e '.[bench]'
    python tests/bench/engines.py [14000 …]

For each size: time to build, memory, and milliseconds per key press (median, mean, 95th percentile, worst) over typed
sequences with names, typos, abbreviations and conditions; every engine returns its best 50 and how many there are.
SQLite FTS5 and tantivy index the same folded words; rapidfuzz and fzf see names alone, as they would. Counts for
every facet are compared with SQL's GROUP BY. Engines that are much slower are asked fewer of the same queries.
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

from synthetic import catalog_of  # type: ignore[import-not-found,unused-ignore]

from gmetui import Catalog, Query
from gmetui.datafiles import snapshot as compiled_catalog
from gmetui.search import index_snapshot as compiled_index
from gmetui.search import search
from gmetui.search.documents import program_texts
from gmetui.search.engine import remember
from gmetui.search.fields import FACETS, Dimension
from gmetui.search.index import Index
from gmetui.search.index_builder import build_index
from gmetui.search.normalize import fold_word, raw_words, words

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
CONDITIONS = ("kind:residency length:3", "specialty:cards state:ca", "inst:north kind:fellowship size:4-6")
BEST = 50
#: Facets that SQL counts too: one value a program, so that a column holds it.
COLUMNS = ("institution", "kind", "specialty", "length", "size", "accreditation", "city", "state")


class Engine(NamedTuple):
    """Something that answers a typed line with (its best 50, how many there are)."""

    name: str
    ask: Callable[[str], tuple[Sequence[Any], int]]
    every: int = 1  # of so many queries, one is asked


def keys(lines: Iterable[str]) -> list[str]:
    """Return every beginning of every line: what is asked key by key."""
    return [line[:end] for line in lines for end in range(1, len(line) + 1)]


def timed(ask: Callable[[str], object], asked: Sequence[str]) -> list[float]:
    """Return the milliseconds of each query."""
    taken = []
    for line in asked:
        began = time.perf_counter()
        ask(line)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def say(name: str, taken: Sequence[float]) -> None:
    """Print what a list of milliseconds amounts to."""
    every = sorted(taken)
    print(
        f"  {name:34} median {statistics.median(every):9.3f}   mean {statistics.fmean(every):9.3f}"
        f"   p95 {every[int(len(every) * 0.95)]:9.3f}   worst {every[-1]:9.3f}   ({len(every)} keys)",
        flush=True,
    )


def rss() -> float:
    """Return this process's resident memory in MiB."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 2**20


def built(name: str, make: Callable[[], Any]) -> Any:
    """Make something and print how long it took and how much memory it holds."""
    gc.collect()
    before, began = rss(), time.perf_counter()
    made = make()
    print(f"  {name:34} built in {time.perf_counter() - began:7.2f} s   {rss() - before:7.0f} MiB", flush=True)
    return made


def ours(catalog: Catalog) -> Engine:
    """The engine this is about, with its facets gathered."""

    def make() -> Index:
        index = build_index(catalog)
        for facet in FACETS:
            index.values(facet)
        return index

    index = built("gmetui", make)
    remember(index)

    def ask(line: str) -> tuple[Sequence[Any], int]:
        results = search(catalog, Query.parse(line))
        return results.programs(0, BEST), results.total

    return Engine("gmetui", ask)


def _folded(catalog: Catalog) -> Iterable[tuple[int, str]]:
    known: dict[str, str] = {}
    for number, program in enumerate(catalog.programs):
        texts = []
        for _, _, text in program_texts(program, catalog):
            if text not in known:
                known[text] = " ".join(words(text))
            texts.append(known[text])
        yield number, " ".join(texts)


def _value(dimension: Dimension, program: Any, catalog: Catalog) -> str | None:
    return next((value for value, _ in dimension.values(program, catalog)), None)


def sqlite(catalog: Catalog) -> tuple[Engine, sqlite3.Connection]:
    """SQLite FTS5 with a prefix index and bm25, and the facets as columns."""
    base = sqlite3.connect(":memory:")

    def make() -> sqlite3.Connection:
        base.execute("create virtual table found using fts5(text, prefix='1 2 3', detail=full)")
        base.executemany("insert into found(rowid, text) values (?, ?)", _folded(catalog))
        columns = [facet for facet in FACETS if facet.name in COLUMNS]
        base.execute(f"create table program (id integer primary key, {', '.join(facet.name for facet in columns)})")
        base.executemany(
            f"insert into program values ({', '.join('?' * (len(columns) + 1))})",
            (
                (number, *(_value(facet, program, catalog) for facet in columns))
                for number, program in enumerate(catalog.programs)
            ),
        )
        return base

    built("SQLite FTS5", make)

    def ask(line: str) -> tuple[Sequence[Any], int]:
        asked = _fts(line)
        if not asked:
            return (), len(catalog.programs)
        best = base.execute("select rowid from found where found match ? order by rank limit 50", (asked,)).fetchall()
        total = base.execute("select count(*) from found where found match ?", (asked,)).fetchone()[0]
        return best, total

    return Engine("SQLite FTS5 (bm25, no typos)", ask, 1 if len(catalog.programs) < 100_000 else 8), base


def _fts(line: str) -> str:
    return " ".join(f'"{fold_word(raw)}"*' for raw in raw_words(line))


def tantivy_engine(catalog: Catalog) -> Engine | None:
    """tantivy with fuzzy terms: one edit, two from eight letters on, beginnings too."""
    if importlib.util.find_spec("tantivy") is None:
        print("  tantivy is not installed")
        return None
    import tantivy

    schema = tantivy.SchemaBuilder().add_text_field("text", stored=False).add_integer_field("id", stored=True).build()
    index = tantivy.Index(schema)

    def make() -> Any:
        writer = index.writer(heap_size=200_000_000)
        for number, text in _folded(catalog):
            writer.add_document(tantivy.Document(text=text, id=number))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return index

    built("tantivy", make)
    searcher = index.searcher()

    def ask(line: str) -> tuple[Sequence[Any], int]:
        parts = []
        for raw in raw_words(line):
            edits = 0 if len(raw) < 4 else 1 if len(raw) < 8 else 2
            query = tantivy.Query.fuzzy_term_query(schema, "text", fold_word(raw), distance=edits, prefix=True)
            parts.append((tantivy.Occur.Must, query))
        found = searcher.search(tantivy.Query.boolean_query(parts), BEST, count=True)
        return found.hits, int(getattr(found, "count", 0) or 0)

    return Engine("tantivy (fuzzy prefixes)", ask, 1 if len(catalog.programs) < 100_000 else 4)


def rapidfuzz_engine(catalog: Catalog) -> Engine:
    """rapidfuzz's weighted ratio over names and institutions."""
    from rapidfuzz import fuzz, process

    names = [f"{p.name} {catalog.institution[p.institution].name}".casefold() for p in catalog.programs]

    def ask(line: str) -> tuple[Sequence[Any], int]:
        best = process.extract(line.casefold(), names, scorer=fuzz.WRatio, limit=BEST, score_cutoff=60)
        return best, len(best)

    return Engine("rapidfuzz (WRatio over names)", ask, 4 if len(catalog.programs) < 100_000 else 40)


def fzf_engine(catalog: Catalog, directory: Path) -> Engine | None:
    """`fzf --filter` over names and institutions: a process for each key press."""
    if shutil.which("fzf") is None:
        print("  fzf is not installed")
        return None
    file = directory / "names.txt"
    names = (f"{p.name} {catalog.institution[p.institution].name}\n" for p in catalog.programs)
    file.write_text("".join(names), encoding="utf-8")

    def ask(line: str) -> tuple[Sequence[Any], int]:
        with file.open("rb") as stdin:
            found = subprocess.run(["fzf", "--filter", line], stdin=stdin, capture_output=True, check=False).stdout
        rows = found.splitlines()
        return rows[:BEST], len(rows)

    return Engine("fzf --filter (whole process)", ask, 4 if len(catalog.programs) < 100_000 else 40)


def compare_facets(catalog: Catalog, base: sqlite3.Connection, lines: Sequence[str]) -> None:
    """Print how long all counts of eight facets take here and in SQL."""
    names = [facet.name for facet in FACETS if facet.name in COLUMNS]
    here, every, there = [], [], []
    for line in lines:
        results = search(catalog, Query.parse(line))
        began = time.perf_counter()
        for name in names:
            results.facet(name)
        here.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        results.facets()
        every.append((time.perf_counter() - began) * 1000)
        asked = _fts(line)
        began = time.perf_counter()
        for name in names:
            base.execute(
                f"select {name}, count(*) from program where id in (select rowid from found where found match ?) "
                "group by 1",
                (asked,),
            ).fetchall()
        there.append((time.perf_counter() - began) * 1000)
    say(f"gmetui, {len(names)} facets", here)
    say(f"gmetui, all {len(FACETS)} facets", every)
    say(f"SQLite GROUP BY, {len(names)} facets", there)


def measure_cache(catalog: Catalog, directory: Path) -> None:
    """Print the size of the compiled catalog and index, and how long reading them takes."""
    from gmetui.search.engine import index_of

    files = directory / "catalog.json", directory / "index.json"
    files[0].write_text(compiled_catalog.dumps(catalog, "x"), encoding="utf-8")
    files[1].write_text(compiled_index.dumps(index_of(catalog), "x"), encoding="utf-8")
    gc.disable()
    began = time.perf_counter()
    read = compiled_catalog.loads(files[0].read_bytes(), "x")
    middle = time.perf_counter()
    assert read is not None
    compiled_index.loads(files[1].read_bytes(), read, "x")
    end = time.perf_counter()
    gc.enable()
    sizes = [file.stat().st_size / 2**20 for file in files]
    print(
        f"  {'compiled':34} catalog {sizes[0]:.1f} MiB in {(middle - began) * 1000:.0f} ms, "
        f"index {sizes[1]:.1f} MiB in {(end - middle) * 1000:.0f} ms",
        flush=True,
    )


def measure(size: int, directory: Path) -> None:
    """Print the figures of every engine at one size."""
    print(f"\n{size:,} programs", flush=True)
    catalog = built("the programs themselves", lambda: catalog_of(size))
    base_engine, base = sqlite(catalog)
    found = [ours(catalog), base_engine, tantivy_engine(catalog), rapidfuzz_engine(catalog)]
    engines = [engine for engine in (*found, fzf_engine(catalog, directory)) if engine is not None]
    print("key presses, milliseconds")
    typed = keys(LINES)
    for engine in engines:
        say(engine.name, timed(engine.ask, typed[:: engine.every]))
    say("gmetui, conditions", timed(engines[0].ask, keys(CONDITIONS)))
    print("facet counts, milliseconds")
    compare_facets(catalog, base, LINES if size < 100_000 else LINES[:4])
    if size < 100_000:
        measure_cache(catalog, directory)


def main() -> None:
    """Measure the sizes asked for."""
    sizes = [int(word) for word in sys.argv[1:]] or [14_000]
    print(f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as directory:
        for size in sizes:
            measure(size, Path(directory))


if __name__ == "__main__":
    main()
