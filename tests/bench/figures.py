"""Figures by size, step and name, saved as JSON so that long measurements can be resumed and shown later."""

from __future__ import annotations

import json
import os
import platform
import time
from pathlib import Path

from .measure import Figure

#: By size, then by the step that measured them, then by name.
Figures = dict[str, dict[str, dict[str, Figure]]]


def load_figures(file: Path | None) -> Figures:
    """Return the figures of a file, or none where there is no file."""
    if file is None or not file.exists():
        return {}
    saved = json.loads(file.read_text(encoding="utf-8"))
    return {
        size: {step: {name: Figure(*values) for name, values in of_step.items()} for step, of_step in of_size.items()}
        for size, of_size in saved["figures"].items()
    }


def save_figures(file: Path, new_figures: Figures) -> None:
    """Add figures to those of a file, with the machine and the day, however long ago the file was read."""
    figures = load_figures(file)
    for size, steps in new_figures.items():
        figures.setdefault(size, {}).update(steps)
    machine = {
        "day": time.strftime("%Y-%m-%d"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": [round(load, 1) for load in os.getloadavg()],
    }
    temporary = file.with_suffix(".tmp")
    temporary.write_text(json.dumps({"machine": machine, "figures": figures}, indent=1), encoding="utf-8")
    temporary.replace(file)
