"""Dialogs for the query: finding a filter, and saved searches."""

from __future__ import annotations

from ...search import Query
from ...search.fields import SearchField
from ..context import AppContext
from ..query_controller import QueryController
from ..widgets.option_list import ListOption
from .option_dialog import OptionDialog
from .prompt_dialog import ask_text

#: Opens the question for a place and a number of miles.
_NEAR_OPTION = ListOption(
    "near:", "Distance: near a city or hospital …", "miles", "·", ("miles", "within", "radius", "around")
)


def find_value(context: AppContext, search_field: SearchField | None) -> None:
    """Include or exclude values of one filter, or of any (None), found by typing."""
    controller = context.query_controller

    def load_options() -> list[ListOption]:
        if search_field is not None:
            return value_options(controller, search_field)
        return [*all_value_options(controller), _NEAR_OPTION]

    def toggle(option: ListOption, *, exclude: bool = False) -> None:
        if option is _NEAR_OPTION:
            dialog.action_close()
            context.call_later(context.perform_action, "near")
            return
        field_name, _, value = option.key.partition(":")
        controller.toggle_value(field_name, value, exclude=exclude)

    title = search_field.label if search_field else "Find a filter"
    footer = "enter includes · ctrl+x excludes · esc closes"
    dialog = OptionDialog(
        title,
        footer,
        load_options,
        toggle,
        on_alternate=lambda option: toggle(option, exclude=True),
        keep_open=True,
        has_right_click=True,
    )
    context.open_dialog(dialog)


def value_options(controller: QueryController, search_field: SearchField) -> list[ListOption]:
    """Return the values of a filter with their counts."""
    results = controller.results
    aliases: dict[str, list[str]] = {}
    for name, values in results.index.values(search_field).ids_by_name.items():
        for value in values:
            aliases.setdefault(value, []).append(name)
    options = []
    for facet_value in results.facet(search_field.name):
        sign = "−" if facet_value.excluded else "✓" if facet_value.selected else "·"
        option_key = f"{search_field.name}:{facet_value.value}"
        names = tuple(aliases.get(facet_value.value, ()))
        options.append(ListOption(option_key, facet_value.label, f"{facet_value.count:,}", sign, names))
    return options


def all_value_options(controller: QueryController) -> list[ListOption]:
    """Return the values of all filters, each preceded by the name of its filter."""
    return [
        option._replace(label=f"{search_field.label}: {option.label}")
        for search_field in controller.results.facet_fields
        for option in value_options(controller, search_field)
    ]


def save_search(context: AppContext) -> None:
    """Ask for a name and save the current search under it."""
    query_text = context.query_controller.text
    if not Query.parse(query_text):
        context.notify_status("Nothing to save: the search box is empty.")
        return

    def save(search_name: str) -> str | None:
        if not search_name:
            return "Enter a name."
        if context.session.set_setting(("searches", search_name), query_text):
            context.notify_status(f"Saved as “{search_name}”; W lists saved searches.")
        return None

    ask_text(context, "Save this search as", query_text, "a name, such as boston cards", save)


def choose_saved_search(context: AppContext) -> None:
    """Run a saved search, or delete it."""
    session = context.session
    if not session.settings.searches:
        context.notify_status("No saved searches yet; w saves the current one.")
        return

    def load_options() -> list[ListOption]:
        searches = session.settings.searches
        return [ListOption(name, name, query_text, aliases=(query_text,)) for name, query_text in searches.items()]

    def run(option: ListOption) -> None:
        context.open_query(session.settings.searches.get(option.key, option.detail))

    def delete(option: ListOption) -> None:
        if session.set_setting(("searches", option.key), None):
            context.notify_status(f"Deleted the saved search “{option.label}”.")

    footer = "enter runs · ctrl+x deletes · esc closes"
    context.open_dialog(OptionDialog("Saved searches", footer, load_options, run, on_alternate=delete))
