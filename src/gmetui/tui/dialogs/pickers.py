"""Dialogs to pick from by typing: a value of a filter, an order, columns, a kept query; and the name of a query."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from ...search import Query
from ...search.fields import FACETS, Dimension
from ...text import clean
from ..rendering.program_columns import COLUMNS, columns_in
from ..widgets.option_list import Pick, PickList

if TYPE_CHECKING:
    from ...export.table import Sheet
    from ..app import GmetuiApp
    from ..screens.query_screen import AskingPlace


class Picker(ModalScreen[None]):
    """Things under an input that narrows them. `chosen` acts on one; with `stays` more can be chosen."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "close", id="picker.close"),
        Binding("down,ctrl+n", "move(1)", "down", priority=True, id="picker.down"),
        Binding("up,ctrl+p", "move(-1)", "up", priority=True, id="picker.up"),
        Binding("pagedown", "page(1)", "page down", priority=True, id="picker.page-down"),
        Binding("pageup", "page(-1)", "page up", priority=True, id="picker.page-up"),
        Binding("ctrl+x", "aside", "the other choice", priority=True, id="picker.aside"),
    ]

    def __init__(
        self,
        title: str,
        foot: str,
        make: Callable[[], Sequence[Pick]],
        chosen: Callable[[Pick, bool], None],
        *,
        stays: bool,
        further: Callable[[str], Sequence[Pick]] | None = None,
        wide: bool = False,
    ) -> None:
        super().__init__()
        self._wide = wide
        self._further = further
        self._title = title
        self._foot = foot
        self._make = make
        self._chosen_one = chosen
        self._stays = stays

    def compose(self) -> ComposeResult:
        """Show the input above the list."""
        with Vertical(id="picker", classes="-wide" if self._wide else "") as frame:
            frame.border_title = Content(self._title)
            frame.border_subtitle = Content(self._foot)
            yield Input(placeholder="type to find", compact=True, id="typed")
            yield PickList(self._make, self._further, id="picks")

    @property
    def picks(self) -> PickList:
        """The list."""
        return self.query_one(PickList)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self.picks.narrow(clean(event.value))

    @on(Input.Submitted)
    def _choose(self) -> None:
        self.picks.choose(aside=False)

    def action_aside(self) -> None:
        """Choose the other way: leave out, or take away."""
        self.picks.choose(aside=True)

    @on(PickList.Chosen)
    def _act(self, event: PickList.Chosen) -> None:
        if not self._stays:
            self.dismiss()
        self._chosen_one(event.pick, event.aside)  # before another key comes, which is for what this opens
        if self._stays:
            self.picks.remake()

    def action_move(self, step: int) -> None:
        """Move the cursor by lines."""
        self.picks.action_move(step)

    def action_page(self, step: int) -> None:
        """Move the cursor by pages."""
        self.picks.action_page(step)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()


def pick_value(place: AskingPlace, dimension: Dimension | None) -> None:
    """Find values of one filter, or of all of them, by typing; each choice ticks or unticks."""
    dimensions = (dimension,) if dimension else FACETS

    def make() -> list[Pick]:
        return [pick for own in dimensions for pick in value_picks(place, own, alone=dimension is not None)]

    def chosen(pick: Pick, aside: bool) -> None:
        name, _, value = pick.key.partition(":")
        place.tick(name, value, exclude=aside)

    title = dimension.label if dimension else "Find a filter"
    foot = "enter ticks · ctrl+x leaves out · esc closes"
    place.gmetui.push_screen(Picker(title, foot, make, chosen, stays=True))


def value_picks(place: AskingPlace, dimension: Dimension, *, alone: bool) -> list[Pick]:
    """Return the values of a filter with their counts."""
    also: dict[str, list[str]] = {}
    for name, owners in place.results.index.values(dimension).names.items():
        for owner in owners:
            also.setdefault(owner, []).append(name)
    picks = []
    for value in place.results.facet(dimension.name):
        sign = "−" if value.excluded else "✓" if value.selected else "·"
        name = value.label if alone else f"{dimension.label}: {value.label}"
        key, names = f"{dimension.name}:{value.value}", tuple(also.get(value.value, ()))
        picks.append(Pick(key, name, f"{value.count:,}", sign, names))
    return picks


def pick_order(place: AskingPlace) -> None:
    """Choose what the list is ordered by."""

    def make() -> list[Pick]:
        now = place.results.query.sort or ""
        sign = "▼" if now.startswith("-") else "▲"
        rows = [("name", "Name", "the program's name"), *((own.sort, own.title, own.about) for own in COLUMNS)]
        best = Pick("", "Best match first", "as long as words are typed", " " if now else "▲")
        key_now = now.removeprefix("-")
        return [best, *(Pick(key, title, about, sign if key_now == key else " ") for key, title, about in rows)]

    def chosen(pick: Pick, aside: bool) -> None:
        if pick.key:
            place.order_by(pick.key)
        else:
            place.ask(place.results.query.sorted_by(None))

    foot = "enter orders; again turns round · esc closes"
    place.gmetui.push_screen(Picker("Order the list by", foot, make, chosen, stays=True))


def pick_columns(app: GmetuiApp) -> None:
    """Choose the columns of the list; they are shown in the order in which they are chosen."""

    def shown() -> tuple[str, ...]:
        programs = app.home.programs
        width = programs.text_width if programs.display else app.home.size.width
        return tuple(column.id for column in columns_in(width, app.settings.columns))

    def make() -> list[Pick]:
        return [Pick(own.id, own.title, own.about, "✓" if own.id in shown() else "·") for own in COLUMNS]

    def chosen(pick: Pick, aside: bool) -> None:
        now = shown()
        kept = tuple(own for own in now if own != pick.key) if pick.key in now else (*now, pick.key)
        app.choose("columns", kept or None)
        app.home.show_columns()

    app.push_screen(Picker("Columns", "enter shows or hides · esc closes", make, chosen, stays=True))


def pick_query(app: GmetuiApp) -> None:
    """Ask one of the queries that are kept, or forget it."""
    if not app.settings.searches:
        app.tell("You keep no queries yet; w keeps the one in the query line.")
        return

    def make() -> list[Pick]:
        return [Pick(name, name, line, also=(line,)) for name, line in app.settings.searches.items()]

    def chosen(pick: Pick, aside: bool) -> None:
        if not aside:
            app.explore(app.settings.searches[pick.key])
        elif app.choose(("searches", pick.key), None):
            app.tell(f"No longer kept: {pick.name}")

    foot = "enter asks · ctrl+x forgets · esc closes"
    app.push_screen(Picker("Queries you keep", foot, make, chosen, stays=False))


def pick_theme(app: GmetuiApp) -> None:
    """Choose other colours; each is shown at once."""

    def make() -> list[Pick]:
        own = sorted(app.available_themes, key=lambda name: (not name.startswith("gmetui"), name))
        words = {theme.name: "dark" if theme.dark else "light" for theme in app.available_themes.values()}
        return [Pick(name, name, words[name], "✓" if name == app.theme else "·") for name in own]

    def chosen(pick: Pick, aside: bool) -> None:
        app.theme = pick.key

    app.push_screen(Picker("Colours", "enter shows them · esc closes", make, chosen, stays=True))


def copy_sheet(app: GmetuiApp, sheet: Sheet) -> None:
    """Choose a form, and copy a list in it to the clipboard."""
    from ...export.formats import export
    from ..clipboard import copy

    forms = {"text": "Text", "markdown": "Markdown", "tsv": "A table for a spreadsheet"}

    def make() -> list[Pick]:
        return [Pick(form, words) for form, words in forms.items()]

    def chosen(pick: Pick, aside: bool) -> None:
        count = len(sheet.rows)
        words = copy(app, export(sheet, pick.key).decode())
        app.tell(f"{words}: {count:,} program{'s' * (count != 1)}")

    app.push_screen(Picker("Copy as", "enter copies · esc closes", make, chosen, stays=False))


class LineDialog(ModalScreen[None]):
    """Asks for one line of text, a name or tags, and hands it to `kept`; esc keeps nothing.

    It is no result of the screen: one that a dialog opened while it closed would be told to nobody.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "cancel", id="name.cancel")]

    def __init__(self, title: str, about: str, placeholder: str, kept: Callable[[str], None], value: str = "") -> None:
        super().__init__()
        self._kept = kept
        self._title = title
        self._about = about
        self._placeholder = placeholder
        self._value = value

    def compose(self) -> ComposeResult:
        """Show what it is about, and the input."""
        with Vertical(id="dialog"):
            yield Label(Content(self._title), id="heading")
            yield Label(Content(self._about))
            yield Input(self._value, placeholder=self._placeholder, compact=True, select_on_focus=False, id="name")
            yield Label("enter keeps it · esc leaves it", markup=False)

    @on(Input.Submitted)
    def _named(self, event: Input.Submitted) -> None:
        self.dismiss()
        self._kept(clean(event.value).strip())

    def action_cancel(self) -> None:
        """Keep nothing."""
        self.dismiss()


def name_query(app: GmetuiApp, line: str) -> None:
    """Ask for a name for a query and keep it."""
    if not Query.parse(line):
        app.tell("All programs are listed: there is no query to keep.")
        return

    def named(name: str) -> None:
        if name and app.choose(("searches", name), line):
            app.tell(f"Kept as “{name}”; W lists what you keep.")

    app.push_screen(LineDialog("Keep this query as", line, "a name, such as boston cards", named))
