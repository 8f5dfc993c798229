"""Build hook: the wheel carries the data compiled, so that starting gmetui reads no TOML."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileData(BuildHookInterface[Any]):
    """Checks the data files and writes them compiled into the package. A wrong file stops the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the compiled files before the files of the package are collected.

        They come last in the wheel, so that they are as new as the files that they follow from where pip installs it.
        """
        root = Path(self.root)
        package = root / "src" / "gmetui"
        sys.path.insert(0, str(root / "src"))
        try:
            from gmetui.loader import write_compiled
            from gmetui.storage.paths import COMPILED_FILE, START_FILE

            write_compiled(package)
        finally:
            sys.path.pop(0)
        if version == "standard":  # an editable installation uses it where it is
            for name in (START_FILE, COMPILED_FILE):
                build_data["force_include"][str(package / name)] = f"gmetui/{name}"
