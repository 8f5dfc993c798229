"""From TOML files to a `Catalog`: the bundled files, and directories layered over them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from operator import attrgetter
from types import MappingProxyType

from ..errors import DataError, FileError, Problem
from ..lean_typing import TYPE_CHECKING
from ..progress import ReportShare, ignore_share
from ..text import sanitize

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from ..catalog.catalog import Catalog
    from ..catalog.gazetteer import Gazetteer
    from .data_documents import DataDocument

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
    from .data_documents import parse

    return [parse(name, content) for name, content in bundled_files()]


def _publisher_documents() -> list[DataDocument]:
    """Parse the bundled data file of web hosts, which a catalog doesn't have."""
    from .data_documents import parse

    return [parse(name, content) for name, content in bundled_files() if name.endswith("/publishers.toml")]


def _reference_documents() -> list[DataDocument]:
    """Parse the bundled data files that are not an institution's, and keep the tables of the reference."""
    from .builder import REFERENCE_TABLES
    from .data_documents import parse

    documents = (parse(name, content) for name, content in bundled_files() if "/institutions/" not in name)
    return [
        document._replace(tables={name: table for name, table in document.tables.items() if name in REFERENCE_TABLES})
        for document in documents
    ]


def directory_documents(path: Path, content_paths: Mapping[Path, Path] = MappingProxyType({})) -> list[DataDocument]:
    """Parse one data file, or every data file below a directory. Raises `FileError` when there is none.

    `content_paths` has where the content of a file is that isn't in its place.
    """
    from .data_documents import file_document

    if path in content_paths:
        return [file_document(content_paths[path], sanitize(str(path)))]
    if not path.exists():
        raise FileError(f"gmetui: data directory not found: {sanitize(str(path))}")
    if not path.is_dir():
        return [file_document(path, sanitize(str(path)))]
    files = sorted(path.rglob("*.toml"))
    if not files:
        raise FileError(f"gmetui: no .toml files in {sanitize(str(path))}")
    return [file_document(file, sanitize(str(file))) for file in files]
