"""The dialog with the dates of the shortlist: the user's, the programs', and those of the services they use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ...catalog.catalog import Catalog
from ...documents.season_words import event_distance, event_title, short_day_text
from ...planning.season_plan import SeasonEvent, SeasonPlan, plan_season
from .. import clock
from ..context import AppContext
from ..rendering.timeline_rows import TimelineBar
from ..widgets.option_list import ListOption
from .option_dialog import OptionDialog
from .timeline_dialog import TimelineDialog


def show_dates(context: AppContext) -> None:
    """Show what comes next for the list, then what is over."""
    today = clock.today()
    shortlist = context.session.shortlist
    plan = plan_season(context.catalog, shortlist, today) if len(shortlist) else None
    events = (*plan.coming, *plan.past) if plan else ()
    if not events:
        context.notify_status("No dates on your shortlist yet; @ in the shortlist adds one.")
        return

    def load_options() -> list[ListOption]:
        return _options(context.catalog, events, today)

    def open_event(option: ListOption) -> None:
        event = events[int(option.key)]
        if event.season_date is not None:
            context.action_open_screen("plan")
        elif event.program_id in context.catalog.program:
            context.open_program(event.program_id)

    def open_timeline(_: ListOption) -> None:
        undated = _undated_texts(context.catalog, plan) if plan else ()
        dialog = TimelineDialog(_bars(context.catalog, events), undated, today, lambda: show_dates(context))
        context.open_dialog(dialog)

    footer = "enter opens the program or the season · ctrl+x timeline · esc closes"
    dialog = OptionDialog(
        "Dates of your shortlist (* no official page)", footer, load_options, open_event, on_alternate=open_timeline
    )
    context.open_dialog(dialog)


def _options(catalog: Catalog, events: Sequence[SeasonEvent], today: date) -> list[ListOption]:
    days = [short_day_text(event.first, event.last, today) for event in events]
    day_width = max(map(len, days))
    return [
        ListOption(
            str(index),
            f"{day:<{day_width}} {_mark(event)}{event_title(catalog, event)}",
            f"{'yours  ' if event.origin == 'yours' else ''}{event_distance(event, today)}",
            "▸" if event.last >= today else " ",
        )
        for index, (day, event) in enumerate(zip(days, events, strict=True))
    ]


def _bars(catalog: Catalog, events: Sequence[SeasonEvent]) -> tuple[TimelineBar, ...]:
    return tuple(TimelineBar(event_title(catalog, event), event.first, event.last, event.origin) for event in events)


def _undated_texts(catalog: Catalog, plan: SeasonPlan) -> tuple[str, ...]:
    """Return what pages say about dates without naming a day of this season."""
    return tuple(
        f"{catalog.title_of(catalog.program[undated.program_id])}: {undated.deadline.text}" for undated in plan.undated
    )


def _mark(event: SeasonEvent) -> str:
    return "*" if event.is_third_party else " "
