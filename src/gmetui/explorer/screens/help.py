"""Help: every key, by what it is for."""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from ...catalog.model import Catalog
from ..actions import ACTIONS
from ..rendering.lines import BLANK, Line, fit, wrap
from ..widgets.line_view import LineView

_ASKING = (
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


class HelpLines(LineView):
    """The keys and the query language."""

    def __init__(self, catalog: Catalog, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._catalog = catalog
        self._made: tuple[int, list[Line]] = (0, [])

    def _lines(self, width: int) -> list[Line]:
        if self._made[0] != width:
            self._made = (width, help_lines(self._catalog, width))
        return self._made[1]

    def count(self) -> int:
        """Return how many lines there are."""
        return len(self._lines(self.text_width))

    def line(self, number: int, width: int) -> Line:
        """Return line `number`."""
        return self._lines(width)[number]


def help_lines(catalog: Catalog, width: int) -> list[Line]:
    """Return the help as lines: what to type, then every action by group, then where the data comes from."""
    lines: list[Line] = [BLANK, (("  What to type", "heading"),)]
    for example, words in _ASKING:
        lines += _row(example, words, width)
    for group, actions in groupby(ACTIONS, key=lambda action: action.group):
        lines += [BLANK, ((f"  {group}", "heading"),)]
        for action in actions:
            lines += _row(action.shown, action.help, width)
    edition = catalog.edition
    about = f"{edition.title or ''}. Edition {edition.version} of {edition.date}; pages read up to {edition.read_by}."
    lines += [BLANK, (("  The data", "heading"),)]
    lines += [((f"  {part}", "text"),) for part in wrap(about, width - 4)]
    lines += [((f"  {part}", "text"),) for part in wrap(_CAUTION, width - 4)]
    return [*lines, BLANK]


def _row(left: str, words: str, width: int) -> list[Line]:
    column = 26
    rows: list[Line] = []
    for number, part in enumerate(wrap(words, width - column - 2)):
        rows.append(((fit(f"  {left}" if not number else "", column), "key"), (part, "text")))
    return rows


class HelpScreen(ModalScreen[None]):
    """The keys, over the screen they are for."""

    CSS_PATH = "dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "app.pop_screen", "close", id="help.close"),
    ]

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self._catalog = catalog

    def compose(self) -> ComposeResult:
        """Show the lines."""
        with Vertical(id="help") as frame:
            frame.border_title = "Keys and queries"
            frame.border_subtitle = "esc closes"
            yield HelpLines(self._catalog)
