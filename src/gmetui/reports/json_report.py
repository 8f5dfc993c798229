"""Programs and comparisons as JSON: every stored field, each fact with its sources.

The commands and the JSON export share these functions, so that the same thing has the same keys everywhere: plain
values, null where no source states one, and `sources` by field.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from msgspec import Struct, to_builtins
from msgspec.structs import asdict

from ..catalog.catalog import Catalog
from ..catalog.comparison import ComparisonCell, ComparisonRow
from ..catalog.completeness import is_name_only
from ..catalog.facts import Citation, citations, general_rules, item_citations
from ..catalog.models import Institution, Program, Service, Statement
from ..catalog.pay import pay_scale
from ..catalog.schema import PROGRAM, Field
from ..catalog.scope import sponsor_requirements
from ..catalog.training_length import NextProgram, YearRange, next_programs
from ..documents.deadlines import deadline_time
from ..documents.document import Value
from ..documents.fact_rows import RecordFacts

#: Exceptions that are marked, by the aspect of the qualifier that says so.
_MARKS = ("third_party", "unconfirmed")
#: Values that state nothing.
_EMPTY: tuple[object, ...] = ((), None, False)
#: Values of a field that no source states; the accreditation "unknown" means that no page mentions one.
_UNSTATED: tuple[object, ...] = ([], None, "unknown")
_SUMMARY_KEYS = ("id", "name", "kind", "institution", "specialty")
#: The fields of a program besides its summary, and a function that returns their values.
_FIELDS_OF_ITS_OWN = tuple(field for field in PROGRAM if field.key not in _SUMMARY_KEYS)
#: The keys of a program, in order.
PROGRAM_KEYS = (*_SUMMARY_KEYS, *(field.key for field in _FIELDS_OF_ITS_OWN))
_values_of_its_own = attrgetter(*(field.key for field in _FIELDS_OF_ITS_OWN))


def source_json(citation: Citation) -> dict[str, Any]:
    """Return a web page with its date."""
    source = citation.source
    return {
        "id": source.id,
        "url": source.url,
        "title": source.title,
        "as_of": citation.as_of,
        "publisher": source.publisher,
    }


def sources_json(cited_sources: Sequence[Citation]) -> list[dict[str, Any]]:
    """Return the pages of a fact."""
    return [source_json(citation) for citation in cited_sources]


def program_summary_json(catalog: Catalog, program: Program) -> dict[str, Any]:
    """Return the id, name, kind, institution and specialty of a program: how every command refers to one."""
    return {
        "id": program.id,
        "name": program.name,
        "kind": program.kind,
        "institution": institution_reference_json(catalog, program.institution),
        "specialty": specialty_reference_json(catalog, program.specialty),
    }


def institution_reference_json(catalog: Catalog, institution_id: str) -> dict[str, Any]:
    """Return the id and name of an institution; one that the data doesn't have has only a name."""
    institution = catalog.institution.get(institution_id)
    return {"id": institution_id, "name": institution.name} if institution else {"id": None, "name": institution_id}


def specialty_reference_json(catalog: Catalog, specialty_id: str) -> dict[str, Any]:
    """Return the id and name of a specialty, and the label that tables show."""
    specialty = catalog.specialty[specialty_id]
    return {"id": specialty_id, "name": specialty.name, "label": specialty.label}


def program_record_json(catalog: Catalog, program: Program) -> dict[str, Any]:
    """Return every stored field of a program as a plain value; null where no source states it.

    The city and state are the institution's where no page of the program gives its own.
    """
    return dict.fromkeys(PROGRAM_KEYS) | stated_record_json(catalog, program)


def stated_record_json(catalog: Catalog, program: Program) -> dict[str, Any]:
    """Return `program_record_json` without what no source states."""
    document = program_summary_json(catalog, program)
    city, state = catalog.location_of(program)
    for field, stated in zip(_FIELDS_OF_ITS_OWN, _values_of_its_own(program), strict=True):
        if stated is not None and stated != ():
            value = field_value_json(catalog, program, field)
            if value not in _UNSTATED:
                document[field.key] = value
    if city is not None:
        document["city"] = city
    if state is not None:
        document["state"] = state
    return document


def absent_program_json(program_id: str, name: str, institution: str) -> dict[str, Any]:
    """Return a program that the data doesn't have, with the fields of `program_record_json`."""
    return {
        "id": program_id,
        "name": name,
        "kind": None,
        "institution": {"id": None, "name": institution},
        "specialty": None,
        **{field.key: None for field in PROGRAM if field.key not in ("id", "name", "kind", "institution", "specialty")},
    }


def program_json(catalog: Catalog, program: Program, today: date) -> dict[str, Any]:
    """Return every stored field of a program, its salary and what it leads to.

    `sources` has the pages of each field. A field that no source states is null and listed in `not_stated`. `today`
    tells dates of past cycles.
    """
    document = program_record_json(catalog, program)
    facts = RecordFacts(catalog, program)
    marks = _mark_items(document, facts)
    _mark_past(document["deadlines"], program, facts, today)
    statements = [statement_json(catalog, program, statement) for statement in program.statements]
    mission = next((statement for statement in statements if statement["what"] == "mission"), None)
    document["mission"] = mission and "\n\n".join(mission["quote"])
    provenance = program.provenance
    return {
        **document,
        "statements": statements,
        "partners": [
            institution_reference_json(catalog, partner_id) for partner_id in catalog.partners.get(program.id, ())
        ],
        "salary": _salary_json(catalog, program),
        "next_programs": [_next_program_json(catalog, step) for step in next_programs(catalog, program, None).steps],
        "not_stated": [key for key, value in document.items() if value is None],
        **marks,
        "third_party": provenance.third_party,
        "name_only": is_name_only(program),
        "as_of": provenance.as_of,
        "as_of_added": provenance.as_of_added,
        "sources": _sources_by_field(catalog, document, facts),
        "also_read": sources_json(citations(catalog, provenance, provenance.also_read)),
    }


def _sources_by_field(catalog: Catalog, document: Mapping[str, Any], facts: RecordFacts) -> dict[str, Any]:
    """Return the pages of each field that is stated. Items with pages of their own name them too."""
    institution = catalog.institution[document["institution"]["id"]]
    sources = {}
    for field in PROGRAM:
        if field.key not in ("id", "institution") and document[field.key] is not None:
            fact = facts.fact(field.key)
            is_of_institution = field.key in ("city", "state") and not fact.values
            pages = institution.provenance.sources_of(field.key)
            cited = citations(catalog, institution.provenance, pages) if is_of_institution else fact.citations
            sources[field.key] = sources_json(cited)
    return sources


def _mark_items(document: dict[str, Any], facts: RecordFacts) -> dict[str, list[str]]:
    """Mark the items of lists that are exceptions; return the fields of which everything is one, by mark."""
    fields_by_mark: dict[str, list[str]] = {f"{mark}_fields": [] for mark in _MARKS}
    for field in PROGRAM:
        if field.key in ("id", "institution", "specialty") or document[field.key] is None:
            continue
        marks = [_marks_json(value) for value in facts.values(field.key)]
        if field.shape == "items":
            for item, item_marks in zip(document[field.key], marks, strict=True):
                item |= item_marks
        for mark in _MARKS:
            if marks and all(mark in item_marks for item_marks in marks):
                fields_by_mark[f"{mark}_fields"].append(field.key)
    return fields_by_mark


def _salary_json(catalog: Catalog, program: Program) -> dict[str, Any] | None:
    """Return the pay scale that holds for a program; null where none is known."""
    scale = pay_scale(catalog, program)
    if scale is None:
        return None
    return {
        "employer": scale.employer,
        "year": scale.year,
        "pgy": dict(scale.levels),
        "hospital_wide": True,
        "sources": sources_json(citations(catalog, scale.provenance, scale.provenance.source)),
    }


def _next_program_json(catalog: Catalog, step: NextProgram) -> dict[str, Any]:
    """Return a program to stay for; years are [shortest, longest]."""
    return {
        **program_summary_json(catalog, step.program),
        "years": _years_json(step.years),
        "total_years": _years_json(step.total),
        "step": step.depth + 1,
    }


def _years_json(years: YearRange | None) -> list[int] | None:
    return None if years is None else list(years)


def _marks_json(value: Value) -> dict[str, Any]:
    """Return what makes a value an exception: a third party alone states it, or it is unconfirmed."""
    aspects = {qualifier.aspect for qualifier in value.qualifiers}
    return {mark: True for mark in _MARKS if mark in aspects}


def _mark_past(deadlines: list[dict[str, Any]] | None, program: Program, facts: RecordFacts, today: date) -> None:
    """Mark the dates of past cycles."""
    values = facts.values("deadlines") if deadlines else ()
    for document, item, value in zip(deadlines or (), program.deadlines, values, strict=bool(deadlines)):
        if deadline_time(item, value.citations, today).state == "past":
            document["past"] = True


def statement_json(catalog: Catalog, record: Program | Institution, statement: Statement) -> dict[str, Any]:
    """Return an official statement with its paragraphs and its sources."""
    cited_sources = citations(catalog, record.provenance, statement.source)
    return {
        "what": statement.what,
        "quote": list(statement.quote),
        "note": statement.note,
        "sources": sources_json(cited_sources),
    }


def field_value_json(catalog: Catalog, record: Program | Institution | Service, field: Field) -> object:
    """Return the value of a field: a text, a number, or a list of texts or items."""
    value = getattr(record, field.key)
    if field.shape != "items":
        return _plain(value)
    items = [_item_json(catalog, item) for item in value]
    if field.key == "tracks" and isinstance(record, Program):
        codes = {code.track: code.code for code in record.nrmp_codes if code.track}
        items = [item | {"nrmp_code": codes[item["name"]]} if item["name"] in codes else item for item in items]
    return items


def _item_json(catalog: Catalog, item: Any) -> dict[str, Any]:
    """Return an item of a list; keys without a value are omitted."""
    document = {
        key: _plain(value)
        for key, value in asdict(item).items()
        if value or value == ""  # neither (), None, False, nor {}
    }
    for derived_key in _derived_keys(item.__class__):
        document[derived_key] = getattr(item, derived_key)
    if document.pop("source", None):
        document["sources"] = sources_json(item_citations(catalog, item))
    return document


@cache
def _derived_keys(item_type: Hashable) -> Sequence[str]:
    return [key for key in ("name", "code") if isinstance(getattr(item_type, key, None), property)]


def _plain(value: object) -> object:
    """Return a value of the catalog as JSON can hold it."""
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, Struct):
        return to_builtins(value)  # without what is not stated; `false` stays where it is not the default
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return dict(value) if isinstance(value, Mapping) else value


def requirements_elsewhere_json(catalog: Catalog, program: Program) -> list[dict[str, Any]]:
    """Return the requirements of the institution, the specialty, the state and the country for a program."""
    institution, specialty = catalog.institution[program.institution], catalog.specialty[program.specialty]
    values = RecordFacts(catalog, institution).values("requirements")
    concerned = sponsor_requirements(catalog, program)
    documents = [
        {
            "by": "institution",
            **_item_json(catalog, item),
            "sources": sources_json(value.citations),
            **_marks_json(value),
            "hospital_wide": True,
        }
        for item, value in zip(institution.requirements, values, strict=True)
        if item in concerned
    ]
    if specialty.prerequisite:
        cited_sources = citations(catalog, specialty.provenance, specialty.provenance.sources_of("prerequisite"))
        prerequisite = {"topic": "prior training", "text": specialty.prerequisite}
        documents.append({"by": "specialty", **prerequisite, "sources": sources_json(cited_sources)})
    for rule in general_rules(catalog, program):
        cited_sources = citations(catalog, rule.provenance, rule.provenance.sources_of("text"))
        issuer = "state" if rule.state else "country"
        documents.append(
            {
                "by": issuer,
                "id": rule.id,
                "topic": rule.topic,
                "text": rule.text,
                "sources": sources_json(cited_sources),
            }
        )
    return documents


def comparison_json(catalog: Catalog, programs: Sequence[Program], rows: Sequence[ComparisonRow]) -> dict[str, Any]:
    """Return a comparison with the sources of each fact; null means not stated."""
    return {
        "programs": [program_record_json(catalog, program) for program in programs],
        "fields": [
            {
                "field": row.key,
                "label": row.label,
                "differs": row.differs,
                "values": [_cell_json(cell) for cell in row.cells],
            }
            for row in rows
        ],
    }


def _cell_json(cell: ComparisonCell) -> dict[str, Any] | None:
    return {"values": list(cell.values), "sources": sources_json(cell.citations)} if cell.values else None
