"""How long a list of programs takes to bring in, how much memory, and how gmetui starts and answers keys after it.

The lists are made up (seeded): the real specialties and states, 2,000 institutions, names shared by many programs. Each
step is a process of its own. Nothing here is a test: it prints figures.

    python tests/bench/importing.py [rows …]      (14000 where none is given; 1000000 takes ten minutes and 5 GB)
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

from terminal import started, typed  # type: ignore[import-not-found]  # beside this script

from gmetui.datafiles.files import data_root
from gmetui.loader import load

ROUNDS = 3
GMETUI = (sys.executable, "-m", "gmetui")


def write_list(path: Path, rows: int) -> None:
    """Write a made-up list of programs as public directories have them."""
    rng = random.Random(7)
    codes = [own for own in load().specialties if own.code]
    states = list(tomllib.loads((data_root() / "acgme.toml").read_text(encoding="utf-8"))["acgme_states"].items())
    kinds = ("Hospital", "Medical Center", "University", "Health System", "College of Medicine")
    homes = [
        (f"Saint {number} {rng.choice(kinds)}", f"City {number % 700}", *rng.choice(states)) for number in range(2000)
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("acgme_id", "name", "institution", "specialty", "kind", "city", "state", "seen", "sources"))
        for number in range(rows):
            home, city, digits, state = rng.choice(homes)
            own = codes[min(len(codes) - 1, int(rng.expovariate(1 / 25)))]
            code = f"{own.code}{digits}{number % 100_000:05}"
            writer.writerow((code, f"{home} Program", home, own.name, own.kind, city, state, "2026", "made-up"))


def run(*command: str) -> tuple[float, float]:
    """Run a command and return its seconds and the most memory it had, in MiB."""
    began = time.perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as own:
        _, _, usage = os.wait4(own.pid, 0)
        own.returncode = 0
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def measure(rows: int) -> None:
    """Print the figures for a list of so many rows."""
    with tempfile.TemporaryDirectory() as directory:
        os.environ["GMETUI_HOME"] = directory
        path = Path(directory) / "list.csv"
        write_list(path, rows)
        size = path.stat().st_size / 1024 / 1024
        rounds = ROUNDS if rows < 100_000 else 1
        dry = [run(*GMETUI, "import", str(path), "--as", "programs", "--dry-run") for _ in range(rounds)]
        whole = [run(*GMETUI, "import", str(path), "--as", "programs") for _ in range(rounds)]
        found = [run(*GMETUI, "search", "cards", "--limit", "5", "--format", "json") for _ in range(rounds)]
        print(f"{rows:,} rows, {size:.1f} MiB")
        for name, taken in (("read and reported", dry), ("brought in and compiled", whole), ("search", found)):
            seconds, memory = (statistics.median(own[place] for own in taken) for place in (0, 1))
            print(f"  {name:26} {seconds:8.2f} s  {memory:7.0f} MiB")
        if rows < 100_000:
            starts = [started((*GMETUI,)) for _ in range(ROUNDS)]
            print(f"  start to full frame        {statistics.median(own[0] for own in starts):8.0f} ms")
            print(f"  resident after the start   {statistics.median(own[1] for own in starts) / 1024:8.0f} MiB")
            keys = typed((*GMETUI,))
            print(f"  key press                  {statistics.median(keys):8.1f} ms  worst {max(keys):.1f}")


def main() -> None:
    """Measure each size that is named."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for rows in [int(word) for word in sys.argv[1:]] or [14_000]:
        measure(rows)


if __name__ == "__main__":
    main()
