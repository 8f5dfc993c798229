"""What the benchmarks share: figures, running commands, and measuring several things in turn.

Whatever is compared is measured in turn, round by round, so that a busy machine slows all of it alike. Processor time
(user and system) hardly depends on what else runs; elapsed time does.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")

PYTHON = sys.executable
#: The command as users have it: `python -m gmetui` takes some milliseconds more.
GMETUI = (str(Path(PYTHON).with_name("gmetui")),)
#: Starts Python and nothing else.
NOTHING = (PYTHON, "-c", "pass")
#: Where benchmarks leave what takes long to make.
STORE = Path(__file__).resolve().parents[2] / ".benchmarks"


#: Runs a command and prints its usage and exit code. It is a process of its own, since Linux counts the memory of the
#: process that starts another as the peak of the other: that of a benchmark would hide that of a command.
_LAUNCHER = """
import json, os, subprocess, sys, time
start = time.perf_counter()
null = subprocess.DEVNULL
process = subprocess.Popen(sys.argv[1:], stdin=null, stdout=null, stderr=null)
_, status, usage = os.wait4(process.pid, 0)
elapsed = (time.perf_counter() - start) * 1000
processor = (usage.ru_utime + usage.ru_stime) * 1000
print(json.dumps([elapsed, processor, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)]))
"""


class Figure(NamedTuple):
    """A measured value, and its ratio to a reference that was measured in turn with it, if it has one."""

    value: float
    unit: str
    ratio: float | None = None

    def __str__(self) -> str:
        """Return the figure as a cell of a table."""
        ratio = "" if self.ratio is None else f" ({number_text(self.ratio)}×)"
        return f"{number_text(self.value)} {self.unit}{ratio}"


class Usage(NamedTuple):
    """What a process took: milliseconds elapsed and of processor time, and its peak memory in MiB."""

    elapsed: float
    processor: float
    memory: float


def argument_parser(name: str, description: str | None) -> argparse.ArgumentParser:
    """Return a parser for the arguments of the benchmark `name`, whose help is the description of its module."""
    return argparse.ArgumentParser(
        prog=f"python tests/bench {name}",
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def number_text(number: float) -> str:
    """Return a number with about two significant digits, and with all that it has before the point."""
    digits = 0 if number >= 20 else 1 if number >= 10 else 2 if number >= 0.1 else 3
    return f"{number:,.{digits}f}"


def run(*command: str) -> Usage:
    """Run a command and return what it took. Raises CalledProcessError when it fails."""
    launched = subprocess.run([PYTHON, "-c", _LAUNCHER, *command], stdout=subprocess.PIPE, check=True)
    *usage, exit_code = json.loads(launched.stdout)
    if exit_code:
        raise subprocess.CalledProcessError(exit_code, command)
    return Usage(*usage)


def in_turn(rounds: int, measure: Callable[[T], Any], subjects: Mapping[str, T]) -> dict[str, list[Any]]:
    """Measure every subject in each round and return the results by name, after a first round that isn't counted."""
    results: dict[str, list[Any]] = {name: [] for name in subjects}
    for number in range(rounds + 1):
        for name, subject in subjects.items():
            result = measure(subject)
            if number:
                results[name].append(result)
    return results


def median_figure(values: Sequence[float], unit: str, references: Sequence[float] = ()) -> Figure:
    """Return the median as a figure; its ratio is the median of the ratios to the references, round by round."""
    ratios = [value / reference for value, reference in zip(values, references, strict=False)]
    return Figure(statistics.median(values), unit, statistics.median(ratios) if ratios else None)


def percentile_95(values: Iterable[float]) -> float:
    """Return the 95th percentile."""
    ordered = sorted(values)
    return ordered[int(len(ordered) * 0.95)]


def processor_milliseconds(action: Callable[[], object]) -> float:
    """Return the milliseconds of processor time that an action takes."""
    start = time.process_time()
    action()
    return (time.process_time() - start) * 1000


def progress(text: str) -> None:
    """Say on standard error what was done."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)
