"""Dialogs that import a program list: its columns, which can be corrected, and a report before anything is saved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import shorten, wrap

from ...catalog.catalog import Catalog
from ...errors import GmetuiError
from ...importing.column_detection import FIELD_LABELS, DetectedColumn, layout_key
from ...importing.data_file import ListMetadata
from ...importing.program_list import (
    ASSIGNABLE_FIELDS,
    ProgramImport,
    file_id,
    import_name_for,
    read_programs,
    read_sheets,
    toml_parts,
)
from ...importing.report import doubtful_rows_csv
from ...importing.sheets import ProgramSheet
from ...search.engine import index_of
from ...storage.column_overrides import ColumnOverrideStore
from ...storage.import_store import ImportedList, ImportStore
from ...storage.output_file import output_path, write_output
from ...text import is_web_url, plural, sanitize
from .. import clock
from ..context import AppContext
from ..widgets.option_list import ListOption
from .catalog_reload import show_catalog
from .dismissal import close_dialog
from .file_picker import short_path
from .option_dialog import OptionDialog
from .progress_dialog import PERCENT, ProgressDialog, Report
from .prompt_dialog import ask_text

_HUNDRED = 100
_MIN_EXAMPLE_WIDTH = 8  # characters, below which an example tells nothing
_MAX_EXAMPLE_LENGTH = 26  # characters of one value
_MAX_ANSWER_LENGTH = 200
_MAX_REJECTION_LENGTH = 44
_DIALOG_WIDTH = 124  # columns of a wide dialog
_COLUMN_MARGIN, _REPORT_MARGIN = 14, 12  # columns of a wide dialog that its text can't use
_MIN_TEXT_WIDTH = 20  # cells, also in a terminal that is narrower


def preview_import(context: AppContext, store: ImportStore, path: Path, replaced: ImportedList | None) -> None:
    """Show how a file is interpreted; `replaced` is the imported list that it is a newer file of."""
    preview = _ImportPreview(context, store, path, replaced)
    title = f"Reading the columns of {sanitize(path.name)}"
    context.open_dialog(ProgressDialog(title, preview.read_columns, preview.show, context.notify_error))


class _ImportPreview:
    """A file to import: how it is interpreted, and what the user corrected or added."""

    def __init__(self, context: AppContext, store: ImportStore, path: Path, replaced: ImportedList | None) -> None:
        self._context = context
        self._store = store
        self._overrides = ColumnOverrideStore(context.session.paths.column_overrides)
        self._path = path
        self._file_name = sanitize(path.name)
        imported_lists = store.lists()
        file_ids = {imported.name: imported.file_id for imported in imported_lists}
        self._name = replaced.name if replaced else import_name_for(path, file_ids)
        previous = replaced or next((imported for imported in imported_lists if imported.name == self._name), None)
        self._title = previous.title if previous else path.stem
        self._url = previous.url if previous else ""
        self._as_of = ""
        self._sheet_name: str | None = None
        self._assigned_fields: dict[str, str] = {}
        self._layout_keys: list[str] = []
        self._sheets: list[ProgramSheet] = []
        self._catalog: Catalog | None = None

    # The columns.

    def read_columns(self, report: Report) -> None:
        """Read the headings and the first rows of each sheet. Runs in a thread."""
        if self._catalog is None:
            self._catalog = self._context.read_catalog(report=lambda warning: None, exclude=self._name)
        self._layout_keys.clear()
        self._sheets = read_sheets(self._catalog, self._path, None, self._column_overrides)

    def _column_overrides(self, titles: Sequence[str]) -> Mapping[str, str]:
        """Return the fields assigned to columns: in earlier imports with these headings, and in this one."""
        self._layout_keys.append(layout_key(titles))
        return {**self._overrides.get(self._layout_keys[-1]), **self._assigned_fields}

    def show(self, _: object = None) -> None:
        """Show the columns with their first values, and what the user can add about the list."""
        title = f"{self._file_name}: is this right?"
        footer = "enter continues, or corrects a line · esc cancels"
        self._dialog = OptionDialog(title, footer, self._options, self._choose, keep_open=True, is_wide=True)
        self._context.open_dialog(self._dialog)

    def _options(self) -> list[ListOption]:
        options = [
            ListOption("import", "Read the list", "nothing is saved until you confirm", "▸"),
            ListOption("title", f"Title: {self._title}", "source", "✎"),
            ListOption("url", f"Published at: {self._url or 'not stated'}", "web address", "✎"),
            ListOption("as_of", f"Published: {self._as_of or 'date unknown'}", "date or cycle", "✎"),
        ]
        usable = [sheet for sheet in self._sheets if not sheet.rejection]
        if len(self._sheets) > 1:
            label = self._sheet_name or f"all {len(usable)} with programs"
            options.append(ListOption("sheet", f"Sheet: {label}", f"{len(self._sheets)} in the file", "✎"))
        sheet = next((sheet for sheet in usable if sheet.name == self._sheet_name), usable[0])
        text_width = self._text_width(_COLUMN_MARGIN)
        columns = (column for column in sheet.columns if column.examples or column.reason)
        return [*options, *(_column_option(column, text_width) for column in columns)]

    def _text_width(self, margin: int) -> int:
        return min(self._context.size.width, _DIALOG_WIDTH) - margin

    def _choose(self, option: ListOption) -> None:
        if option.key == "import":
            close_dialog(self._dialog)
            self._read_list()
        elif option.key == "title":
            self._ask_title()
        elif option.key == "url":
            self._ask_url()
        elif option.key == "as_of":
            self._ask_date()
        elif option.key == "sheet":
            self._choose_sheet()
        else:
            self._choose_field(option.key.removeprefix("="))

    def _ask_title(self) -> None:
        def set_title(answer: str) -> str | None:
            self._title = _clean_answer(answer) or self._title
            self._dialog.reload()
            return None

        question = "What is this list? Every fact from it names this title."
        example = "ACGME, list of accredited programs"
        ask_text(self._context, "Title", question, example, set_title, text=self._title)

    def _ask_url(self) -> None:
        def set_url(answer: str) -> str | None:
            url = _clean_answer(answer)
            if url and not is_web_url(url):
                return f"“{url}” is not a web address; it must start with https://"
            self._url = url
            self._dialog.reload()
            return None

        question = "Where is the list published? Every fact from it links there."
        ask_text(self._context, "Web address", question, "https://…", set_url, text=self._url)

    def _ask_date(self) -> None:
        def set_date(answer: str) -> str | None:
            as_of = _clean_answer(answer)
            if as_of and not re.search(r"\d{4}", as_of):
                return f"“{as_of}” has no year; leave it empty if the list has no date."
            self._as_of = as_of
            self._dialog.reload()
            return None

        question = "When was the list published, or for which cycle? Every fact from it shows this date."
        ask_text(self._context, "Date", question, "2026-11, or 2026-27", set_date, text=self._as_of)

    def _choose_sheet(self) -> None:
        options = [
            ListOption("", "All sheets with programs", "", " " if self._sheet_name else "✓"),
            *(
                ListOption(
                    sheet.name,
                    sheet.name,
                    shorten(sheet.rejection, _MAX_REJECTION_LENGTH, placeholder=" …"),
                    "✓" if sheet.name == self._sheet_name else " ",
                )
                for sheet in self._sheets
            ),
        ]

        def choose(option: ListOption) -> None:
            self._sheet_name = option.key or None
            self._dialog.reload()

        self._context.open_dialog(OptionDialog("Sheet", "enter selects · esc closes", lambda: options, choose))

    def _choose_field(self, column_title: str) -> None:
        """Assign another field to a column, and read the columns again."""
        options = [ListOption(field, FIELD_LABELS[field], field) for field in ASSIGNABLE_FIELDS]

        def assign(option: ListOption) -> None:
            self._assigned_fields[column_title] = option.key
            self._context.open_dialog(
                ProgressDialog(
                    "Reading the columns again",
                    self.read_columns,
                    lambda _: self._dialog.reload(),
                    self._context.notify_error,
                )
            )

        title = sanitize(f"What is in the column {column_title}?")
        self._context.open_dialog(OptionDialog(title, "enter selects · esc closes", lambda: options, assign))

    # The report.

    def _read_list(self) -> None:
        """Read the whole list, showing the progress."""
        title = f"Reading {self._file_name}"
        dialog = ProgressDialog(title, self._parse, self._show_report, self._context.notify_error, unit="rows")
        self._context.open_dialog(dialog)

    def _parse(self, report: Report) -> ProgramImport:
        assert self._catalog is not None
        return read_programs(
            self._catalog,
            self._path,
            ListMetadata(self._name, self._title, self._file_name, self._url, self._as_of, file_id(self._path)),
            clock.today(),
            sheet_name=self._sheet_name,
            overrides=self._column_overrides,
            find_import_file=self._store.find,
            report_progress=report,
        )

    def _show_report(self, program_import: ProgramImport) -> None:
        """Show what the import would do; it is saved only when the user confirms."""
        report = program_import.report
        text_width = max(_MIN_TEXT_WIDTH, self._text_width(_REPORT_MARGIN))
        lines = [
            part
            for line in report.text_lines(with_columns=False)
            for part in wrap(sanitize(line.strip()), text_width, subsequent_indent="    ")
        ]
        doubtful = f"{plural(len(report.doubtful_rows), 'row')} doubtful or left out"
        options = [ListOption("save", f"Import {plural(report.programs, 'program')}", doubtful, "▸")]
        if report.doubtful_rows:
            options.append(ListOption("doubtful", "Export the doubtful rows to correct them", "CSV", "✎"))
        options += [ListOption(f"={index}", line) for index, line in enumerate(lines)]

        def choose(option: ListOption) -> None:
            if option.key == "save":
                close_dialog(dialog)
                self._save(program_import)
            elif option.key == "doubtful":
                self._ask_doubtful_rows_file(program_import)

        title = f"{self._file_name}: nothing is saved yet"
        footer = "enter imports · esc cancels"
        dialog = OptionDialog(title, footer, lambda: options, choose, keep_open=True, is_wide=True)
        self._context.open_dialog(dialog)

    def _ask_doubtful_rows_file(self, program_import: ProgramImport) -> None:
        def write(answer: str) -> str | None:
            import_name = program_import.corrected_import or self._name
            try:
                path = output_path(answer.strip("'\""))
                write_output(path, "\ufeff" + doubtful_rows_csv(program_import.report, import_name))
            except GmetuiError as error:
                return str(error)
            self._context.notify_status(f"Exported to {short_path(path)}; correct it and import it.")
            return None

        description = "Correct the rows in a spreadsheet and import the file like any list; they replace these."
        path = str(self._path.with_name(f"{self._path.stem}-doubts.csv"))
        ask_text(self._context, "Export the doubtful rows", description, "rows.csv", write, text=path)

    def _save(self, program_import: ProgramImport) -> None:
        """Save the list and the assigned fields, and load the programs again. Stopped, it leaves no trace."""
        name, warnings = program_import.corrected_import or self._name, list[str]()

        def write(report: Report) -> Catalog:
            with self._store.staged(name, toml_parts(program_import)) as staged:
                program_import.tables.clear()  # a list of a million programs takes half a gigabyte
                catalog = self._context.read_catalog(
                    report=warnings.append,
                    staged=staged,
                    report_progress=lambda share: report(int(_HUNDRED * share)),
                )
            for key in self._layout_keys if self._assigned_fields else ():
                self._overrides.save(key, self._assigned_fields)
            index_of(catalog)
            return catalog

        def show(catalog: Catalog) -> None:
            message = f"Imported {plural(program_import.report.programs, 'program')}"
            show_catalog(self._context, catalog, message, warnings)

        dialog = ProgressDialog(
            "Saving the list",
            write,
            show,
            self._context.notify_error,
            unit=PERCENT,
            total=_HUNDRED,
            changes_something=True,
        )
        self._context.open_dialog(dialog)


def _clean_answer(answer: str) -> str:
    return sanitize(answer.strip())[:_MAX_ANSWER_LENGTH]


def _column_option(column: DetectedColumn, text_width: int) -> ListOption:
    """Return a column as an option: its heading, its field, and as many of its first values as fit."""
    shortened = (
        example if len(example) <= _MAX_EXAMPLE_LENGTH else f"{example[: _MAX_EXAMPLE_LENGTH - 1]}…"
        for example in column.examples
    )
    examples = " · ".join(shortened)
    sign = {"extra": " ", "nothing": "−", "person": "−"}.get(column.field, "✓")
    label = f"{column.title} → {FIELD_LABELS[column.field]}"
    free_width = max(0, text_width - len(label))
    if len(examples) > free_width:
        examples = f"{examples[: max(0, free_width - 1)].rstrip(' ·')}…"
    return ListOption(f"={column.title}", label, examples if free_width > _MIN_EXAMPLE_WIDTH else "", sign)
