"""Build hook: the wheel carries the data compiled, so that starting gmetui reads no TOML."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileData(BuildHookInterface[Any]):
    """Checks the data files and writes them as JSON into the package. A wrong file stops the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write `src/gmetui/_compiled.json` before the files are gathered."""
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        try:
            from gmetui.catalog.loading import COMPILED, bundled_files, compiled_json

            place = root / "src" / "gmetui" / COMPILED
            place.write_text(compiled_json(bundled_files()), encoding="utf-8", newline="\n")
        finally:
            sys.path.pop(0)
