"""Facts as people see them: a value with its unit and qualifiers, the pages that state it, and their dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..lean_typing import NamedTuple
from .catalog import Catalog
from .ids import SourceId
from .item_notes import Qualifier, qualifiers_of
from .models import GeneralRequirement, Institution, Program, Provenance, Source, Specialty
from .schema import INSTITUTION, PROGRAM, SPECIALTY, Field
from .scope import scopes_of
from .vocabulary import ACCREDITATION_LABELS, KIND_LABELS

NOT_STATED = "not stated"
UNDATED = "date unknown"
NO_SOURCE = "general knowledge, no source"
#: Fields that matter only where a page states them: a program without them does not list them as not stated.
SUPPLEMENTARY_FIELDS = frozenset(
    {
        "other_names",
        "specialty_as_named",
        "parent_specialty",
        "accreditation_note",
        "campus",
        "city",
        "state",
        "also_listed",
        "joint_with",
        "sites_note",
        "length_note",
        "own_residents",
        "positions_note",
        "application_note",
        "disagreements",
    }
)
#: The field that comments on another field.
NOTE_FIELDS: Mapping[str, str] = {
    "length_years": "length_note",
    "positions_per_year": "positions_note",
    "application_service": "application_note",
    "accreditation": "accreditation_note",
    "sites": "sites_note",
}

_PROGRAM_FIELDS, _INSTITUTION_FIELDS, _SPECIALTY_FIELDS = (
    {field.key: field for field in fields} for fields in (PROGRAM, INSTITUTION, SPECIALTY)
)


def inline_label(label: str) -> str:
    """Return a label as it is written inside a sentence: "positions", "ACGME id"."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


#: The labels of a program's fields inside a sentence.
INLINE_LABELS: Mapping[str, str] = {field.key: inline_label(field.label) for field in PROGRAM}


class Citation(NamedTuple):
    """A page, with the date it gives for itself or the one the citing table gives for it."""

    source: Source
    as_of: str | None

    @property
    def date(self) -> str:
        """The date in words."""
        return self.as_of or UNDATED


class FactValue(NamedTuple):
    """One value of a fact; `citations` are pages that state this value alone."""

    text: str
    unit: str = ""
    qualifiers: tuple[Qualifier, ...] = ()
    citations: tuple[Citation, ...] = ()

    def display(self, *, unit: bool = True, omit: Sequence[str] = ()) -> str:
        """Return the value with its unit and its qualifiers, except those of the aspects in `omit`."""
        text = f"{self.text} {self.unit}" if unit and self.unit else self.text
        qualifiers = ", ".join(qualifier.text for qualifier in self.qualifiers if qualifier.aspect not in omit)
        return f"{text} · {qualifiers}" if qualifiers else text


class Fact(NamedTuple):
    """One field of a program, institution or specialty; without parts no page read states it.

    `citations` are the pages of all parts together, `shared_citations` those of the parts that name none of their own;
    `third_party`: only third parties state any of it.
    """

    key: str
    label: str
    parts: tuple[FactValue, ...] = ()
    citations: tuple[Citation, ...] = ()
    third_party: bool = False
    shared_citations: tuple[Citation, ...] = ()

    @property
    def value_citations(self) -> tuple[tuple[Citation, ...], ...]:
        """The pages to name after each value; () where the next value has the same ones."""
        return after_runs([part.citations or self.shared_citations for part in self.parts])

    @property
    def inline_label(self) -> str:
        """The label as it is written inside a sentence."""
        return inline_label(self.label)

    @property
    def values(self) -> tuple[str, ...]:
        """The values alone, without units and qualifiers."""
        return tuple(part.text for part in self.parts)

    @property
    def qualified_values(self) -> tuple[str, ...]:
        """The values with their qualifiers: "Three letters · preferred"."""
        return tuple(part.display(unit=False) for part in self.parts)

    @property
    def display_values(self) -> tuple[str, ...]:
        """The values with their units and qualifiers: "3 years", "7 a year · third party"."""
        return tuple(part.display() for part in self.parts)

    @property
    def text(self) -> str:
        """The values as one text."""
        return "; ".join(self.values) if self.parts else NOT_STATED


Record = Program | Institution | Specialty


def after_runs(pages: Sequence[tuple[Citation, ...]]) -> tuple[tuple[Citation, ...], ...]:
    """Return the pages of consecutive values, () for a value whose successor has the same."""
    successors: list[tuple[Citation, ...] | None] = [*pages[1:], None] if pages else []
    return tuple(cited if cited != successor else () for cited, successor in zip(pages, successors, strict=True))


def citations(catalog: Catalog, provenance: Provenance, source_ids: Iterable[SourceId]) -> tuple[Citation, ...]:
    """Return pages as citations, each with the date that is known for it."""
    sources = (catalog.source[source_id] for source_id in source_ids if source_id in catalog.source)
    return tuple(Citation(source, provenance.date_of(source.id) or source.as_of) for source in sources)


def item_citations(catalog: Catalog, item: object) -> tuple[Citation, ...]:
    """Return the pages that one item of a list names for itself."""
    sources = (catalog.source[source_id] for source_id in getattr(item, "source", ()))
    return tuple(Citation(source, getattr(item, "as_of", None) or source.as_of) for source in sources)


def is_stated(record: Record, key: str) -> bool:
    """Tell whether a page states a field, without making a fact of it."""
    value = getattr(record, key, None)
    return value is not None and value != () and not (key == "accreditation" and value not in ACCREDITATION_LABELS)


def program_facts(catalog: Catalog, program: Program) -> tuple[Fact, ...]:
    """Return every field of a program as a fact, in the order of the format, including those not stated."""
    return tuple(record_fact(catalog, program, field.key) for field in PROGRAM)


def record_fact(catalog: Catalog, record: Record, key: str) -> Fact:
    """Return one field of a program, an institution or a specialty as a fact."""
    if isinstance(record, Program):
        return _fact(catalog, record, _PROGRAM_FIELDS[key], _program_texts(catalog, record, key))
    if isinstance(record, Specialty):
        return _specialty_fact(catalog, record, _SPECIALTY_FIELDS[key])
    return _fact(catalog, record, _INSTITUTION_FIELDS[key])


def program_fact(catalog: Catalog, program: Program, key: str) -> Fact:
    """Return one field of a program as a fact."""
    return record_fact(catalog, program, key)


def institution_facts(catalog: Catalog, institution: Institution) -> tuple[Fact, ...]:
    """Return every field of an institution as a fact."""
    return tuple(_fact(catalog, institution, field) for field in INSTITUTION)


def specialty_facts(catalog: Catalog, specialty: Specialty) -> tuple[Fact, ...]:
    """Return every field of a specialty as a fact."""
    return tuple(_specialty_fact(catalog, specialty, field) for field in SPECIALTY)


def _specialty_fact(catalog: Catalog, specialty: Specialty, field: Field) -> Fact:
    texts = None
    if field.key == "parents":
        texts = tuple(catalog.specialty[parent].label for parent in specialty.parents)
    elif field.key == "length_after":
        texts = tuple(
            f"{years} {'year' if years == 1 else 'years'} after {catalog.specialty[base].label}"
            for base, years in specialty.length_after.items()
        )
    elif field.key in ("boards", "aoa_boards"):
        texts = tuple(catalog.boards.get(board, board) for board in getattr(specialty, field.key))
    elif field.key == "kind":
        texts = (KIND_LABELS[specialty.kind],)
    fact = _fact(catalog, specialty, field, texts)
    is_combination = specialty.kind == "combined" and field.key == "parents"
    return fact._replace(label="Combines") if is_combination else fact


def _program_texts(catalog: Catalog, program: Program, key: str) -> tuple[str, ...] | None:
    """Return the texts of a field that holds an id or a word of a closed list; None for the other fields."""
    if key == "institution":
        return (catalog.institution[program.institution].name,)
    if key == "specialty":
        return (catalog.specialty[program.specialty].label,)
    if key == "kind":
        return (KIND_LABELS[program.kind],)
    if key == "accreditation":
        accreditation = ACCREDITATION_LABELS.get(program.accreditation or "")
        return (accreditation,) if accreditation else ()
    return None


def _fact(catalog: Catalog, record: Record, field: Field, texts: tuple[str, ...] | None = None) -> Fact:
    """Return a field as a fact. `texts` replace the stored value."""
    values = as_texts(getattr(record, field.key, None)) if texts is None else texts
    if not values:
        return Fact(field.key, field.label, third_party=_is_third_party(record, field.key, ()))
    provenance = record.provenance
    cited = citations(catalog, provenance, provenance.sources_of(field.key))
    third_party = _is_third_party(record, field.key, cited)
    unit = _unit_of(field.key, values)
    if field.shape != "items":
        qualifiers = _qualify(record, field.key, values[0])
        parts = tuple(FactValue(value, unit, qualifiers) for value in values)
        return Fact(field.key, field.label, parts, cited, third_party, cited)
    parts = _item_parts(catalog, record, field.key, values)
    shared = () if all(part.citations for part in parts) else cited  # the pages of items that name none of their own
    all_cited = dict.fromkeys((*shared, *(citation for part in parts for citation in part.citations)))
    third_party = third_party or all(item.third_party for item in getattr(record, field.key))
    return Fact(field.key, field.label, parts, tuple(all_cited), third_party, shared)


def _item_parts(catalog: Catalog, record: Record, key: str, values: Sequence[str]) -> tuple[FactValue, ...]:
    return tuple(
        FactValue(text, qualifiers=_qualify(record, key, item), citations=item_citations(catalog, item))
        for text, item in zip(values, getattr(record, key), strict=True)
    )


def _qualify(record: Record, key: str, item: object) -> tuple[Qualifier, ...]:
    """Return what qualifies a value of a field, or an item of a list."""
    provenance = record.provenance
    is_unconfirmed = key in provenance.unconfirmed or getattr(item, "unconfirmed", False)
    return qualifiers_of(
        item,
        getattr(record, "nrmp_codes", ()),
        third_party=key in provenance.third_party_fields,
        unconfirmed=is_unconfirmed,
        page_count=len(provenance.pages) if is_unconfirmed else 1,
    )


def _unit_of(key: str, values: Sequence[str]) -> str:
    if key == "length_years":
        return "year" if values == ("1",) else "years"
    return "a year" if key == "positions_per_year" else ""


def _is_third_party(record: Record, key: str, cited: Sequence[Citation]) -> bool:
    """Tell whether only third parties state a field: its table says so, or every page of it is a third party's."""
    provenance = record.provenance
    if key in provenance.third_party_fields or (provenance.third_party and not provenance.by_field.get(key)):
        return True
    return bool(cited) and all(citation.source.publisher == "third-party" for citation in cited)


def as_texts(value: object) -> tuple[str, ...]:
    """Return a stored value as texts; () when it states nothing."""
    if value is None:
        return ()
    if isinstance(value, Mapping):
        return tuple(f"{name}: {number}" for name, number in value.items())
    if isinstance(value, tuple):
        return tuple(str(getattr(element, "text", element)) for element in value)
    return (str(value),)


def source_name(source: Source) -> str:
    """Return what to call a page: its title, or the host and end of its address."""
    if source.title:
        return source.title
    if not source.url:
        return source.id
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(source.url)
    last_segment = next((segment for segment in reversed(unquote(parts.path).split("/")) if segment), "")
    if parts.query:
        last_segment += f"?{parts.query}"
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host} › {last_segment.replace('-', ' ')}" if last_segment else host


def program_citations(
    catalog: Catalog, program: Program, facts: Iterable[Fact] | None = None
) -> dict[SourceId, tuple[Citation, tuple[str, ...]]]:
    """Return every page behind a program with the names of the fields it states.

    The names are () for pages that were read without stating a field. `facts` are the program's, if they are at hand.
    """
    field_names: dict[SourceId, list[str]] = {}
    for fact in program_facts(catalog, program) if facts is None else facts:
        for citation in fact.citations:
            field_names.setdefault(citation.source.id, []).append(fact.inline_label)
    for statement in program.statements:
        for source_id in statement.source:
            field_names.setdefault(source_id, []).append(statement.what)
    for source_id in (*program.provenance.also_read, *program.provenance.listed_in):
        field_names.setdefault(source_id, [])
    cited = citations(catalog, program.provenance, field_names)
    return {citation.source.id: (citation, tuple(field_names[citation.source.id])) for citation in cited}


def general_rules(catalog: Catalog, program: Program) -> tuple[GeneralRequirement, ...]:
    """Return the rules of the country and the state for physicians that apply to applicants of a program."""
    if "physicians" not in scopes_of(catalog, program):
        return ()
    return physician_rules(catalog, program.kind == "fellowship", catalog.location_of(program)[1])


def physician_rules(catalog: Catalog, is_fellowship: bool, state: str | None) -> tuple[GeneralRequirement, ...]:
    """Return the rules of the country and of a state for physicians who apply to residencies, or to fellowships."""
    applicants = "fellowship" if is_fellowship else "residency"
    return tuple(
        rule
        for rule in catalog.requirements
        if applicants in rule.applies_to and rule.state in (None, state) and rule.institution is None
    )
