"""Build hook: the wheel carries the data compiled, so that starting gmetui reads no TOML."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileData(BuildHookInterface[Any]):
    """Checks the data files and writes them compiled into the package. A wrong file stops the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the compiled files before the files of the package are collected."""
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        try:
            from gmetui.loader import write_compiled

            write_compiled(root / "src" / "gmetui")
        finally:
            sys.path.pop(0)
