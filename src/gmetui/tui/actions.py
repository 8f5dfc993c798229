"""Everything a person can do on screen, declared once: keys, key line, help and palette follow from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from textual.binding import Binding, BindingType


class Action(NamedTuple):
    """One thing to do. `name` is what Textual runs, `words` stand beside the key, `help` says more."""

    id: str
    name: str
    keys: tuple[str, ...]
    shown: str
    words: str
    help: str
    group: str


def _a(own: str, name: str, keys: str, shown: str, words: str, explained: str, group: str) -> Action:
    return Action(own, name, tuple(keys.split()), shown, words, explained, group)


ACTIONS: tuple[Action, ...] = (
    _a("search", "search", "slash f3", "/", "search", "Go to the query line.", "Find"),
    _a("clear-filters", "clear_filters", "x", "x", "drop filters", "Drop all filters and keep the words.", "Find"),
    _a("clear-all", "clear_all", "X", "X", "clear all", "Begin again with all programs.", "Find"),
    _a("drop-last", "drop_last", "backspace", "⌫", "drop last", "Drop the last word or condition.", "Find"),
    _a("find-value", "find_value", "F", "F", "find a filter", "Find a value among the filters by typing.", "Find"),
    _a("order", "order", "O", "O", "order", "Show the list by one of its columns.", "Find"),
    _a("columns", "columns", "C", "C", "columns", "Choose what the list shows beside the names.", "Find"),
    _a("asked", "asked(-1)", "up", "↑", "asked before", "In the query line: bring back an earlier query.", "Find"),
    _a("keep-query", "keep_query", "w", "w", "keep query", "Give the query a name and keep it.", "Find"),
    _a("kept-queries", "kept_queries", "W", "W", "kept queries", "Ask one of the queries you keep.", "Find"),
    _a("went-back", "trail(-1)", "b alt+left", "b", "back to", "Go back to what was looked at before.", "Go to"),
    _a("went-on", "trail(1)", "B alt+right", "B", "forward to", "Go forward again.", "Go to"),
    _a("facets", "focus_pane('facets')", "f 1", "f", "filters", "Go to the filters.", "Go to"),
    _a("list", "focus_pane('programs')", "2", "2", "list", "Go to the list of programs.", "Go to"),
    _a("detail", "focus_pane('detail')", "3", "3", "program", "Go to the program's page.", "Go to"),
    _a("explore", "place('explore')", "E f2", "E", "explore", "Go to the programs.", "Go to"),
    _a("shortlist", "place('shortlist')", "S f4", "S", "shortlist", "Open your shortlist.", "Go to"),
    _a("compare", "compare", "c f8", "c", "compare", "Set the marked programs side by side.", "Go to"),
    _a("institutions", "place('institutions')", "I f5", "I", "institutions", "Read about the institutions.", "Go to"),
    _a("specialties", "place('specialties')", "T f6", "T", "specialties", "Read about the specialties.", "Go to"),
    _a("coverage", "place('coverage')", "V f7", "V", "coverage", "See how complete the data is.", "Go to"),
    _a("next-pane", "next_pane(1)", "tab", "tab", "next pane", "Go to the next pane.", "Go to"),
    _a("last-pane", "next_pane(-1)", "shift+tab", "shift+tab", "pane before", "Go to the pane before.", "Go to"),
    _a("back", "back", "escape", "esc", "back", "Go back one level.", "Go to"),
    _a("open", "open", "enter", "enter", "read", "Open the program under the cursor.", "Programs"),
    _a("programs", "programs", "p", "p", "its programs", "Show the programs of this row.", "Programs"),
    _a("mark", "mark", "space", "space", "mark", "Mark the program to compare it, or no longer.", "Programs"),
    _a("open-program", "open_program", "enter", "enter", "read", "Read the chosen program.", "Compare"),
    _a("column-right", "column(1)", "right l", "←→", "column", "Choose the next program.", "Compare"),
    _a("column-left", "column(-1)", "left h", "←", "column before", "Choose the program before.", "Compare"),
    _a("differences", "differences", "d", "d", "differences", "Show only what differs, or everything.", "Compare"),
    _a("add-program", "add_program", "plus a", "+", "add", "Find another program and set it beside them.", "Compare"),
    _a("take-out", "screen.take_out", "space delete", "space", "take out", "Take the program out.", "Compare"),
    _a("keep", "keep", "s", "s", "keep", "Put the program on the shortlist, or take it off.", "Programs"),
    _a("note", "note", "n a", "n", "note", "Write a note on the program; it goes on the shortlist.", "Programs"),
    _a("source", "source", "o", "o", "open page", "Open the program's page in the browser.", "Programs"),
    _a("copy", "copy", "y", "y", "copy", "Copy name, institution and page.", "Programs"),
    _a(
        "copy-list",
        "copy_list",
        "Y",
        "Y",
        "copy the list",
        "Copy the list as text or as a table.",
        "Programs",
    ),
    _a("export", "export", "e", "e", "export", "Write the shortlist or the list to a file.", "Programs"),
    _a("next-link", "link(1)", "right l", "→", "next link", "Go to the next value or page that leads on.", "Reading"),
    _a("last-link", "link(-1)", "left h", "←", "link before", "Go to the link before.", "Reading"),
    _a("open-link", "follow", "enter", "enter", "follow", "Ask for the value, or open the page.", "Reading"),
    _a("next-find", "find(1)", "n", "n", "next match", "Go to the next place that has the words.", "Reading"),
    _a("last-find", "find(-1)", "N", "N", "match before", "Go to the place before that has them.", "Reading"),
    _a("next-section", "section(1)", "right_square_bracket", "]", "next section", "Go to the next section.", "Reading"),
    _a("last-section", "section(-1)", "left_square_bracket", "[", "section before", "Go one section back.", "Reading"),
    _a("tick", "tick", "space enter", "space", "tick", "Ask for this value, or no longer.", "Filters"),
    _a("open-group", "group(1)", "right l", "→", "open", "Show the specialties of a field.", "Filters"),
    _a("close-group", "group(0)", "left h", "←", "close", "Hide them again.", "Filters"),
    _a("exclude", "exclude", "minus", "-", "exclude", "Leave this value out, or no longer.", "Filters"),
    _a("up", "move(-1)", "up k", "↑", "up", "One line up; also k.", "Moving"),
    _a("down", "move(1)", "down j", "↓", "down", "One line down; also j.", "Moving"),
    _a("page-up", "page(-1)", "pageup ctrl+u", "pgup", "page up", "One page up; also ctrl+u.", "Moving"),
    _a("page-down", "page(1)", "pagedown ctrl+d", "pgdn", "page down", "One page down; also ctrl+d.", "Moving"),
    _a("top", "end(-1)", "home g", "home", "top", "To the top; also g.", "Moving"),
    _a("bottom", "end(1)", "end G", "end", "bottom", "To the bottom; also G.", "Moving"),
    _a("status", "status", "t", "t", "status", "Say how far you are, in usual words or your own.", "Shortlist"),
    _a("rate", "rate", "r", "r", "rate", "Say how much you like it, from one to five.", "Shortlist"),
    _a("tag", "tag", "number_sign", "#", "tags", "Give it words of your own.", "Shortlist"),
    _a("date", "date", "at", "@", "date", "Write down a date of your own: an interview, a deadline.", "Shortlist"),
    _a("fill-in", "fill_in", "v", "v", "values", "Fill in your own columns, or a score of your own.", "Shortlist"),
    _a("own-columns", "own_columns", "C", "C", "your columns", "Make columns of your own, with weights.", "Shortlist"),
    _a("seen", "seen", "z", "z", "seen", "Say that you know what changed at the program.", "Shortlist"),
    _a("versions", "versions", "H", "H", "versions", "See former versions, compare them, go back.", "Shortlist"),
    _a("bring", "bring", "i", "i", "import", "Bring in a list or a spreadsheet of yours.", "Shortlist"),
    _a("season", "season", "D", "D", "dates", "See the dates of your list, what comes next first.", "Go to"),
    _a("lists", "lists", "L", "L", "lists", "Open another of your lists, or begin one.", "Go to"),
    _a("brought", "brought", "A", "A", "add programs", "Bring in lists of programs, refresh or remove them.", "gmetui"),
    _a("rank-up", "rank(-1)", "K shift+up", "K", "rank up", "Move the program up your list.", "Shortlist"),
    _a("rank-down", "rank(1)", "J shift+down", "J", "rank down", "Move the program down your list.", "Shortlist"),
    _a("remove", "keep", "s delete", "s", "remove", "Take the program off the list.", "Shortlist"),
    _a("undo", "undo", "u", "u", "undo", "Take back a query, a mark or a change of the list.", "gmetui"),
    _a("redo", "redo", "ctrl+r", "ctrl+r", "redo", "Bring back what was undone.", "gmetui"),
    _a("wider", "widen(1)", "greater_than_sign", ">", "wider", "Make the pane wider.", "gmetui"),
    _a("narrower", "widen(-1)", "less_than_sign", "<", "narrower", "Make the pane narrower.", "gmetui"),
    _a(
        "palette",
        "find_anything",
        "ctrl+p colon",
        ":",
        "anything",
        "Find anything by its name.",
        "gmetui",
    ),
    _a("theme", "change_theme", "f9", "f9", "theme", "Choose other colours.", "gmetui"),
    _a("help", "help", "question_mark f1", "?", "help", "Show the keys.", "gmetui"),
    _a("quit", "quit", "q ctrl+q", "q", "quit", "Leave; everything is saved.", "gmetui"),
)
BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}


def bindings(*ids: str, priority: Iterable[str] = ()) -> list[BindingType]:
    """Return the bindings of some actions; those in `priority` come before the focused widget."""
    return [
        Binding(key, action.name, action.words, id=action.id, priority=action.id in priority)
        for action in (BY_ID[own] for own in ids)
        for key in action.keys
    ]
