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

from .compiled.archive import Archive, damage_error, decode_json, give_up, open_archive
from .datafiles.archive_file import open_archive_file
from .datafiles.files import read_catalog, read_catalog_and_problems
from .datafiles.program_parts import FIELDS_PART, FILES_PART, START_PART, TEXTS_PART, stored_parts
from .datafiles.snapshot_key import FileStamp, base_key, bundled_key, digest, is_unchanged, stamp
from .errors import FileError, GmetuiError
from .lean_typing import TYPE_CHECKING, NamedTuple, TypeVar
from .progress import ReportShare, ignore_share, part_of
from .storage.list_files import ignored_file_names, imported_files, list_problem_messages, title_of_list_file
from .storage.paths import COMPILED_FILE, START_FILE, user_path_texts

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from .catalog.catalog import Catalog
    from .compiled.sections import Section
    from .documents.start_page import StartPage
    from .reports.stored_fields import ReadFields
    from .search.index import Index
    from .storage.import_store import StagedList

T = TypeVar("T")

_READING_SHARE = 0.2  # of the time that compiling takes
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
    staged: StagedList | None = None,
    report_progress: ReportShare = ignore_share,
) -> Catalog:
    """Return the bundled catalog with the user's imported lists and the files or directories in `data`.

    With `bundled` false, only the reference is taken from the bundled data, and no imported list. The imported list
    called `exclude` is left out. An imported list that is wrong is ignored: `report` gets a sentence about it, which
    without `report` becomes an `ImportedListWarning`. A `staged` list that is changed takes its place at the end; an
    interrupt, and whatever `report_progress` raises, leaves neither the list nor anything else. Raises `DataError` when
    another file is wrong and `FileError` when one cannot be read.
    """
    if staged and not staged.is_changed:
        staged = None
    if staged and not bundled:
        staged.publish()
    imported = imported_files(exclude, staged.list_path.name if staged else "") if bundled else ()
    report = report or _warn
    _report_ignored_files(report, bundled=bundled)
    sources = CatalogSources(imported, tuple(data), bundled, staged if bundled else None)
    catalog = None if sources.staged else sources.open_compiled(report, open_catalog)
    if catalog is not None:
        return catalog
    if not sources.paths:
        return read_catalog(bundled=bundled)
    if sources.staged or sources.is_compiled:
        return _compile(sources, report, report_progress)
    return sources.read(report, report_progress)[0]


def read_start_page(data: Sequence[str | Path] = (), *, bundled: bool = True, today: date) -> StartPage | None:
    """Return the first screen of what `load_catalog` loads, or None where that isn't compiled."""
    from .documents.start_page import page_of_day

    imported = imported_files() if bundled else ()
    sources = CatalogSources(imported, tuple(data), bundled)
    return sources.open_compiled(_ignore, lambda archive: page_of_day(archive.json(START_PART), today), START_FILE)


class SearchablePrograms(NamedTuple):
    """What a search on the command line needs: the index, and the fields of a program by its number, as JSON."""

    program_index: Index
    read_fields: ReadFields


def open_searchable(
    data: Sequence[str | Path] = (), *, bundled: bool = True, report: Callable[[str], None] | None = None
) -> SearchablePrograms:
    """Return the programs of `load_catalog` for a search. Where they are compiled, the model isn't imported."""
    imported = imported_files() if bundled else ()
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
    imported = imported_files() if bundled else ()
    sources = CatalogSources(imported, tuple(data), bundled)
    if not sources.is_compiled or not sources.paths:
        return load_catalog(data, bundled=bundled, report=report)
    if (catalog := sources.open_compiled(_ignore, open_catalog)) is not None:
        _report_ignored_files(report or _warn, bundled=bundled)
    return catalog


def _report_ignored_files(report: Callable[[str], None], *, bundled: bool) -> None:
    if bundled and ignored_file_names(user_path_texts()["programs"]):
        from .storage.import_store import ImportStore
        from .storage.paths import user_paths

        report(f"gmetui: {ImportStore(user_paths().programs).ignored_files_notice()}")


def _warn(message: str) -> None:
    import warnings

    warnings.warn(message, ImportedListWarning, stacklevel=5)


class CatalogSources(NamedTuple):
    """What a catalog is made from besides the bundled data. The content of a `staged` list is not in its place yet."""

    imported: tuple[str | Path, ...]
    data: tuple[str | Path, ...]
    bundled: bool
    staged: StagedList | None = None

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

    def stamps(self) -> dict[str, FileStamp]:
        """Return the stamp of every data file that is in its place and can be read."""
        staged_path, stamps = str(self.staged.list_path) if self.staged else "", {}
        for file in map(str, self.files()):
            try:
                stamps.update({} if file == staged_path else {file: stamp(file)})
            except OSError:
                continue
        return stamps

    @property
    def key(self) -> str:
        """The key of a compiled copy."""
        return base_key(f"{_PACKAGE_DIRECTORY}/{COMPILED_FILE}", bundled=self.bundled)

    @property
    def compiled_directory(self) -> str:
        """Where the compiled copy is: the package, or a directory of the cache for this combination of paths."""
        if not self.paths:
            return _PACKAGE_DIRECTORY
        name = digest((os.path.realpath(path), b"") for path in self.paths)[:16]
        return f"{user_path_texts()['cache']}/{name}{'' if self.bundled else '-alone'}"

    @property
    def compiled_file(self) -> str:
        """The compiled copy."""
        return f"{self.compiled_directory}/{COMPILED_FILE}"

    def open_compiled(
        self, report: Callable[[str], None], read: Callable[[Archive], T], file_name: str = COMPILED_FILE
    ) -> T | None:
        """Return what `read` takes from the compiled catalog, or None where that is stale, damaged or missing.

        Where a part that is read later is damaged, it is read from a copy that is made then.
        """
        if not self.is_compiled:
            return None
        try:
            key, path = self.key, f"{self.compiled_directory}/{file_name}"
            restore = partial(self._restore, key, report) if file_name == COMPILED_FILE else give_up
            archive = open_archive_file(path, key, restore)
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
        from .archive_writer import encode_compiled
        from .storage.compiled_cache import remove_compiled_copy, write_compiled_copy

        if self.paths and remove_compiled_copy(self.compiled_file) > _MAX_RESTORED_SIZE:
            raise damage_error()
        report(_DAMAGE_NOTICE)
        stamps = self.stamps()
        content = b"".join(encode_compiled(self.read(_ignore, ignore_share)[0], key, stamps.values()))
        if self.paths:
            write_compiled_copy(self.compiled_file, (content,))
        archive = open_archive(lambda start, size: content[start : start + size], len(content), key)
        assert archive is not None
        return archive

    def _is_fresh(self, archive: Archive) -> bool:
        files, stamps = self.files(), [FileStamp(*values) for values in archive.json(FILES_PART)]
        return len(files) == len(stamps) and all(map(is_unchanged, files, stamps))

    def read(self, report: Callable[[str], None], report_progress: ReportShare) -> tuple[Catalog, bool]:
        """Return the catalog from its TOML files, and whether every imported list is in it.

        What does not fit in a list is left out, and reported once, since the catalog is compiled without it.
        """
        from pathlib import Path

        staged_content = {self.staged.list_path: self.staged.path} if self.staged else {}
        read = partial(
            read_catalog_and_problems,
            bundled=self.bundled,
            bundled_catalog=_open_bundled() if self.bundled and self.paths else None,
            content_paths=staged_content,
        )
        try:
            catalog, problems = read(
                self.paths, spool_directory=Path(self.compiled_directory), report_progress=report_progress
            )
        except GmetuiError:
            valid = self._valid_lists(report, lambda paths: read(paths)[0])
            if valid == self.imported:
                raise
            return read((*valid, *self.data))[0], False
        for message in list_problem_messages(self.imported, problems):
            report(message)
        return catalog, True

    def _valid_lists(
        self, report: Callable[[str], None], read: Callable[[Sequence[str | Path]], object]
    ) -> tuple[str | Path, ...]:
        """Return the imported lists that can be read together, in order; each is tried beside the valid ones."""
        valid: tuple[str | Path, ...] = ()
        for file in self.imported:
            try:
                read((*valid, file))
            except GmetuiError as error:
                first_problem = str(error).partition("\n")[0]
                report(f"gmetui: ignoring the imported {title_of_list_file(file)}: {first_problem}")
            else:
                valid = (*valid, file)
        return valid


def _open_bundled() -> Catalog | None:
    """Return the bundled catalog where it is compiled and fresh, else None."""
    from .datafiles.snapshot import stored_catalog

    return CatalogSources((), (), True).open_compiled(_ignore, stored_catalog)


def _toml_files(path: str | Path) -> list[str | Path]:
    if os.path.isfile(path):
        return [path]
    from pathlib import Path

    return sorted(Path(path).rglob("*.toml"))


def open_catalog(archive: Archive) -> Catalog:
    """Return the catalog of an archive. Its index is opened when it is searched."""
    from .catalog.index_openers import register_index_opener
    from .datafiles.snapshot import stored_catalog

    catalog = stored_catalog(archive)
    register_index_opener(catalog, lambda catalog: _open_index(archive, lambda: catalog))
    return catalog


def _open_index(archive: Archive, read_catalog: Callable[[], Catalog]) -> Index:
    from .search.stored_index import stored_index

    return stored_index(archive, read_catalog, stored_parts(archive, TEXTS_PART, decode_json))


def _open_searchable(archive: Archive) -> SearchablePrograms:
    """Return the programs of an archive for a search. The catalog is decoded when somebody asks for it."""
    from .reports.stored_fields import read_stored_fields
    from .search.engine import register_index

    @cache
    def read_catalog_once() -> Catalog:
        from .datafiles.snapshot import stored_catalog

        return stored_catalog(archive)

    index = _open_index(archive, read_catalog_once)
    register_index(index)
    fields = read_stored_fields(archive, stored_parts(archive, FIELDS_PART, decode_json))
    return SearchablePrograms(index, fields)


def _compile(sources: CatalogSources, report: Callable[[str], None], report_progress: ReportShare) -> Catalog:
    """Read the catalog from its files and, if that is possible, write it compiled and return it opened from there.

    A staged list takes its place when the compiled copy is complete but for its stamp, or, without a copy, at the end.
    """
    from .archive_writer import archive_sections, encode_start_pages, files_section
    from .compiled.sections import encode_archive
    from .storage.compiled_cache import write_compiled_copy

    staged, stamps, key = sources.staged, sources.stamps(), sources.key
    catalog, is_complete = sources.read(report, part_of(report_progress, 0, _READING_SHARE))

    def current_stamps() -> list[FileStamp]:
        return [stamps[file] for file in map(str, sources.files()) if file in stamps]

    def sections() -> Iterator[Section]:
        yield from archive_sections(catalog, part_of(report_progress, _READING_SHARE, 1))
        if staged:
            staged.publish()
            stamps[str(staged.list_path)] = stamp(staged.list_path)
        yield files_section(current_stamps())

    opened = None
    try:
        if is_complete and write_compiled_copy(sources.compiled_file, encode_archive(key, sections())):
            opened = sources.open_compiled(_ignore, open_catalog)
        if opened is not None:
            start_file = f"{sources.compiled_directory}/{START_FILE}"
            write_compiled_copy(start_file, encode_start_pages(opened, key, current_stamps()))
    except BaseException:
        if staged:
            staged.retract()
        raise
    if staged:
        staged.publish()
    return opened or catalog  # without a cache, loading is slow and nothing else


def _ignore(_: str) -> None:
    """Report nothing, where the same is reported later or cannot be."""


def write_compiled(directory: Path, data_root: str = "") -> None:
    """Check the bundled data and write it compiled into `directory`. Raises `DataError` when it is wrong.

    The compiled file goes with the data as they are stored in `data_root`, if that is named.
    """
    from .archive_writer import encode_compiled, encode_start_pages

    key, catalog = bundled_key(data_root=data_root), read_catalog()
    with (directory / COMPILED_FILE).open("wb") as file:
        file.writelines(encode_compiled(catalog, key, ()))
    archive = open_archive_file(directory / COMPILED_FILE, key)
    assert archive is not None
    with (directory / START_FILE).open("wb") as file:
        file.writelines(encode_start_pages(open_catalog(archive), key, ()))
