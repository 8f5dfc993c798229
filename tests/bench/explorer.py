"""Compares the explorer with Textual's own, with other applications and with other versions of gmetui.

    python tests/bench/explorer [--rounds N] [--other SOURCE] [--size SIZE] [--peers]

It measures starts to the full first frame and resident memory, beside an empty Textual application, and keys in the
search box, steps down the list, lines of a page scrolled and pages opened, beside a bare `Input`. SOURCE is the `src`
directory of another version of gmetui, `--peers` adds Posting and Harlequin. Everything is measured in turn, in
milliseconds elapsed and of processor time.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable, Mapping, Sequence

from .homes import BUNDLED, open_home
from .measure import argument_parser, in_turn, median_figure, number_text, percentile_95
from .peers import peer_commands
from .terminal import (
    EMPTY,
    INPUT,
    QUIET_FRAME,
    Moment,
    measure_keys,
    measure_start,
    measure_typing,
    with_environment,
)

_EMPTY, _INPUT = "empty Textual application", "bare `Input`"
_STEPS = 40

Command = tuple[str, ...]


def compare_starts(rounds: int, commands: Mapping[str, Command]) -> None:
    """Print the starts of applications, the first of which is the reference."""
    starts = in_turn(rounds, measure_start, commands)
    references = starts[next(iter(starts))]
    print("\n| start to full frame | processor time | elapsed | memory |\n| --- | ---: | ---: | ---: |")
    for name, of_application in starts.items():
        times = (
            median_figure([start[of] for start in of_application], "ms", [start[of] for start in references])
            for of in (1, 0)
        )
        memory = median_figure([start.memory for start in of_application], "MiB")
        print(f"| {name} | {' | '.join(map(str, times))} | {memory} |", flush=True)


def compare_keys(
    title: str, rounds: int, measure: Callable[[Command], Sequence[Moment]], commands: Mapping[str, Command]
) -> None:
    """Print what keys take in applications, the first of which is the reference."""
    results: dict[str, list[Sequence[Moment]]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            results[name].append(measure(command))
    references = results[next(iter(results))]
    print(f"\n| {title} | processor time | elapsed | 95th percentile |\n| --- | ---: | ---: | ---: |")
    for name, of_rounds in results.items():
        medians, reference_medians = (
            [[statistics.median(key[of] for key in keys) for keys in rounds_of] for of in (1, 0)]
            for rounds_of in (of_rounds, references)
        )
        figures = [
            median_figure(values, "ms", reference) for values, reference in zip(medians, reference_medians, strict=True)
        ]
        percentile = percentile_95(key.elapsed for keys in of_rounds for key in keys)
        print(f"| {name} | {' | '.join(map(str, figures))} | {number_text(percentile)} ms |", flush=True)


def main(arguments: Sequence[str]) -> None:
    """Print starts and keys."""
    parser = argument_parser("explorer", __doc__)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--other", metavar="SOURCE")
    parser.add_argument("--size", default=BUNDLED)
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args(arguments)
    versions: dict[str, Command] = {"gmetui": open_home(options.size).command()}
    if options.other:
        versions[options.other] = with_environment(versions["gmetui"], PYTHONPATH=options.other)
    peers = peer_commands() if options.peers else {}
    few = max(1, options.rounds // 2)
    print(f"load: {os.getloadavg()}")
    compare_starts(options.rounds, {_EMPTY: EMPTY, **versions, **peers})
    with_input = {_INPUT: INPUT, **versions}
    compare_keys("key in the search box", few, lambda command: measure_typing(command).keys, with_input | peers)
    down = ["j"] * _STEPS
    compare_keys("step down the list", few, lambda command: _pressed(command, "\r", down), with_input)
    compare_keys("line of a page scrolled", few, lambda command: _pressed(command, "\r\r", down), with_input)
    compare_keys("page opened", few, _opened, versions)
    print(f"\nload: {os.getloadavg()}")


def _pressed(command: Command, first: str, keys: Sequence[str]) -> list[Moment]:
    """Return what keys take after those of `first`, which a bare `Input` doesn't get."""
    return measure_keys(command, keys, first="" if command == INPUT else first)


def _opened(command: Command) -> list[Moment]:
    """Return what each step from the list to the page takes."""
    return measure_keys(command, ["3", "2"] * 15, first="\r", quiet=QUIET_FRAME)[::2]
