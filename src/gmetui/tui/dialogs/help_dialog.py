"""Help: the keys of the focused pane, the query language, all other keys, and where the data comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from rich.style import Style
from rich.table import Table
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from ...catalog.catalog import Catalog
from ...text import format_date
from ..actions import ACTIONS
from ..context import AppContext
from ..contexts import GLOBAL_ACTIONS, PANES, SCREEN_LAYOUTS, SCROLL_ACTIONS
from ..keymap import KeyMap
from ..rendering.styles import build_styles
from ..safe_text import safe_content, safe_text
from .dismissal import close_dialog

QUERY_EXAMPLES = (
    ("cards tufts", "words: names, abbreviations, places and texts; typos are forgiven"),
    ("kind:residency", "a filter; also inst:tufts, specialty:cards, length:<=2, city:boston"),
    ("inst:tufts,mgh", "either of two values"),
    ("-kind:fellowship", "excludes a value; -word excludes a word"),
    ('"heart failure"', "words next to each other"),
    ("no:visa  has:mission", "not stated, stated"),
    ("cards OR gi", "either of two terms"),
    ("sort:name  -sort:length", "another order; - reverses it"),
)
_DATA_NOTE = (
    "“Not stated” means that no source states it, not that the answer is no. Each fact shows its source and date; "
    "confirm it with the program before you rely on it."
)
_KEY_COLUMN_WIDTH = 24


class HelpSection(NamedTuple):
    """A part of the help: paragraphs, then rows of keys or examples with what they do."""

    title: str
    paragraphs: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


def help_sections(catalog: Catalog, key_map: KeyMap, screen_name: str, pane_id: str) -> list[HelpSection]:
    """Return the help for a pane of a screen."""
    sections = []
    pane = PANES.get(pane_id)
    if pane:
        action_ids = {*pane.actions, *SCREEN_LAYOUTS[screen_name].actions} - {*SCROLL_ACTIONS}
        sections.append(HelpSection(f"Here: {pane.title}", (pane.help,), _key_rows(action_ids, key_map)))
    if screen_name == "explore":
        sections.append(HelpSection("What to type", rows=QUERY_EXAMPLES))
    sections.append(HelpSection("Moving, in every list and page", rows=_key_rows(SCROLL_ACTIONS, key_map)))
    sections.append(HelpSection("Everywhere", rows=_key_rows(GLOBAL_ACTIONS, key_map)))
    edition = catalog.edition
    edition_note = (
        f"{edition.title or ''}. Edition {edition.version} of {format_date(edition.date)}; "
        f"sources read up to {format_date(edition.read_by or '')}."
    )
    sections.append(HelpSection("The data", (edition_note, _DATA_NOTE)))
    return sections


def _key_rows(action_ids: Iterable[str], key_map: KeyMap) -> tuple[tuple[str, str], ...]:
    """Return the keys and help texts of some actions, in the order of `ACTIONS`."""
    wanted = set(action_ids)
    return tuple((key_map.all_labels(action.id), action.help) for action in ACTIONS if action.id in wanted)


class HelpDialog(ModalScreen[None]):
    """The help, over the screen it is for."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "close", "close", id="help.close"),
        Binding("j", "scroll_line(1)", show=False, id="help.down"),
        Binding("k", "scroll_line(-1)", show=False, id="help.up"),
    ]

    def __init__(self, sections: Sequence[HelpSection]) -> None:
        super().__init__()
        self._sections = sections

    def compose(self) -> ComposeResult:
        """Show the sections in a frame that scrolls."""
        styles = build_styles(self.app.theme_variables)
        with VerticalScroll(id="help") as frame:
            frame.border_title = "Help"
            frame.border_subtitle = "esc closes"
            for section in self._sections:
                yield Label(safe_content(section.title), classes="title")
                for paragraph in section.paragraphs:
                    yield Label(safe_content(paragraph), classes="paragraph")
                if section.rows:
                    yield Static(_grid(section.rows, styles["key"]), markup=False)

    def action_close(self) -> None:
        """Close the help."""
        close_dialog(self)

    def action_scroll_line(self, step: int) -> None:
        """Scroll down (1) or up (-1) with the keys of the lists."""
        self.query_one("#help", VerticalScroll).scroll_relative(y=step, animate=False)


def _grid(rows: Iterable[tuple[str, str]], key_style: Style) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=_KEY_COLUMN_WIDTH, style=key_style)
    grid.add_column(ratio=1)
    for keys, description in rows:
        grid.add_row(safe_text(keys), safe_text(description))
    return grid


def show_help(context: AppContext) -> None:
    """Show the help for the focused pane."""
    key_map = context.session.key_map
    sections = help_sections(context.catalog, key_map, context.screen_name, context.focused_pane_id)
    context.open_dialog(HelpDialog(sections))
