"""What the first screen offers: the largest specialties and hospitals, common needs, and the best described programs.

Every number is counted in the catalog that is open. Nothing is offered that finds no program.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal, NamedTuple

from ...catalog.catalog import Catalog
from ...catalog.models import Program
from ...search import Query, Results, search
from ...text import plural

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


class Target(NamedTuple):
    """What a choice does: run a search, run an action by its id, or open a program by its id."""

    kind: Literal["query", "action", "program"]
    value: str


class Choice(NamedTuple):
    """A row to choose: a label, a remark beside it, and at its right end how many programs it finds, or a sign.

    An extra one is shown only where it pushes nothing out.
    """

    label: str
    remark: str
    ending: str
    target: Target
    is_extra: bool = False


class ChoiceBox(NamedTuple):
    """Choices under a title, of which there is a shorter version for narrow screens."""

    title: str
    short_title: str
    choices: tuple[Choice, ...]


class StartPage(NamedTuple):
    """All of the first screen: boxes side by side, programs below them, a remark, and searches to try."""

    catalog: Catalog
    boxes: tuple[ChoiceBox, ...] = ()
    best_programs: tuple[Program, ...] = ()
    remark: str = ""
    examples: tuple[str, ...] = ()


def start_page(results: Results, *, offers_profile: bool = True) -> StartPage:
    """Return the first screen for the results of the empty query."""
    index = results.index
    catalog = index.catalog
    if not catalog.programs:
        return StartPage(catalog)
    best = index.sorted_numbers("stated", descending=True)[:_BEST_PROGRAMS]
    return StartPage(
        catalog,
        (_specialty_box(results), _hospital_box(results), _need_box(catalog, offers_profile=offers_profile)),
        tuple(catalog.programs[number] for number in best),
        _remark(catalog, index.scans.stated_share()),
        tuple(example for example in _EXAMPLES if _count(catalog, example))[:_MAX_EXAMPLES],
    )


def _count(catalog: Catalog, query_text: str) -> int:
    return search(catalog, Query.parse(query_text)).total


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


def _need_box(catalog: Catalog, *, offers_profile: bool) -> ChoiceBox:
    counts = [(label, query_text, _count(catalog, query_text)) for label, query_text in _NEEDS]
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
