"""Which actions work where, and what each pane is for.

Bindings, the key bar, help, and docs/guide/keys.md follow from this table.

A pane's actions take precedence over its screen's, and those over the global ones: "space" includes a value in the
filters and marks a program in the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

GLOBAL_ACTIONS = (
    *("quit", "palette", "theme", "help", "explore", "shortlist", "compare", "institutions", "specialties"),
    *("coverage", "undo", "redo", "go-back", "go-forward", "dates", "lists", "saved-searches"),
    *("imported-lists", "wider", "narrower"),
)
SCROLL_ACTIONS = ("up", "down", "page-up", "page-down", "top", "bottom")
PAGE_ACTIONS = (
    *("next-section", "previous-section", "next-link", "previous-link", "follow-link", "next-match", "previous-match"),
)
FILTER_ACTIONS = ("include", "exclude", "expand-group", "collapse-group")
COMPARISON_ACTIONS = ("previous-column", "next-column", "differences", "remove-program")
EXPLORE_ACTIONS = (
    *("search", "clear-filters", "clear-search", "remove-last-word", "find-filter", "sort", "columns", "save-search"),
    *("filters", "list", "program", "next-pane", "previous-pane", "back", "open", "mark", "save", "note", "source"),
    *("copy", "copy-list", "export"),
)
SHORTLIST_ACTIONS = (
    *("status", "rate", "tag", "date", "mark", "rank-up", "rank-down", "note", "remove", "source", "copy", "export"),
    *("open", "copy-list", "next-pane", "previous-pane", "back"),
    *("sort", "custom-columns", "values", "mark-seen", "history", "import"),
)
COMPARE_ACTIONS = ("add-program", "save", "source", "copy", "open-program", "back")
REFERENCE_ACTIONS = ("open", "programs", "next-pane", "previous-pane", "back")


class Pane(NamedTuple):
    """A pane: its title, its help text, the actions in the key bar (at most six), and the actions only it has."""

    title: str
    help: str
    key_bar: tuple[str, ...]
    actions: tuple[str, ...] = SCROLL_ACTIONS


PANES: Mapping[str, Pane] = {
    "query": Pane(
        "Search box",
        "The list changes as you type, and typos are forgiven. → accepts the gray suggestion, ↑ brings back an earlier "
        "search, ↓ or enter goes to the list.",
        ("down", "next-pane", "filters", "previous-search", "help", "quit"),
        ("previous-search",),
    ),
    "facets": Pane(
        "Filters",
        "The number beside each value is how many programs would remain. Values of one filter are alternatives; "
        "different filters narrow each other. ✓ includes a value and − excludes it (or right-click). Programs that "
        "don't publish the field count as “not stated”.",
        ("include", "exclude", "find-filter", "clear-filters", "back", "help"),
        (*FILTER_ACTIONS, *SCROLL_ACTIONS),
    ),
    "programs": Pane(
        "List",
        "Every program that matches, best match first. ★ is on your shortlist, ◆ is marked for comparison. Click a "
        "heading to sort by it, and again to reverse the order; click left of a name to save the program.",
        ("search", "save", "mark", "compare", "filters", "help"),
    ),
    "detail": Pane(
        "Program",
        "The facts about the program, each with the number and year of its source; the sources are listed at the end. "
        "Colored values are links: → goes to the next one, enter follows it. Your search words are highlighted; n goes "
        "through them, then on to the next program. Press a to write a note.",
        ("next-section", "next-link", "next-match", "save", "back", "help"),
        (*PAGE_ACTIONS, *SCROLL_ACTIONS),
    ),
    "entries": Pane(
        "Your shortlist",
        "Your programs in your order. Every change is saved immediately and can be undone, even after you quit. "
        "Commands act on the marked programs, or on the one under the cursor if none is marked. Custom columns can "
        "have weights, which produce a score, and requirements. Δ means that the data has changed since you last "
        "looked.",
        ("rank-up", "rank-down", "status", "note", "export", "help"),
    ),
    "comparison": Pane(
        "Comparison",
        "The marked programs side by side; fields with a bold name differ. Keys act on the selected column. + adds a "
        "program, space removes one.",
        ("next-column", "differences", "add-program", "remove-program", "back", "help"),
        (*COMPARISON_ACTIONS, *SCROLL_ACTIONS),
    ),
    "items": Pane(
        "List",
        "The page of the row under the cursor is shown beside it; p shows the row's programs.",
        ("open", "programs", "next-pane", "go-back", "back", "help"),
    ),
    "page": Pane(
        "Page",
        "The facts with their sources. Colored lines are links: → goes to the next one, enter follows it.",
        ("next-section", "next-link", "follow-link", "programs", "back", "help"),
        (*PAGE_ACTIONS, *SCROLL_ACTIONS),
    ),
}


class ScreenLayout(NamedTuple):
    """A screen: the actions that work in all of it, and its panes."""

    actions: tuple[str, ...]
    panes: tuple[str, ...]


SCREEN_LAYOUTS: Mapping[str, ScreenLayout] = {
    "explore": ScreenLayout(EXPLORE_ACTIONS, ("query", "facets", "programs", "detail")),
    "shortlist": ScreenLayout(SHORTLIST_ACTIONS, ("entries", "detail")),
    "compare": ScreenLayout(COMPARE_ACTIONS, ("comparison",)),
    "institutions": ScreenLayout(REFERENCE_ACTIONS, ("items", "page")),
    "specialties": ScreenLayout(REFERENCE_ACTIONS, ("items", "page")),
    "coverage": ScreenLayout(REFERENCE_ACTIONS, ("items", "page")),
}


def active_actions(screen_name: str, pane_id: str) -> tuple[str, ...]:
    """Return the ids of the actions that work in a pane of a screen, in order of precedence."""
    return (*PANES[pane_id].actions, *SCREEN_LAYOUTS[screen_name].actions, *GLOBAL_ACTIONS)


def screen_actions(screen_name: str) -> set[str]:
    """Return the ids of all actions of a screen and its panes, without the global ones."""
    layout = SCREEN_LAYOUTS[screen_name]
    return {*layout.actions, *(action_id for pane_id in layout.panes for action_id in PANES[pane_id].actions)}


def locate_action(action_id: str, screen_name: str, pane_id: str) -> tuple[str, str]:
    """Return the screen and the pane where an action works, preferring the given ones.

    The pane is "" if the action works in all of the screen; both are "" for a global action.
    """
    if action_id in GLOBAL_ACTIONS:
        return "", ""
    if pane_id in SCREEN_LAYOUTS[screen_name].panes and action_id in PANES[pane_id].actions:
        return screen_name, pane_id
    for name in (screen_name, *SCREEN_LAYOUTS):
        layout = SCREEN_LAYOUTS[name]
        if action_id in layout.actions:
            return name, ""
        for candidate in layout.panes:
            if action_id in PANES[candidate].actions:
                return name, candidate
    raise KeyError(action_id)
