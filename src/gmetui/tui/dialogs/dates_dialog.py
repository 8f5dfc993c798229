"""The dialog with the dates of the shortlist."""

from __future__ import annotations

from ...shortlist.timeline import TimelineEvent, relative_time, timeline
from ...text import format_date
from .. import clock
from ..context import AppContext
from ..widgets.option_list import ListOption
from .option_dialog import OptionDialog


def show_dates(context: AppContext) -> None:
    """Show the user's and the published dates of the listed programs, the next ones first."""
    today = clock.today()
    events = timeline(context.catalog, context.session.shortlist, today)
    if not events:
        context.notify_status("No dates on your shortlist yet; @ in the shortlist adds one.")
        return

    def load_options() -> list[ListOption]:
        return [
            ListOption(
                str(index),
                f"{format_date(event.first.isoformat())}  {event.label}: {event.entry.name}",
                f"{_origin(event)}  {relative_time(event, today)}".strip(),
                "▸" if event.last >= today else " ",
            )
            for index, event in enumerate(events)
        ]

    def open_program(option: ListOption) -> None:
        program_id = events[int(option.key)].entry.id
        if program_id in context.catalog.program:
            context.open_program(program_id)

    footer = "enter opens the program · esc closes"
    context.open_dialog(OptionDialog("Dates of your shortlist", footer, load_options, open_program))


def _origin(event: TimelineEvent) -> str:
    return event.cycle or ("yours" if event.is_custom else "")
