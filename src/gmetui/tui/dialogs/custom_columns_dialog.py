"""Dialogs for a person's own columns: making them, filling them in, and showing the list by one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ...shortlist.columns import (
    DATE,
    GRADE,
    KINDS,
    NUMBER,
    TEXT,
    WEIGHED,
    YES_NO,
    OwnColumn,
    named_column,
    read_value,
    shown,
)
from ...shortlist.scores import WHOLE, in_order, orders, standings
from ...text import clean
from ..widgets.option_list import Pick
from .pickers import LineDialog, Picker

if TYPE_CHECKING:
    from ..screens.annotating_screen import AnnotatingPlace

_KIND_WORDS = {
    GRADE: "a grade from 1 to 5; can have a weight",
    YES_NO: "yes or no; can have a weight",
    NUMBER: "a number, such as a salary or miles; can have a weight",
    DATE: "a day",
    TEXT: "words",
}
_EXAMPLES = {NUMBER: "65,000", DATE: "2027-01-15", TEXT: "anything", GRADE: "4", YES_NO: "yes"}
_MUSTS = {NUMBER: "such as >= 60000", GRADE: "such as >= 3", DATE: "such as <= 2027-07-01", YES_NO: "yes, or no"}


def pick_order(place: AnnotatingPlace) -> None:
    """Choose what the list is shown by, or take that order as one's own ranks."""

    def make() -> list[Pick]:
        now = place.order.removeprefix("-")
        sign = "▼" if place.order.startswith("-") else "▲"
        names = {"rank": "Your own order"}
        return [
            Pick(
                key,
                names.get(key, key[:1].upper() + key[1:]),
                about if key != "rank" else "",
                sign if key == now else " ",
            )
            for key, about in orders(place.shortlist).items()
        ]

    def chosen(pick: Pick, aside: bool) -> None:
        if aside:
            ranked = in_order(place.shortlist, pick.key)
            place.order = "rank"
            if place.gmetui.change_list(ranked, f"ranked by {pick.key}"):
                place.gmetui.tell(f"Ranked by {pick.key}. u goes back.")
            return
        again = pick.key != "rank" and place.order == pick.key
        place.order = f"-{pick.key}" if again else pick.key

    foot = "enter shows it so; again turns round · ctrl+x ranks so"
    place.gmetui.push_screen(Picker("Show the list by", foot, make, chosen, stays=False))


def pick_columns(place: AnnotatingPlace) -> None:
    """Choose a column to change, or make one by typing its name."""

    def make() -> list[Pick]:
        return [Pick(own.name, own.name, _rule(own), "≡") for own in place.shortlist.columns]

    def further(typed: str) -> Sequence[Pick]:
        name = " ".join(clean(typed).split())
        known = {own.name.casefold() for own in place.shortlist.columns}
        return () if not name or name.casefold() in known else (Pick(f"+{name}", name, "a new column", "+"),)

    def chosen(pick: Pick, aside: bool) -> None:
        column = place.shortlist.column(pick.key)
        if column is None:
            _pick_kind(place, pick.key.removeprefix("+"))
        elif aside:
            place.gmetui.change_list(place.shortlist.without_column(column.name), f"removed the column {column.name}")
        else:
            _change(place, column)

    foot = "type a name to make one · enter changes · ctrl+x removes"
    place.gmetui.push_screen(Picker("Your columns", foot, make, chosen, stays=False, further=further))


def _rule(column: OwnColumn) -> str:
    weight = f", weight {column.weight}" if column.weight else ""
    return f"{column.kind}{weight}{f', must be {column.must}' if column.must else ''}"


def _keep(place: AnnotatingPlace, make: Callable[[], OwnColumn], instead_of: str = "") -> bool:
    """Keep a column; what makes no sense is said."""
    try:
        column = make()
    except ValueError as error:
        place.gmetui.complain(f"{error}"[:1].upper() + f"{error}"[1:])
        return False
    if column.name != instead_of and place.shortlist.column(column.name):
        place.gmetui.complain(f"There is a column {column.name} already.")
        return False
    return place.gmetui.change_list(place.shortlist.with_column(column, instead_of), f"column {column.name}")


def _pick_kind(place: AnnotatingPlace, name: str, column: OwnColumn | None = None) -> None:
    def make() -> list[Pick]:
        now = column.kind if column else ""
        order = (GRADE, YES_NO, NUMBER, DATE, TEXT)
        return [Pick(kind, kind, _KIND_WORDS[kind], "✓" if kind == now else "·") for kind in order]

    def chosen(pick: Pick, aside: bool) -> None:
        weight = column.weight if column and pick.key in WEIGHED else 0
        if not _keep(place, lambda: named_column(name, pick.key, weight), column.name if column else ""):
            return
        made = place.shortlist.column(name)
        if made is not None and column is None:
            _change(place, made)

    assert set(_KIND_WORDS) == set(KINDS)
    place.gmetui.push_screen(Picker(f"What stands in “{name}”?", "esc closes", make, chosen, stays=False))


def _change(place: AnnotatingPlace, column: OwnColumn) -> None:
    """Choose what of a column to change."""

    def make() -> list[Pick]:
        rows = [Pick("name", "Name", column.name), Pick("kind", "What stands in it", column.kind)]
        if column.kind in WEIGHED:
            rows.append(Pick("weight", "Weight in the score", str(column.weight or "none")))
        return [*rows, Pick("must", "What knocks out who lacks it", column.must or "nothing"), Pick("done", "Done")]

    def chosen(pick: Pick, aside: bool) -> None:
        if pick.key == "kind":
            _pick_kind(place, column.name, column)
        elif pick.key != "done":
            _ask(place, column, pick.key)

    place.gmetui.push_screen(Picker(f"Column “{column.name}”", "enter changes · esc closes", make, chosen, stays=False))


def _ask(place: AnnotatingPlace, column: OwnColumn, key: str) -> None:
    """Ask for the name, the weight or the rule of a column, and come back to it."""
    about, example = {
        "name": ("Another name", column.name),
        "weight": ("How much it counts: 3 is three times 1; below 0 where less is better; empty for none", "3"),
        "must": ("A program that says otherwise is out; what is empty is not", _MUSTS.get(column.kind, "the word")),
    }[key]

    def given(line: str) -> None:
        values = {"name": column.name, "kind": column.kind, "weight": column.weight, "must": column.must}
        try:
            values[key] = (float(line) if line else 0) if key == "weight" else line
        except ValueError:
            place.gmetui.complain(f"“{line}” is no number")
            return
        if _keep(place, lambda: named_column(**values), column.name):  # type: ignore[arg-type]  # as its reader says
            now = place.shortlist.column(str(values["name"])) or column
            _change(place, now)

    before = str(getattr(column, key) or "")
    place.gmetui.push_screen(LineDialog(f"Column “{column.name}”", about, example, given, before))


def fill_in(place: AnnotatingPlace) -> None:
    """Fill in the person's own columns of what is meant, and a score by hand."""
    meant = place.meant
    if not meant:
        return
    first = meant[0].id

    def make() -> list[Pick]:
        entry = place.shortlist.entry(first) or meant[0]
        rows = [Pick(own.name, own.name, shown(entry.value(own.name)) or "–", "≡") for own in place.shortlist.columns]
        standing = standings(place.shortlist).get(first)
        score = f"{standing.score}, {'by hand' if standing.by_hand else 'by your columns'}" if standing else ""
        return [*rows, Pick("", "Score", score if standing and standing.score is not None else "none", "★")]

    def chosen(pick: Pick, aside: bool) -> None:
        column = place.shortlist.column(pick.key)
        if column is None:
            _score(place, aside)
        elif aside:
            place.change(f"{column.name} is empty:", lambda own, entry: own.valued(entry.id, column.name, None))
        else:
            _fill(place, column, first)

    if not place.shortlist.columns:
        place.gmetui.tell("You have no columns yet; C makes one.")
    title = meant[0].name if len(meant) == 1 else f"{len(meant)} programs"
    place.gmetui.push_screen(Picker(title, "enter fills in · ctrl+x empties · esc closes", make, chosen, stays=True))


def _fill(place: AnnotatingPlace, column: OwnColumn, first: str) -> None:
    entry = place.shortlist.entry(first)
    now = shown(entry.value(column.name)) if entry else ""

    def given(typed: str) -> None:
        try:
            value = read_value(column.kind, typed)
        except ValueError as error:
            place.gmetui.complain(str(error)[:1].upper() + str(error)[1:])
            return
        words = f"{column.name} {typed or 'is empty'}:"
        place.change(words, lambda own, entry: own.valued(entry.id, column.name, value))
        _remake(place)

    if column.kind not in (GRADE, YES_NO):
        place.gmetui.push_screen(LineDialog(column.name, _KIND_WORDS[column.kind], _EXAMPLES[column.kind], given, now))
        return
    values = ("5", "4", "3", "2", "1") if column.kind == GRADE else ("yes", "no")

    def make() -> list[Pick]:
        return [Pick(own, own, "", "✓" if own == now else "·") for own in values] + [Pick("", "Not filled in")]

    def chosen(pick: Pick, aside: bool) -> None:
        given(pick.key)

    place.gmetui.push_screen(Picker(column.name, "esc closes", make, chosen, stays=False))


def _remake(place: AnnotatingPlace) -> None:
    """Show the values in the dialog below as they are now."""
    below = place.gmetui.screen
    if isinstance(below, Picker):
        below.picks.remake()


def _score(place: AnnotatingPlace, none: bool) -> None:
    def given(line: str) -> None:
        score = int(line) if line.isascii() and line.isdecimal() else None
        if line and (score is None or score > WHOLE):
            place.gmetui.complain(f"A score is a whole number from 0 to {WHOLE}.")
            return
        words = f"score {line}:" if line else "score by the columns:"
        place.change(words, lambda own, entry: own.scored(entry.id, score))
        _remake(place)

    if none:
        given("")
        return
    about = f"From 0 to {WHOLE}, in place of the one that your columns make; empty goes back to it"
    place.gmetui.push_screen(LineDialog("Your own score", about, "80", given))
