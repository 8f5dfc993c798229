"""Programs and comparisons as JSON: every stored field, each fact with its sources.

The commands and the JSON export share these functions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from ..catalog.catalog import Catalog
from ..catalog.comparison import ComparisonCell, ComparisonRow
from ..catalog.completeness import is_name_only
from ..catalog.facts import Citation, Fact, citations, general_rules, item_citations, program_facts
from ..catalog.models import Institution, Program, Service, Statement
from ..catalog.schema import PROGRAM, Field
from ..catalog.scope import sponsor_requirements

#: Values that state nothing.
_EMPTY: tuple[object, ...] = ((), None, False)


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


def fact_json(
    value: object, cited_sources: Sequence[Citation], *, is_general_knowledge: bool = False
) -> dict[str, Any]:
    """Return a value with its source; the key `other_sources` exists only when there are several."""
    document = {"value": value, **_sources_json(cited_sources)}
    if is_general_knowledge:
        document["basis"] = "general knowledge"
    return document


def _sources_json(cited_sources: Sequence[Citation]) -> dict[str, Any]:
    document: dict[str, Any] = {"source": source_json(cited_sources[0]) if cited_sources else None}
    if len(cited_sources) > 1:
        document["other_sources"] = [source_json(citation) for citation in cited_sources[1:]]
    return document


def program_summary_json(catalog: Catalog, program: Program) -> dict[str, Any]:
    """Return the id, name, kind, institution and specialty of a program."""
    return {
        "id": program.id,
        "name": program.name,
        "kind": program.kind,
        "institution": _institution_name_json(catalog, program),
        "specialty": _specialty_name_json(catalog, program),
    }


def _institution_name_json(catalog: Catalog, program: Program) -> dict[str, Any]:
    return {"id": program.institution, "name": catalog.institution[program.institution].name}


def _specialty_name_json(catalog: Catalog, program: Program) -> dict[str, Any]:
    return {"id": program.specialty, "name": catalog.specialty[program.specialty].name}


def program_json(catalog: Catalog, program: Program) -> dict[str, Any]:
    """Return every stored field of a program; a field that no source states is null and listed in `not_stated`."""
    document: dict[str, Any] = {"id": program.id}
    not_stated = []
    facts = {fact.key: fact for fact in program_facts(catalog, program)}
    for field in PROGRAM:
        if field.key != "id":
            document[field.key] = _field_json(catalog, program, field, facts[field.key])
            if not facts[field.key].values:
                not_stated.append(field.key)
    statements = [statement_json(catalog, program, statement) for statement in program.statements]
    mission = next((statement for statement in statements if statement["what"] == "mission"), None)
    if mission is None:
        not_stated.append("mission")
    provenance = program.provenance
    return {
        **document,
        "statements": statements,
        "mission": mission and {"value": mission["quote"], "source": mission["source"]},
        "also_read": [source_json(citation) for citation in citations(catalog, provenance, provenance.also_read)],
        "third_party": provenance.third_party,
        "name_only": is_name_only(program),
        "partners": [
            {"id": partner_id, "name": catalog.institution[partner_id].name}
            for partner_id in catalog.partners.get(program.id, ())
        ],
        "as_of": provenance.as_of,
        "as_of_added": provenance.as_of_added,
        "not_stated": not_stated,
    }


def _field_json(catalog: Catalog, program: Program, field: Field, fact: Fact) -> dict[str, Any] | None:
    """Return one field of a program, or None when no source states it."""
    if field.key == "institution":
        return _institution_name_json(catalog, program)
    if field.key == "specialty":
        return {**_specialty_name_json(catalog, program), "source": _sources_json(fact.citations)["source"]}
    if not fact.values:
        return None
    document = fact_json(field_value_json(catalog, program, field), fact.citations)
    if fact.third_party:
        document["third_party"] = True
    return document


def statement_json(catalog: Catalog, record: Program | Institution, statement: Statement) -> dict[str, Any]:
    """Return an official statement with its sources; several paragraphs are a list."""
    quote: object = statement.quote[0] if len(statement.quote) == 1 else list(statement.quote)
    cited_sources = citations(catalog, record.provenance, statement.source)
    return {"what": statement.what, "quote": quote, "note": statement.note, **_sources_json(cited_sources)}


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
    document = {key: _plain(value) for key, value in asdict(item).items() if value not in (*_EMPTY, {})}
    for derived_key in ("name", "code"):
        if isinstance(getattr(type(item), derived_key, None), property):
            document[derived_key] = getattr(item, derived_key)
    if item.source:
        document["source"] = [source_json(citation) for citation in item_citations(catalog, item)]
    return document


def _plain(value: object) -> object:
    """Return a value of the catalog as JSON can hold it."""
    if isinstance(value, Struct):
        return {key: _plain(part) for key, part in asdict(value).items() if part not in _EMPTY}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return dict(value) if isinstance(value, Mapping) else value


def requirements_elsewhere_json(catalog: Catalog, program: Program) -> list[dict[str, Any]]:
    """Return the requirements of the institution, the specialty, the state and the country for a program."""
    institution, specialty = catalog.institution[program.institution], catalog.specialty[program.specialty]
    cited_sources = citations(catalog, institution.provenance, institution.provenance.sources_of("requirements"))
    documents = [
        {"by": "institution", **_item_json(catalog, item), **_sources_json(cited_sources)}
        for item in sponsor_requirements(catalog, program)
    ]
    if specialty.prerequisite:
        cited_sources = citations(catalog, specialty.provenance, specialty.provenance.sources_of("prerequisite"))
        prerequisite = {"topic": "prior training", "text": specialty.prerequisite}
        documents.append({"by": "specialty", **prerequisite, **_sources_json(cited_sources)})
    for rule in general_rules(catalog, program):
        cited_sources = citations(catalog, rule.provenance, rule.provenance.sources_of("text"))
        issuer = "state" if rule.state else "country"
        documents.append(
            {"by": issuer, "id": rule.id, "topic": rule.topic, "text": rule.text, **_sources_json(cited_sources)}
        )
    return documents


def comparison_json(catalog: Catalog, programs: Sequence[Program], rows: Sequence[ComparisonRow]) -> dict[str, Any]:
    """Return a comparison with the sources of each fact; null means not stated."""
    return {
        "programs": [program_summary_json(catalog, program) for program in programs],
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
    return fact_json(list(cell.values), cell.citations) if cell.values else None
