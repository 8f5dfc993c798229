"""Help: what works in the pane in use, then every key by what it is for, then where the data comes from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from ...catalog.models import Catalog
from ..actions import ACTIONS, BY_ID
from ..contexts import EVERYWHERE, PANES, ROOMS
from ..keymap import KeyMap
from ..rendering.spans import BLANK, Line, fit, wrap
from ..widgets.line_view import LineView

ASKING = (
    ("cards tufts", "words: names, abbreviations, places, texts; typos are forgiven"),
    ("kind:residency", "a condition; inst:tufts, specialty:cards, length:<=2, city:boston"),
    ("inst:tufts,mgh", "either of two"),
    ("-kind:fellowship", "not this; -word too"),
    ('"heart failure"', "words side by side"),
    ("no:visa  has:mission", "not stated, stated"),
    ("cards OR gi", "one or the other"),
    ("sort:name  -sort:length", "another order"),
)
_CAUTION = (
    "“Not stated” means that no page read says it, not that the answer is no. Each fact shows its page and the date "
    "it speaks of; ask the program before you rely on it."
)
_KEY = 26  # cells of the column of keys


class HelpLines(LineView):
    """The keys and the query language."""

    def __init__(self, catalog: Catalog, keys: KeyMap, room: str, pane: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._about = catalog, keys, room, pane
        self._made: tuple[int, list[Line]] = (0, [])

    def _lines(self, width: int) -> list[Line]:
        if self._made[0] != width:
            self._made = (width, help_lines(*self._about, width))
        return self._made[1]

    def count(self) -> int:
        """Return how many lines there are."""
        return len(self._lines(self.text_width))

    def line(self, number: int, width: int) -> Line:
        """Return line `number`."""
        return self._lines(width)[number]


def help_lines(catalog: Catalog, keys: KeyMap, room: str, pane: str, width: int) -> list[Line]:
    """Return the help as lines."""
    lines: list[Line] = []
    here = PANES.get(pane)
    if here:
        lines += [BLANK, ((f"  Here: {here.title}", "heading"),)]
        lines += [((f"  {part}", "text"),) for part in wrap(here.help, width - 4)]
        own = [*here.own, *(action for action in ROOMS[room].actions if action not in here.own)]
        lines += [BLANK, *_action_rows((action for action in own if action not in PANES["programs"].own), keys, width)]
    if room == "explore":
        lines += [BLANK, (("  What to type", "heading"),)]
        lines += [row for example, words in ASKING for row in _row(example, words, width)]
    lines += [BLANK, (("  Moving, everywhere", "heading"),), *_action_rows(PANES["programs"].own, keys, width)]
    lines += [BLANK, (("  Everywhere", "heading"),), *_action_rows(EVERYWHERE, keys, width)]
    edition = catalog.edition
    about = f"{edition.title or ''}. Edition {edition.version} of {edition.date}; pages read up to {edition.read_by}."
    lines += [BLANK, (("  The data", "heading"),)]
    lines += [((f"  {part}", "text"),) for part in wrap(about, width - 4)]
    lines += [((f"  {part}", "text"),) for part in wrap(_CAUTION, width - 4)]
    return [*lines, BLANK]


def _action_rows(ids: Iterable[str], keys: KeyMap, width: int) -> list[Line]:
    order = {action.id: place for place, action in enumerate(ACTIONS)}
    own = sorted(ids, key=order.__getitem__)
    return [row for action in own for row in _row(keys.all_shown(action), BY_ID[action].help, width)]


def _row(left: str, words: str, width: int) -> list[Line]:
    rows: list[Line] = []
    for number, part in enumerate(wrap(words, width - _KEY - 2)):
        rows.append(((fit(f"  {left}" if not number else "", _KEY), "key"), (part, "text")))
    return rows


class HelpScreen(ModalScreen[None]):
    """The keys, over the screen they are for."""

    CSS_PATH = "dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "app.pop_screen", "close", id="help.close"),
    ]

    def __init__(self, catalog: Catalog, keys: KeyMap, room: str, pane: str) -> None:
        super().__init__()
        self._about = catalog, keys, room, pane

    def compose(self) -> ComposeResult:
        """Show the lines."""
        with Vertical(id="help") as frame:
            frame.border_title = "Help"
            frame.border_subtitle = "esc closes"
            yield HelpLines(*self._about)
