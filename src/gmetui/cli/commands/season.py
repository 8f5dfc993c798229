"""`gmetui season`, `costs` and `signals`: what comes next, what it costs, and where signals go."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ...catalog.catalog import Catalog
from ...errors import UnknownIdError, UsageError
from ...lean_typing import TYPE_CHECKING
from ...planning.application_entry import parse_applications
from ...planning.costs import Applications, CostRequest, applications_of, plan_costs
from ...planning.cycle import current_cycle, first_year
from ...planning.personal_season import PersonalSeason, personal_season
from ...planning.season_plan import SeasonPlan, plan_season
from ...planning.service_needs import SeasonScope
from ...shortlist.entries import Entry, Shortlist
from ...text import plural
from .. import clock
from ..context import open_existing_list, read_catalog
from ..document_output import print_document
from ..output import print_line, print_status, write_bytes, write_json

if TYPE_CHECKING:
    from argparse import Namespace

_STANDARD_OUTPUT = "-"
_READ_FORMATS = (None, "text")


def season_command(options: Namespace) -> int:
    """Run `gmetui season`."""
    if options.calendar or options.forget is not None:
        from .season_calendar import change_calendars

        return change_calendars(options)
    catalog = read_catalog(options)
    shortlist = open_existing_list(options).shortlist
    personal = _personal_season(options)
    scope = _scope(catalog, options, personal, has_list=bool(len(shortlist)))
    cycle = season_of(options.cycle or personal.cycle)
    is_exported = options.format not in _READ_FORMATS or bool(options.output)
    personal_events = () if is_exported else personal.events  # the profile is in no file and no data
    plan = plan_season(catalog, shortlist, clock.today(), cycle, scope, personal_events)
    if options.next is not None:
        _print_next(catalog, plan, options.next)
    elif _is_calendar(options):
        _write_calendar(catalog, plan, options)
    elif options.format == "json":
        from ...reports.season_json import season_json

        write_json(season_json(catalog, plan, clock.zone_name()))
    else:
        from ...documents.season_document import season_document

        is_asked_for = options.service or options.specialty or scope.is_complete
        list_size = None if is_asked_for else len(shortlist)
        document = season_document(catalog, plan, clock.zone(), list_size, scope.specialties)
        print_document(document, catalog, options.format)
    return 0


def _personal_season(options: Namespace) -> PersonalSeason:
    """Return what the profile says of the season, which options of the command line overrule."""
    from ..profile_options import read_profile

    return personal_season(read_profile(options))


def _chosen(option: bool | None, from_profile: bool) -> bool:
    return from_profile if option is None else option


def _scope(catalog: Catalog, options: Namespace, personal: PersonalSeason, *, has_list: bool) -> SeasonScope:
    """Return what the options ask for. Raises `UnknownIdError`."""
    for service_id in options.service:
        if service_id not in catalog.service:
            raise UnknownIdError("service", service_id, list(catalog.service))
    for specialty_id in options.specialty:
        _require_specialty(catalog, specialty_id)
    is_international = _chosen(options.international, personal.is_international)
    if not options.service and not options.specialty:
        scope = personal.scope(catalog, has_list=has_list, is_complete=options.all)
        return scope._replace(is_international=is_international)
    return SeasonScope(
        tuple(options.service), tuple(options.specialty), is_complete=options.all, is_international=is_international
    )


def _require_specialty(catalog: Catalog, specialty_id: str) -> None:
    if specialty_id not in catalog.specialty:
        raise UnknownIdError("specialty", specialty_id, list(catalog.specialty))


def season_of(cycle: str | None) -> str:
    """Return the cycle of the command line, or the current one. Raises `UsageError` for anything but a cycle."""
    if not cycle:
        return current_cycle(clock.today())
    if first_year(cycle) is None:
        raise UsageError(f"gmetui: “{cycle}” is not a season; write 2026-27")
    return cycle


def _print_next(catalog: Catalog, plan: SeasonPlan, count: int) -> None:
    from ...documents.season_words import reminder_text

    for event in plan.coming[:count]:
        print_line(reminder_text(catalog, event, plan.today))
    if not plan.coming:
        print_status("nothing is dated from today on")


def _is_calendar(options: Namespace) -> bool:
    return options.format == "ics" or (options.output or "").casefold().endswith(".ics")


def _write_calendar(catalog: Catalog, plan: SeasonPlan, options: Namespace) -> None:
    """Write the calendar; a file that was exported before tells which events changed or are gone."""
    from ...export.calendar_events import REMINDERS
    from ...export.season_ics import write_season_ics
    from ...storage.output_file import output_path, write_output

    reminders = tuple(options.remind) if options.remind else REMINDERS
    if options.output in (None, _STANDARD_OUTPUT):
        write_bytes(write_season_ics(catalog, plan, reminders))
        return
    path = output_path(options.output)
    content = write_season_ics(catalog, plan, reminders, _previous(path))
    write_output(path, content)
    print_status(f"exported {plural(len(plan.events), 'date')} to {options.output}")


def _previous(path: Path) -> bytes:
    """Return the calendar that was exported to a file before; nothing where there is no such file."""
    from ...errors import GmetuiError
    from ...storage.regular_file import read_user_file

    try:
        return read_user_file(path) or b""
    except GmetuiError:
        return b""


def costs_command(options: Namespace) -> int:
    """Run `gmetui costs`."""
    catalog = read_catalog(options)
    personal = _personal_season(options)
    season = season_of(options.season or personal.cycle)
    shortlist = open_existing_list(options).shortlist
    typed = _typed_applications(catalog, options.apply, season)
    is_listed = options.from_list or (not typed and not options.electives)
    listed = _listed_applications(catalog, shortlist, options.status, season) if is_listed else ()
    request = CostRequest(
        season,
        (*listed, *typed),
        ranks=options.ranks or 0,
        is_couple=options.couple,
        is_international=_chosen(options.international, personal.is_international),
        needs_visa=_chosen(options.visa, personal.needs_visa),
        passed_exams=personal.passed_exams,
        is_certified=personal.is_certified,
        has_fee_assistance=options.fap,
        electives=options.electives or 0,
    )
    plan = plan_costs(catalog, request)
    if options.format == "json":
        from ...reports.season_json import costs_json

        write_json(costs_json(catalog, plan))
    else:
        from ...documents.costs_document import costs_document

        counted = sum(each.program_count for each in request.applications)
        subject = f"{plural(counted, 'program')}{' on your list' if is_listed else ''}"
        print_document(costs_document(catalog, plan, subject), catalog, options.format)
    return 0


def _typed_applications(catalog: Catalog, words: Iterable[str], season: str) -> tuple[Applications, ...]:
    try:
        return parse_applications(catalog, words, season)
    except ValueError as error:
        raise UsageError(f"gmetui: {error}") from error


def _listed_applications(
    catalog: Catalog, shortlist: Shortlist, status: str | None, season: str
) -> tuple[Applications, ...]:
    """Return the applications to the programs of the list, or to those with a status."""
    entries = (entry for entry in shortlist if status is None or entry.status.casefold() == status.casefold())
    programs = (catalog.program.get(entry.id) for entry in entries)
    return applications_of(catalog, [program for program in programs if program is not None], season)


def signals_command(options: Namespace) -> int:
    """Run `gmetui signals`."""
    from ...planning.list_sizes import list_sizes
    from ...planning.personal_season import home_institutions
    from ...planning.signals import signal_meters
    from ..profile_options import read_profile

    catalog = read_catalog(options)
    season = season_of(options.season or _personal_season(options).cycle)
    entries: list[Entry] = list(open_existing_list(options).shortlist)
    is_exported = options.format not in _READ_FORMATS
    home = () if is_exported else home_institutions(catalog, read_profile(options))
    meters = signal_meters(catalog, entries, season, home)
    sizes = list_sizes(catalog, entries, clock.today().year)
    if options.format == "json":
        from ...reports.season_json import signals_json

        write_json(signals_json(catalog, meters, sizes, season))
    else:
        from ...documents.signals_document import signals_document

        print_document(signals_document(catalog, meters, sizes, season), catalog, options.format)
    return 0
