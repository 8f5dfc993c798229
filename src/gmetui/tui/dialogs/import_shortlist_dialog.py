"""Dialogs that import a shortlist: its file, a preview, and rows that may mean one of several programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from ...catalog.ids import ProgramId
from ...errors import FileError
from ...importing.shortlist_import import RowChoices, RowProblem, ShortlistImport, import_shortlist
from ...importing.shortlist_table import ShortlistTable, read_shortlist_table
from ...text import plural, sanitize
from ..shortlist_editor import ShortlistEditor
from ..widgets.option_list import ListOption
from .dismissal import close_dialog
from .file_picker import choose_file
from .imported_lists_dialog import NOT_IN_BROWSER
from .option_dialog import OptionDialog
from .progress_dialog import ProgressDialog, Report

_KEEP = "?keep"  # no id of a program


def ask_file(editor: ShortlistEditor) -> None:
    """Ask for a file, read it in a thread, and show what importing it would do."""
    context = editor.context
    if context.is_web:
        context.notify_status(NOT_IN_BROWSER)
        return

    def read(path: Path) -> None:
        file_name = sanitize(path.name)
        context.open_dialog(
            ProgressDialog(
                f"Reading {file_name}",
                partial(_read_table, path),
                lambda table: _ShortlistImportPreview(editor, file_name, table).show(),
                context.notify_error,
            )
        )

    choose_file(context, "Import your list, or a reviewer's comments", read)


def _read_table(path: Path, report: Report) -> ShortlistTable:
    try:
        return read_shortlist_table(path)
    except OSError as error:
        raise FileError(f"gmetui: cannot read {sanitize(str(path))}: {error.strerror}") from error


class _ShortlistImportPreview:
    """What importing a table would do. Nothing is saved until the user confirms."""

    def __init__(self, editor: ShortlistEditor, file_name: str, table: ShortlistTable) -> None:
        self._editor = editor
        self._file_name = file_name
        self._table = table
        self._choices = RowChoices()
        self._import = self._match_rows()

    def _match_rows(self) -> ShortlistImport:
        editor = self._editor
        today = date.today()  # noqa: DTZ011  # the day in the user's time zone
        return import_shortlist(editor.context.catalog, editor.shortlist, self._table, self._choices, today)

    def show(self) -> None:
        """Show the preview, rows with problems first."""
        title = f"{self._file_name}: {plural(len(self._table.rows), 'row')}, nothing is saved yet"
        footer = "enter imports, or decides a row · esc cancels"
        self._dialog = OptionDialog(title, footer, self._options, self._choose, keep_open=True)
        self._editor.context.clear_notifications()
        self._editor.context.open_dialog(self._dialog)

    def _options(self) -> list[ListOption]:
        preview = self._import
        counts = f"{len(preview.added)} new, {len(preview.changed)} changed, {preview.unchanged} unchanged"
        options = [ListOption("import", f"Import: {counts}, {len(preview.problems)} with problems", "", "▸")]
        if preview.unmatched:
            count = plural(len(preview.unmatched), "row")
            options.append(ListOption(_KEEP, f"Keep {count} without a program as they are", "keep", "+"))
        for index, problem in enumerate(preview.problems):
            label = problem.text[:1].upper() + problem.text[1:]
            options.append(ListOption(f"?{index}", label, "choose" if problem.is_unmatched else "", "?"))
        for kind, sign, names in (
            ("new column", "≡", preview.new_columns),
            ("new", "+", preview.added),
            ("changed", "✎", preview.changed),
        ):
            options += [ListOption(f"{kind}{index}", name, kind, sign) for index, name in enumerate(names)]
        return options

    def _choose(self, option: ListOption) -> None:
        if option.key == "import":
            close_dialog(self._dialog)
            self._save()
        elif option.key == _KEEP:
            self._resolve(self._choices._replace(keeps_unmatched=True))
        elif option.key.startswith("?"):
            problem = self._import.problems[int(option.key[1:])]
            if problem.is_unmatched:
                _choose_program(self._editor, problem, self._choices, self._resolve)

    def _save(self) -> None:
        editor, result = self._editor, self._import
        if result.shortlist == editor.shortlist:
            editor.context.notify_status("Nothing to import: the file matches your list.")
        elif editor.save(result.shortlist, f"imported {self._file_name}"):
            counts = f"{len(result.added)} new, {len(result.changed)} changed"
            editor.context.notify_status(f"Imported: {counts}; u undoes it.")

    def _resolve(self, choices: RowChoices) -> None:
        self._choices = choices
        self._import = self._match_rows()
        self._dialog.reload()


def _choose_program(
    editor: ShortlistEditor, problem: RowProblem, choices: RowChoices, on_choice: Callable[[RowChoices], None]
) -> None:
    """Ask which program a row means, or whether to keep it without one."""
    catalog = editor.context.catalog
    programs = [catalog.program[ProgramId(program_id)] for program_id in problem.candidates]
    options = [
        ListOption(program.id, program.name, catalog.institution[program.institution].short_name)
        for program in programs
    ]
    options.append(ListOption(_KEEP, "Keep it as it is", "a program that isn't in the data", "+"))

    def choose(option: ListOption) -> None:
        is_kept = option.key == _KEEP
        on_choice(choices.with_stand_in(problem.label) if is_kept else choices.with_program(problem.label, option.key))

    title = f"Row {problem.label}: {problem.subject}"
    footer = "enter: it is this one · esc leaves the row out"
    editor.context.open_dialog(OptionDialog(title, footer, lambda: options, choose))
