"""From TOML files to a `Catalog`: the bundled ones, and directories laid over them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..catalog.models import Catalog, Edition
from ..errors import DataError, GmetuiError, Problem
from ..text import clean

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from .builder import Document

# Reading and checking TOML is imported only where it is done: starting from compiled data must not pay for it.

_LARGEST = 1024 * 1024 * 1024  # bytes of one data file; the whole country needs a hundredth of it


class UnreadableError(GmetuiError):
    """A data file or directory cannot be read; the message names it and says why."""


def load_catalog(data: Sequence[str | Path] = (), *, bundled: bool = True) -> Catalog:
    """Return the bundled catalog with the data files of each directory in `data` laid over it.

    With `bundled` false only the reference (specialties, services, general requirements, pages) is kept of the
    bundled data. Raises `DataError` when a file is wrong and `UnreadableError` when one cannot be read.
    """
    from .builder import REFERENCE, Document, assemble

    layers = [bundled_documents()]
    if not bundled:
        layers = [[Document(d.file, {k: v for k, v in d.tables.items() if k in REFERENCE}, d.text) for d in layers[0]]]
    layers += [directory_documents(Path(path)) for path in data]
    return assemble(layers)[0]


def bundled_edition() -> Edition:
    """Return the edition of the bundled data without reading the rest."""
    import tomllib

    content = (data_root() / "edition.toml").read_text(encoding="utf-8")
    return Edition(**tomllib.loads(content)["edition"])


def check_files(data: Sequence[str | Path]) -> list[Problem]:
    """Return every problem of the bundled data with `data` laid over it, also those that loading passes over."""
    from .builder import assemble
    from .lint import audit

    try:
        layers = [bundled_documents(), *(directory_documents(Path(path)) for path in data)]
        return assemble(layers, audit)[1]
    except DataError as error:
        return list(error.problems)


def data_root() -> Path | Traversable:
    """Return the bundled data: beside the package in a wheel, at the top of the tree in a checkout."""
    package = Path(__file__).resolve().parents[1]
    for place in (package / "data", package.parents[1] / "data"):
        if (place / "specialties.toml").is_file():
            return place
    from importlib.resources import files  # only inside a zip; slow to import

    packed = files("gmetui") / "data"
    if packed.is_dir():
        return packed
    raise UnreadableError("gmetui: the bundled program data is missing; install gmetui again")


def bundled_files() -> list[tuple[str, bytes]]:
    """Return (name, content) of each bundled data file, in a fixed order."""
    root = data_root()
    places = [*root.iterdir(), *(root / "institutions").iterdir()]
    chosen = sorted((place for place in places if place.name.endswith(".toml")), key=lambda place: place.name)
    return [(f"data/{'institutions/' * _is_institution(place)}{place.name}", place.read_bytes()) for place in chosen]


def _is_institution(place: Path | Traversable) -> bool:
    return "institutions" in str(place).replace("\\", "/").split("/")[-2:]


def bundled_documents() -> list[Document]:
    """Parse the bundled TOML files."""
    return [parse(name, content) for name, content in bundled_files()]


def directory_documents(path: Path) -> list[Document]:
    """Parse every TOML file of a directory, or one file. Raises `UnreadableError` when it is not there."""
    if path.is_file():
        return [parse(clean(str(path)), _bytes(path))]
    if not path.is_dir():
        raise UnreadableError(f"gmetui: no data directory {clean(str(path))!r}")
    files = sorted(path.rglob("*.toml"))
    if not files:
        raise UnreadableError(f"gmetui: no .toml file in {clean(str(path))!r}")
    return [parse(clean(str(file)), _bytes(file)) for file in files]


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadableError(f"gmetui: {clean(str(path))} is larger than {_LARGEST // 1024 // 1024} MB")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"gmetui: cannot read {clean(str(path))}: {error.strerror}") from error


def parse(file: str, content: bytes) -> Document:
    """Parse one TOML file. Raises `DataError` that names the line where it breaks off."""
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
        raise DataError([_syntax(file, text, str(error))]) from error
    except RecursionError as error:
        raise DataError([Problem(file, 1, "file", "is nested too deeply to be program data")]) from error


def _syntax(file: str, text: str, message: str) -> Problem:
    what, _, where = message.partition(" (at ")
    digits = "".join(c if c.isdecimal() else " " for c in where).split()
    line = int(digits[0]) if digits else text.count("\n") + 1
    return Problem(file, line, "file", f"is not valid TOML: {clean(what)}", "see data/README.md for the form")


def digest(contents: Sequence[tuple[str, bytes]]) -> str:
    """Return a digest over names and contents of files."""
    from hashlib import sha256

    total = sha256()
    for name, content in contents:
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()
