"""Compares gmetui's search with other engines, over the same programs and in one run.

    python tests/bench/engines [SIZE …]     (default: 14000)

Every key of some typed lines is a search for the best 50 programs and the total: by gmetui, by SQLite's FTS5 with bm25
and by tantivy, which index the same folded words, and by rapidfuzz and fzf over names alone, as they would be used. The
engines type each line in turn, the slow ones a sample of its keys. It prints processor time. Facet counts are compared
with SQL's GROUP BY. Engines that aren't installed are left out.
"""

from __future__ import annotations

import gc
import importlib.util
import resource
import shutil
import sqlite3
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from gmetui import Catalog, Query
from gmetui.search import search
from gmetui.search.documents import searchable_texts
from gmetui.search.fields import FACETS
from gmetui.search.normalize import fold_word, folded_words, raw_words

from .homes import open_home
from .measure import argument_parser, number_text, percentile_95, processor_milliseconds, progress

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
#: Programs from which the engines over names, which look at each of them, answer fewer keys.
HUGE_SIZE = 100_000
#: The facets that SQL counts too: those with one value per program, which fits in a column.
COLUMNS = ("institution", "kind", "specialty", "length", "size", "accreditation", "city", "state")

#: The names of engines.
SQLITE, TANTIVY = "SQLite FTS5 with bm25", "tantivy"
_BATCH = 1000  # programs that are indexed at once
#: Facets are counted after every fourth key.
FACET_SAMPLING = 4

#: The best results of a typed line, and the total.
Answer = tuple[Sequence[Any], int]


class Engine(NamedTuple):
    """A search engine. It answers every `sampling`-th key."""

    name: str
    answer: Callable[[str], Answer]
    sampling: int = 1


class Document(NamedTuple):
    """What SQLite and tantivy index of a program: its number, its folded texts, and its value of each of `COLUMNS`."""

    number: int
    text: str
    values: Sequence[str | None]


class FacetTimes(NamedTuple):
    """Milliseconds of processor time for counting facets after each of some lines."""

    columns: list[float]  # those of `COLUMNS`
    all_facets: list[float]
    group_by: list[float]  # those of `COLUMNS`, by SQL
    of_matches: list[float]  # those of `COLUMNS`, by SQL from a table of the matches


def key_presses(lines: Iterable[str] = LINES) -> list[str]:
    """Return every beginning of every line: the queries of a user who types them."""
    return [line[:end] for line in lines for end in range(1, len(line) + 1)]


def answer_in_turn(engines: Sequence[Engine], lines: Sequence[str] = LINES) -> dict[str, list[float]]:
    """Return the milliseconds of processor time of each typed key by the name of the engine, line by line in turn."""
    gc.collect()
    gc.freeze()  # as the explorer does after its first frame
    times: dict[str, list[float]] = {engine.name: [] for engine in engines}
    for line in lines:
        for engine in engines:
            for query in key_presses((line,))[:: engine.sampling]:
                start = _processor_seconds()
                engine.answer(query)
                times[engine.name].append((_processor_seconds() - start) * 1000)
    return times


def _processor_seconds() -> float:
    """Return the processor time of this process with its threads, and of the processes that it waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def gmetui_engine(catalog: Catalog) -> Engine:
    """Return gmetui's search over a catalog."""

    def answer(line: str) -> Answer:
        results = search(catalog, Query.parse(line))
        return results.programs(0, RESULT_LIMIT), results.total

    return Engine("gmetui", answer)


class SqliteIndex:
    """SQLite's FTS5 with a prefix index and bm25, and the facets in a table."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:")
        self._size = 0
        self.connection.execute("create virtual table texts using fts5(text, prefix='1 2 3', detail=full)")
        self.connection.execute(f"create table program (id integer primary key, {', '.join(COLUMNS)})")

    def add(self, documents: Sequence[Document]) -> None:
        """Index some programs."""
        self._size += len(documents)
        self.connection.executemany(
            "insert into texts(rowid, text) values (?, ?)", ((document.number, document.text) for document in documents)
        )
        self.connection.executemany(
            f"insert into program values ({', '.join('?' * (len(COLUMNS) + 1))})",
            ((document.number, *document.values) for document in documents),
        )

    def engine(self) -> Engine:
        """Return the engine over what was indexed, after the parts of its index were merged."""
        self.connection.execute("insert into texts(texts) values ('optimize')")
        return Engine(SQLITE, self._answer)

    def _answer(self, line: str) -> Answer:
        match = fts_query(line)
        if not match:
            return (), self._size
        select = "select {} from texts where texts match ? {}"
        ranked = select.format("rowid", f"order by rank limit {RESULT_LIMIT}")
        best = self.connection.execute(ranked, (match,)).fetchall()
        total = self.connection.execute(select.format("count(*)", ""), (match,)).fetchone()[0]
        return best, total


def fts_query(line: str) -> str:
    """Return a typed line as a query of FTS5: the beginnings of words, all of them."""
    return " ".join(f'"{fold_word(word)}"*' for word in raw_words(line))


class TantivyIndex:
    """tantivy with fuzzy prefix terms: one edit from four letters on, two from eight."""

    def __init__(self) -> None:
        import tantivy

        builder = tantivy.SchemaBuilder()
        self._schema = builder.add_text_field("text", stored=False).add_integer_field("id", stored=True).build()
        self._index = tantivy.Index(self._schema)
        self._writer = self._index.writer(heap_size=200_000_000)

    def add(self, documents: Sequence[Document]) -> None:
        """Index some programs."""
        import tantivy

        for document in documents:
            self._writer.add_document(tantivy.Document(text=document.text, id=document.number))

    def engine(self) -> Engine:
        """Return the engine over what was indexed."""
        import tantivy

        self._writer.commit()
        self._writer.wait_merging_threads()
        self._index.reload()
        searcher = self._index.searcher()

        def answer(line: str) -> Answer:
            terms = []
            for word in raw_words(line):
                edits = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
                term = tantivy.Query.fuzzy_term_query(self._schema, "text", fold_word(word), edits, prefix=True)
                terms.append((tantivy.Occur.Must, term))
            results = searcher.search(tantivy.Query.boolean_query(terms), RESULT_LIMIT, count=True)
            return results.hits, int(getattr(results, "count", 0) or 0)

        return Engine(TANTIVY, answer)


def index_peers(catalog: Catalog) -> tuple[sqlite3.Connection, list[Engine]]:
    """Return the connection of SQLite, and the engines that index the same texts; tantivy if it is installed."""
    sqlite = SqliteIndex()
    indexes: list[SqliteIndex | TantivyIndex] = [sqlite]
    if importlib.util.find_spec("tantivy") is None:
        progress("tantivy is not installed")
    else:
        indexes.append(TantivyIndex())
    documents = _documents(catalog)
    while batch := list(islice(documents, _BATCH)):
        for index in indexes:
            index.add(batch)
    return sqlite.connection, [index.engine() for index in indexes]


def rapidfuzz_engine(catalog: Catalog) -> Engine:
    """Return rapidfuzz's weighted ratio over the names of programs and institutions."""
    from rapidfuzz import fuzz, process

    names = [name.casefold() for name in _names(catalog)]

    def answer(line: str) -> Answer:
        best = process.extract(line.casefold(), names, scorer=fuzz.WRatio, limit=RESULT_LIMIT, score_cutoff=60)
        return best, len(best)

    return Engine("rapidfuzz, WRatio over names", answer, 4 if len(catalog.programs) < HUGE_SIZE else 40)


def fzf_engine(catalog: Catalog, directory: Path) -> Engine | None:
    """Return `fzf --filter` over the names of programs and institutions, one process for each key; None without fzf."""
    if shutil.which("fzf") is None:
        progress("fzf is not installed")
        return None
    names_file = directory / "names.txt"
    names_file.write_text("".join(f"{name}\n" for name in _names(catalog)), encoding="utf-8")

    def answer(line: str) -> Answer:
        with names_file.open("rb") as stdin:
            process = subprocess.run(["fzf", "--filter", line], stdin=stdin, capture_output=True, check=False)
        rows = process.stdout.splitlines()
        return rows[:RESULT_LIMIT], len(rows)

    return Engine("fzf --filter, a process each", answer, 4 if len(catalog.programs) < HUGE_SIZE else 40)


def count_facets(catalog: Catalog, connection: sqlite3.Connection, lines: Sequence[str]) -> FacetTimes:
    """Return how long counting facets takes after a search, here and in SQL, in turn."""
    times = FacetTimes([], [], [], [])
    for line in lines:
        for of_facets, names in ((times.columns, COLUMNS), (times.all_facets, [facet.name for facet in FACETS])):
            results = search(catalog, Query.parse(line))
            of_facets.append(processor_milliseconds(lambda: [results.facet(name) for name in names]))  # noqa: B023
        for of_sql, count in ((times.group_by, group_by), (times.of_matches, group_matches)):
            of_sql.append(processor_milliseconds(lambda: count(connection, fts_query(line))))  # noqa: B023
    return times


def group_by(connection: sqlite3.Connection, match: str) -> None:
    """Count the values of `COLUMNS` among the programs that match, each column by a query."""
    for column_name in COLUMNS:
        connection.execute(
            f"select {column_name}, count(*) from program where id in (select rowid from texts where texts match ?) "
            "group by 1",
            (match,),
        ).fetchall()


def group_matches(connection: sqlite3.Connection, match: str) -> None:
    """Do what `group_by` does, over a table of the matches, which is faster."""
    connection.execute("create temporary table if not exists match (id integer primary key)")
    connection.execute("delete from match")
    connection.execute("insert into match select rowid from texts where texts match ?", (match,))
    for column_name in COLUMNS:
        connection.execute(f"select {column_name}, count(*) from match join program using (id) group by 1").fetchall()


def _documents(catalog: Catalog) -> Iterator[Document]:
    """Yield what SQLite and tantivy index of each program."""
    folded: dict[str, str] = {}
    facets = [facet for name in COLUMNS for facet in FACETS if facet.name == name]
    for number, program in enumerate(catalog.programs):
        texts = [text for _, _, text in searchable_texts(program, catalog)]
        for text in texts:
            if text not in folded:
                folded[text] = " ".join(folded_words(text))
        values = [next((value for value, _ in facet.extract(program, catalog)), None) for facet in facets]
        yield Document(number, " ".join(folded[text] for text in texts), values)


def _names(catalog: Catalog) -> Iterable[str]:
    return (f"{program.name} {catalog.institution[program.institution].name}" for program in catalog.programs)


def compare(size: str, directory: Path) -> None:
    """Print the figures of every engine at one size."""
    catalog = open_home(size).catalog()
    progress(f"indexing {size} programs")
    connection, peers = index_peers(catalog)
    gmetui, fzf = gmetui_engine(catalog), fzf_engine(catalog, directory)
    engines = [gmetui, *peers, rapidfuzz_engine(catalog), *([fzf] if fzf else [])]
    print(f"\n{len(catalog.programs):,} programs, milliseconds of processor time\n")
    print("| | median | mean | 95th percentile | slowest |\n| --- | ---: | ---: | ---: | ---: |")
    for name, times in answer_in_turn(engines).items():
        _print_row(f"a key, {name}", times)
    _print_row("a key, gmetui again", answer_in_turn([gmetui])["gmetui"])
    _print_row("a key of a filter, gmetui", answer_in_turn([gmetui], FILTER_LINES)["gmetui"])
    facets = count_facets(catalog, connection, key_presses()[::FACET_SAMPLING])
    _print_row(f"{len(COLUMNS)} facets, gmetui", facets.columns)
    _print_row(f"all {len(FACETS)} facets, gmetui", facets.all_facets)
    _print_row(f"{len(COLUMNS)} facets, GROUP BY", facets.group_by)
    _print_row(f"{len(COLUMNS)} facets, GROUP BY over a table of the matches", facets.of_matches)
    connection.close()


def _print_row(name: str, times: Sequence[float]) -> None:
    statistic = (statistics.median(times), statistics.fmean(times), percentile_95(times), max(times))
    print(f"| {name} | {' | '.join(map(number_text, statistic))} |", flush=True)


def main(arguments: Sequence[str]) -> None:
    """Compare the engines at the sizes given on the command line."""
    parser = argument_parser("engines", __doc__)
    parser.add_argument("sizes", nargs="*", default=["14000"])
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as directory:
        for size in options.sizes:
            compare(size, Path(directory))
