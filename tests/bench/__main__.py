"""Runs one benchmark: `python tests/bench NAME [ARGUMENT …]`. README.md beside this file says what each measures."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

_DIRECTORY = Path(__file__).resolve().parent
_BENCHMARKS = ("growth", "homes", "engines", "explorer", "peers", "fits", "nearby", "queries", "answers", "fuzz")


def main() -> int | None:
    """Run the benchmark that the command line names. Modules are compiled, as those of an installed gmetui are."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in _BENCHMARKS:
        print(f"usage: python tests/bench {{{','.join(_BENCHMARKS)}}} [--help]", file=sys.stderr)
        return 2
    sys.path.insert(0, str(_DIRECTORY.parent))
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    exit_code: int | None = import_module(f"bench.{name}").main(sys.argv[2:])
    return exit_code


if __name__ == "__main__":
    raise SystemExit(main())
