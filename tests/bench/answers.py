"""Prints everything that searches say as JSON Lines, so that two versions of gmetui can be compared.

    python tests/bench answers [--size 14000] [--count 10000] [--seed 18] > answers.jsonl

Run it with `PYTHONPATH` set to the `src` of each version, and compare the two files. The queries are the examples of
the documentation, `tests/data/queries.csv`, and generated ones: words, typos, beginnings, abbreviations, phrases,
filters, negations, alternatives, facts, distances, orders, and lines that are unfinished or too long. They run over the
bundled programs, or over as many synthetic ones, opened from a file as gmetui opens them.
"""

from __future__ import annotations

import csv
import json
import random
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

from gmetui import Catalog, Query
from gmetui.search import search
from gmetui.search.corrections import corrections
from gmetui.search.documents import alias_names, institution_names
from gmetui.search.engine import index_of
from gmetui.search.fields import SEARCH_FIELDS
from gmetui.search.results import Results
from gmetui.search.sort import SORT_KEYS
from gmetui.search.stated_facts import facts_by_key
from gmetui.search.suggest import complete

from .measure import argument_parser
from .synthetic import catalog_of

ROOT = Path(__file__).resolve().parents[2]
_EXPLAINED_ROWS = 3
_LISTED_ROWS = 50
_ENDINGS = ('"', ":", " OR", " NOT", " -", ",", " program", " no", " x" * 70, ' "of the')


def sample_queries() -> list[str]:
    """Return the sample queries and the examples of the documentation."""
    with (ROOT / "tests/data/queries.csv").open(encoding="utf-8", newline="") as file:
        typed = [next(iter(row.values())) for row in csv.DictReader(file)]
    documentation = (ROOT / "docs/reference/queries.md").read_text(encoding="utf-8")
    return [*typed, *re.findall(r"`([^`\n]+)`", documentation)]


def generated_queries(catalog: Catalog, count: int, seed: int) -> Iterator[str]:
    """Yield generated queries; the same catalog, count and seed give the same ones."""
    return QueryGenerator(catalog, seed).queries(count)


class QueryGenerator:
    """Makes queries out of the words and values of a catalog."""

    def __init__(self, catalog: Catalog, seed: int) -> None:
        self._rng = random.Random(seed)
        programs, specialties, institutions = catalog.programs, catalog.specialties, catalog.institutions
        texts = [f"{program.name} {program.id}" for program in programs[: _LISTED_ROWS * 100]]
        texts += [specialty.name for specialty in specialties] + [institution.name for institution in institutions]
        texts += [note.text for program in programs[:_LISTED_ROWS] for note in program.highlights]
        self._words = re.findall(r"\w[\w'/-]*", " ".join(texts))
        named = (*map(alias_names, specialties), *map(institution_names, institutions))
        self._names = [name for names in named for _, name in names]
        self._cities = sorted({institution.city or institution.name for institution in institutions})
        values = (index_of(catalog).values(field).labels.items() for field in SEARCH_FIELDS)
        self._values = [sorted(pairs) or [("none", "None")] for pairs in values]
        self._facts = sorted(facts_by_key())

    def queries(self, count: int) -> Iterator[str]:
        """Yield some queries; those that somebody types are several beginnings of one line."""
        rng = self._rng
        while count > 0:
            line = rng.choice((" ", " ", " ", " OR ")).join(self._term() for _ in range(rng.randint(1, 4)))
            is_typed = rng.random() < 0.1
            beginnings = [line[:end] for end in range(1, len(line))] if is_typed else []
            for query in (*rng.sample(beginnings, min(4, len(beginnings))), line)[:count]:
                yield f"{query}{rng.choice(_ENDINGS)}" if rng.random() < 0.05 else query
                count -= 1

    def _term(self) -> str:
        rng = self._rng
        fact = rng.choice(self._facts)
        make = rng.choice((*(self._word,) * 5, *(self._condition,) * 3, self._phrase, self._name, self._place))
        text = rng.choice((make(), make(), make(), f"{rng.choice(('has', 'no'))}:{fact}", f"{fact}:{self._word()}"))
        order = f"sort:{rng.choice(('', '-'))}{rng.choice((*SORT_KEYS, 'near', 'nothing'))}"
        return rng.choice((*(text,) * 8, f"-{text}", f"NOT {text}", order))

    def _word(self) -> str:
        rng = self._rng
        word, position = rng.choice(self._words), rng.randrange(8)
        before, first, second = word[:position], word[position : position + 1], word[position + 1 :][:1]
        after = word[position + 2 :]
        typos = (f"{before}{second}{first}{after}", f"{before}{second}{after}", f"{before}{first}x{second}{after}")
        return rng.choice((word, word, word[: position + 1], word[: position + 1], *typos, word.upper()))

    def _name(self) -> str:
        return self._rng.choice(self._names)

    def _phrase(self) -> str:
        start = self._rng.randrange(len(self._words) - 3)
        return f'"{" ".join(self._words[start : start + self._rng.randint(1, 3)])}"'

    def _place(self) -> str:
        place = f"near:{json.dumps(self._rng.choice(self._cities), ensure_ascii=False)}"
        return f"{place}{self._rng.choice(('', ',20', ',100', ',x'))}"

    def _condition(self) -> str:
        rng = self._rng
        field, values = rng.choice(list(zip(SEARCH_FIELDS, self._values, strict=True)))
        texts = [
            rng.choice((*rng.choice(values), self._word()))[: rng.choice((4, 40))] for _ in range(rng.choice((1, 1, 2)))
        ]
        text = ",".join(f'"{text}"' for text in (text.replace('"', "") for text in texts))
        if field.is_numeric and rng.random() < 0.5:
            text = f"{rng.choice(('<', '>=', '=', ''))}{rng.randrange(6)}{rng.choice(('', '..4', '-9', '..'))}"
        return f"{rng.choice((field.name, *field.aliases))}:{text}"


def answer(catalog: Catalog, line: str, statuses: Mapping[str, str]) -> dict[str, Any]:
    """Return everything that a search says; of the numbers of programs and of facets also a digest."""
    results = search(catalog, Query.parse(line), statuses)
    facets = {field.name: list(values) for field, values in results.facets().items()}
    first = results.programs(0, _EXPLAINED_ROWS)
    return {
        "line": line,
        "query": str(results.query),
        "total": results.total,
        "numbers": list(results.numbers(0, _LISTED_ROWS)),
        "programs": [program.id for program in first],
        "order": _digest(results.numbers()),
        "facets": {
            name: (_digest(values), [values[0].label, values[0].count]) for name, values in facets.items() if values
        },
        "warnings": results.warnings,
        "mistakes": [(mistake.text, mistake.message, str(mistake.condition)) for mistake in results.mistakes],
        "words": [(token.raw, token.forms, token.corrected) for token in results.tokens],
        "reasons": [results.reasons(program) for program in first],
        "highlights": [(results.name_highlights(program.name), results.highlights(program.name)) for program in first],
        "pages": results.pages,
        "rows": [results.row_of(program_id) for program_id in statuses],
        "completions": complete(results.index, line),
        "corrections": _corrections(results) if len(line) % 8 == 0 else (),
    }


def _corrections(results: Results) -> list[tuple[str, str, int]]:
    return [(str(offer.query), offer.replacement, offer.total) for offer in corrections(results)]


def _digest(values: Sequence[object]) -> int:
    return crc32(repr([*values]).encode("utf-8", "surrogatepass"))


def statuses_of(catalog: Catalog) -> dict[str, str]:
    """Return a shortlist of the first programs, the first of them without a status."""
    return {program.id: "applied" if number else "" for number, program in enumerate(catalog.programs[:3])}


def main(arguments: Sequence[str]) -> None:
    """Print the answers to the queries."""
    parser = argument_parser("answers", __doc__)
    parser.add_argument("--size", type=int, help="of a synthetic catalog; the bundled programs without it")
    parser.add_argument("--count", type=int, default=10_000, help="of generated queries")
    parser.add_argument("--seed", type=int, default=18)
    options = parser.parse_args(arguments)
    from gmetui.datafiles.files import read_catalog

    from .homes import store_catalog

    catalog = catalog_of(options.size) if options.size else read_catalog()
    lines = [*sample_queries(), *generated_queries(catalog, options.count, options.seed)]
    statuses = statuses_of(catalog)
    with tempfile.TemporaryDirectory() as directory:
        opened = store_catalog(catalog, Path(directory) / "home").catalog()
        for number, line in enumerate(lines):
            answered = answer(opened, line, statuses if number % 3 else {})
            sys.stdout.write(f"{json.dumps(answered, ensure_ascii=True)}\n")
