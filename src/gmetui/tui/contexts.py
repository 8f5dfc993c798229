"""Which actions work where, and what each pane is for. Bindings, key line, help and the keys page follow from here.

An action of the pane comes before one of the place, and that before one that works everywhere: "space" ticks in the
filters and marks in the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

EVERYWHERE = (
    *("quit", "palette", "theme", "help", "explore", "shortlist", "compare", "institutions", "specialties"),
    *("coverage", "undo", "redo", "went-back", "went-on", "season", "lists", "kept-queries"),
    *("brought", "wider", "narrower"),
)
LINES = ("up", "down", "page-up", "page-down", "top", "bottom")
READING = ("next-section", "last-section", "next-link", "last-link", "open-link", "next-find", "last-find")
FACETS = ("tick", "exclude", "open-group", "close-group")
COMPARISON = ("column-left", "column-right", "differences", "take-out")
EXPLORE = (
    *("search", "clear-filters", "clear-all", "drop-last", "find-value", "order", "columns", "keep-query"),
    *("facets", "list", "detail", "next-pane", "last-pane", "back", "open", "mark", "keep", "note", "source", "copy"),
    *("copy-list", "export"),
)
SHORTLIST = (
    *("status", "rate", "tag", "date", "mark", "rank-up", "rank-down", "note", "remove", "source", "copy", "export"),
    *("open", "copy-list", "next-pane", "last-pane", "back"),
    *("order", "own-columns", "fill-in", "seen", "versions", "bring"),
)
COMPARE = ("add-program", "keep", "source", "copy", "open-program", "back")
REFERENCE = ("open", "programs", "next-pane", "last-pane", "back")


class Pane(NamedTuple):
    """A pane: its title, what it is for, the keys of the key line (at most six), and the actions of its own."""

    title: str
    help: str
    shown: tuple[str, ...]
    own: tuple[str, ...] = LINES


PANES: Mapping[str, Pane] = {
    "query": Pane(
        "Query line",
        "Type what you mean; the list changes with each key and typos are forgiven. → takes what is offered in grey, "
        "↑ brings back what you asked before, ↓ or enter goes to the list.",
        ("down", "next-pane", "facets", "asked", "help", "quit"),
        ("asked",),
    ),
    "facets": Pane(
        "Filters",
        "Each value says how many programs it would leave. Values of one filter are alternatives, filters narrow each "
        "other. A ✓ asks for a value, a − leaves it out; what a program does not say is “not stated”. A right click "
        "leaves out.",
        ("tick", "exclude", "find-value", "clear-filters", "back", "help"),
        (*FACETS, *LINES),
    ),
    "programs": Pane(
        "List",
        "Every program that matches, best first. ★ is on your shortlist, ◆ is marked to compare. A click on a heading "
        "orders the list, a second one turns the order round; a click left of a name keeps the program.",
        ("search", "keep", "mark", "compare", "facets", "help"),
    ),
    "detail": Pane(
        "Program",
        "What is known, with the number of the page it stands on and what year that speaks of; the pages stand at the "
        "end. Coloured values lead on: → goes to the next, enter follows it. Words you asked for are marked; n goes "
        "through them, and on to the next program. A note is “a” here.",
        ("next-section", "next-link", "next-find", "keep", "back", "help"),
        (*READING, *LINES),
    ),
    "listed": Pane(
        "Your shortlist",
        "Your programs in your order. Every change is saved at once and can be undone, also tomorrow. What you do is "
        "done with the programs that are marked, or with the one under the cursor if none is. Columns of your own can "
        "have weights, which make a score, and something a program must have. Δ: the data says something else now.",
        ("rank-up", "rank-down", "status", "note", "export", "help"),
    ),
    "comparison": Pane(
        "Side by side",
        "Marked programs beside each other; fields with a bold name differ. The chosen column is the one that keys "
        "act on. + adds another, space takes one out.",
        ("column-right", "differences", "add-program", "take-out", "back", "help"),
        (*COMPARISON, *LINES),
    ),
    "choices": Pane(
        "To read about",
        "The page of the row under the cursor stands beside it; p shows the row's programs.",
        ("open", "programs", "next-pane", "went-back", "back", "help"),
    ),
    "page": Pane(
        "Page",
        "What is known, with the pages it stands on. Coloured lines lead on: → goes to the next, enter follows it.",
        ("next-section", "next-link", "open-link", "programs", "back", "help"),
        (*READING, *LINES),
    ),
}


class Room(NamedTuple):
    """A place: the actions that work in all of it, and its panes."""

    actions: tuple[str, ...]
    panes: tuple[str, ...]


ROOMS: Mapping[str, Room] = {
    "explore": Room(EXPLORE, ("query", "facets", "programs", "detail")),
    "shortlist": Room(SHORTLIST, ("listed", "detail")),
    "compare": Room(COMPARE, ("comparison",)),
    "institutions": Room(REFERENCE, ("choices", "page")),
    "specialties": Room(REFERENCE, ("choices", "page")),
    "coverage": Room(REFERENCE, ("choices", "page")),
}


def live(room: str, pane: str) -> tuple[str, ...]:
    """Return the actions that work in a pane of a place, those that come first first."""
    return (*PANES[pane].own, *ROOMS[room].actions, *EVERYWHERE)


def in_room(room: str) -> set[str]:
    """Return every action that works somewhere in a place, beside those that work everywhere."""
    place = ROOMS[room]
    return {*place.actions, *(own for pane in place.panes for own in PANES[pane].own)}
