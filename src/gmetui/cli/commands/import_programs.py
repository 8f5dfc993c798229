"""`gmetui import --as programs` and `gmetui imports`: import program lists and manage them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from ...errors import UnknownIdError, UsageError
from ...importing.column_detection import FIELD_LABELS, layout_key
from ...importing.data_file import ListMetadata
from ...importing.program_list import (
    ASSIGNABLE_FIELDS,
    ProgramImport,
    default_import_name,
    file_id,
    import_name_for,
    read_programs,
    read_sheets,
    toml_parts,
)
from ...importing.report import doubtful_rows_csv
from ...importing.sheets import ColumnOverrides
from ...lean_typing import TYPE_CHECKING
from ...storage.column_overrides import ColumnOverrideStore
from ...storage.import_store import ImportedList, ImportStore
from ...storage.output_file import output_path, write_output
from ...storage.paths import user_paths
from ...text import did_you_mean, format_date, is_slug, is_web_url, plural, sanitize
from ..context import read_catalog
from ..output import print_line, print_progress, print_status, write_json
from ..prompts import ask, is_interactive
from ..read_errors import reporting_read_errors
from ..record_output import wants_json, write_records_json

if TYPE_CHECKING:
    from argparse import Namespace

_MAX_TITLE_LENGTH, _MAX_DATE_LENGTH = 200, 60


def import_programs(options: Namespace, path: Path) -> int:
    """Run `gmetui import FILE --as programs` for the file in `path`. `--dry-run` only reports."""
    store, override_store = open_imports(), ColumnOverrideStore(user_paths().column_overrides)
    mapped_columns = _mapped_columns(options.map)
    metadata = _metadata(options, path)
    layouts: list[str] = []

    def column_overrides(headings: Sequence[str]) -> Mapping[str, str]:
        layouts.append(layout_key(headings))
        return {**override_store.get(layouts[-1]), **mapped_columns}

    result = _read(options, path, store, metadata, column_overrides)
    name = result.corrected_import or metadata.name
    if options.dry_run:
        _report(options, name, result)
        print_status("dry run; nothing was changed")
        return 0
    program_count, is_changed = _save(options, store, name, result)
    for layout in layouts if mapped_columns else ():
        override_store.save(layout, mapped_columns)
    _report(options, name, result)
    if is_changed:
        print_status(f"saved as {name}; `gmetui imports undo {name}` reverses the import")
    else:
        print_status(f"{name} is unchanged: it has these programs already")
    print_status(f"{plural(program_count, 'program')} in total")
    doubtful_count = len(result.report.doubtful_rows)
    if doubtful_count and not options.doubts:
        hint = "--doubts FILE.csv writes them to a file to correct and import"
        print_status(f"{plural(doubtful_count, 'row')} skipped or doubtful; {hint}")
    return 0


def _save(options: Namespace, store: ImportStore, name: str, result: ProgramImport) -> tuple[int, bool]:
    """Save a list and compile the catalog with it, so that the next start is fast; an interrupt leaves neither.

    Return how many programs there are now, and whether the list is changed. Nothing is printed before: the reader of a
    pipe may be gone. The programs of `result` are released.
    """
    with store.staged(name, toml_parts(result)) as staged:
        result.tables.clear()
        catalog = read_catalog(options, staged=staged, report_progress=_show_share)
        return len(catalog.programs), staged.is_changed


def _report(options: Namespace, name: str, result: ProgramImport) -> None:
    """Print what was read, and write the doubtful rows where the options want them."""
    if options.doubts:
        write_output(output_path(options.doubts), "\ufeff" + doubtful_rows_csv(result.report, name))
    if options.format == "json":
        write_json({"import": name, "dry_run": options.dry_run, **result.report.as_json()})
    else:
        print_line("\n".join(result.report.text_lines(full=options.verbose)))


def _read(
    options: Namespace, path: Path, store: ImportStore, metadata: ListMetadata, column_overrides: ColumnOverrides
) -> ProgramImport:
    """Read the file against the catalog without the list that it updates."""
    catalog = read_catalog(options, exclude=metadata.name)
    with reporting_read_errors(options.file):
        return read_programs(
            catalog,
            path,
            metadata,
            date.today(),  # noqa: DTZ011  # the day in the user's time zone
            sheet_name=options.sheet,
            overrides=column_overrides,
            find_import_file=store.find,
            report_progress=_show_progress,
        )


def open_imports() -> ImportStore:
    """Return the store of imported lists."""
    return ImportStore(user_paths().programs)


def _mapped_columns(pairs: Sequence[str]) -> dict[str, str]:
    """Return the fields that `--map COLUMN=FIELD` gives, by column."""
    mapped_columns = {}
    for pair in pairs:
        column, _, field = pair.rpartition("=")
        if not column:
            raise UsageError(f"gmetui: “{sanitize(pair)}” is not COLUMN=FIELD")
        if field not in ASSIGNABLE_FIELDS:
            hint = did_you_mean(field, ASSIGNABLE_FIELDS) or f"use one of {', '.join(ASSIGNABLE_FIELDS)}"
            raise UsageError(f"gmetui: unknown field “{sanitize(field)}”; {hint}")
        mapped_columns[column] = field
    return mapped_columns


def _metadata(options: Namespace, path: Path) -> ListMetadata:
    """Return the name, title, address and date of a list: from options, an earlier import, or the user's answers."""
    imported_lists = open_imports().lists()
    name = options.name or _import_name(path, imported_lists)
    if not is_slug(name):
        message = f"“{sanitize(name)}” cannot name a list; use lower-case letters, digits and hyphens"
        raise UsageError(f"gmetui: {message}")
    earlier = next((imported for imported in imported_lists if imported.name == name), None)
    title, url, as_of = options.source, options.url, options.as_of
    earlier_title, earlier_url = (earlier.title, earlier.url) if earlier else ("", "")
    if is_interactive() and not options.dry_run and options.format == "text":
        with reporting_read_errors(options.file):  # don't ask about a file that is not a program list
            read_sheets(read_catalog(options), path, options.sheet)
        title = title or _ask_with_default("Title of the list?", earlier_title)
        url = url or _ask_with_default("Web address where it is published?", earlier_url)
        as_of = as_of or _ask_with_default("Date or cycle of the list (such as 2026 or 2026-11)?", "")
    title = title or earlier_title or path.name
    url = url or earlier_url
    if url and not is_web_url(url):
        raise UsageError(f"gmetui: “{sanitize(url)}” is not a web address; it must start with http:// or https://")
    if as_of and not re.search(r"\d{4}", as_of):
        raise UsageError(f"gmetui: “{sanitize(as_of)}” has no year; omit --as-of if the list has no date")
    as_of = sanitize(as_of or "")[:_MAX_DATE_LENGTH]
    return ListMetadata(name, sanitize(title)[:_MAX_TITLE_LENGTH], sanitize(path.name), url, as_of, file_id(path))


def _import_name(path: Path, imported_lists: Sequence[ImportedList]) -> str:
    """Return the name of the list that the file updates, or a new one; tell the user when another file has the name."""
    name = import_name_for(path, {imported.name: imported.file_id for imported in imported_lists})
    taken_name = default_import_name(path)
    if name != taken_name:
        print_status(f"{taken_name} is from another file; using the name {name} (--name {taken_name} replaces it)")
    return name


def _ask_with_default(question: str, default: str) -> str:
    hint = f"[{sanitize(default)}] (enter: unchanged)" if default else "(enter: not stated)"
    return ask(f"{question} {hint}") or default


def _show_progress(row_count: int) -> None:
    print_progress(f"{row_count:,} rows")


def _show_share(share: float) -> None:
    _show_percentage(f"{share:.0%}")


@lru_cache(maxsize=1)  # a percentage is shown once, however often it is reported
def _show_percentage(percentage: str) -> None:
    print_progress(f"saved {percentage}")


def list_imports(options: Namespace) -> int:
    """Run `gmetui imports`."""
    is_json = wants_json(options)
    store = open_imports()
    imported_lists = store.lists()
    if is_json:
        documents = [_imported_list_json(imported) for imported in imported_lists]
        document = {"total": len(documents), "imports": documents, "removed": store.removed_names()}
        write_records_json(options, document, "imports")
        return 0
    for imported in imported_lists:
        print_line(f"{imported.name}: {imported.error or _imported_list_text(imported)}")
    for name in store.removed_names():
        print_status(f"{name} was removed; `gmetui imports undo {name}` restores it")
    if not imported_lists:
        print_status("no imported lists; `gmetui import FILE --as programs` imports one")
    return 0


def _imported_list_text(imported: ImportedList) -> str:
    count = plural(imported.program_count, "program")
    details = f"{imported.title}, {format_date(imported.as_of) or 'date unknown'}, {imported.url or 'no web address'}"
    return f"{count}; {details}; imported {format_date(imported.imported_on)} from {imported.source_file}"


def _imported_list_json(imported: ImportedList) -> dict[str, object]:
    return {
        "name": imported.name,
        "path": str(imported.path),
        "title": imported.title,
        "url": imported.url or None,
        "as_of": imported.as_of or None,
        "file": imported.source_file,
        "program_count": imported.program_count,
        "imported_on": imported.imported_on or None,
        "error": imported.error or None,
    }


def remove_import(options: Namespace) -> int:
    """Run `gmetui imports remove NAME`."""
    store = open_imports()
    names = [imported.name for imported in store.lists()]
    if options.name not in names:
        raise UnknownIdError("imported list", options.name, names)
    store.remove(options.name)
    print_status(f"removed {options.name}; `gmetui imports undo {options.name}` restores it")
    return 0


def undo_import(options: Namespace) -> int:
    """Run `gmetui imports undo NAME`."""
    store = open_imports()
    if not store.undo(options.name):
        raise UnknownIdError("imported list with a previous version", options.name, store.removed_names())
    if store.find(options.name):
        print_status(f"restored the previous version of {options.name}; undo again to reverse this")
    else:
        print_status(f"removed {options.name}, which had no previous version; undo again to restore it")
    return 0


def fields_command(options: Namespace) -> int:
    """Run `gmetui imports fields`: list the fields that a column can be mapped to."""
    if wants_json(options):
        fields = [{"field": field, "label": FIELD_LABELS[field]} for field in ASSIGNABLE_FIELDS]
        write_records_json(options, {"total": len(fields), "fields": fields}, "fields")
    else:
        for field in ASSIGNABLE_FIELDS:
            print_line(f"{field:15} {FIELD_LABELS[field]}")
    return 0
