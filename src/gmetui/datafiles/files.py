"""From TOML files to a `Catalog`: the bundled files, and directories layered over them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..catalog.catalog import Catalog
from ..catalog.models import Edition
from ..errors import DataError, FileError, Problem
from ..text import sanitize

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from .builder import Document

# The modules that read and check TOML are imported where they are used: starting from a compiled catalog needs none.

_MAX_FILE_SIZE = 1024 * 1024 * 1024  # bytes; the whole country needs a hundredth of it


def read_catalog(data: Sequence[str | Path] = (), *, bundled: bool = True) -> Catalog:
    """Return the bundled catalog with the data files of each path in `data` layered over it.

    With `bundled` false, only the reference (specialties, services, general requirements, pages) is taken from the
    bundled data. Raises `DataError` when a file is wrong and `FileError` when one cannot be read.
    """
    from .builder import build_catalog

    layers = [bundled_documents() if bundled else _reference_documents()]
    layers += [directory_documents(Path(path)) for path in data]
    return build_catalog(layers)[0]


def load_directory(directory: str | Path) -> Catalog:
    """Return the catalog of one directory that has its own reference, without any bundled data.

    Raises what `read_catalog` raises.
    """
    from .builder import build_catalog

    return build_catalog([directory_documents(Path(directory))])[0]


def bundled_edition() -> Edition:
    """Return the edition of the bundled data without reading anything else."""
    import tomllib

    content = (bundled_data_directory() / "edition.toml").read_text(encoding="utf-8")
    return Edition(**tomllib.loads(content)["edition"])


def check_files(data: Sequence[str | Path]) -> list[Problem]:
    """Return every problem of the bundled data with `data` layered over it, including those that loading ignores."""
    from .builder import build_catalog
    from .lint import lint_draft

    try:
        layers = [bundled_documents(), *(directory_documents(Path(path)) for path in data)]
        return build_catalog(layers, lint_draft)[1]
    except DataError as error:
        return list(error.problems)


def bundled_data_directory() -> Path | Traversable:
    """Return the directory of the bundled data: inside the package in a wheel, at the root of a source tree."""
    package = Path(__file__).resolve().parents[1]
    for directory in (package / "data", package.parents[1] / "data"):
        if (directory / "specialties.toml").is_file():
            return directory
    from importlib.resources import files  # needed only inside a zip file, and slow to import

    packed_directory = files("gmetui") / "data"
    if packed_directory.is_dir():
        return packed_directory
    raise FileError("gmetui: the bundled program data is missing; reinstall gmetui")


def bundled_files() -> list[tuple[str, bytes]]:
    """Return (name, content) of each bundled data file, in a fixed order."""
    root = bundled_data_directory()
    named_files = [("data", file) for file in root.iterdir()]
    named_files += [("data/institutions", file) for file in (root / "institutions").iterdir()]
    toml_files = [(parent, file) for parent, file in named_files if file.name.endswith(".toml")]
    toml_files.sort(key=lambda named: named[1].name)
    return [(f"{parent}/{file.name}", file.read_bytes()) for parent, file in toml_files]


def bundled_documents() -> list[Document]:
    """Parse the bundled data files."""
    return [parse(name, content) for name, content in bundled_files()]


def _reference_documents() -> list[Document]:
    """Parse the bundled data files and keep the tables of the reference."""
    from .builder import REFERENCE_TABLES

    return [
        document._replace(tables={name: table for name, table in document.tables.items() if name in REFERENCE_TABLES})
        for document in bundled_documents()
    ]


def directory_documents(path: Path) -> list[Document]:
    """Parse one data file, or every data file below a directory. Raises `FileError` when there is none."""
    if path.is_file():
        return [parse(sanitize(str(path)), _read_bytes(path))]
    if not path.is_dir():
        raise FileError(f"gmetui: data directory not found: {sanitize(str(path))}")
    files = sorted(path.rglob("*.toml"))
    if not files:
        raise FileError(f"gmetui: no .toml files in {sanitize(str(path))}")
    return [parse(sanitize(str(file)), _read_bytes(file)) for file in files]


def _read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_FILE_SIZE:
            limit = _MAX_FILE_SIZE // 1024 // 1024
            raise FileError(f"gmetui: cannot read {sanitize(str(path))}: it is larger than {limit} MB")
        return path.read_bytes()
    except OSError as error:
        raise FileError(f"gmetui: cannot read {sanitize(str(path))}: {error.strerror}") from error


def parse(file: str, content: bytes) -> Document:
    """Parse one TOML file. Raises `DataError` that names the line of a syntax error."""
    import tomllib

    from .builder import Document

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DataError([Problem(file, line, "file", "is not UTF-8 text", "save it as UTF-8")]) from error
    try:
        return Document(file, tomllib.loads(text), text)
    except tomllib.TOMLDecodeError as error:
        raise DataError([_syntax_problem(file, text, str(error))]) from error
    except RecursionError as error:
        raise DataError([Problem(file, 1, "file", "is nested too deeply to be program data")]) from error


def _syntax_problem(file: str, text: str, error_text: str) -> Problem:
    """Return a problem at the line that tomllib names: "Expected … (at line 3, column 5)"."""
    description, _, position = error_text.partition(" (at ")
    numbers = "".join(character if character.isdecimal() else " " for character in position).split()
    line = int(numbers[0]) if numbers else text.count("\n") + 1
    return Problem(file, line, "file", f"is not valid TOML: {sanitize(description)}", "data/README.md shows the format")
