"""Dialogs for what the user notes on shortlist entries: status, rating, tags and dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ...shortlist.date_entry import describe_date, parse_date_entry
from ...shortlist.entries import MAX_RATING, STATUSES
from ...text import format_date, sanitize
from .. import clock
from ..shortlist_editor import ShortlistEditor
from ..widgets.option_list import ListOption
from .option_dialog import OptionDialog
from .prompt_dialog import ask_text

_DATE_HELP = "What and when, in any order; a time if there is one"
_DEFAULT_LABEL = "date"  # of a date for which nothing but the day was written
_SIGNAL_LABELS = {
    "gold": "Gold",
    "silver": "Silver",
    "signal": "Signal, where the specialty has one tier",
    "": "No signal",
}
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
    editor.context.open_dialog(
        OptionDialog(
            title,
            "enter sets · esc cancels",
            load_options,
            set_status,
            search_more=search_more,
            placeholder="type to find, or a status of your own",
            start_key=current,
        )
    )


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
    start_key = str(current) if current else ""
    footer = "enter sets · esc cancels"
    editor.context.open_dialog(OptionDialog(title, footer, load_options, set_rating, start_key=start_key))


def choose_signal(editor: ShortlistEditor) -> None:
    """Note the program signal of the targets."""
    targets = editor.targets
    if not targets:
        return
    current = targets[0].signal

    def load_options() -> list[ListOption]:
        return [ListOption(tier, label, "", "✓" if tier == current else "·") for tier, label in _SIGNAL_LABELS.items()]

    def set_signal(option: ListOption) -> None:
        description = f"{option.key} signal:" if option.key else "removed the signal of"
        editor.edit(description, lambda shortlist, entry: shortlist.with_signal(entry.id, option.key))

    title = f"Signal of {editor.target_label}"
    footer = "enter sets · esc cancels"
    editor.context.open_dialog(OptionDialog(title, footer, load_options, set_signal, start_key=current))


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
    """Ask for a date of the targets: what and when. The name of a date alone removes it."""
    targets = editor.targets
    if not targets:
        return
    today = clock.today()
    labels = tuple(label for label, _ in targets[0].dates)

    def set_date(answer: str) -> str | None:
        if not answer:
            return None
        if answer in labels:
            label, when = answer, ""
        else:
            try:
                label, when = _label_and_date(answer, today)
            except ValueError as error:
                return str(error)
        change = f"{label} {format_date(when)}:" if when else f"removed the date “{label}” of"
        return editor.try_edit(change, lambda shortlist, entry: shortlist.with_date(entry.id, label, when))

    def preview(answer: str) -> str:
        if answer in labels:
            return f"Removes the date “{answer}”"
        entry = parse_date_entry(answer, today)
        replaced = " · replaces the one before" if entry.label in labels else ""
        return f"{entry.label or _DEFAULT_LABEL}: {describe_date(entry, today)}{replaced}"

    dates_text = " · ".join(f"{label} {format_date(when)}" for label, when in targets[0].dates)
    description = f"Now: {dates_text}. A name alone removes its date." if dates_text else _DATE_HELP
    title = f"Add a date for {editor.target_label}"
    ask_text(editor.context, title, description, "interview Jan 12, 9:30am", set_date, preview=preview)


def _label_and_date(answer: str, today: date) -> tuple[str, str]:
    """Return the name of a date and its ISO text. Raises ValueError that says what to write."""
    entry = parse_date_entry(answer, today)
    return entry.label or _DEFAULT_LABEL, entry.iso_text
