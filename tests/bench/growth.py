"""Measures how start, memory, keys, commands, search, import and export grow with the number of programs.

    python tests/bench/growth SIZE … [--save FILE] [--step NAME …] [--again]     measure and print a table
    python tests/bench/growth --table FILE [--page PAGE.md] [--plot PLOT.svg]    show what was saved

SIZE is 440, 14000, 100000, 1000000 or another number of programs, “bundled” for those that the package has, or “peers”
for Posting and Harlequin. A step that FILE has already is left out unless it is measured `--again`, so that a run that
was stopped can be resumed, and sizes can be measured one by one. `--home DIRECTORY` measures one size in a home that
has it compiled; otherwise a home is made. `--page` replaces the table between two comments of a page.

Whatever has a reference is measured in turn with it: starts with an empty Textual application, keys with a bare
`Input`, commands with `python -c pass`, searches with SQLite and tantivy.
"""

from __future__ import annotations

import argparse
import re
import statistics
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from .engines import (
    FACET_SAMPLING,
    SQLITE,
    TANTIVY,
    answer_in_turn,
    count_facets,
    gmetui_engine,
    index_peers,
    key_presses,
)
from .figures import Figures, load_figures, save_figures
from .growth_table import PAGE_END, PAGE_START, PEERS, growth_plot, growth_table
from .homes import Home, open_home
from .measure import NOTHING, Figure, argument_parser, in_turn, median_figure, percentile_95, progress, run
from .peers import peer_commands
from .synthetic import write_program_list
from .terminal import EMPTY, INPUT, Start, Typing, measure_start, measure_typing

START_ROUNDS, TYPING_ROUNDS, COMMAND_ROUNDS, EXPORT_ROUNDS = 9, 2, 15, 3
#: Programs from which exports and imports, which take minutes, are measured once.
HUGE_SIZE = 100_000

Step = Callable[[Home, str], dict[str, Figure]]


def start_figures(starts: Sequence[Start], references: Sequence[Start]) -> dict[str, Figure]:
    """Return the figures of starts beside those of an empty Textual application."""
    processor, elapsed = (
        median_figure([getattr(start, of) for start in starts], "ms", [getattr(start, of) for start in references])
        for of in ("processor", "elapsed")
    )
    memory = median_figure([start.memory for start in starts], "MiB")
    return {"start": processor, "start elapsed": elapsed, "memory": memory}


def key_figures(typing: Sequence[Typing], references: Sequence[Typing]) -> dict[str, Figure]:
    """Return the figures of keys beside those of a bare `Input`, and the memory after the last one."""
    ours, theirs = ([list(of_round.keys) for of_round in rounds] for rounds in (typing, references))
    summaries: dict[str, Callable[[Sequence[Sequence[float]]], float]] = {
        "key": lambda keys: statistics.median(key[1] for key in keys),
        "key elapsed": lambda keys: statistics.median(key[0] for key in keys),
        "key elapsed 95": lambda keys: percentile_95(key[0] for key in keys),
    }
    figures = {
        name: median_figure([summary(keys) for keys in ours], "ms", [summary(keys) for keys in theirs])
        for name, summary in summaries.items()
    }
    return figures | {"memory typed": median_figure([of_round.memory_after for of_round in typing], "MiB")}


def measure_starts(home: Home, _: str) -> dict[str, Figure]:
    """Measure starts of the explorer."""
    starts = in_turn(START_ROUNDS, measure_start, {"gmetui": home.command(), "empty": EMPTY})
    return start_figures(starts["gmetui"], starts["empty"])


def measure_keys(home: Home, _: str) -> dict[str, Figure]:
    """Measure keys typed into the explorer, and its memory after ten searches with facets."""
    commands = {"gmetui": home.command(), "input": INPUT}
    rounds: dict[str, list[Typing]] = {name: [] for name in commands}
    for _round in range(TYPING_ROUNDS):
        for name, command in commands.items():
            rounds[name].append(measure_typing(command))
    return key_figures(rounds["gmetui"], rounds["input"])


def measure_commands(home: Home, _: str) -> dict[str, Figure]:
    """Measure the commands that people run most, in processor time."""
    commands = {
        "nothing": NOTHING,
        "search command": home.command("search", "cards", "--format", "json", "--limit", "50"),
        "show command": home.command("show", home.catalog().programs[0].id, "--format", "json"),
        "version command": home.command("--version"),
        "help command": home.command("--help"),
    }
    usages = in_turn(COMMAND_ROUNDS, lambda command: run(*command), commands)
    references = [usage.processor for usage in usages["nothing"]]
    figures = {
        name: median_figure([usage.processor for usage in usages[name]], "ms", references)
        for name in commands
        if name != "nothing"
    }
    memory = median_figure([usage.memory for usage in usages["search command"]], "MiB")
    return figures | {"search command memory": memory}


def measure_search(home: Home, _: str) -> dict[str, Figure]:
    """Measure searches and facet counts, key by key, beside SQLite and tantivy."""
    catalog = home.catalog()
    progress("indexing the programs for SQLite and tantivy")
    connection, peers = index_peers(catalog)
    engines = [gmetui_engine(catalog), *peers]
    first = {name: statistics.fmean(times) for name, times in answer_in_turn(engines).items()}
    again = {name: statistics.fmean(times) for name, times in answer_in_turn(engines).items()}
    facets = count_facets(catalog, connection, key_presses()[::FACET_SAMPLING])
    connection.close()
    group_by = statistics.fmean(facets.group_by)
    figures = {
        "search": Figure(first["gmetui"], "ms", first["gmetui"] / first[SQLITE]),
        "search again": Figure(again["gmetui"], "ms", again["gmetui"] / again[SQLITE]),
        "search sqlite": Figure(first[SQLITE], "ms"),
        "facets": Figure(statistics.fmean(facets.columns), "ms", statistics.fmean(facets.columns) / group_by),
        "all facets": Figure(statistics.fmean(facets.all_facets), "ms", statistics.fmean(facets.all_facets) / group_by),
        "facets sqlite": Figure(group_by, "ms"),
        "facets sqlite table": Figure(statistics.fmean(facets.of_matches), "ms"),
    }
    if TANTIVY in first:
        figures["search tantivy"] = Figure(first[TANTIVY], "ms")
    return figures


def measure_export(home: Home, size: str) -> dict[str, Figure]:
    """Measure the export of every fellowship as CSV."""
    with TemporaryDirectory() as directory:
        command = home.command("export", "fellowship", "-o", str(Path(directory) / "list.csv"), "--force")
        usages = [run(*command) for _ in range(1 if _is_huge(size) else EXPORT_ROUNDS)]
    return _usage_figures("export", usages)


def measure_import(_: Home, size: str) -> dict[str, Figure]:
    """Measure the import of a list of as many programs into an empty home."""
    if not size.isdecimal():
        return {}
    usages = []
    for _round in range(1 if _is_huge(size) else EXPORT_ROUNDS):
        with TemporaryDirectory() as directory:
            path = Path(directory) / "list.csv"
            write_program_list(path, int(size))
            home = Home(Path(directory) / "home")
            usages.append(run(*home.command("import", str(path), "--as", "programs")))
    return _usage_figures("import", usages)


def _usage_figures(name: str, usages: Sequence[object]) -> dict[str, Figure]:
    """Return the seconds and the memory of a command."""
    processor, elapsed, memory = (
        statistics.median(getattr(usage, of) for usage in usages) for of in ("processor", "elapsed", "memory")
    )
    return {
        name: Figure(processor / 1000, "s"),
        f"{name} elapsed": Figure(elapsed / 1000, "s"),
        f"{name} memory": Figure(memory, "MiB"),
    }


def _is_huge(size: str) -> bool:
    return size.isdecimal() and int(size) >= HUGE_SIZE


STEPS: Mapping[str, Step] = {
    "start": measure_starts,
    "keys": measure_keys,
    "commands": measure_commands,
    "search": measure_search,
    "export": measure_export,
    "import": measure_import,
}


def measure_size(size: str, home: Home, options: argparse.Namespace) -> Figures:
    """Return the figures of one size, except those of steps that are saved; save each step."""
    saved = {} if options.again else load_figures(options.save).get(size, {})
    figures: Figures = {size: {}}

    def add(step_name: str, of_step: dict[str, Figure]) -> None:
        figures[size][step_name] = of_step
        if options.save:
            save_figures(options.save, {size: {step_name: of_step}})

    if home.usage is not None:
        add("compiling", _usage_figures("compiling", [home.usage]))
    file_size = home.compiled_file().stat().st_size / 2**20
    add("file", {"file": Figure(file_size, "MiB"), "programs": Figure(len(home.catalog().programs), "")})
    for name, step in STEPS.items():
        if name not in saved and (not options.step or name in options.step):
            progress(f"{size}: {name}")
            add(name, step(home, size))
    return figures


def measure_peers(options: argparse.Namespace) -> Figures:
    """Return the figures of other Textual applications, measured in turn with the same references, and save them."""
    commands = peer_commands()
    if not commands:
        progress("no peers are installed: python tests/bench peers")
        return {}
    progress(f"peers: {', '.join(commands)}")
    starts = in_turn(START_ROUNDS, measure_start, {"empty": EMPTY, **commands})
    typing: dict[str, list[Typing]] = {"input": [], **{name: [] for name in commands}}
    for _ in range(TYPING_ROUNDS):
        for name, command in {"input": INPUT, **commands}.items():
            typing[name].append(measure_typing(command))
    of_peers = {
        name: start_figures(starts[name], starts["empty"]) | key_figures(typing[name], typing["input"])
        for name in commands
    }
    of_peers["empty application"] = {"memory": median_figure([start.memory for start in starts["empty"]], "MiB")}
    if options.save:
        save_figures(options.save, {PEERS: of_peers})
    return {PEERS: of_peers}


def replace_table(page: Path, table: str) -> None:
    """Put a table between the two comments of a page. Raises ValueError when they aren't there."""
    pattern = re.compile(f"(?<={re.escape(PAGE_START)}\n).*?(?={re.escape(PAGE_END)})", re.DOTALL)
    text, count = pattern.subn(lambda _: f"\n{table}\n\n", page.read_text(encoding="utf-8"))
    if not count:
        raise ValueError(f"{page} has no place for the table: {PAGE_START}")
    page.write_text(text, encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Measure the sizes given on the command line, or show saved figures."""
    parser = argument_parser("growth", __doc__)
    parser.add_argument("sizes", nargs="*", metavar="SIZE")
    parser.add_argument("--save", type=Path, metavar="FILE")
    parser.add_argument("--step", choices=STEPS, nargs="+")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--home", type=Path, metavar="DIRECTORY")
    parser.add_argument("--table", type=Path, metavar="FILE")
    parser.add_argument("--page", type=Path)
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args(arguments)
    if options.home and len(options.sizes) != 1:
        parser.error("--home measures one size")
    figures: Figures = {}
    for size in options.sizes:
        if size == PEERS:
            figures |= measure_peers(options)
            continue
        home = Home(options.home.resolve()) if options.home else open_home(size)
        if not home.is_fresh():
            parser.error(f"{home.directory} has no catalog that this version has compiled")
        figures |= measure_size(size, home, options)
    figures = load_figures(options.table or options.save) or figures
    table = growth_table(figures)
    print(table)
    if options.page:
        replace_table(options.page, table)
    if options.plot:
        options.plot.write_text(growth_plot(figures), encoding="utf-8")
