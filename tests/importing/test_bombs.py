"""Files of up to 5 MB are read or refused within bounds of time and memory."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from gmetui.catalog.catalog import Catalog
from importing.bombs import BOMBS, MEGABYTE, Repeated, write_workbook
from importing.measure_bombs import MAX_MEMORY, Figures, measure_bombs, read_bomb

_MAX_SECONDS = 10.0  # of processor time
_KILL_SECONDS = 120.0  # the machine may be busy
#: A test run tries every fourth bomb of each group, since all of them take minutes; `GMETUI_ALL_BOMBS=1` tries all.
_STEP = 1 if os.environ.get("GMETUI_ALL_BOMBS") else 4


def measure(names: Sequence[str], path: Path) -> list[Figures]:
    """Return the figures of bombs from a process of their own, which is killed when one takes too long."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=measure_bombs, args=(names, path, sender))
    process.start()
    sender.close()
    measured: list[Figures] = []
    try:
        while receiver.poll(_KILL_SECONDS) and (figures := receiver.recv()) is not None:
            measured.append(figures)
    except EOFError:
        pass  # the process ended early, and figures are missing
    finally:
        process.kill()
        process.join()
    return measured


@pytest.mark.parametrize("group", ["workbook", "merged cells", "ODS", "TOML", "JSON", "CSV", "HTML", "text"])
def test_bombs_are_read_or_refused(tmp_path: Path, group: str) -> None:
    names = [name for name in BOMBS if (name.partition(": ")[0] if ": " in name else "workbook") == group]
    names = names[::_STEP]
    measured = measure(names, tmp_path / "bomb")
    last = measured[-1].name if measured else "none"
    assert len(measured) == 3 * len(names), f"the process ended or hung after {last}"
    for figures in measured:
        assert figures.seconds < _MAX_SECONDS, figures
        assert figures.peak < MAX_MEMORY, figures


def test_ordinary_large_lists_are_read(catalog: Catalog, tmp_path: Path) -> None:
    """The bounds leave room: 14,000 programs in 5 MB of text and in a workbook of 20 MB, unpacked."""
    path = tmp_path / "list"
    rows = (
        f"140{1 + row // 9000:02}{row:05},Elm {row},Elm Hospital {row % 900},{'x' * 280}\n" for row in range(14_000)
    )
    path.write_text("acgme_id,name,institution,note\n" + "".join(rows), encoding="utf-8")
    assert read_bomb(catalog, path, "programs").startswith("14000 programs")
    cells = b"".join(b'<c t="str"><v>note number %d</v></c>' % column for column in range(40))
    write_workbook(path, rows=Repeated(b"<row><c><v>1400100001</v></c>" + cells + b"</row>", 20 * MEGABYTE // 1400))
    assert read_bomb(catalog, path, "programs").startswith("1 programs")


if __name__ == "__main__":  # prints the figures: `python tests/importing/test_bombs.py`
    import tempfile

    with tempfile.TemporaryDirectory() as directory:
        for bomb_name in BOMBS:
            for line in measure([bomb_name], Path(directory) / "bomb"):
                figures_text = f"{line.seconds:5.1f} s {line.peak // 2**20:4} MiB {line.kind:9}"
                print(figures_text, line.name, line.outcome[:90])  # noqa: T201
