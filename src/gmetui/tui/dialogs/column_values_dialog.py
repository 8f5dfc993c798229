"""Dialogs that fill in custom columns and the score of shortlist entries."""

from __future__ import annotations

from collections.abc import Mapping

from ...shortlist.columns import DATE, NUMBER, RATING, TEXT, YES_NO, CustomColumn, format_value, parse_value
from ...shortlist.entries import MAX_SCORE
from ...shortlist.scores import scores
from ..shortlist_editor import ShortlistEditor
from ..widgets.option_list import ListOption
from .custom_columns_dialog import KIND_DESCRIPTIONS
from .option_dialog import OptionDialog
from .prompt_dialog import ask_text

_EXAMPLES: Mapping[str, str] = {NUMBER: "65,000", DATE: "1/15/2027", TEXT: "anything"}
_CHOICES: Mapping[str, tuple[str, ...]] = {RATING: ("5", "4", "3", "2", "1"), YES_NO: ("yes", "no")}


def edit_values(editor: ShortlistEditor) -> None:
    """Fill in the custom columns and the score of the targets."""
    targets = editor.targets
    if not targets:
        return
    program_id = targets[0].id

    def load_options() -> list[ListOption]:
        entry = editor.shortlist.entry(program_id) or targets[0]
        options = [
            ListOption(column.name, column.name, format_value(entry.value(column.name)) or "–", "≡")
            for column in editor.shortlist.columns
        ]
        return [*options, ListOption("", "Score", _score_text(editor, program_id), "★")]

    def edit(option: ListOption) -> None:
        column = editor.shortlist.column(option.key)
        if column is None:
            _ask_score(editor, dialog)
        else:
            _edit_value(editor, column, program_id, dialog)

    def clear(option: ListOption) -> None:
        column = editor.shortlist.column(option.key)
        problem = _set_score(editor, "") if column is None else _set_value(editor, column, "")
        if problem:
            editor.context.notify_error(problem)

    if not editor.shortlist.columns:
        editor.context.notify_status("No custom columns yet; C adds one.")
    footer = "enter fills in · ctrl+x clears · esc closes"
    title = f"Your columns: {editor.target_label}"
    dialog = OptionDialog(title, footer, load_options, edit, on_alternate=clear, keep_open=True)
    editor.context.open_dialog(dialog)


def _score_text(editor: ShortlistEditor, program_id: str) -> str:
    score = scores(editor.shortlist).get(program_id)
    if score is None or score.value is None:
        return "none"
    return f"{score.value}, {'entered by you' if score.is_manual else 'from your columns'}"


def _set_value(editor: ShortlistEditor, column: CustomColumn, answer: str) -> str | None:
    """Parse a value and save it for every target; return why that failed, or None on success."""
    try:
        value = parse_value(column.kind, answer)
    except ValueError as error:
        message = str(error)
        return f"{message[:1].upper()}{message[1:]}."
    description = f"{column.name} {answer}:" if answer else f"cleared {column.name} of"
    return editor.try_edit(description, lambda shortlist, entry: shortlist.with_value(entry.id, column.name, value))


def _edit_value(editor: ShortlistEditor, column: CustomColumn, program_id: str, dialog: OptionDialog) -> None:
    """Ask for a value, or offer the few that are possible."""
    entry = editor.shortlist.entry(program_id)
    current = format_value(entry.value(column.name)) if entry else ""

    def set_value(answer: str) -> str | None:
        problem = _set_value(editor, column, answer)
        dialog.reload()
        return problem

    def choose_value(option: ListOption) -> None:
        problem = set_value(option.key)
        if problem:
            editor.context.notify_error(problem)

    if column.kind not in _CHOICES:
        description, example = KIND_DESCRIPTIONS[column.kind].capitalize(), _EXAMPLES[column.kind]
        title = f"{column.name}: {editor.target_label}"
        ask_text(editor.context, title, description, example, set_value, text=current)
        return
    options = [ListOption(text, text, "", "✓" if text == current else "·") for text in _CHOICES[column.kind]]
    options.append(ListOption("", "Empty"))
    title = f"{column.name}: {editor.target_label}"
    footer = "enter sets · esc cancels"
    editor.context.open_dialog(OptionDialog(title, footer, lambda: options, choose_value, start_key=current))


def _ask_score(editor: ShortlistEditor, dialog: OptionDialog) -> None:
    def set_score(answer: str) -> str | None:
        problem = _set_score(editor, answer)
        dialog.reload()
        return problem

    description = f"From 0 to {MAX_SCORE}, instead of the one from your columns; leave it empty to go back to that"
    ask_text(editor.context, f"Score: {editor.target_label}", description, "80", set_score)


def _set_score(editor: ShortlistEditor, answer: str) -> str | None:
    score = int(answer) if answer.isascii() and answer.isdecimal() else None
    if answer and (score is None or score > MAX_SCORE):
        return f"A score is a whole number from 0 to {MAX_SCORE}."
    description = f"score {answer}:" if answer else "score from the columns:"
    return editor.try_edit(description, lambda shortlist, entry: shortlist.with_score(entry.id, score))
