"""The dialog that exports a season as a calendar file."""

from __future__ import annotations

from ...errors import GmetuiError
from ...export.season_ics import write_season_ics
from ...planning.season_plan import SeasonPlan
from ...storage.output_file import output_path, write_output
from ...storage.regular_file import read_user_file
from ...text import plural
from ..context import AppContext
from .file_picker import short_path, target_text
from .prompt_dialog import ask_text

_FILE_NAME = "gmetui-season.ics"
_CALENDAR_START = b"BEGIN:VCALENDAR"


def ask_calendar(context: AppContext, plan: SeasonPlan) -> None:
    """Ask for the name of a file, and write the calendar; in the browser, download it."""
    count = plural(len(plan.events), "date")
    if not plan.events:
        context.notify_status("No dates to export.")
        return
    if context.is_web:
        context.download(write_season_ics(context.catalog, plan), _FILE_NAME)
        context.notify_status(f"Exported {count} to {_FILE_NAME} in your browser's downloads")
        return

    def export(answer: str) -> str | None:
        try:
            return _export(context, plan, answer or _FILE_NAME)
        except GmetuiError as error:
            return str(error).removeprefix("gmetui: ")

    description = f"{count}. A calendar exported to the same file before is updated."
    ask_text(context, "Export a calendar", description, _FILE_NAME, export, text=_FILE_NAME, preview=_target_text)


def _calendar_name(file_name: str) -> str:
    return file_name if file_name.casefold().endswith(".ics") else f"{file_name}.ics"


def _target_text(file_name: str) -> str:
    return target_text(_calendar_name(file_name)).replace("replaces a file", "updates a file")


def _export(context: AppContext, plan: SeasonPlan, file_name: str) -> str | None:
    """Write the calendar, or return why it isn't written. Raises `GmetuiError`."""
    path = output_path(_calendar_name(file_name))
    previous = read_user_file(path) or b""
    if previous and not previous.startswith(_CALENDAR_START):
        return f"{short_path(path)} exists and is no calendar."
    write_output(path, write_season_ics(context.catalog, plan, previous=previous))
    context.notify_status(f"Exported {plural(len(plan.events), 'date')} to {short_path(path)}")
    return None
