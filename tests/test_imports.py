"""What must not be imported before it is needed: most of a start, and nearly all of a command, is importing modules."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import gmetui
from gmetui.loader import write_compiled

#: Runs a command of gmetui and prints what it imported to standard error.
PROGRAM = """
import json, sys
import gmetui.cli
from gmetui import loader
loader._PACKAGE_DIRECTORY = sys.argv[1]
code = gmetui.cli.main(sys.argv[2:])
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
sys.exit(code)
"""
#: What happens before the first frame, on the day of the data.
FIRST_FRAME = f"""
from datetime import date
import gmetui.cli.commands.explore, gmetui.tui.app
assert loader.read_start_page(today=date.fromisoformat({gmetui.load_catalog().edition.date!r}))
"""
#: Slow to import, and needed neither to search nor to say what gmetui is.
MODEL = {"msgspec", "gmetui.catalog.models", "gmetui.catalog.schema", "gmetui.catalog.catalog"}
SLOW = {"dataclasses", "inspect", "pathlib", "shutil", "hashlib", "threading", "sqlite3", "platformdirs"}
SLOW |= {"textual", "rich"}


@pytest.fixture(scope="module")
def compiled_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the bundled data compiled, as a wheel has it."""
    directory = tmp_path_factory.mktemp("compiled")
    write_compiled(directory)
    return directory


def modules_of(compiled_directory: Path, *arguments: str) -> tuple[set[str], str]:
    """Return the modules that a command imports, and what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(Path(gmetui.__file__).parents[1])}
    command = [sys.executable, "-c", PROGRAM, str(compiled_directory), *arguments]
    process = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return set(json.loads(process.stderr.splitlines()[-1])), process.stdout


def modules_after(compiled_directory: Path, statements: str) -> set[str]:
    """Return the modules that some statements import."""
    lines = (
        f"import json, sys; from gmetui import loader; loader._PACKAGE_DIRECTORY = {str(compiled_directory)!r}",
        statements,
        "print(json.dumps(sorted(sys.modules)))",
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(gmetui.__file__).parents[1])}
    command = [sys.executable, "-c", "\n".join(lines)]
    process = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return set(json.loads(process.stdout))


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_what_gmetui_is_needs_no_data(compiled_directory: Path, argument: str) -> None:
    modules, output = modules_of(compiled_directory, argument)
    assert output
    assert modules.isdisjoint(MODEL | SLOW | {"argparse", "gmetui.search.engine"})


@pytest.mark.parametrize("format_name", ["json", "jsonl", "ids"])
def test_a_search_for_words_needs_no_model(compiled_directory: Path, format_name: str) -> None:
    modules, output = modules_of(compiled_directory, "search", "cards", "-f", format_name)
    assert output
    assert modules.isdisjoint(MODEL | SLOW)
    others = {
        "argparse",
        "typing",
        "gmetui.cli.declarations.shortlist",
        "gmetui.search.index_builder",
        "gmetui.datafiles.builder",
    }
    assert modules.isdisjoint(others)


def test_the_first_frame_needs_no_program(compiled_directory: Path) -> None:
    """What the first screen shows is stored: no model, no search, no list, and no pane behind it is imported for it."""
    modules = modules_after(compiled_directory, FIRST_FRAME)
    assert "gmetui.tui.screens.opening_screen" in modules
    assert modules.isdisjoint(MODEL | {"argparse", "rapidfuzz", "tomllib", "textual.widgets._text_area"})
    packages = {".".join(module.split(".")[:2]) for module in modules}
    assert packages.isdisjoint({"gmetui.search", "gmetui.shortlist", "gmetui.planning", "gmetui.export"})


def test_the_programs_need_no_page_of_a_program(compiled_directory: Path) -> None:
    """What only open panes and dialogs show, exports, and what typing mistakes need."""
    unneeded = {
        "gmetui.documents.program_document",
        "gmetui.tui.rendering.document_lines",
        "gmetui.tui.rendering.reference_pages",
        "gmetui.tui.rendering.list_offers",
        "gmetui.search.suggest",
        "gmetui.search.corrections",
        "gmetui.export.formats",
        "gmetui.datafiles.builder",
        "textual.widgets._text_area",
        "textual.widgets._markdown",
        "rapidfuzz",
        "tomllib",
        "zoneinfo",
    }
    assert modules_after(compiled_directory, f"{FIRST_FRAME}\nimport gmetui.tui.workspace").isdisjoint(unneeded)
