"""The catalog with its search index: opened where a fresh compiled copy exists, else read from TOML.

A wheel carries the bundled data compiled. Imported lists and large directories (`--data`) are compiled into the cache.
A compiled copy is an archive (`compiled`): it is opened, not loaded, so that a million programs start as fast as four
hundred. The TOML files remain the source of truth: each archive is marked with a key and the stamps of the user's files
(`datafiles.snapshot_key`), and one that is stale, damaged or missing is ignored and made again. It is never pickle:
decoding can only make the catalog's own classes.

Paths are texts here, since `pathlib` takes as long to import as a search.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial

from .compiled.archive import Archive, damage_error, decode_json, open_archive
from .datafiles.archive_file import open_archive_file
from .datafiles.files import read_catalog, read_catalog_and_problems
from .datafiles.program_parts import FIELDS_PART, TEXTS_PART, stored_parts
from .datafiles.snapshot_key import FileStamp, base_key, bundled_key, digest, is_unchanged, stamp
from .errors import FileError, GmetuiError, Problem
from .lean_typing import TYPE_CHECKING, NamedTuple, TypeVar
from .storage.compiled_cache import COMPILED_FILE, write_compiled_copy
from .storage.list_files import ignored_file_names, list_file_names
from .storage.paths import user_path_texts
from .text import sanitize

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from .catalog.catalog import Catalog
    from .catalog.models import Program
    from .compiled.sections import Section
    from .documents.start_page import StartPage
    from .reports.stored_fields import ReadFields
    from .search.index import Index
    from .storage.import_store import ImportStore

T = TypeVar("T")

_START_PAGES = "start pages"
#: Bytes of TOML from which a directory is compiled: reading them takes about half a second.
MIN_CACHED_SIZE = 1_000_000
_MAX_RESTORED_SIZE = 16_000_000  # bytes of a damaged file that is made again at once, in a few seconds
_PACKAGE_DIRECTORY = os.path.dirname(os.path.realpath(__file__))
_DAMAGE_ERRORS = (FileError, ValueError, LookupError, TypeError)
_DAMAGE_NOTICE = "gmetui: the compiled copy of the programs is damaged; reading the data files instead"


class ImportedListWarning(UserWarning):
    """An imported list is wrong and was ignored."""


def load_catalog(
    data: Sequence[str | Path] = (),
    *,
    bundled: bool = True,
    report: Callable[[str], None] | None = None,
    exclude: str = "",
) -> Catalog:
    """Return the bundled catalog with the user's imported lists and the files or directories in `data`.

    With `bundled` false, only the reference is taken from the bundled data, and no imported list. The imported list
    called `exclude` is left out. An imported list that is wrong is ignored: `report` gets a sentence about it, which
    without `report` becomes an `ImportedListWarning`. Raises `DataError` when another file is wrong and `FileError`
    when one cannot be read.
    """
    imported = _imported_files(exclude) if bundled else ()
    report = report or _warn
    _report_ignored_files(report, bundled=bundled)
    sources = CatalogSources(imported, tuple(data), bundled)
    catalog = sources.open_compiled(report, open_catalog)
    if catalog is not None:
        return catalog
    if not sources.paths:
        return read_catalog(bundled=bundled)
    stamps = sources.stamps() if sources.is_compiled else ()
    catalog, is_complete = sources.read(report)
    if stamps and is_complete:
        return store_compiled(catalog, sources, stamps)
    return catalog


def read_start_page(data: Sequence[str | Path] = (), *, bundled: bool = True, today: date) -> StartPage | None:
    """Return the first screen of what `load_catalog` loads, or None where that isn't compiled."""
    from .documents.start_page import page_of_day

    imported = _imported_files() if bundled else ()
    sources = CatalogSources(imported, tuple(data), bundled)
    return sources.open_compiled(_ignore, lambda archive: page_of_day(archive.json(_START_PAGES), today))


class SearchablePrograms(NamedTuple):
    """What a search on the command line needs: the index, and the fields of a program by its number, as JSON."""

    program_index: Index
    read_fields: ReadFields


def open_searchable(
    data: Sequence[str | Path] = (), *, bundled: bool = True, report: Callable[[str], None] | None = None
) -> SearchablePrograms:
    """Return the programs of `load_catalog` for a search. Where they are compiled, the model isn't imported."""
    imported = _imported_files() if bundled else ()
    report = report or _warn
    sources = CatalogSources(imported, tuple(data), bundled)
    opened = sources.open_compiled(report, _open_searchable)
    if opened is not None:
        _report_ignored_files(report, bundled=bundled)
        return opened
    from .reports.json_report import program_record_json
    from .search.engine import index_of

    catalog = load_catalog(data, bundled=bundled, report=report)
    return SearchablePrograms(index_of(catalog), lambda number: program_record_json(catalog, catalog.programs[number]))


def load_quickly(
    data: Sequence[str | Path] = (), *, bundled: bool = True, report: Callable[[str], None] | None = None
) -> Catalog | None:
    """Return what `load_catalog` returns if that takes a moment, or None when a lot of TOML has to be read."""
    imported = _imported_files() if bundled else ()
    sources = CatalogSources(imported, tuple(data), bundled)
    if not sources.is_compiled or not sources.paths:
        return load_catalog(data, bundled=bundled, report=report)
    catalog = sources.open_compiled(_ignore, open_catalog)
    if catalog is not None:
        _report_ignored_files(report or _warn, bundled=bundled)
    return catalog


def _report_ignored_files(report: Callable[[str], None], *, bundled: bool) -> None:
    if bundled and ignored_file_names(user_path_texts()["programs"]):
        from .storage.import_store import ImportStore
        from .storage.paths import user_paths

        report(f"gmetui: {ImportStore(user_paths().programs).ignored_files_notice()}")


def calendar_store() -> ImportStore:
    """Return the store of the imported calendars, one data file for each service."""
    from .storage.import_store import ImportStore
    from .storage.paths import user_paths

    return ImportStore(user_paths().calendars)


def _imported_files(exclude: str = "") -> tuple[str, ...]:
    """Return the files of the imported lists, without the list named `exclude`, and those of the calendars."""
    paths = user_path_texts()
    lists, calendars = paths["programs"], paths["calendars"]
    list_names = [name for name in list_file_names(lists) if name != f"{exclude}.toml"]
    return (
        *(f"{lists}/{name}" for name in list_names),
        *(f"{calendars}/{name}" for name in list_file_names(calendars)),
    )


def _title_of_file(file: str | Path) -> str:
    """Return what an imported file is and its name, for messages."""
    directory, name = os.path.split(file)
    noun = "calendar" if directory == user_path_texts()["calendars"] else "list"
    return f"{noun} “{name.removesuffix('.toml')}”"


def _warn(message: str) -> None:
    import warnings

    warnings.warn(message, ImportedListWarning, stacklevel=5)


class CatalogSources(NamedTuple):
    """What a catalog is made from besides the bundled data."""

    imported: tuple[str | Path, ...]
    data: tuple[str | Path, ...]
    bundled: bool

    @property
    def paths(self) -> tuple[str | Path, ...]:
        """The files and directories besides the bundled data."""
        return (*self.imported, *self.data)

    @property
    def is_compiled(self) -> bool:
        """Whether a compiled copy is worth having, and the files can be read."""
        if not self.paths:
            return self.bundled  # the package has it
        try:
            files = self.files()
            return bool(files) and (
                bool(self.imported) or sum(os.stat(file).st_size for file in files) >= MIN_CACHED_SIZE
            )
        except OSError:
            return False

    def files(self) -> list[str | Path]:
        """Return every data file. Raises OSError when a directory cannot be read."""
        return [file for path in self.paths for file in _toml_files(path)]

    def stamps(self) -> tuple[FileStamp, ...]:
        """Return the stamp of every data file, or () when one cannot be read."""
        try:
            return tuple(map(stamp, self.files()))
        except OSError:
            return ()

    @property
    def key(self) -> str:
        """The key of a compiled copy."""
        return base_key(f"{_PACKAGE_DIRECTORY}/{COMPILED_FILE}", bundled=self.bundled)

    @property
    def compiled_file(self) -> str:
        """Where the compiled copy is: in the package, or in a directory of the cache for this combination of paths."""
        if not self.paths:
            return f"{_PACKAGE_DIRECTORY}/{COMPILED_FILE}"
        name = digest((os.path.realpath(path), b"") for path in self.paths)[:16]
        return f"{user_path_texts()['cache']}/{name}{'' if self.bundled else '-alone'}/{COMPILED_FILE}"

    def open_compiled(self, report: Callable[[str], None], read: Callable[[Archive], T]) -> T | None:
        """Return what `read` takes from the compiled catalog, or None where that is stale, damaged or missing.

        Where a part that is read later is damaged, it is read from a copy that is made then.
        """
        if not self.is_compiled:
            return None
        try:
            key = self.key
            archive = open_archive_file(self.compiled_file, key, partial(self._restore, key, report))
            if archive is None or not self._is_fresh(archive):
                return None
            return read(archive)
        except OSError:
            return None
        except _DAMAGE_ERRORS:
            report(_DAMAGE_NOTICE)
            return None

    def _restore(self, key: str, report: Callable[[str], None]) -> Archive:
        """Return the archive of a damaged file, made again; in the cache, it replaces the file.

        Raises `FileError` where that would take minutes, so that the next start makes it.
        """
        if self.paths and self._remove_compiled() > _MAX_RESTORED_SIZE:
            raise damage_error()
        report(_DAMAGE_NOTICE)
        stamps = self.stamps()
        content = b"".join(encode_compiled(self.read(_ignore)[0], key, stamps))
        if self.paths:
            write_compiled_copy(self.compiled_file, (content,))
        archive = open_archive(lambda start, size: content[start : start + size], len(content), key)
        assert archive is not None
        return archive

    def _remove_compiled(self) -> int:
        """Remove a damaged file, so that it is made again, and return its size."""
        try:
            size = os.stat(self.compiled_file).st_size
            os.unlink(self.compiled_file)
        except OSError:
            return 0
        return size

    def _is_fresh(self, archive: Archive) -> bool:
        files, stamps = self.files(), [FileStamp(*values) for values in archive.json("files")]
        return len(files) == len(stamps) and all(map(is_unchanged, files, stamps))

    def read(self, report: Callable[[str], None]) -> tuple[Catalog, bool]:
        """Return the catalog from its TOML files, and whether every imported list is in it.

        What does not fit in a list is left out, and reported once, since the catalog is compiled without it.
        """
        try:
            catalog, problems = read_catalog_and_problems(self.paths, bundled=self.bundled)
        except GmetuiError:
            valid = self._valid_lists(report)
            if valid == self.imported:
                raise
            return read_catalog((*valid, *self.data), bundled=self.bundled), False
        _report_list_problems(self.imported, problems, report)
        return catalog, True

    def _valid_lists(self, report: Callable[[str], None]) -> tuple[str | Path, ...]:
        """Return the imported lists that can be read together, in order; each is tried beside the valid ones."""
        valid: tuple[str | Path, ...] = ()
        for file in self.imported:
            try:
                read_catalog((*valid, file))
            except GmetuiError as error:
                first_problem = str(error).partition("\n")[0]
                report(f"gmetui: ignoring the imported {_title_of_file(file)}: {first_problem}")
            else:
                valid = (*valid, file)
        return valid


def _toml_files(path: str | Path) -> list[str | Path]:
    if os.path.isfile(path):
        return [path]
    from pathlib import Path

    return sorted(Path(path).rglob("*.toml"))


def _report_list_problems(
    lists: Sequence[str | Path], problems: Sequence[Problem], report: Callable[[str], None]
) -> None:
    """Report what was left out of imported lists: the first problem of each, and how many there are."""
    for file in lists:
        of_list = [problem for problem in problems if problem.file == sanitize(os.path.normpath(file))]
        if of_list:
            first, more = of_list[0], f", and {len(of_list) - 1:,} more" if len(of_list) > 1 else ""
            where = f"line {first.line}: {first.key}"
            report(f"gmetui: part of the imported {_title_of_file(file)} is left out: {where}: {first.message}{more}")


def open_catalog(archive: Archive) -> Catalog:
    """Return the catalog of an archive, with its index ready."""
    return _open_index(archive).catalog


def _open_index(archive: Archive) -> Index:
    """Return the index of an archive. Its catalog is decoded when somebody asks for it."""
    from .search.engine import register_index
    from .search.stored_index import stored_index

    @cache
    def read_catalog_once() -> Catalog:
        from .datafiles.snapshot import stored_catalog

        return stored_catalog(archive)

    index = stored_index(archive, read_catalog_once, stored_parts(archive, TEXTS_PART, decode_json))
    register_index(index)
    return index


def _open_searchable(archive: Archive) -> SearchablePrograms:
    from .reports.stored_fields import read_stored_fields

    fields = read_stored_fields(archive, stored_parts(archive, FIELDS_PART, decode_json))
    return SearchablePrograms(_open_index(archive), fields)


def archive_sections(catalog: Catalog, stamps: Sequence[FileStamp] = ()) -> Iterator[Section]:
    """Yield the sections of an archive that holds a catalog, its index, and the stamps of the user's files.

    Programs are looked at one after the other, and none is held.
    """
    from .compiled.sections import json_part
    from .search.identifiers import identity_sections

    yield from _surveyed_sections(catalog)
    yield from identity_sections(catalog)
    yield json_part("files", stamps)


def _surveyed_sections(catalog: Catalog) -> Iterator[Section]:
    """Yield the sections of an archive for which one look at each program is enough."""
    from .datafiles.snapshot import catalog_sections
    from .reports.stored_fields import encode_fields, field_keys_section
    from .search.documents import program_texts
    from .search.index_builder import Survey, build_index
    from .search.stored_index import index_sections
    from .search.stored_scans import scan_sections
    from .search.stored_texts import encode_program_texts

    survey = Survey(catalog)

    def more_parts(number: int, program: Program) -> tuple[bytes, bytes]:
        own_texts = list(program_texts(program, catalog))
        survey.add(number, program, own_texts)
        return encode_program_texts(program, own_texts), encode_fields(program, catalog)

    surveyed_catalog = yield from catalog_sections(catalog, more_parts)
    yield field_keys_section(catalog)
    yield from scan_sections(survey.scans, len(catalog.programs))
    yield from index_sections(build_index(surveyed_catalog, survey))


def encode_compiled(catalog: Catalog, key: str, stamps: Sequence[FileStamp] = ()) -> Iterator[bytes]:
    """Yield the bytes of a compiled catalog."""
    from .compiled.sections import encode_archive

    return encode_archive(key, archive_sections(catalog, stamps))


def store_compiled(catalog: Catalog, sources: CatalogSources, stamps: Sequence[FileStamp]) -> Catalog:
    """Write a catalog and its index into the cache and return it opened from there, if that is possible."""
    if not write_compiled_copy(sources.compiled_file, encode_compiled(catalog, sources.key, stamps)):
        return catalog  # without a cache, loading is slow and nothing else
    return sources.open_compiled(_ignore, open_catalog) or catalog


def _ignore(_: str) -> None:
    """Report nothing, where the same is reported later or cannot be."""


def write_compiled(directory: Path) -> None:
    """Check the bundled data and write it compiled into `directory`. Raises `DataError` when it is wrong."""
    key, catalog = bundled_key(), read_catalog()
    with (directory / COMPILED_FILE).open("wb") as file:
        file.writelines(encode_compiled(catalog, key))
