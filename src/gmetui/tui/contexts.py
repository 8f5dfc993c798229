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
    *(
        "plan",
        "profile",
        "ladder",
        "map",
        "coverage",
        "undo",
        "redo",
        "go-back",
        "go-forward",
        "dates",
        "lists",
        "saved-searches",
    ),
    *("imported-lists", "wider", "narrower", "unmark-all", "suspend"),
)
SCROLL_ACTIONS = ("up", "down", "page-up", "page-down", "top", "bottom")
PAGE_ACTIONS = (
    *("next-section", "previous-section", "next-link", "previous-link", "follow-link", "next-match", "previous-match"),
    *("section-number", "show-source", "narrow"),
)
FILTER_ACTIONS = ("include", "exclude", "expand-group", "collapse-group")
COMPARISON_ACTIONS = ("previous-column", "next-column", "differences", "remove-program")
EXPLORE_ACTIONS = (
    *("search", "clear-filters", "clear-search", "remove-last-word", "find-filter", "sort", "columns", "save-search"),
    *("filters", "list", "program", "next-pane", "previous-pane", "back", "open", "mark", "save", "note", "source"),
    *("status", "date", "copy", "copy-list", "export", "triage"),
)
SHORTLIST_ACTIONS = (
    *("status", "rate", "signal", "tag", "date", "mark", "rank-up", "rank-down", "note", "remove", "source", "copy"),
    *("export", "open", "copy-list", "next-pane", "previous-pane", "back"),
    *("sort", "custom-columns", "values", "mark-seen", "history", "import", "filter-list"),
    *("select", "select-up", "select-down", "select-all"),
)
COMPARE_ACTIONS = ("add-program", "save", "source", "copy", "open-program", "move-left", "move-right", "back")
COUPLE_ROW_ACTIONS = (
    *("row-up", "row-down", "take-out", "row-order", "row-miles", "no-match-rows", "export-halves"),
    *("undo-row", "redo-row"),
)
PROFILE_ACTIONS = (
    *("edit-row", "forget", "add-to-profile", "open-profile-file", "profiles", "undo-profile", "redo-profile"),
)
FITS_ACTIONS = ("open-fit", "other-programs")
TRIAGE_ACTIONS = (
    *("triage-interested", "triage-maybe", "triage-no", "triage-forget", "triage-forget-all"),
    *("triage-next", "triage-previous", "triage-read"),
)
TRIAGE_SCREEN_ACTIONS = ("source", "mark", "copy", "back")
LADDER_ACTIONS = ("read-rung", "unfold", "fold", "rung-programs")
COVERAGE_ACTIONS = ("previous-column", "next-column")
MAP_ACTIONS = ("map-west", "map-east", "zoom")
MAP_SCREEN_ACTIONS = ("narrow-to-place", "toggle-state", "near", "search", "next-pane", "previous-pane", "back")
COVERAGE_SCREEN_ACTIONS = ("show-unstated", "programs", "back")
REFERENCE_ACTIONS = ("open", "programs", "filter-list", "next-pane", "previous-pane", "back")
PLAN_ACTIONS = (
    *("open", "other-season", "all-services", "what-if", "export-calendar", "source"),
    *("ladder-target", "ladder-start", "programs", "partner"),
    *("next-pane", "previous-pane", "back"),
)
PLAN_LIST_ACTIONS = ("export-plan",)
START_ACTIONS = ("next-box", "previous-box")
#: Panes in which letters are typed, so that only keys that aren't letters or signs work.
TYPING_PANES = ("query", "filter")


class Pane(NamedTuple):
    """A pane: its title, its help text, the actions in the key bar (six and help at most), and those only it has."""

    title: str
    help: str
    key_bar: tuple[str, ...]
    actions: tuple[str, ...] = SCROLL_ACTIONS


PANES: Mapping[str, Pane] = {
    "query": Pane(
        "Search box",
        "The list changes as you type, and typos are forgiven. → accepts the gray suggestion, ↑ brings back an earlier "
        "search, ↓ or enter goes to the list. In the empty box, ? opens this help.",
        ("to-list", "next-pane", "previous-search", "palette", "quit", "help"),
        ("to-list", "previous-search"),
    ),
    "start": Pane(
        "Start",
        "Where to begin: the largest specialties and hospitals, what applicants need most, and the programs that pages "
        "describe best. The arrows go through a box and to the next one, enter narrows the list.",
        ("open", "next-box", "next-pane", "search", "palette", "help"),
        (*START_ACTIONS, *SCROLL_ACTIONS),
    ),
    "filter": Pane(
        "Filter",
        "The list shows the rows that have every word. ↓ or enter goes to the list; esc shows all rows again.",
        ("to-list", "back", "palette", "quit", "help"),
        ("to-list",),
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
        "Every program that matches, best match first. ★ is on your shortlist, ? and – were passed over as “maybe” and "
        "“no”, ◆ is marked for comparison. Click a heading to sort by it, and again to reverse the order; click left "
        "of a name to save the program.",
        ("open", "save", "mark", "search", "filters", "help"),
    ),
    "detail": Pane(
        "Program",
        "What is known about the program, its own words first. * marks what only another source says, ~ what holds for "
        "the whole hospital, ? what is unconfirmed. The period shows the pages that state a value, and o opens the "
        "first one. Enter opens what a value names, and = narrows the search to the programs that share it. Your "
        "search words are highlighted; n goes through them, then on to the next program. Press a to write a note.",
        ("section-number", "follow-link", "show-source", "save", "back", "help"),
        (*PAGE_ACTIONS, *SCROLL_ACTIONS),
    ),
    "triage": Pane(
        "Triage",
        "The programs of your search, one at a time. i saves the program to your shortlist, m and n pass it over as "
        "“maybe” or “no”; each goes on to the next one that isn't decided. u undoes. Everything is saved at once, so "
        "stop when you like and press d again. triage:maybe, triage:no and triage:new find programs by what you "
        "decided; no other search hides them.",
        ("triage-interested", "triage-maybe", "triage-no", "triage-next", "triage-read", "back", "help"),
        (*TRIAGE_ACTIONS, *SCROLL_ACTIONS),
    ),
    "entries": Pane(
        "Your shortlist",
        "Your programs in your order. Every change is saved immediately and can be undone, even after you quit. "
        "Commands act on the program under the cursor, or on the selected ones: x selects, and so do shift with the "
        "arrows and a right click. Marks for comparison (◆) change nothing here. Drag a row to rank it. Custom columns "
        "can have weights, which produce a score, and requirements. Δ means that the data has changed since you last "
        "looked.",
        ("open", "rank-up", "rank-down", "status", "note", "export", "help"),
    ),
    "comparison": Pane(
        "Comparison",
        "What decides between the marked programs: a fact on each line, and on top what is equal. The whole text of "
        "the cell under the cursor is at the bottom, with its pages; o opens the first of them. — means that nobody "
        "says, ~ that it holds for the whole hospital, * that only another source says it. d shows every field in "
        "full. Enter reads the program, or shows the fellowships of a cell that counts them.",
        ("open-program", "next-column", "differences", "add-program", "remove-program", "help"),
        (*COMPARISON_ACTIONS, *SCROLL_ACTIONS),
    ),
    "map": Pane(
        "Map",
        "A tile for each state, with the number of programs that match; the more, the stronger its ground. ✓ marks the "
        "states that the search asks for. Enter narrows the search to the state and shows its programs, space includes "
        "or clears it, r shows the programs around a city, and / changes the search. While all programs are in New "
        "England, it's enlarged, with its hospitals as tiles; z shows the whole country.",
        ("narrow-to-place", "map-east", "toggle-state", "near", "search", "back", "help"),
        (*MAP_ACTIONS, *SCROLL_ACTIONS),
    ),
    "places": Pane(
        "Places",
        "The cities of the state under the cursor of the map, and the hospitals in each, with the number of programs "
        "that match. Enter narrows the search to one of them, r to the programs around it.",
        ("narrow-to-place", "near", "search", "next-pane", "back", "help"),
    ),
    "coverage-map": Pane(
        "Coverage",
        "Which share of each institution's programs states a fact; the more, the stronger the ground of its cell. "
        "Enter shows the programs that don't state it, p all programs of the institution.",
        ("show-unstated", "next-column", "programs", "back", "help"),
        (*COVERAGE_ACTIONS, *SCROLL_ACTIONS),
    ),
    "plans": Pane(
        "List",
        "You, and what fits you; what training can follow; the season of your list with its costs and signals; and the "
        "rows that a couple ranks. The page of the row is beside it.",
        ("open", "other-season", "all-services", "what-if", "export-plan", "partner", "help"),
        (*PLAN_LIST_ACTIONS, *SCROLL_ACTIONS),
    ),
    "profile": Pane(
        "You",
        "Your answers about yourself, to compare with what pages state. Enter changes a row, del clears it, + "
        "adds an exam, training, a license or experience, and u undoes a change. Nothing is required. It stays in a "
        "file on this computer, and is in no export; o opens the file, p another profile.",
        ("edit-row", "forget", "add-to-profile", "open-profile-file", "profiles", "back", "help"),
        (*PROFILE_ACTIONS, *PAGE_ACTIONS, *SCROLL_ACTIONS),
    ),
    "fits": Pane(
        "Fits",
        "What programs' pages state, compared with your profile: first what counts against you, then what is unclear, "
        "then what you meet. None is hidden. Enter reads the program, or shows the programs with a state; a "
        "compares other programs. It is a reading of pages: ask the program before you decide.",
        ("open-fit", "other-programs", "programs", "profile", "next-pane", "back", "help"),
        (*FITS_ACTIONS, *SCROLL_ACTIONS),
    ),
    "fits-page": Pane(
        "Page",
        "The requirements of the program under the cursor, each with what comparing it with your profile finds. The "
        "period shows the pages that state a requirement.",
        ("show-source", "programs", "profile", "next-pane", "back", "help"),
        (*PAGE_ACTIONS, *SCROLL_ACTIONS),
    ),
    "ladder": Pane(
        "Ladder",
        "What training can follow the start on top: its own years, all years from PGY-1 to its end, and where its "
        "programs are. † marks general knowledge, + is “at least”, j is run jointly. → and ← unfold and fold, e shows "
        "the programs, t every way to a specialty, and f starts somewhere else. What is known of the rung under the "
        "cursor is below.",
        ("read-rung", "unfold", "rung-programs", "ladder-target", "ladder-start", "next-pane", "help"),
        (*LADDER_ACTIONS, *SCROLL_ACTIONS),
    ),
    "ladder-page": Pane(
        "Page",
        "What is known of the rung under the cursor of the ladder, or every way to a specialty: t chooses the "
        "specialty, f where a ladder starts, and p shows the programs. The period shows the pages that state a line.",
        ("follow-link", "show-source", "programs", "ladder-target", "ladder-start", "back", "help"),
        (*PAGE_ACTIONS, *SCROLL_ACTIONS),
    ),
    "couple": Pane(
        "Couple",
        "The rows that you and your partner rank: a program of yours and one of your partner's in each. You match in a "
        "row only if both of you do. J and K move a row, x removes it, o orders the rows, m limits the miles between "
        "the cities, 0 adds rows in which one of you goes unmatched, and u undoes a change. + marks new pairs.",
        ("row-down", "take-out", "row-order", "row-miles", "no-match-rows", "export-halves", "help"),
        (*COUPLE_ROW_ACTIONS, *SCROLL_ACTIONS),
    ),
    "couple-page": Pane(
        "Page",
        "What the row under the cursor means, what is left out, and what a couple should know. i chooses the partner's "
        "list. The period shows the pages that state a line.",
        ("partner", "show-source", "next-pane", "back", "help"),
        (*PAGE_ACTIONS, *SCROLL_ACTIONS),
    ),
    "plan-page": Pane(
        "Page",
        "* marks what no official page states. The period shows the pages that state a line, and o opens the first. "
        "Enter opens what is folded, or the program that a line is about.",
        ("follow-link", "back", "other-season", "all-services", "export-calendar", "show-source", "help"),
        (*PAGE_ACTIONS, *SCROLL_ACTIONS),
    ),
    "items": Pane(
        "List",
        "The page of the row under the cursor is shown beside it; p shows the row's programs.",
        ("open", "programs", "filter-list", "next-pane", "back", "help"),
    ),
    "page": Pane(
        "Page",
        "The period shows the pages that state a value, and o opens the first one. Enter opens what a value names.",
        ("section-number", "follow-link", "show-source", "programs", "back", "help"),
        (*PAGE_ACTIONS, *SCROLL_ACTIONS),
    ),
}


class ScreenLayout(NamedTuple):
    """A screen: the actions that work in all of it, and its panes."""

    actions: tuple[str, ...]
    panes: tuple[str, ...]


SCREEN_LAYOUTS: Mapping[str, ScreenLayout] = {
    "explore": ScreenLayout(EXPLORE_ACTIONS, ("query", "start", "facets", "programs", "detail")),
    "triage": ScreenLayout(TRIAGE_SCREEN_ACTIONS, ("triage",)),
    "shortlist": ScreenLayout(SHORTLIST_ACTIONS, ("filter", "entries", "detail")),
    "compare": ScreenLayout(COMPARE_ACTIONS, ("comparison",)),
    "institutions": ScreenLayout(REFERENCE_ACTIONS, ("filter", "items", "page")),
    "specialties": ScreenLayout(REFERENCE_ACTIONS, ("filter", "items", "page")),
    "plan": ScreenLayout(
        PLAN_ACTIONS,
        ("plans", "plan-page", "profile", "fits", "fits-page", "ladder", "ladder-page", "couple", "couple-page"),
    ),
    "map": ScreenLayout(MAP_SCREEN_ACTIONS, ("filter", "map", "places")),
    "coverage": ScreenLayout(COVERAGE_SCREEN_ACTIONS, ("coverage-map",)),
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
