"""From TOML files to a `Catalog`: the bundled files, and directories layered over them."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import attrgetter
from types import MappingProxyType

from ..errors import DataError, FileError, Problem
from ..lean_typing import TYPE_CHECKING
from ..progress import ReportShare, ignore_share
from ..text import sanitize

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable
    from io import BufferedReader
    from pathlib import Path

    from ..catalog.catalog import Catalog
    from ..catalog.gazetteer import Gazetteer
    from .builder import DataDocument
    from .toml_blocks import Block

# The modules that read and check TOML are imported where they are used: starting from a compiled catalog needs none,
# and it needs no `pathlib`, which takes as long to import as a search.

PACKAGE_ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
#: The file of the bundled data with the places of the country.
GAZETTEER_FILE = "places.gazetteer"
#: The file of a wheel with its packed data files, and those that it has besides: they are read on their own.
PACKED_FILE = "bundled.tar.xz"
_SINGLE_FILES = ("acgme.toml", "edition.toml")
#: How the names of data files end.
DATA_SUFFIXES = (".toml", ".tar.xz")
_MAX_KEY_LENGTH = 80
_MAX_FILE_SIZE = 1024 * 1024 * 1024  # bytes; the whole country needs a hundredth of it


def read_catalog(data: Sequence[str | Path] = (), *, bundled: bool = True) -> Catalog:
    """Return the bundled catalog with the data files of each path in `data` layered over it.

    With `bundled` false, only the reference (specialties, services, general requirements, pages) is taken from the
    bundled data. Raises `DataError` when a file is wrong and `FileError` when one cannot be read.
    """
    return read_catalog_and_problems(data, bundled=bundled)[0]


def read_catalog_and_problems(
    data: Sequence[str | Path] = (),
    *,
    bundled: bool = True,
    bundled_catalog: Catalog | None = None,
    content_paths: Mapping[Path, Path] = MappingProxyType({}),
    spool_directory: Path | None = None,
    report_progress: ReportShare = ignore_share,
) -> tuple[Catalog, list[Problem]]:
    """Return the catalog as `read_catalog` does, and the problems that did not prevent it, such as repaired text.

    The bundled data is taken from `bundled_catalog` where it is given. `content_paths` has where the content of a file
    is that isn't in its place. Many programs are written to a file in `spool_directory`, which ends with the catalog.
    """
    from pathlib import Path

    from msgspec.structs import replace

    from .builder import build_catalog
    from .catalog_draft import draft_of
    from .draft import CatalogDraft, ProgramNodes
    from .program_spool import ProgramSpool

    spool = ProgramSpool(spool_directory)
    if bundled and bundled_catalog is not None:
        draft, layers = draft_of(bundled_catalog, spool), [_publisher_documents()]
    else:
        draft = CatalogDraft(programs=ProgramNodes(spool))
        layers = [bundled_documents() if bundled else _reference_documents()]
    layers += [directory_documents(Path(path), content_paths) for path in data]
    catalog, problems = build_catalog(layers, draft=draft, report_progress=report_progress)
    return replace(catalog, gazetteer=bundled_gazetteer()), problems


def load_directory(directory: str | Path) -> Catalog:
    """Return the catalog of one directory that has its own reference, without any bundled data.

    Raises what `read_catalog` raises.
    """
    from pathlib import Path

    from msgspec.structs import replace

    from ..catalog.gazetteer import NO_PLACES, Gazetteer
    from .builder import build_catalog

    catalog = build_catalog([directory_documents(Path(directory))])[0]
    gazetteer_file = Path(directory) / GAZETTEER_FILE
    gazetteer = Gazetteer(gazetteer_file.read_bytes) if gazetteer_file.is_file() else NO_PLACES
    return replace(catalog, gazetteer=gazetteer)


def bundled_edition() -> Mapping[str, str]:
    """Return the table of the edition of the bundled data without reading anything else."""
    import tomllib

    edition: dict[str, str] = tomllib.loads(_read_bundled("edition.toml").decode())["edition"]
    return edition


def bundled_gazetteer() -> Gazetteer:
    """Return the gazetteer of the bundled data. It is read when a place is asked for."""
    from ..catalog.gazetteer import Gazetteer

    return Gazetteer(lambda: _read_bundled(GAZETTEER_FILE))


def check_files(data: Sequence[str | Path]) -> list[Problem]:
    """Return every problem of the bundled data with `data` layered over it, including those that loading ignores."""
    from pathlib import Path

    from .builder import build_catalog
    from .lint import lint_draft

    try:
        layers = [bundled_documents(), *(directory_documents(Path(path)) for path in data)]
        return build_catalog(layers, lambda draft: lint_draft(draft, bundled_gazetteer()))[1]
    except DataError as error:
        return list(error.problems)


def bundled_data_root() -> str:
    """Return the directory of the bundled data: inside the package in a wheel, at the root of a source tree.

    Return "" where there is none, as inside a zip file.
    """
    for directory in (f"{PACKAGE_ROOT}/data", f"{PACKAGE_ROOT}/../../data"):
        if os.path.isfile(f"{directory}/edition.toml"):
            return os.path.normpath(directory)
    return ""


def bundled_data_directory() -> Path | Traversable:
    """Return the directory of the bundled data, wherever it is. Raises `FileError` where it is missing."""
    from pathlib import Path

    root = bundled_data_root()
    if root:
        return Path(root)
    from importlib.resources import files  # needed only inside a zip file, and slow to import

    packed_directory = files("gmetui") / "data"
    if packed_directory.is_dir():
        return packed_directory
    raise FileError("gmetui: the bundled program data is missing; reinstall gmetui")


def _read_bundled(name: str) -> bytes:
    root = bundled_data_root()
    if not root:
        return (bundled_data_directory() / name).read_bytes()
    with open(f"{root}/{name}", "rb") as file:
        return file.read()


def bundled_files() -> list[tuple[str, bytes]]:
    """Return (name, content) of each bundled data file, in a fixed order."""
    contents = dict(stored_files(bundled_data_root()))
    packed = contents.pop(f"data/{PACKED_FILE}", None)
    if packed is not None:
        from .packed_files import unpack_files

        contents.update(unpack_files(packed))
    return sorted(contents.items(), key=lambda named: named[0].rpartition("/")[2])


def stored_files(root: str) -> list[tuple[str, bytes]]:
    """Return (name, content) of each file below the root of the bundled data in which these are stored.

    A source tree has a file for each institution. A wheel has most of them packed into one.
    """
    if not root:  # inside a zip file
        return [
            (f"data/{file.name}", file.read_bytes())
            for file in sorted(bundled_data_directory().iterdir(), key=attrgetter("name"))
            if file.name.endswith(DATA_SUFFIXES)
        ]
    return [
        (f"data{directory.removeprefix(root)}/{name}", content)
        for directory in data_directories(root)
        for name, content in read_files(directory, DATA_SUFFIXES)
    ]


def data_directories(root: str) -> list[str]:
    """Return the directories below the root of the bundled data that have data files."""
    return [directory for directory in (root, f"{root}/institutions") if os.path.isdir(directory)]


def pack_bundled_data(directory: Path) -> None:
    """Write the bundled data into a directory as a wheel carries them. Only a few files are read on their own."""
    from .packed_files import pack_files

    packed = []
    for name, content in bundled_files():
        file_name = name.removeprefix("data/")
        if file_name in _SINGLE_FILES:
            (directory / file_name).write_bytes(content)
        else:
            packed.append((name, content))
    (directory / PACKED_FILE).write_bytes(pack_files(packed))
    (directory / GAZETTEER_FILE).write_bytes(_read_bundled(GAZETTEER_FILE))


def list_files(directory: str, suffix: str | tuple[str, ...]) -> list[os.DirEntry[str]]:
    """Return the files of a directory whose names end with `suffix`, or one of them, sorted by name."""
    with os.scandir(directory) as entries:
        return sorted((entry for entry in entries if entry.name.endswith(suffix)), key=attrgetter("name"))


def read_files(directory: str, suffix: str | tuple[str, ...]) -> list[tuple[str, bytes]]:
    """Return (name, content) of the files of a directory whose names end with `suffix`, sorted by name."""
    contents: list[tuple[str, bytes]] = []
    for entry in list_files(directory, suffix):
        with open(entry.path, "rb", buffering=0) as file:
            contents.append((entry.name, file.read()))
    return contents


def bundled_documents() -> list[DataDocument]:
    """Parse the bundled data files."""
    return [parse(name, content) for name, content in bundled_files()]


def _publisher_documents() -> list[DataDocument]:
    """Parse the bundled data file of web hosts, which a catalog doesn't have."""
    return [parse(name, content) for name, content in bundled_files() if name.endswith("/publishers.toml")]


def _reference_documents() -> list[DataDocument]:
    """Parse the bundled data files that are not an institution's, and keep the tables of the reference."""
    from .builder import REFERENCE_TABLES

    documents = (parse(name, content) for name, content in bundled_files() if "/institutions/" not in name)
    return [
        document._replace(tables={name: table for name, table in document.tables.items() if name in REFERENCE_TABLES})
        for document in documents
    ]


def directory_documents(path: Path, content_paths: Mapping[Path, Path] = MappingProxyType({})) -> list[DataDocument]:
    """Parse one data file, or every data file below a directory. Raises `FileError` when there is none.

    `content_paths` has where the content of a file is that isn't in its place.
    """
    if path in content_paths:
        return [_file_document(content_paths[path], sanitize(str(path)))]
    if not path.exists():
        raise FileError(f"gmetui: data directory not found: {sanitize(str(path))}")
    if not path.is_dir():
        return [_file_document(path, sanitize(str(path)))]
    files = sorted(path.rglob("*.toml"))
    if not files:
        raise FileError(f"gmetui: no .toml files in {sanitize(str(path))}")
    return [_file_document(file, sanitize(str(file))) for file in files]


def _file_document(path: Path, file: str) -> DataDocument:
    """Parse a data file called `file`: all of it, or of a long imported list the tables before its programs."""
    from .toml_blocks import TomlBlocks

    blocks = TomlBlocks(path)
    with _ReportingReadErrors(file):
        remaining = iter(blocks)
        first = next(remaining)
        head = parse(file, first.content) if (following := next(remaining, None)) else None
        if head is not None and "import" in head.tables:
            return head._replace(text="", blocks=blocks)
        return parse(
            file,
            b"".join((first.content, *((block.content for block in (following, *remaining)) if following else ()))),
        )


def read_parts(path: Path) -> Iterator[DataDocument]:
    """Parse a data file, a long imported list in parts. Raises `DataError` or `FileError`."""
    document = _file_document(path, sanitize(str(path)))
    yield document
    yield from remaining_documents(document)


def remaining_documents(document: DataDocument, report_progress: ReportShare = ignore_share) -> Iterator[DataDocument]:
    """Parse the blocks of a long imported list after the first one. Raises as `parse` does."""
    from .toml_blocks import parse_programs

    with _ReportingReadErrors(document.file):
        for block in islice(document.blocks or (), 1, None):
            report_progress(block.share)
            try:
                programs = parse_programs(block.content.decode("utf-8"))
            except ValueError:
                programs = None
            if programs is None:
                yield _parse_block(document.file, block)
            else:
                yield document._replace(tables={"program": programs})


def _parse_block(file: str, block: Block) -> DataDocument:
    try:
        return parse(file, block.content)
    except DataError as error:
        raise DataError(
            [problem._replace(line=problem.line + block.first_line) for problem in error.problems]
        ) from None


class _ReportingReadErrors:
    """Raises what goes wrong with a file as `FileError`."""

    def __init__(self, file_name: str) -> None:
        self._file_name = file_name

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, OSError | ValueError | RuntimeError):  # the latter two: a NUL in a name, a loop of links
            reason = getattr(error, "strerror", None) or sanitize(str(error))
            raise FileError(f"gmetui: cannot read {self._file_name}: {reason}") from error


def open_data_file(path: str | Path) -> BufferedReader:
    """Open a regular file of bounded size. Raises `OSError` for any other file, without waiting for a pipe."""
    # Without O_NONBLOCK, opening a pipe waits for someone to write to it.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file")
        if status.st_size > _MAX_FILE_SIZE:
            raise OSError(errno.EFBIG, f"it is larger than {_MAX_FILE_SIZE // 1024 // 1024} MB")
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def parse(file: str, content: bytes) -> DataDocument:
    """Parse one TOML file. Raises `DataError` that names the line of a syntax error."""
    import tomllib

    from .builder import DataDocument
    from .toml_limits import excess_in_toml

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DataError([Problem(file, line, "file", "is not UTF-8 text", "save it as UTF-8")]) from error
    if excess := excess_in_toml(text):
        lines = text.split("\n")
        number = max(range(len(lines)), key=lambda index: lines[index].count("."))
        raise DataError([Problem(file, number + 1, "file", f"has {excess}")])
    try:
        return DataDocument(file, tomllib.loads(text), text)
    except tomllib.TOMLDecodeError as error:
        raise DataError([_syntax_problem(file, text, str(error))]) from error
    except RecursionError as error:
        raise DataError([Problem(file, *_deepest_value(text), "is nested too deeply to be program data")]) from error
    except ValueError as error:  # int() limits its digits
        raise DataError([Problem(file, *_longest_number(text), "has a number with too many digits")]) from error


def _longest_number(text: str) -> tuple[int, str]:
    """Return the line of the longest number, and its key."""
    longest = max(re.finditer(r"[0-9_]+", text), key=lambda match: len(match[0]))
    return _line_and_key(text, longest.start())


def _deepest_value(text: str) -> tuple[int, str]:
    """Return the line with the most brackets, and its key."""
    lines = text.split("\n")
    number = max(range(len(lines)), key=lambda index: lines[index].count("[") + lines[index].count("{"))
    return _line_and_key(text, sum(len(line) + 1 for line in lines[:number]) + len(lines[number]))


def _line_and_key(text: str, position: int) -> tuple[int, str]:
    """Return the line of a position in a TOML text, and the key before it in this line."""
    line_start = text.rfind("\n", 0, position) + 1
    key, separator, _ = text[line_start:position].partition("=")
    return text.count("\n", 0, position) + 1, sanitize(key.strip(" \t[]{}"))[:_MAX_KEY_LENGTH] if separator else "file"


def _syntax_problem(file: str, text: str, error_text: str) -> Problem:
    """Return a problem at the line that tomllib names: "Expected … (at line 3, column 5)"."""
    description, _, position = error_text.partition(" (at ")
    numbers = "".join(character if character.isdecimal() else " " for character in position).split()
    line = int(numbers[0]) if numbers else text.count("\n") + 1
    return Problem(file, line, "file", f"is not valid TOML: {sanitize(description)}", "data/README.md shows the format")
