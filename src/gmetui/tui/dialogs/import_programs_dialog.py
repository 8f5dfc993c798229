"""A list of programs before it is brought in: its columns and first rows, what can be corrected, and what would happen.

Nothing is kept before it is said so; stopping leaves no trace.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from textwrap import shorten, wrap
from typing import TYPE_CHECKING

from ...errors import GmetuiError
from ...storage.atomic import write_atomic
from ...storage.import_store import Brought, Imports
from ...text import clean, is_address
from ..screens.base_screen import today
from ..widgets.option_list import Pick
from .export_dialog import short
from .pickers import LineDialog, Picker
from .progress_dialog import Working

if TYPE_CHECKING:
    from ...catalog.models import Catalog
    from ...importing.program_list import List
    from ...importing.sheets import Sheet
    from ..app import GmetuiApp

_LEAST = 8  # letters of a value that say something
_LONGEST = 26  # letters of a value that shows what a column is
_WIDE = 124  # cells of the widest dialog


def preview(app: GmetuiApp, store: Imports, path: Path, before: Brought | None) -> None:
    """Look at a file and show what it is; `before` is the list that it is a newer file of."""
    own = _Preview(app, store, path, before)
    app.push_screen(Working(f"Looking at {clean(path.name)}", own.look, own.show, app.complain))


class _Preview:
    """What is known of a file so far, and what the person says of it."""

    def __init__(self, app: GmetuiApp, store: Imports, path: Path, before: Brought | None) -> None:
        from ...importing.program_list import name_for

        self._app = app
        self._store = store
        self._path = path
        self._name = before.name if before else name_for(path)
        former = before or next((own for own in store.all() if own.name == self._name), None)
        self._title = former.title if former else path.stem
        self._url = former.url if former else ""
        self._as_of = ""
        self._sheet: str | None = None
        self._said: dict[str, str] = {}
        self._shapes: list[str] = []
        self._sheets: list[Sheet] = []
        self._catalog: Catalog | None = None

    # What the file is.

    def look(self, report: Callable[[int], None]) -> None:
        """Read the headings and the first rows of each sheet."""
        from ...importing.program_list import look

        if self._catalog is None:
            self._catalog = self._app.read_programs(complain=lambda words: None, without=self._name)
        self._shapes.clear()
        self._sheets = look(self._catalog, self._path, None, self._corrections)

    def _corrections(self, titles: Sequence[str]) -> Mapping[str, str]:
        from ...importing.column_detection import shape_of

        self._shapes.append(shape_of(titles))
        return {**self._store.columns(self._shapes[-1]), **self._said}

    def show(self, _: object = None) -> None:
        """Show the columns with their first values, and what can be said of the list."""
        foot = "enter reads it, or corrects a line · esc leaves it"
        title = f"{clean(self._path.name)}: is this right?"
        self._app.push_screen(Picker(title, foot, self._picks, self._chosen, stays=True, wide=True))

    def _picks(self) -> list[Pick]:
        picks = [
            Pick("go", "Read the list", "nothing is kept yet", "▸"),
            Pick("title", f"What it is: {self._title}", "source", "✎"),
            Pick("url", f"Published at: {self._url or 'not stated'}", "address", "✎"),
            Pick("as_of", f"Speaks of: {self._as_of or 'undated'}", "date or cycle", "✎"),
        ]
        good = [sheet for sheet in self._sheets if not sheet.why]
        if len(self._sheets) > 1:
            chosen = self._sheet or f"all {len(good)} with programs"
            picks.append(Pick("sheet", f"Sheet: {chosen}", f"{len(self._sheets)} in the file", "✎"))
        shown = next((sheet for sheet in good if sheet.name == self._sheet), good[0])
        room = min(self._app.size.width, _WIDE) - 14
        return picks + [pick for column in shown.columns if (pick := _column_pick(column, room)) is not None]

    def _chosen(self, pick: Pick, aside: bool) -> None:
        if pick.key == "go":
            self._app.screen.dismiss()
            self._read()
        elif pick.key == "sheet":
            self._choose_sheet()
        elif pick.key.startswith("="):
            self._choose_field(pick.key[1:])
        else:
            self._ask(pick.key)

    def _ask(self, what: str) -> None:
        """Ask for the title, the address or the date."""
        titles = {
            "title": "What is this list?",
            "url": "Where is it published?",
            "as_of": "Which date does it speak of?",
        }
        usual = {"title": "ACGME, list of accredited programs", "url": "https://…", "as_of": "2026-11, or 2026-27"}
        about = "It stands with every fact of the list."

        def kept(line: str) -> None:
            text = clean(line.strip())[:200]
            if what == "url" and text and not is_address(text):
                self._app.complain(f"{text} is no web address; it begins with https://")
            elif what == "as_of" and text and not re.search(r"\d{4}", text):
                self._app.complain(f"{text} names no year; leave it empty where the list has no date.")
            else:
                setattr(self, f"_{what}", text or (self._title if what == "title" else ""))
            self._remake()

        value = getattr(self, f"_{what}")
        self._app.push_screen(LineDialog(titles[what], about, usual[what], kept, value))

    def _choose_sheet(self) -> None:
        picks = [Pick("", "All that have programs", "", " " if self._sheet else "✓")]
        picks += [
            Pick(own.name, own.name, shorten(own.why, 44, placeholder=" …"), "✓" if own.name == self._sheet else " ")
            for own in self._sheets
        ]

        def chosen(pick: Pick, aside: bool) -> None:
            self._sheet = pick.key or None
            self._remake()

        self._app.push_screen(Picker("Which sheet?", "enter chooses · esc closes", lambda: picks, chosen, stays=False))

    def _choose_field(self, title: str) -> None:
        from ...importing.column_detection import FIELDS
        from ...importing.program_list import CHOICES

        def chosen(pick: Pick, aside: bool) -> None:
            self._said[title] = pick.key
            self._app.push_screen(Working("Looking again", self.look, self._remake, self._app.complain))

        picks = [Pick(own, FIELDS[own], own) for own in CHOICES]
        heading = f"What is the column {title}?"
        self._app.push_screen(Picker(clean(heading), "enter chooses · esc closes", lambda: picks, chosen, stays=False))

    def _remake(self, _: object = None) -> None:
        screen = self._app.screen
        if isinstance(screen, Picker):
            screen.picks.remake()

    # What would happen.

    def _read(self) -> None:
        """Read the whole list, with progress."""
        title = f"Reading {clean(self._path.name)}"
        self._app.push_screen(Working(title, self._gather, self._report, self._app.complain, unit="rows"))

    def _gather(self, report: Callable[[int], None]) -> List:
        from ...importing.data_file import About
        from ...importing.program_list import read_programs

        assert self._catalog is not None
        about = About(self._name, self._title, clean(self._path.name), self._url, self._as_of)
        return read_programs(
            self._catalog,
            self._path,
            about,
            today(),
            sheet=self._sheet,
            said=self._corrections,
            before=self._store.kept,
            progress=report,
        )

    def _report(self, brought: List) -> None:
        """Show what would happen; only then is it kept."""
        report = brought.report
        room = min(self._app.size.width, _WIDE) - 12
        told = report.lines(columns=False)
        lines = [part for line in told for part in wrap(clean(line.strip()), room, subsequent_indent="    ")]

        def make() -> list[Pick]:
            kept = f"Keep these {report.programs:,} programs"
            picks = [Pick("go", kept, f"{len(report.doubtful):,} rows in doubt or left out", "▸")]
            if report.doubtful:
                picks.append(Pick("doubts", "Write the doubtful rows to a file, to correct them", "CSV", "✎"))
            return picks + [Pick(f"={number}", line) for number, line in enumerate(lines)]

        def chosen(pick: Pick, aside: bool) -> None:
            if pick.key == "go":
                self._app.screen.dismiss()
                self._keep(brought)
            elif pick.key == "doubts":
                self._ask_doubts(brought)

        foot = "enter keeps it · esc leaves everything as it was"
        title = f"{clean(self._path.name)}: what would happen"
        self._app.push_screen(Picker(title, foot, make, chosen, stays=True, wide=True))

    def _ask_doubts(self, brought: List) -> None:
        from ...importing.report import doubts_csv

        def kept(line: str) -> None:
            path = Path(line.strip("'\"")).expanduser()
            try:
                write_atomic(path, "\ufeff" + doubts_csv(brought.report, brought.belongs or self._name))
            except GmetuiError as error:
                self._app.complain(str(error))
            else:
                self._app.tell(f"Wrote {short(path.resolve())}; correct it and add it like any list.")

        about = "Correct it in a spreadsheet, and bring it in like any list: its rows take the place of these."
        value = str(self._path.with_name(f"{self._path.stem}-doubts.csv"))
        self._app.push_screen(LineDialog("Write the doubtful rows", about, "rows.csv", kept, value))

    def _keep(self, brought: List) -> None:
        from ...importing.program_list import parts_of
        from .imported_lists_dialog import read_again

        name = brought.belongs or self._name

        def work(report: Callable[[int], None]) -> None:
            self._store.write(name, parts_of(brought))
            for shape in self._shapes if self._said else ():
                self._store.remember_columns(shape, self._said)

        then = partial(read_again, self._app, f"Brought in {brought.report.programs:,} programs")
        self._app.push_screen(Working("Keeping the list", work, lambda _: then(), self._app.complain))


def _column_pick(column: object, room: int) -> Pick | None:
    """Return a column as a line: its heading, what it is, and as many of its first values as have room."""
    from ...importing.column_detection import FIELDS, Column

    assert isinstance(column, Column)
    if not column.examples and not column.why:
        return None
    examples = " · ".join(own if len(own) <= _LONGEST else f"{own[: _LONGEST - 1]}…" for own in column.examples)
    sign = {"extra": " ", "nothing": "−", "person": "−"}.get(column.field, "✓")
    name = f"{column.title} → {FIELDS[column.field]}"
    left = max(0, room - len(name))
    shown = examples if len(examples) <= left else f"{examples[: max(0, left - 1)].rstrip(' ·')}…"
    return Pick(f"={column.title}", name, shown if left > _LEAST else "", sign)
