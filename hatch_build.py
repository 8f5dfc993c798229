"""Build hook: the wheel carries the data compiled, so that starting gmetui reads no TOML, and packed."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileData(BuildHookInterface[Any]):
    """Checks the data files and writes them compiled. A wrong file stops the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the compiled files: for an editable installation into the package, otherwise for the wheel alone."""
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        try:
            from gmetui.datafiles.files import pack_bundled_data
            from gmetui.loader import write_compiled
            from gmetui.storage.paths import COMPILED_FILE, START_FILE

            if version == "editable":
                write_compiled(root / "src" / "gmetui")
                return
            self._directory = TemporaryDirectory()
            data = Path(self._directory.name) / "data"
            data.mkdir()
            pack_bundled_data(data)
            write_compiled(data.parent, str(data))
        finally:
            sys.path.pop(0)
        build_data["force_include"][str(data)] = "gmetui/data"
        for name in (COMPILED_FILE, START_FILE):
            build_data["force_include"][str(data.parent / name)] = f"gmetui/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was written for the wheel."""
        if version != "editable":
            self._directory.cleanup()
