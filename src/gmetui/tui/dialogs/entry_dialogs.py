"""Dialogs for what the user notes on shortlist entries: status, rating, tags and dates."""

from __future__ import annotations

from collections.abc import Sequence

from ...shortlist.entries import MAX_RATING, STATUSES, Entry
from ...text import sanitize
from ..shortlist_editor import ShortlistEditor
from ..widgets.option_list import ListOption
from .option_dialog import OptionDialog
from .prompt_dialog import ask_text

_RATINGS = ("No rating", "Poor", "Fair", "Good", "Very good", "Excellent")


def choose_status(editor: ShortlistEditor) -> None:
    """Set the application status of the targets: a common one or the user's own."""
    targets = editor.targets
    if not targets:
        return
    custom = [entry.status for entry in editor.shortlist if entry.status and entry.status not in STATUSES]
    statuses = tuple(dict.fromkeys([*STATUSES, *custom]))
    current = targets[0].status

    def load_options() -> list[ListOption]:
        options = [
            ListOption(status, status.capitalize(), "", "✓" if status == current else "·") for status in statuses
        ]
        return [*options, ListOption("", "No status", "", "·" if current else "✓")]

    def search_more(typed_text: str) -> Sequence[ListOption]:
        status = sanitize(typed_text).strip()
        return () if status.casefold() in statuses else (ListOption(status, status, "new status", "+"),)

    def set_status(option: ListOption) -> None:
        description = f"{option.key or 'no status'}:"
        editor.edit(description, lambda shortlist, entry: shortlist.with_status(entry.id, option.key))

    title = f"Status of {editor.target_label}"
    footer = "type your own status, or choose · esc closes"
    editor.context.open_dialog(OptionDialog(title, footer, load_options, set_status, search_more=search_more))


def choose_rating(editor: ShortlistEditor) -> None:
    """Rate the targets."""
    targets = editor.targets
    if not targets:
        return
    current = targets[0].rating

    def load_options() -> list[ListOption]:
        return [
            ListOption(str(rating), _rating_label(rating), "", "✓" if rating == current else "·")
            for rating in range(MAX_RATING, -1, -1)
        ]

    def set_rating(option: ListOption) -> None:
        rating = int(option.key)
        description = f"rated {rating}:" if rating else "removed the rating of"
        editor.edit(description, lambda shortlist, entry: shortlist.with_rating(entry.id, rating))

    title = f"Rating of {editor.target_label}"
    editor.context.open_dialog(OptionDialog(title, "esc closes", load_options, set_rating))


def _rating_label(rating: int) -> str:
    return f"{rating}  {'★' * rating or '–'} {_RATINGS[rating]}"


def ask_tags(editor: ShortlistEditor) -> None:
    """Ask for the tags of the targets."""
    targets = editor.targets
    if not targets:
        return

    def set_tags(answer: str) -> str | None:
        tags = [tag.strip().lstrip("#") for tag in answer.split(",")]
        return editor.try_edit("tagged", lambda shortlist, entry: shortlist.with_tags(entry.id, tags))

    title = f"Tags of {editor.target_label}"
    tags_text = ", ".join(targets[0].tags)
    ask_text(editor.context, title, "Separated by commas", "near home, strong research", set_tags, text=tags_text)


def ask_date(editor: ShortlistEditor) -> None:
    """Ask for a date of the targets: a label and a day. A label alone removes the date."""
    targets = editor.targets
    if not targets:
        return

    def set_date(answer: str) -> str | None:
        if not answer:
            return None
        parsed = _parse_date(editor, targets[0], answer)
        if parsed is None:
            return f"“{answer}” is not a label and a date. Write it like: interview 2027-01-15"
        label, day = parsed
        description = f"{label} {day}:" if day else f"removed the date {label} of"
        return editor.try_edit(description, lambda shortlist, entry: shortlist.with_date(entry.id, label, day))

    dates = ", ".join(f"{label} {day}" for label, day in targets[0].dates)
    description = f"Now: {dates}. A label alone removes its date." if dates else "A label and a date"
    title = f"Add a date for {editor.target_label}"
    ask_text(editor.context, title, description, "interview 2027-01-15", set_date)


def _parse_date(editor: ShortlistEditor, entry: Entry, answer: str) -> tuple[str, str] | None:
    """Return label and day, the day "" for the label of an existing date, or None if `text` is neither."""
    label, _, day = answer.rpartition(" ")
    try:
        editor.shortlist.with_date(entry.id, label, day)
    except ValueError:
        label, day = answer, ""
    if label and (day or label in dict(entry.dates)):
        return label, day
    return None
