"""Help: the keys of the focused pane, the query language, all other keys, and where the data comes from; searchable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import ClassVar, NamedTuple, Protocol, runtime_checkable

from rich.console import Group
from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.widgets import Input, Static

from ...catalog.catalog import Catalog
from ...search.normalize import fold_word, raw_words
from ...text import format_date
from ..actions import ACTIONS, ACTIONS_BY_ID
from ..command_words import COMMAND_WORDS
from ..context import AppContext
from ..contexts import GLOBAL_ACTIONS, PANES, SCREEN_LAYOUTS, SCROLL_ACTIONS
from ..keymap import KeyMap
from ..rendering.styles import build_styles
from ..safe_text import safe_text
from .dialog import Dialog
from .dialog_frame import DialogFrame

QUERY_EXAMPLES = (
    ("cards tufts", "words: names, abbreviations, places and texts; typos are forgiven"),
    ("kind:residency", "a filter; also inst:tufts, specialty:cards, length:<=2, city:boston"),
    ("inst:tufts,mgh", "either of two values"),
    ("-kind:fellowship", "excludes a value; -word excludes a word"),
    ('"heart failure"', "words next to each other"),
    ("near:boston,50", "within 50 miles of a city or hospital; sort:near, the nearest first"),
    ("no:visa  has:mission", "not stated, stated"),
    ("cards OR gi", "either of two terms"),
    ("sort:name  -sort:length", "another order; - reverses it"),
)
_DATA_NOTE = (
    "“Not stated” means that no source states it, not that the answer is no. Each fact shows its source and date; "
    "confirm it with the program before you rely on it."
)
#: Two actions that are one row, and what both do.
_PAIRS = (
    ("up", "down", "Move up or down one line."),
    ("page-up", "page-down", "Move up or down one page."),
    ("top", "bottom", "Go to the top or the bottom."),
    ("previous-pane", "next-pane", "Go to the previous or the next pane."),
    ("go-back", "go-forward", "Go back to what you viewed before, or forward again."),
    ("previous-link", "next-link", "Go to the previous or the next link."),
    ("previous-match", "next-match", "Go to the previous or the next match of your search words."),
    ("previous-section", "next-section", "Go to the previous or the next section."),
    ("previous-column", "next-column", "Select the previous or the next program."),
    ("rank-up", "rank-down", "Move the program up or down your list."),
    ("narrower", "wider", "Make the pane narrower or wider."),
    ("undo", "redo", "Undo the last search, mark or change to the list; redo what you undid."),
    ("collapse-group", "expand-group", "Hide or show the values of the group."),
)
_KEY_COLUMN_WIDTH = 18
_WIDE = 152  # cells of the screen from which two rows stand beside each other


@runtime_checkable
class ScreenInParts(Protocol):
    """A screen of which only one part is open at a time."""

    def foreign_actions(self) -> Set[str]:
        """Return the ids of the actions of its other parts, which the help leaves out."""


class HelpRow(NamedTuple):
    """Keys or an example, what they do, and other words by which the row is found."""

    keys: str
    description: str
    words: str = ""


class HelpSection(NamedTuple):
    """A part of the help: paragraphs, then rows."""

    title: str
    paragraphs: tuple[str, ...] = ()
    rows: tuple[HelpRow, ...] = ()


def help_sections(
    catalog: Catalog, key_map: KeyMap, screen_name: str, pane_id: str, foreign_ids: Set[str] = frozenset()
) -> list[HelpSection]:
    """Return the help for a pane of a screen, without the actions of other parts of it."""
    sections = []
    pane = PANES.get(pane_id)
    if pane:
        action_ids = {*pane.actions, *SCREEN_LAYOUTS[screen_name].actions} - {*SCROLL_ACTIONS} - foreign_ids
        sections.append(HelpSection(f"Here: {pane.title}", (pane.help,), _key_rows(action_ids, key_map)))
    if screen_name == "explore":
        sections.append(HelpSection("What to type", rows=tuple(HelpRow(*example) for example in QUERY_EXAMPLES)))
    sections.append(HelpSection("Everywhere", rows=_key_rows((*GLOBAL_ACTIONS, *SCROLL_ACTIONS), key_map)))
    palette_key = key_map.label("palette")
    keys_note = f"To change a key, press {palette_key} and choose “Change a key”. Every command is found there by name."
    sections.append(HelpSection("Other keys", (keys_note,)))
    edition = catalog.edition
    edition_note = (
        f"{edition.title or ''}. Edition {edition.version} of {format_date(edition.date)}; "
        f"sources read up to {format_date(edition.read_by or '')}."
    )
    sections.append(HelpSection("The data", (edition_note, _DATA_NOTE)))
    return sections


def _key_rows(action_ids: Iterable[str], key_map: KeyMap) -> tuple[HelpRow, ...]:
    """Return the keys and help texts of some actions, in the order of `ACTIONS`; pairs of actions are one row."""
    wanted = set(action_ids)
    pairs = {first: (first, second, text) for first, second, text in _PAIRS if {first, second} <= wanted}
    pairs |= {second: (first, second, text) for first, second, text in pairs.values()}
    rows: dict[HelpRow, None] = {}
    for action in ACTIONS:
        if action.id in pairs:
            first, second, text = pairs[action.id]
            keys = f"{key_map.all_labels(first)}  {key_map.all_labels(second)}"
            rows[HelpRow(keys, text, f"{_words_of(first)} {_words_of(second)}")] = None
        elif action.id in wanted:
            rows[HelpRow(key_map.all_labels(action.id), action.help, _words_of(action.id))] = None
    return tuple(rows)


def _words_of(action_id: str) -> str:
    """Return the names of an action, and what other programs call it."""
    return " ".join((action_id, ACTIONS_BY_ID[action_id].label, *COMMAND_WORDS.get(action_id, ())))


def matching_sections(sections: Sequence[HelpSection], typed_text: str) -> list[HelpSection]:
    """Return what has every typed word or its beginning: whole sections by their title, rows, else paragraphs."""
    prefixes = _folded(typed_text)
    if not prefixes:
        return list(sections)
    matches = []
    for section in sections:
        if _has_words(section.title, prefixes):
            matches.append(section)
            continue
        rows = tuple(row for row in section.rows if _has_words(" ".join(row), prefixes))
        paragraphs = tuple(paragraph for paragraph in section.paragraphs if _has_words(paragraph, prefixes))
        if rows:
            matches.append(HelpSection(section.title, (), rows))
        elif paragraphs:
            matches.append(HelpSection(section.title, paragraphs))
    return matches


def _folded(text: str) -> list[str]:
    return [fold_word(word) for word in raw_words(text)]


def _has_words(text: str, prefixes: Sequence[str]) -> bool:
    words = _folded(text)
    return all(any(word.startswith(prefix) for word in words) for prefix in prefixes)


class HelpDialog(Dialog):
    """The help, over the screen it is for. Typing finds a key or what it does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1", "close", "close", id="help.close"),
        Binding("down", "scroll_lines(1)", priority=True, show=False, id="help.down"),
        Binding("up", "scroll_lines(-1)", priority=True, show=False, id="help.up"),
        Binding("pagedown", "scroll_pages(1)", priority=True, show=False, id="help.page-down"),
        Binding("pageup", "scroll_pages(-1)", priority=True, show=False, id="help.page-up"),
    ]

    def __init__(self, sections: Sequence[HelpSection]) -> None:
        super().__init__()
        self._sections = sections

    def compose(self) -> ComposeResult:
        """Show the input above the sections."""
        with DialogFrame("Help", "↑↓ scroll · esc closes", id="help"):
            yield Input(placeholder="type to find a key or a command", compact=True, id="filter")
            with VerticalScroll(id="help-text", can_focus=False):
                yield Static(markup=False)

    def on_mount(self) -> None:
        """Show everything."""
        self._show("")

    @on(Input.Changed)
    def _filter(self, event: Input.Changed) -> None:
        if event.value == "?":  # the key that opened the help also closes it
            self.action_close()
        self._show(event.value)

    def on_resize(self, event: Resize) -> None:
        """Use the new width."""
        self._show(self.query_one("#filter", Input).value)

    def _show(self, typed_text: str) -> None:
        styles = build_styles(self.app.theme_variables)
        sections = matching_sections(self._sections, typed_text)
        is_wide = self.size.width >= _WIDE
        self.query_one("#help").set_class(is_wide, "-columns")
        parts: list[Text | Table] = []
        for section in sections:
            parts.append(safe_text(f"\n{section.title}" if parts else section.title))
            parts[-1].style = styles["heading"]
            for paragraph in section.paragraphs:
                parts.append(safe_text(paragraph))
                parts[-1].style = styles["muted"]
            if section.rows:
                parts.append(_grid(section.rows, styles["key"], 2 if is_wide else 1))
        self.query_one("#help-text Static", Static).update(Group(*parts) if parts else safe_text("No matches."))

    def action_scroll_lines(self, step: int) -> None:
        """Scroll down (1) or up (-1) by a line."""
        self.query_one("#help-text", VerticalScroll).scroll_relative(y=step, animate=False)

    def action_scroll_pages(self, step: int) -> None:
        """Scroll down (1) or up (-1) by a page."""
        text = self.query_one("#help-text", VerticalScroll)
        text.scroll_relative(y=step * max(1, text.size.height - 1), animate=False)


def _grid(rows: Sequence[HelpRow], key_style: Style, column_count: int) -> Table:
    """Return the rows below each other, in one or two columns."""
    grid = Table.grid(padding=(0, 1), expand=True)
    for _ in range(column_count):
        grid.add_column(width=_KEY_COLUMN_WIDTH, style=key_style)
        grid.add_column(ratio=1)
    height = -(-len(rows) // column_count)
    for index in range(height):
        cells = [cell for row in rows[index::height] for cell in (row.keys, row.description)]
        grid.add_row(*map(safe_text, cells))
    return grid


def show_help(context: AppContext) -> None:
    """Show the help for the focused pane."""
    key_map, screen = context.session.key_map, context.screen
    foreign_ids = screen.foreign_actions() if isinstance(screen, ScreenInParts) else frozenset()
    sections = help_sections(context.catalog, key_map, context.screen_name, context.focused_pane_id, foreign_ids)
    context.open_dialog(HelpDialog(sections))
