"""Dialogs that create, change and remove custom columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from ...shortlist.columns import DATE, NUMBER, RATING, TEXT, WEIGHTED_KINDS, YES_NO, CustomColumn, custom_column
from ...text import sanitize
from ..shortlist_editor import ShortlistEditor
from ..widgets.option_list import ListOption
from .option_dialog import OptionDialog
from .prompt_dialog import ask_text

KIND_DESCRIPTIONS: Mapping[str, str] = {
    RATING: "a rating from 1 to 5; can have a weight",
    YES_NO: "yes or no; can have a weight",
    NUMBER: "a number, such as a salary or miles; can have a weight",
    DATE: "a date",
    TEXT: "text",
}
_REQUIREMENT_EXAMPLES: Mapping[str, str] = {
    NUMBER: "such as >= 60000",
    RATING: "such as >= 3",
    DATE: "such as <= 7/1/2027",
    YES_NO: "yes, or no",
}


def choose_column(editor: ShortlistEditor) -> None:
    """Choose a column to change, or create one by typing its name."""

    def load_options() -> list[ListOption]:
        return [ListOption(column.name, column.name, _summary(column), "≡") for column in editor.shortlist.columns]

    def edit(option: ListOption) -> None:
        column = editor.shortlist.column(option.key)
        if column is None:
            _choose_kind(editor, option.key.removeprefix("+"))
        else:
            _edit_column(editor, column)

    def remove(option: ListOption) -> None:
        column = editor.shortlist.column(option.key)
        if column is None:
            edit(option)
        else:
            editor.save(editor.shortlist.without_column(column.name), f"removed the column {column.name}")

    footer = "enter changes or creates · ctrl+x removes · esc closes"
    editor.context.open_dialog(
        OptionDialog(
            "Custom columns",
            footer,
            load_options,
            edit,
            on_alternate=remove,
            search_more=partial(_new_columns, editor),
            placeholder="type the name of a new column, or find one",
            empty_text="No custom columns yet. Type a name, such as Miles from home.",
        )
    )


def _new_columns(editor: ShortlistEditor, typed_text: str) -> Sequence[ListOption]:
    """Offer a new column of the typed name."""
    column_name = " ".join(sanitize(typed_text).split())
    names = {column.name.casefold() for column in editor.shortlist.columns}
    if not column_name or column_name.casefold() in names:
        return ()
    return (ListOption(f"+{column_name}", column_name, "new column", "+"),)


def _summary(column: CustomColumn) -> str:
    weight = f", weight {column.weight}" if column.weight else ""
    requirement = f", requires {column.requirement}" if column.requirement else ""
    return f"{column.kind}{weight}{requirement}"


def _save_column(editor: ShortlistEditor, create: Callable[[], CustomColumn], replacing: str = "") -> str | None:
    """Save a column; return why that failed, or None on success."""
    try:
        column = create()
    except ValueError as error:
        message = str(error)
        return f"{message[:1].upper()}{message[1:]}"
    if column.name != replacing and editor.shortlist.column(column.name):
        return f"There is already a column named {column.name}."
    return editor.try_save(editor.shortlist.with_column(column, replacing), f"column {column.name}")


def _choose_kind(editor: ShortlistEditor, column_name: str, column: CustomColumn | None = None) -> None:
    """Choose what `column`, or a new column, holds."""
    current = column.kind if column else ""

    def load_options() -> list[ListOption]:
        return [
            ListOption(kind, kind, description, "✓" if kind == current else "·")
            for kind, description in KIND_DESCRIPTIONS.items()
        ]

    def set_kind(option: ListOption) -> None:
        weight = column.weight if column and option.key in WEIGHTED_KINDS else 0
        problem = _save_column(
            editor, lambda: custom_column(column_name, option.key, weight), replacing=column.name if column else ""
        )
        created = editor.shortlist.column(column_name)
        if problem:
            editor.context.notify_error(problem)
        elif created is not None and column is None:
            _edit_column(editor, created)

    title = f"What does “{column_name}” hold?"
    footer = "enter selects · esc cancels"
    editor.context.open_dialog(OptionDialog(title, footer, load_options, set_kind, start_key=current))


def _edit_column(editor: ShortlistEditor, column: CustomColumn) -> None:
    """Choose which property of a column to change."""
    options = [ListOption("name", "Name", column.name), ListOption("kind", "Values", column.kind)]
    if column.kind in WEIGHTED_KINDS:
        options.append(ListOption("weight", "Weight in the score", str(column.weight or "none")))
    options.append(ListOption("requirement", "Requirement", column.requirement or "none"))
    options.append(ListOption("done", "Done"))

    def edit(option: ListOption) -> None:
        if option.key == "kind":
            _choose_kind(editor, column.name, column)
        elif option.key == "name":
            _ask_name(editor, column)
        elif option.key == "weight":
            _ask_weight(editor, column)
        elif option.key == "requirement":
            _ask_requirement(editor, column)

    title = f"Column “{column.name}”"
    editor.context.open_dialog(OptionDialog(title, "enter changes · esc closes", lambda: options, edit))


def _ask_name(editor: ShortlistEditor, column: CustomColumn) -> None:
    def rename(new_name: str) -> CustomColumn:
        return custom_column(new_name, column.kind, column.weight, column.requirement)

    _ask(editor, column, "New name", column.name, rename, column.name)


def _ask_weight(editor: ShortlistEditor, column: CustomColumn) -> None:
    def set_weight(answer: str) -> CustomColumn:
        try:
            weight = float(answer) if answer else 0
        except ValueError:
            raise ValueError(f"“{answer}” is not a number. Write a number such as 3, or -1 if less is better") from None
        return custom_column(column.name, column.kind, weight, column.requirement)

    description = "3 counts three times as much as 1; below 0 if less is better; empty for none"
    _ask(editor, column, description, "3", set_weight, str(column.weight or ""))


def _ask_requirement(editor: ShortlistEditor, column: CustomColumn) -> None:
    def set_requirement(requirement: str) -> CustomColumn:
        return custom_column(column.name, column.kind, column.weight, requirement)

    description = "Programs with another value get no score; empty values don't count"
    example = _REQUIREMENT_EXAMPLES.get(column.kind, "the required text")
    _ask(editor, column, description, example, set_requirement, column.requirement)


def _ask(
    editor: ShortlistEditor,
    column: CustomColumn,
    description: str,
    example: str,
    replacement_of: Callable[[str], CustomColumn],
    text: str,
) -> None:
    """Ask for one property, save the column that follows from the answer, and return to its properties."""
    changed_column = column

    def accept(answer: str) -> str | None:
        nonlocal changed_column
        try:
            changed_column = replacement_of(answer)
        except ValueError as error:
            message = str(error)
            return f"{message[:1].upper()}{message[1:]}."
        return _save_column(editor, lambda: changed_column, column.name)

    title = f"Column “{column.name}”"
    reopen = partial(_reopen_column, editor, lambda: changed_column.name)
    ask_text(editor.context, title, description, example, accept, text=text, on_accepted=reopen)


def _reopen_column(editor: ShortlistEditor, column_name: Callable[[], str]) -> None:
    column = editor.shortlist.column(column_name())
    if column is not None:
        _edit_column(editor, column)
