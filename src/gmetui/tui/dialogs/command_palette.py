"""The command palette: every command, institution, specialty, filter, saved search and program, found by typing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from ...catalog.catalog import Catalog
from ...catalog.ids import ProgramId
from ...catalog.models import Program
from ...export.formats import FORMATS
from ...search import Query, search
from ..actions import ACTIONS
from ..command_words import CHANGE_KEY_WORDS, COMMAND_WORDS, EXPORT_WORDS
from ..context import AppContext
from ..contexts import SCROLL_ACTIONS
from ..keymap import KeyMap
from ..rendering.institution_topics import institution_topics
from ..widgets.option_list import ListOption
from .export_dialog import ExportDialog
from .key_dialogs import change_key
from .option_dialog import OptionDialog
from .query_dialogs import all_value_options

_MAX_PROGRAMS = 30  # offered for what is typed
HIDDEN_ACTIONS = frozenset(
    {*SCROLL_ACTIONS, "palette", "previous-search", "section-number"}
)  # which make no sense as commands

_PASSED_OVER_NAMES = ("maybe", "no", "passed over", "decided", "rejected")
_PASSED_OVER = ListOption("search:triage:no,maybe", "Show what you passed over", "", "›", _PASSED_OVER_NAMES)


def open_palette(context: AppContext) -> None:
    """Open the palette."""
    options = _options(context)
    context.open_dialog(
        OptionDialog(
            "Find anything",
            "enter selects · esc closes",
            lambda: options,
            partial(_select, context),
            on_alternate=partial(_select, context, exclude=True),
            search_more=partial(_program_options, context),
            placeholder="a command, hospital, specialty, filter or program",
        )
    )


def find_programs_to_compare(context: AppContext) -> None:
    """Add programs to the comparison, found by typing, or remove them."""
    catalog, session = context.catalog, context.session

    def option_of(program: Program) -> ListOption:
        sign = "✓" if program.id in session.marks.value else "·"
        return ListOption(program.id, program.name, catalog.institution[program.institution].short_name, sign)

    def load_options() -> list[ListOption]:
        marked_ids = (ProgramId(marked) for marked in session.marks.value)
        return [option_of(catalog.program[marked_id]) for marked_id in marked_ids if marked_id in catalog.program]

    def search_more(typed_text: str) -> Sequence[ListOption]:
        programs = search(catalog, Query.parse(typed_text)).programs(0, _MAX_PROGRAMS)
        return [option_of(program) for program in programs if program.id not in session.marks.value]

    def toggle(option: ListOption) -> None:
        session.toggle_mark(catalog.program[ProgramId(option.key)])

    footer = "enter adds or removes · esc closes"
    context.open_dialog(
        OptionDialog(
            "Compare with",
            footer,
            load_options,
            toggle,
            keep_open=True,
            search_more=search_more,
            placeholder="type a program, such as internal medicine tufts",
            empty_text="Type the name of a program.",
            min_rows=12,
        )
    )


def _options(context: AppContext) -> list[ListOption]:
    """Return all options except the programs. A key is the kind of the option and what it selects."""
    catalog, session = context.catalog, context.session
    searches = [
        ListOption(f"search:{query_text}", name, "saved search", "?", (query_text,))
        for name, query_text in session.settings.searches.items()
    ]
    institutions = [
        ListOption(
            f"read:institutions:{institution.id}",
            institution.name,
            "institution",
            "≡",
            (institution.short_name, *institution.also_called),
        )
        for institution in catalog.institutions
    ]
    specialties = [
        ListOption(
            f"read:specialties:{specialty.id}",
            specialty.label,
            "specialty",
            "≡",
            (specialty.name, *specialty.abbreviations, *specialty.synonyms),
        )
        for specialty in catalog.specialties
    ]
    filters = [option._replace(key=f"filter:{option.key}") for option in all_value_options(context.query_controller)]
    return [
        *command_options(session.key_map),
        *searches,
        *institutions,
        *topic_options(catalog),
        *specialties,
        *filters,
    ]


def topic_options(catalog: Catalog) -> list[ListOption]:
    """Return the sections of institutions' pages that cover what no program page does."""
    return [
        ListOption(f"topic:{topic.institution}:{topic.section}", topic.name, "institution", "≡", topic.search_terms)
        for topic in institution_topics(catalog)
    ]


def command_options(key_map: KeyMap) -> list[ListOption]:
    """Return all commands, found by what they do, by their names, and by what other programs call them."""
    commands = [
        ListOption(
            f"command:{action.id}",
            action.help.removesuffix("."),
            key_map.label(action.id),
            "›",
            (action.label, *COMMAND_WORDS.get(action.id, ())),
        )
        for action in ACTIONS
        if action.id not in HIDDEN_ACTIONS
    ]
    triage = next(index for index, command in enumerate(commands) if command.key == "command:triage")
    commands.insert(triage, _PASSED_OVER)  # before the commands that change what it shows
    exports = [
        ListOption(f"export:{name}", f"Export to {export_format.label}", "", "›", EXPORT_WORDS.get(name, ()))
        for name, export_format in FORMATS.items()
    ]
    return [*commands, *exports, ListOption("change-key:", "Change a key …", "", "›", CHANGE_KEY_WORDS)]


def _program_options(context: AppContext, typed_text: str) -> Sequence[ListOption]:
    catalog = context.catalog
    programs = search(catalog, Query.parse(typed_text)).programs(0, _MAX_PROGRAMS)
    return [
        ListOption(f"program:{program.id}", program.name, catalog.institution[program.institution].short_name, "▸")
        for program in programs
    ]


async def _open_export(context: AppContext, format_name: str) -> None:
    """Open the export dialog of the screen with a format selected."""
    await context.perform_action("export")
    dialog = context.screen
    if isinstance(dialog, ExportDialog):
        dialog.call_after_refresh(dialog.choose_format, format_name)


def _select(context: AppContext, option: ListOption, *, exclude: bool = False) -> None:
    """Do what an option stands for; `exclude` excludes the value of a filter."""
    kind, _, argument = option.key.partition(":")
    if kind == "command":
        context.call_later(context.perform_action, argument)
    elif kind == "export":
        context.call_later(_open_export, context, argument)
    elif kind == "change-key":
        change_key(context)
    elif kind == "search":
        context.open_query(argument)
    elif kind == "read":
        context.open_reference(*argument.split(":", 1))
    elif kind == "topic":
        institution_id, _, section = argument.partition(":")
        context.open_reference("institutions", institution_id, section)
    elif kind == "filter":
        field_name, _, value = argument.partition(":")
        context.action_open_screen("explore")
        context.query_controller.toggle_value(field_name, value, exclude=exclude)
    else:
        context.open_program(argument)
