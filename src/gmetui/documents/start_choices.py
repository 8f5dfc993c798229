"""What the first screen offers: the largest specialties and hospitals, common needs, and the best described programs.

Every number is counted in the catalog that is open. Nothing is offered that finds no program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from ..catalog.catalog import Catalog
from ..catalog.models import Program
from ..search import Query, Results
from ..search.engine import search_index
from ..search.index import Index
from ..text import plural
from .program_columns import COLUMNS_BY_ID
from .start_page import BestProgram, Choice, ChoiceBox, DataNote, DatedPage, StartPage, Target

_SHOWN_VALUES = 7  # of specialties and hospitals; the line below them counts the others
_BEST_PROGRAMS = 10
_SHOWN_CITIES = 2
_MAX_EXAMPLES = 4
_MAX_STATES = 6  # whose cities are named; more are counted

#: Needs, and the searches that find them.
_NEEDS = (
    ("Sponsors a J-1", "visa:j-1"),
    ("Sponsors an H-1B", "visa:h-1b"),
    ("States its dates", "has:dates"),
    ("States its positions", "has:positions"),
    ("Lasts one year", "length:1"),
    ("Lasts three years", "length:3"),
)
#: Searches worth trying; those that find programs are shown.
_EXAMPLES = (
    *("em boston", "cards tufts", "psychiatry visa", "no deadline", "neurology residency", "kind:fellowship length:1"),
    *("pediatric fellowship", "kind:residency"),
)
BEST_COLUMNS = ("institution", "length", "positions", "visa", "dates")
_STORED_DAYS = 400  # after the date of the data, for which its first screen is stored; then it is outdated


def data_note(catalog: Catalog) -> DataNote:
    """Return what the title bar says of a catalog."""
    return DataNote(len(catalog.programs), catalog.edition.date, catalog.has_imported_programs)


def start_page(results: Results, today: date, *, offers_profile: bool = True) -> StartPage:
    """Return the first screen for the results of the empty query."""
    index = results.index
    catalog = index.catalog
    if not catalog.programs:
        return StartPage(data_note(catalog))
    return StartPage(
        data_note(catalog),
        (_specialty_box(results), _hospital_box(results), _need_box(index, offers_profile=offers_profile)),
        tuple(_best_program(catalog, program, today) for program in _best_programs(index)),
        _remark(catalog, index.scans.stated_share()),
        tuple(example for example in _EXAMPLES if _count(index, example))[:_MAX_EXAMPLES],
    )


def dated_pages(index: Index) -> list[DatedPage]:
    """Return the first screens of the days from that of the data on; another day has another one as deadlines pass."""
    try:
        first_day = date.fromisoformat(index.catalog.edition.date)
    except ValueError:  # other data than the bundled one may have any text for a date
        return []
    page = start_page(search_index(index, Query()), first_day)
    programs = _best_programs(index)
    end_day = first_day + timedelta(_STORED_DAYS)
    pages: list[DatedPage] = []
    for day in sorted({first_day, *_days_of_change(programs, first_day, end_day)}):
        best_programs = tuple(_best_program(index.catalog, program, day) for program in programs)
        if not pages or pages[-1].page.best_programs != best_programs:
            pages.append(DatedPage(day.isoformat(), "", page._replace(best_programs=best_programs)))
    end_days = [*(page.first_day for page in pages[1:]), end_day.isoformat()]
    return [page._replace(end_day=day) for page, day in zip(pages, end_days, strict=True)]


def _days_of_change(programs: list[Program], first_day: date, end_day: date) -> Iterator[date]:
    """Yield days on which a deadline can begin to read otherwise: after each date, and when a month begins."""
    for days in range((end_day - first_day).days):
        day = first_day + timedelta(days)
        if day.day == 1:
            yield day
    for program in programs:
        for deadline in program.deadlines:
            for moment in (moment for event in deadline.dates for moment in (event.on, event.first, event.last)):
                try:
                    day = date.fromisoformat(moment or "") + timedelta(1)
                except ValueError:  # a month, or a day without a year
                    continue
                if first_day < day < end_day:
                    yield day


def _best_programs(index: Index) -> list[Program]:
    best_numbers = index.sorted_numbers("stated", descending=True)[:_BEST_PROGRAMS]
    return [index.catalog.programs[number] for number in best_numbers]


def _best_program(catalog: Catalog, program: Program, today: date) -> BestProgram:
    cells = {column_id: COLUMNS_BY_ID[column_id].cell_text(catalog, program, today) for column_id in BEST_COLUMNS}
    return BestProgram(program.id, program.name, cells)


def _count(index: Index, query_text: str) -> int:
    return search_index(index, Query.parse(query_text)).total


def _specialty_box(results: Results) -> ChoiceBox:
    values = results.facet("family")
    choices = [
        Choice(value.label, "", f"{value.count:,}", Target("query", f"family:{value.value}"))
        for value in values[:_SHOWN_VALUES]
        if value.value and value.count
    ]
    return ChoiceBox(
        "Start with a specialty",
        "Start with a specialty",
        (*choices, *_more_choice(values.visible_count - len(choices), "specialties")),
    )


def _hospital_box(results: Results) -> ChoiceBox:
    catalog, values = results.index.catalog, results.facet("institution")
    usual_state = _state_counts(catalog).most_common(1)[0][0]
    choices = []
    for value in values[:_SHOWN_VALUES]:
        if value.value and value.count:
            institution = catalog.institution[value.value]
            place = _place(institution.city, institution.state, usual_state)
            target = Target("query", f"institution:{value.value}")
            choices.append(Choice(institution.short_name, place, f"{value.count:,}", target))
    return ChoiceBox(
        "Or with a hospital",
        "Or a hospital",
        (*choices, *_more_choice(values.visible_count - len(choices), "institutions")),
    )


def _more_choice(count: int, action_id: str) -> tuple[Choice, ...]:
    return (Choice(f"{count:,} more", "", "▸", Target("action", action_id)),) if count > 0 else ()


def _need_box(index: Index, *, offers_profile: bool) -> ChoiceBox:
    counts = [(label, query_text, _count(index, query_text)) for label, query_text in _NEEDS]
    choices = [
        Choice(label, "", f"{count:,}", Target("query", query_text)) for label, query_text, count in counts if count
    ]
    profile = Choice("What fits you", "", "▸", Target("action", "profile"), is_extra=True)
    others = (
        *((profile,) if offers_profile else ()),
        Choice("All filters", "", "▸", Target("action", "filters")),
        Choice("Import a list", "", "▸", Target("action", "imported-lists")),
    )
    return ChoiceBox("Or with what you need", "Or a need", (*choices, *others))


def _place(city: str | None, state: str | None, usual_state: str | None) -> str:
    return ", ".join(filter(None, (city, state if state != usual_state else None)))


def _remark(catalog: Catalog, stated_share: float) -> str:
    """Return where the programs are, and how much of what applicants ask is known of them."""
    known = f"{stated_share:.0%} of what applicants ask is published; — means nobody says."
    count = plural(len(catalog.programs), "program")
    return f"{count} of {_sponsors_text(catalog.lookups.sponsor_count)} in {_region(catalog)}. {known}"


def _state_counts(catalog: Catalog) -> Counter[str | None]:
    """Return how many programs are in each state, the state of the first program first."""
    states: Counter[str | None] = Counter()
    for (_, state), count in catalog.lookups.place_counts:
        states[state] += count
    return states


def _sponsors_text(count: int) -> str:
    return "one hospital or school" if count == 1 else f"{count:,} hospitals and schools"


def _region(catalog: Catalog) -> str:
    """Return the cities with most programs, or how many states there are: "Boston, Worcester, and Lebanon, NH"."""
    places = Counter(dict(catalog.lookups.place_counts))
    states = _state_counts(catalog)
    del states[None]
    if len(states) > _MAX_STATES:
        return f"{len(states)} states"
    usual_state = states.most_common(1)[0][0] if states else None
    names = [_place(city, state, usual_state) for (city, state), _ in places.most_common() if city]
    if len(names) > _SHOWN_CITIES:
        others = plural(len(names) - _SHOWN_CITIES, "other city", "other cities")
        return f"{', '.join(names[:_SHOWN_CITIES])}, and {others}"
    return " and ".join(names)
