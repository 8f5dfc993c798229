"""Measures importing a program list, and gmetui with the imported list: time, memory, start and key presses.

    python tests/bench/importing.py [ROWS …]     (default: 14000; 1000000 takes about ten minutes and 5 GB)

The lists are synthetic and seeded: the real specialties and states, 2,000 institutions, names shared by many programs.
Each step runs in a separate process. It prints figures and asserts nothing.
"""

from __future__ import annotations

import csv
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

from terminal import measure_start, measure_typing  # type: ignore[import-not-found]

from gmetui.datafiles.files import bundled_data_directory
from gmetui.loader import load_catalog

ROUNDS = 3
HUGE_SIZE = 100_000  # rows from which everything is measured once, and the explorer is not
GMETUI = (sys.executable, "-m", "gmetui")


def write_list(path: Path, rows: int) -> None:
    """Write a synthetic program list with the columns of public directories."""
    rng = random.Random(7)
    specialties = [specialty for specialty in load_catalog().specialties if specialty.code]
    acgme_file = bundled_data_directory() / "acgme.toml"
    states = list(tomllib.loads(acgme_file.read_text(encoding="utf-8"))["acgme_states"].items())
    kinds = ("Hospital", "Medical Center", "University", "Health System", "College of Medicine")
    institutions = [
        (f"Saint {number} {rng.choice(kinds)}", f"City {number % 700}", *rng.choice(states)) for number in range(2000)
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("acgme_id", "name", "institution", "specialty", "kind", "city", "state", "seen", "sources"))
        for number in range(rows):
            institution, city, state_digits, state = rng.choice(institutions)
            specialty = specialties[min(len(specialties) - 1, int(rng.expovariate(1 / 25)))]
            acgme_id = f"{specialty.code}{state_digits}{number % 100_000:05}"
            name = f"{institution} Program"
            writer.writerow(
                (acgme_id, name, institution, specialty.name, specialty.kind, city, state, "2026", "synthetic")
            )


def run(*command: str) -> tuple[float, float]:
    """Run a command and return its seconds and its peak memory in MiB."""
    start = time.perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def measure(rows: int) -> None:
    """Print the figures for a list of `rows` rows."""
    with tempfile.TemporaryDirectory() as directory:
        os.environ["GMETUI_HOME"] = directory
        path = Path(directory) / "list.csv"
        write_list(path, rows)
        print(f"{rows:,} rows, {path.stat().st_size / 2**20:.1f} MiB")
        import_command = (*GMETUI, "import", str(path), "--as", "programs")
        steps = {
            "import --dry-run": (*import_command, "--dry-run"),
            "import": import_command,
            "search": (*GMETUI, "search", "cards", "--limit", "5", "--format", "json"),
        }
        for name, command in steps.items():
            runs = [run(*command) for _ in range(ROUNDS if rows < HUGE_SIZE else 1)]
            seconds, memory = (statistics.median(values) for values in zip(*runs, strict=True))
            print(f"  {name:26} {seconds:8.2f} s  {memory:7.0f} MiB")
        if rows < HUGE_SIZE:
            measure_explorer()


def measure_explorer() -> None:
    """Print the figures of the explorer with the imported list."""
    start_times, memory = zip(*(measure_start(GMETUI) for _ in range(ROUNDS)), strict=True)
    print(f"  start to full frame        {statistics.median(start_times):8.0f} ms")
    print(f"  resident after the start   {statistics.median(memory) / 1024:8.0f} MiB")
    key_times = measure_typing(GMETUI)
    print(f"  key press                  {statistics.median(key_times):8.1f} ms  max {max(key_times):.1f} ms")


def main() -> None:
    """Measure the sizes given on the command line."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for rows in [int(argument) for argument in sys.argv[1:]] or [14_000]:
        measure(rows)


if __name__ == "__main__":
    main()
