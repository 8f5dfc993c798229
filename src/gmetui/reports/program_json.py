"""Programs as JSON: every stored field, each fact with its source and date; shared by `show` and `export`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..catalog.completeness import named_only
from ..catalog.facts import Citation, citations, general_requirements, item_citations, program_facts
from ..catalog.models import Catalog, Institution, Program, Service, Statement
from ..catalog.schema import PROGRAM
from ..catalog.vocabulary import Field
from .brief import brief_json


def source_json(citation: Citation) -> dict[str, Any]:
    """Return a page as the contract names it."""
    source = citation.source
    return {
        "id": source.id,
        "url": source.url,
        "title": source.title,
        "as_of": citation.as_of,
        "publisher": source.publisher,
    }


def fact_json(value: object, cited: tuple[Citation, ...], *, general: bool = False) -> dict[str, Any]:
    """Return a value with its page; `other_sources` only where several pages stand behind it.

    `general` says that the value is general knowledge and no page was read for it.
    """
    fact: dict[str, Any] = {"value": value, "source": source_json(cited[0]) if cited else None}
    if len(cited) > 1:
        fact["other_sources"] = [source_json(citation) for citation in cited[1:]]
    if general:
        fact["basis"] = "general knowledge"
    return fact


def program_json(catalog: Catalog, program: Program) -> dict[str, Any]:
    """Return every stored field; one that nobody published is null and stands in `not_stated`."""
    brief = brief_json(catalog, program)
    whole: dict[str, Any] = {"id": program.id}
    not_stated = []
    facts = {fact.key: fact for fact in program_facts(catalog, program)}
    for field in PROGRAM:
        fact = facts[field.key]
        if field.key == "id":
            continue
        if field.key == "institution":
            whole[field.key] = brief["institution"]
        elif field.key == "specialty":
            whole[field.key] = brief["specialty"] | {"source": fact_json(None, fact.citations)["source"]}
        elif fact.values:
            whole[field.key] = fact_json(value_json(catalog, program, field), fact.citations)
            if fact.third_party:
                whole[field.key]["third_party"] = True
        else:
            whole[field.key] = None
            not_stated.append(field.key)
    whole["statements"] = [_statement(catalog, program, statement) for statement in program.statements]
    mission = next((s for s in whole["statements"] if s["what"] == "mission"), None)
    whole["mission"] = mission and {"value": mission["quote"], "source": mission["source"]}
    if mission is None:
        not_stated.append("mission")
    also = citations(catalog, program.provenance, program.provenance.also_read)
    whole["also_read"] = [source_json(citation) for citation in also]
    whole["third_party"] = program.provenance.third_party
    whole["name_only"] = named_only(program)
    partners = catalog.partners.get(program.id, ())
    whole["partners"] = [{"id": own, "name": catalog.institution[own].name} for own in partners]
    whole["as_of"] = program.provenance.as_of
    whole["as_of_added"] = program.provenance.as_of_added
    whole["not_stated"] = not_stated
    return whole


def _statement(catalog: Catalog, owner: Program | Institution, statement: Statement) -> dict[str, Any]:
    cited = citations(catalog, owner.provenance, statement.source)
    quote: object = statement.quote[0] if len(statement.quote) == 1 else list(statement.quote)
    return {"what": statement.what, "quote": quote, "note": statement.note, **_source_of(cited)}


def _source_of(cited: tuple[Citation, ...]) -> dict[str, Any]:
    fact = fact_json(None, cited)
    return {key: fact[key] for key in ("source", "other_sources") if key in fact}


def statements_json(catalog: Catalog, institution: Institution) -> list[dict[str, Any]]:
    """Return an institution's quotations with their pages."""
    return [_statement(catalog, institution, statement) for statement in institution.statements]


def value_json(catalog: Catalog, thing: Program | Institution | Service, field: Field) -> object:
    """Return what a field holds: text, number, or a list of texts or items."""
    value = getattr(thing, field.key)
    if field.shape != "items":
        return _plain(value)
    items = [_item_json(catalog, item) for item in value]
    if field.key == "tracks" and isinstance(thing, Program):
        codes = {code.track: code.code for code in thing.nrmp_codes if code.track}
        items = [item | {"nrmp_code": codes[item["name"]]} if item["name"] in codes else item for item in items]
    return items


def _item_json(catalog: Catalog, item: Any) -> dict[str, Any]:
    """Return an item with its structure; keys that say nothing are left out."""
    found = {key: _plain(part) for key, part in item._asdict().items() if part not in ((), None, False, {})}
    for derived in ("name", "code"):
        if isinstance(getattr(type(item), derived, None), property):
            found[derived] = getattr(item, derived)
    if item.source:
        found["source"] = [source_json(citation) for citation in item_citations(catalog, item)]
    return found


def asked_elsewhere_json(catalog: Catalog, program: Program) -> list[dict[str, Any]]:
    """Return what the sponsor, the specialty, the state and the country ask of applicants to a program."""
    institution, specialty = catalog.institution[program.institution], catalog.specialty[program.specialty]
    cited = citations(catalog, institution.provenance, institution.provenance.pages("requirements"))
    asked = [
        {"by": "institution", **_item_json(catalog, item), **_source_of(cited)} for item in institution.requirements
    ]
    if specialty.prerequisite:
        cited = citations(catalog, specialty.provenance, specialty.provenance.pages("prerequisite"))
        text = specialty.prerequisite
        asked.append({"by": "specialty", "topic": "prior training", "text": text, **_source_of(cited)})
    for rule in general_requirements(catalog, program):
        pages = () if "text" in rule.provenance.general_knowledge else rule.provenance.source
        cited = citations(catalog, rule.provenance, pages)
        by = "state" if rule.state else "country"
        asked.append({"by": by, "id": rule.id, "topic": rule.topic, "text": rule.text, **_source_of(cited)})
    return asked


def _plain(value: object) -> object:
    if hasattr(value, "_asdict"):
        return {key: _plain(part) for key, part in value._asdict().items() if part not in ((), None, False)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return dict(value) if isinstance(value, Mapping) else value
