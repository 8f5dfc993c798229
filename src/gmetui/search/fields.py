"""The search fields, each declared once: what `field:value` filters by, and the facets.

A field gives each program its values as (id, label) pairs. To add a field or facet, add one entry
to `SEARCH_FIELDS`; its values come from a function in `program_values`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..lean_typing import TYPE_CHECKING, NamedTuple
from . import program_values as values
from .program_values import Values

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog
    from ..catalog.models import Program


class SearchField(NamedTuple):
    """One field of the query language.

    `plural` names its values. `synonyms` returns more names of a value. Values of a numeric field can be filtered by
    range. `value_order` is the display order of values that neither counts nor labels put in order. `parent` is the
    field whose values group the values of this one, as families group specialties. Only programs that state one of
    `keys` have a value; () where it may follow from something else.
    """

    name: str
    label: str
    plural: str
    extract: Callable[[Program, Catalog], Values]
    aliases: tuple[str, ...] = ()
    is_facet: bool = False
    is_numeric: bool = False
    not_stated_label: str = "Not stated"
    value_order: tuple[str, ...] = ()
    parent: str = ""
    synonyms: Callable[[str, Catalog], Iterable[str]] | None = None
    keys: tuple[str, ...] = ()


SEARCH_FIELDS: tuple[SearchField, ...] = (
    SearchField(
        "listed",
        "Shortlist",
        "statuses",
        values.listed,
        ("list", "status"),
        is_facet=True,
        not_stated_label="Not on your shortlist",
    ),
    SearchField("triage", "Triage", "decisions", values.triage, is_facet=True),
    SearchField("fits", "Fits you", "verdicts", values.fits, ("fit",), is_facet=True),
    SearchField(
        "institution",
        "Institution",
        "institutions",
        values.institution,
        ("inst", "hospital", "sponsor", "at"),
        is_facet=True,
        synonyms=values.institution_names,
    ),
    SearchField("kind", "Kind", "kinds", values.kind, ("type",), is_facet=True),
    SearchField("family", "Field", "fields", values.family, ("field",), synonyms=values.specialty_names),
    SearchField(
        "specialty",
        "Specialty",
        "specialties",
        values.specialty,
        ("spec",),
        is_facet=True,
        parent="family",
        synonyms=values.specialty_names,
    ),
    SearchField(
        "length",
        "Length",
        "lengths",
        values.length,
        ("years", "duration"),
        is_facet=True,
        is_numeric=True,
        keys=("length_years",),
    ),
    SearchField(
        "size",
        "Positions",
        "ranges",
        values.size,
        is_facet=True,
        value_order=tuple(value for _, _, value, _ in values.SIZES),
        keys=("positions_per_year",),
    ),
    SearchField(
        "accreditation",
        "Accreditation",
        "accreditation types",
        values.accreditation,
        ("accred",),
        is_facet=True,
    ),
    SearchField("visa", "Visa", "visa policies", values.visa, ("visas",), is_facet=True, keys=("visa",)),
    SearchField(
        "service",
        "Apply through",
        "services",
        values.service,
        ("apply", "via"),
        is_facet=True,
        keys=("application_service",),
    ),
    SearchField("match", "Match", "matches", values.match, is_facet=True, keys=("match",)),
    SearchField("track", "Track", "tracks", values.track, ("tracks",), is_facet=True, keys=("tracks",)),
    SearchField(
        "topic",
        "Requirement",
        "requirement topics",
        values.topic,
        ("requirement",),
        is_facet=True,
        synonyms=values.topic_names,
        keys=("requirements",),
    ),
    SearchField("city", "City", "cities", values.city, ("town",), is_facet=True),
    SearchField("state", "State", "states", values.state, is_facet=True, synonyms=values.state_names),
    SearchField(
        "site", "Site", "sites", values.sites, ("sites",), is_facet=True, synonyms=values.site_names, keys=("sites",)
    ),
    SearchField(
        "age",
        "Latest source",
        "year ranges",
        values.age,
        is_facet=True,
        not_stated_label="Date unknown",
        value_order=tuple(value for _, value, _ in values.AGES),
    ),
    SearchField(
        "known",
        "Details",
        "levels of detail",
        values.known,
        ("described",),
        is_facet=True,
        value_order=("described", "name-only"),
    ),
    SearchField(
        "positions",
        "Positions",
        "numbers of positions",
        values.positions,
        ("places",),
        is_numeric=True,
        keys=("positions_per_year",),
    ),
    SearchField("source", "Source", "sources", values.publishers, ("publisher",)),
    SearchField("as_of", "Published", "years", values.as_of, ("year",), is_numeric=True),
    SearchField("id", "ID", "IDs", values.program_id),
    SearchField("acgme", "ACGME ID", "ACGME IDs", values.acgme, ("acgme_id",)),
)

#: The names of fields with about as many values as there are programs, of which each has one or none.
IDENTIFIERS = ("id", "acgme")
FIELDS_BY_NAME: Mapping[str, SearchField] = {
    name: search_field for search_field in SEARCH_FIELDS for name in (search_field.name, *search_field.aliases)
}
FACETS: tuple[SearchField, ...] = tuple(search_field for search_field in SEARCH_FIELDS if search_field.is_facet)


def field_help(width: int = 80) -> str:
    """Return the list of all search fields for the help of the command line, wrapped to `width` columns."""
    import textwrap

    names = ", ".join((*(search_field.name for search_field in SEARCH_FIELDS), "near"))
    return textwrap.fill(f"Fields: {names}.", width, break_on_hyphens=False)
