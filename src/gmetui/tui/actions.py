"""Every action of the application, declared once: keys, key bar, help and command palette follow from this table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from textual.binding import Binding, BindingType

from .key_names import key_label


class Action(NamedTuple):
    """Something the user can do.

    `id` names it in the settings; `command` is the Textual action it runs, in which "{key}" stands for the key that was
    pressed; `keys` are Textual's key names; `label` is the text beside the key in the key bar, and `key_label` the key
    as shown there.
    """

    id: str
    command: str
    keys: tuple[str, ...]
    key_label: str
    label: str
    help: str


def _action(id: str, *, keys: str, help: str, command: str = "", label: str = "", key_text: str = "") -> Action:
    """Declare an action; what isn't given follows from its id and its first key."""
    key_names = tuple(keys.split())
    return Action(
        id=id,
        command=command or id.replace("-", "_"),
        keys=key_names,
        key_label=key_text or key_label(key_names[0]),
        label=label or id.replace("-", " "),
        help=help,
    )


ACTIONS: tuple[Action, ...] = (
    # Searching and filtering.
    _action("search", keys="slash f3", help="Go to the search box."),
    _action("filter-list", keys="slash f3", label="filter", help="Show only the rows that have some words."),
    _action("to-list", keys="enter", command="focus_list", label="list", help="Go to the list."),
    _action("clear-filters", keys="x", help="Remove all filters and keep the words."),
    _action("clear-search", keys="X", label="clear all", help="Clear search and filters."),
    _action("remove-last-word", keys="backspace", label="remove last", help="Remove the last word or filter."),
    _action("find-filter", keys="F", help="Find a filter by typing."),
    _action("sort", keys="O", help="Sort the list by a column."),
    _action("columns", keys="C", help="Choose the columns of the list."),
    _action(
        "previous-search",
        keys="up",
        command="recall_query(-1)",
        help="In the search box: bring back an earlier search.",
    ),
    _action("save-search", keys="w", help="Save the current search under a name."),
    _action("saved-searches", keys="W", command="show_dialog('saved-searches')", help="Run or delete a saved search."),
    # Going somewhere.
    _action("go-back", keys="b alt+left", command="navigate(-1)", help="Go back to what you viewed before."),
    _action("go-forward", keys="B alt+right", command="navigate(1)", help="Go forward again."),
    _action("filters", keys="f 1", command="focus_pane('facets')", help="Go to the filters."),
    _action("list", keys="2", command="focus_pane('programs')", help="Go to the list of programs."),
    _action("program", keys="3", command="focus_pane('detail')", help="Go to the program's page."),
    _action("explore", keys="E f2", command="open_screen('explore')", help="Go to the program search."),
    _action("shortlist", keys="S f4", command="open_screen('shortlist')", help="Open your shortlist."),
    _action("compare", keys="c f8", help="Compare the marked programs."),
    _action("institutions", keys="I f5", command="open_screen('institutions')", help="Browse the institutions."),
    _action("specialties", keys="T f6", command="open_screen('specialties')", help="Browse the specialties."),
    _action("map", keys="M", command="open_screen('map')", help="See on a map where the programs of the search are."),
    _action("coverage", keys="V f7", command="open_screen('coverage')", help="See how complete the data is."),
    _action("dates", keys="D", command="show_dialog('dates')", help="Show the dates of your shortlist."),
    _action(
        "plan",
        keys="P f10",
        command="open_screen('plan')",
        help="See your plan: what fits you, training, the season, couples.",
    ),
    _action("other-season", keys="v", help="Show the next season, or the one before."),
    _action("all-services", keys="a", help="Show the dates of every service, or only of those that your list needs."),
    _action("export-calendar", keys="e", label="calendar", help="Export the dates of the season as a calendar."),
    _action(
        "export-plan",
        keys="e",
        command="screen.export_plan",
        label="export",
        help="Export what the row of the plan shows.",
    ),
    _action("what-if", keys="w", label="what if", help="Type in how many programs you apply to."),
    _action(
        "ladder",
        keys="R",
        command="screen.ladder",
        help="See what training can follow the program or specialty under the cursor.",
    ),
    _action("read-rung", keys="enter", label="specialty", help="Read about the specialty of the rung."),
    _action("unfold", keys="right l", label="unfold", key_text="←→", help="Show what follows the rung."),
    _action("fold", keys="left h", help="Hide what follows the rung, or go to the rung below it."),
    _action(
        "rung-programs",
        keys="e",
        command="screen.show_programs",
        label="programs",
        help="Show the programs of the rung in the search.",
    ),
    _action("ladder-target", keys="t", label="to become", help="Choose a specialty, and see every way to it."),
    _action("ladder-start", keys="f", label="from", help="Choose where the ladder starts."),
    _action(
        "profile",
        keys="Q",
        command="show_dialog('profile')",
        label="your profile",
        help="Your profile: tell gmetui about yourself, and compare it with what programs require.",
    ),
    _action("edit-row", keys="enter", label="change", help="Change what the row tells, or answer what it asks."),
    _action("forget", keys="delete backspace", key_text="del", label="clear", help="Clear the answer in the row."),
    _action("add-to-profile", keys="plus", label="add", help="Add an exam, training, a license or experience."),
    _action("open-profile-file", keys="o", label="open the file", help="Edit the file of the profile as text."),
    _action("profiles", keys="p", help="Open another profile, or make a new one."),
    _action(
        "undo-profile", keys="u", command="step_profile(-1)", label="undo", help="Undo the last change to your profile."
    ),
    _action("redo-profile", keys="ctrl+r", command="step_profile(1)", label="redo", help="Redo what you undid."),
    _action("open-fit", keys="enter", label="open", help="Read the program, or show the programs with the state."),
    _action(
        "other-programs",
        keys="a",
        command="screen.other_programs",
        label="other programs",
        help="Compare the search, your list, all residencies, or all programs with your profile.",
    ),
    _action("partner", keys="i", help="Choose your partner's list, to rank pairs of programs with it."),
    _action(
        "row-down", keys="J alt+down", command="move_row(1)", label="move", key_text="J K", help="Move the row down."
    ),
    _action("row-up", keys="K alt+up", command="move_row(-1)", help="Move the row up."),
    _action("take-out", keys="x delete", label="remove", help="Remove the row; o restores all removed rows."),
    _action("row-order", keys="o", label="order", help="Choose the order of the rows."),
    _action("row-miles", keys="m", label="miles", help="Choose how far apart the programs of a row may be."),
    _action("no-match-rows", keys="0", label="No Match", help="Add or remove rows in which one of you goes unmatched."),
    _action("export-halves", keys="e", label="export", help="Export the rows for both of you."),
    _action("undo-row", keys="u", label="undo", help="Undo the last change to the rows."),
    _action("redo-row", keys="ctrl+r", help="Redo what you undid."),
    _action("lists", keys="L", command="show_dialog('lists')", help="Open or create another shortlist."),
    _action("next-pane", keys="tab", command="next_pane(1)", help="Go to the next pane."),
    _action("previous-pane", keys="shift+tab", command="next_pane(-1)", help="Go to the previous pane."),
    _action("back", keys="escape", help="Go back one level."),
    _action("next-box", keys="right l", command="box(1)", label="box", key_text="←→", help="Go to the next box."),
    _action("previous-box", keys="left h", command="box(-1)", help="Go to the previous box."),
    # Programs.
    _action("open", keys="enter", label="read", help="Read the program under the cursor."),
    _action("programs", keys="p", command="show_programs", help="Show the programs of this row."),
    _action("mark", keys="space", help="Mark or unmark the program for comparison."),
    _action("unmark-all", keys="U", help="Unmark all programs that are marked for comparison."),
    _action("save", keys="s", help="Save the program to your shortlist, or remove it."),
    _action("note", keys="n a", help="Write a note; this saves the program to your shortlist."),
    _action("source", keys="o", label="open web page", help="Open the program's web page in the browser."),
    _action("copy", keys="y", help="Copy the program's name, institution and web address."),
    _action("copy-list", keys="Y", help="Copy the list as text or as a table."),
    _action("export", keys="e", help="Export the shortlist or the list to a file."),
    # A quick pass over many programs.
    _action("triage", keys="d", label="decide", help="Decide on the programs of the list, one after the other."),
    _action(
        "triage-interested",
        keys="i s",
        command="screen.decide('interested')",
        label="interested",
        help="Save the program to your shortlist, and go on.",
    ),
    _action(
        "triage-maybe", keys="m", command="screen.decide('maybe')", label="maybe", help="Keep the program for later."
    ),
    _action("triage-no", keys="n", command="screen.decide('no')", label="no", help="Pass the program over."),
    _action(
        "triage-forget",
        keys="delete backspace",
        command="screen.forget_decision",
        label="undecided",
        help="Forget what you decided about the program.",
    ),
    _action(
        "triage-forget-all",
        keys="X",
        command="screen.forget_all",
        label="start over",
        help="Forget everything that you passed over; asks first.",
    ),
    _action(
        "triage-next",
        keys="right l",
        command="screen.step(1)",
        label="next, back",
        key_text="→←",
        help="Go to the next program.",
    ),
    _action("triage-previous", keys="left h", command="screen.step(-1)", help="Go to the program before."),
    _action("triage-read", keys="enter", command="screen.read_program", label="read", help="Read the whole page."),
    # Comparison.
    _action("open-program", keys="enter", label="read", help="Read the selected program."),
    _action(
        "next-column",
        keys="right l",
        command="column(1)",
        label="column",
        key_text="←→",
        help="Select another program.",
    ),
    _action("previous-column", keys="left h", command="column(-1)", help="Select the previous program."),
    _action("differences", keys="d", label="everything", help="Show what decides, or every field in full."),
    _action("move-left", keys="K shift+left", command="move_program(-1)", help="Move the program to the left."),
    _action(
        "move-right",
        keys="J shift+right",
        command="move_program(1)",
        label="order",
        key_text="K J",
        help="Move the program to the right.",
    ),
    _action("add-program", keys="plus a", label="add", help="Find a program to add to the comparison."),
    _action(
        "remove-program",
        keys="space delete",
        command="screen.remove_program",
        label="remove",
        help="Remove the program from the comparison.",
    ),
    _action(
        "show-unstated",
        keys="enter",
        label="programs without it",
        help="Show the programs of the institution that don't state the fact.",
    ),
    # The map.
    _action("map-east", keys="right l", command="column(1)", label="move", key_text="←→↑↓", help="Go to the east."),
    _action("near", keys="r", label="radius", help="Find the programs within some miles of a city or hospital."),
    _action("map-west", keys="left h", command="column(-1)", help="Go to the west."),
    _action(
        "narrow-to-place",
        keys="enter",
        label="programs",
        help="Narrow the search to the state, city or hospital, and show its programs.",
    ),
    _action("toggle-state", keys="space", label="include", help="Include the state in the search, or clear it."),
    _action("zoom", keys="z", help="Show the whole country, or New England enlarged."),
    # Pages.
    _action("next-link", keys="right l", command="link(1)", help="Go to the next link."),
    _action("previous-link", keys="left h", command="link(-1)", help="Go to the previous link."),
    _action(
        "follow-link",
        keys="enter",
        command="follow",
        label="open",
        help="Open what the value names, or the list that is cut; show the source of any other value.",
    ),
    _action("show-source", keys="full_stop", label="source", help="Show the pages that state the value, or hide them."),
    _action("narrow", keys="equals_sign", help="Narrow the search to the programs that share the value."),
    _action(
        "section-number",
        keys="1 2 3 4 5 6 7 8 9",
        command="numbered_section('{key}')",
        label="section",
        key_text="1-9",
        help="Go to the section of a number.",
    ),
    _action("next-match", keys="n", command="find(1)", help="Go to the next match of your search words."),
    _action("previous-match", keys="N", command="find(-1)", help="Go to the previous match."),
    _action("next-section", keys="right_square_bracket", command="section(1)", help="Go to the next section."),
    _action("previous-section", keys="left_square_bracket", command="section(-1)", help="Go to the previous section."),
    # Filters.
    _action("include", keys="space enter", help="Include this value, or clear it."),
    _action("exclude", keys="minus", help="Exclude this value, or clear it."),
    _action("expand-group", keys="right l", command="group(1)", label="expand", help="Show the values of this group."),
    _action(
        "collapse-group", keys="left h", command="group(0)", label="collapse", help="Hide the values of the group."
    ),
    # Scrolling.
    _action("up", keys="up k", command="move(-1)", help="Move up one line."),
    _action("down", keys="down j", command="move(1)", help="Move down one line."),
    _action("page-up", keys="pageup ctrl+u", command="page(-1)", help="Move up one page."),
    _action("page-down", keys="pagedown ctrl+d", command="page(1)", help="Move down one page."),
    _action("top", keys="home g", command="end(-1)", help="Go to the top."),
    _action("bottom", keys="end G", command="end(1)", help="Go to the bottom."),
    # The shortlist.
    _action("status", keys="t", help="Set your application status."),
    _action("rate", keys="r", help="Rate it from one to five."),
    _action("signal", keys="dollar_sign", help="Note the program signal that you give it."),
    _action("tag", keys="number_sign", label="tags", help="Add tags."),
    _action("date", keys="at", help="Add a date, such as an interview."),
    _action("values", keys="v", command="edit_values", help="Fill in your custom columns or a score."),
    _action("custom-columns", keys="C", label="columns", help="Add or change custom columns and their weights."),
    _action("mark-seen", keys="z", help="Mark changes as seen."),
    _action("history", keys="H", command="show_history", help="Compare and restore earlier versions of the list."),
    _action("import", keys="i", command="import_file", help="Import a shortlist, such as your own spreadsheet."),
    _action("rank-up", keys="K alt+up", command="rank(-1)", help="Move the program up your list."),
    _action("rank-down", keys="J alt+down", command="rank(1)", help="Move the program down your list."),
    _action("remove", keys="s delete", help="Remove the program, or the selected ones, from your shortlist."),
    _action("select", keys="x", help="Select the program, or deselect it: commands act on all selected programs."),
    _action("select-up", keys="shift+up", command="extend_selection(-1)", help="Select the program and go up."),
    _action("select-down", keys="shift+down", command="extend_selection(1)", help="Select the program and go down."),
    _action("select-all", keys="ctrl+a", help="Select all programs of the list, or none."),
    # The application.
    _action(
        "imported-lists",
        keys="A",
        command="show_dialog('imported-lists')",
        label="add programs",
        help="Import program lists; update or remove imported ones.",
    ),
    _action("undo", keys="u", help="Undo the last search, mark or change to the list."),
    _action("redo", keys="ctrl+r", help="Redo what you undid."),
    _action("wider", keys="greater_than_sign", command="resize_pane(1)", help="Make the pane wider."),
    _action("narrower", keys="less_than_sign", command="resize_pane(-1)", help="Make the pane narrower."),
    _action(
        "palette",
        keys="ctrl+p colon",
        command="show_dialog('palette')",
        label="find anything",
        key_text=":",
        help="Find any command, program, institution or filter.",
    ),
    _action("theme", keys="f9", command="show_dialog('theme')", help="Choose a color theme."),
    _action("help", keys="question_mark f1", command="show_dialog('help')", help="Show the keys and how to search."),
    _action("suspend", keys="ctrl+z", help="Go to the shell; `fg` comes back."),
    _action("quit", keys="q ctrl+q", help="Quit; everything is saved."),
)
ACTIONS_BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}


def bindings(*action_ids: str, priority: Iterable[str] = ()) -> list[BindingType]:
    """Return the key bindings of some actions; those in `priority` are handled before the focused widget."""
    return [
        Binding(key, action.command.replace("{key}", key), action.label, id=action.id, priority=action.id in priority)
        for action in (ACTIONS_BY_ID[action_id] for action_id in action_ids)
        for key in action.keys
    ]
