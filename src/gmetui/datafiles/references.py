"""From a draft to a `Catalog`: every reference must hold, and everything gets its order."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, cast

from msgspec.structs import replace

from ..catalog.catalog import Catalog
from ..catalog.completeness import sort_rank
from ..catalog.ids import SiteId, SpecialtyId
from ..catalog.items import Needs, Partner, SiteReference
from ..catalog.models import Edition, Institution, Program, Provenance, Service
from ..catalog.schema import TABLES
from ..catalog.service_use import named_service
from ..progress import ReportShare, ignore_share
from ..text import did_you_mean
from .draft import CatalogDraft, ModelT, Node
from .program_spool import SpooledPrograms
from .season_references import check_season, season_of

#: The keys of each table that hold lists of items.
_ITEM_KEYS = {name: tuple(field.key for field in fields if field.shape == "items") for name, fields in TABLES.items()}
_REPORT_INTERVAL = 1_000  # programs
#: More programs than this are decoded when they are looked at.
_MAX_DECODED_PROGRAMS = 20_000
#: The lists of sites, by the table that has them.
_PROGRAM_SITES, _INSTITUTION_SITES = ("sites", "joint_with"), ("system_hospitals",)


def link_references(draft: CatalogDraft, report_progress: ReportShare = ignore_share) -> Catalog:
    """Check that every reference holds and put everything in its order."""
    _link_parents(draft)
    _link_services(draft)
    site_ids = _site_ids(draft)
    _link_institution_sites(draft, site_ids)
    institutions = _sorted_institutions(draft)
    programs = _linked_programs(draft, institutions, site_ids, report_progress)
    _check_references(draft)
    check_season(draft)
    return Catalog(
        edition=draft.editions[-1].value if draft.editions else Edition(version="own data", date="undated"),
        institutions=institutions,
        programs=programs,
        specialties=tuple(node.value for node in draft.specialties.values()),
        services=tuple(node.value for node in draft.services.values()),
        salaries=tuple(node.value for node in draft.salaries),
        requirements=tuple(node.value for node in draft.requirements.values()),
        sources=tuple(node.value for node in draft.sources.values()),
        boards=draft.boards,
        ambiguities=tuple(draft.ambiguities.values()),
        sites=tuple(node.value for node in draft.sites.values()),
        season=season_of(draft),
    )


def _sorted_institutions(draft: CatalogDraft) -> tuple[Institution, ...]:
    institutions = (node.value for node in draft.institutions.values())
    return tuple(sorted(institutions, key=lambda institution: (institution.name.casefold(), institution.id)))


def _linked_programs(
    draft: CatalogDraft,
    institutions: Sequence[Institution],
    site_ids: Mapping[str, SiteId],
    report_progress: ReportShare,
) -> Sequence[Program]:
    """Check each program, give its places the ids of their sites, and return the programs in their order.

    Many programs are decoded when they are looked at.
    """
    ranks = {institution.id: rank for rank, institution in enumerate(institutions)}
    texts: dict[str, str] = {}
    sort_keys: list[tuple[int, int, str, str]] = []
    for count, program_id in enumerate(draft.programs):
        if count % _REPORT_INTERVAL == 0:
            report_progress(count / len(draft.programs))
        node = draft.programs[program_id]
        linked = _with_sites(node, _PROGRAM_SITES, site_ids)
        if linked is not node:
            draft.programs[program_id] = linked
        _check_program(linked, draft)
        program, name = linked.value, linked.value.name.casefold()
        rank = ranks.get(program.institution, -1)
        sort_keys.append((sort_rank(program), rank, texts.setdefault(name, name), program_id))
    sort_keys.sort()
    numbers = array("Q", (draft.programs.number_of(program_id) for *_, program_id in sort_keys))
    programs = SpooledPrograms(draft.programs.spool, numbers)
    return programs if len(programs) > _MAX_DECODED_PROGRAMS else tuple(programs)


def _link_parents(draft: CatalogDraft) -> None:
    """Replace the names of parent specialties by their ids."""
    ids_by_name = {node.value.name.casefold(): specialty_id for specialty_id, node in draft.specialties.items()}
    for specialty_id, node in list(draft.specialties.items()):
        if node.reader is draft.linked_reader:
            continue
        parents = []
        for index, name in enumerate(node.value.parents):
            parent = ids_by_name.get(name.casefold())
            if parent is None:
                hint = did_you_mean(name, ids_by_name) or "write the name of a specialty"
                node.report(f"parents[{index}]", f"unknown specialty “{name}”", hint)
            else:
                parents.append(SpecialtyId(parent))
        if parents:
            draft.specialties[specialty_id] = node.replaced(parents=tuple(parents))
        for base in node.value.length_after:
            if base not in parents:
                hint = did_you_mean(base, parents) or "write the id of one of its `parents`"
                node.report(f"length_after.{base}", f"“{base}” is not among the specialties it builds on", hint)


#: The fields that hold ids of services, and those whose texts name them.
_SERVICE_FIELDS = {"application_ids": "application", "match_ids": "match"}


def _link_services(draft: CatalogDraft) -> None:
    """Give each specialty the ids of the services that it names, unless it states them, and check those it states."""
    services = [node.value for node in draft.services.values()]
    for specialty_id, node in draft.specialties.items():
        if node.reader is draft.linked_reader:
            continue
        specialty = node.value
        for key, stated_ids in (("application_ids", specialty.application_ids), ("match_ids", specialty.match_ids)):
            for service_id in stated_ids:
                _check_id(node, key, service_id, draft.services, "service")
        application_ids = specialty.application_ids or _named_ids(specialty.application, services)
        match_ids = specialty.match_ids or _named_ids((specialty.match,) if specialty.match else (), services)
        if application_ids or match_ids:
            provenance = _with_sources_of(specialty.provenance, _SERVICE_FIELDS)
            draft.specialties[specialty_id] = node.replaced(
                application_ids=application_ids, match_ids=match_ids, provenance=provenance
            )


def _with_sources_of(provenance: Provenance, fields: Mapping[str, str]) -> Provenance:
    """Return where facts come from, with that of a field for each field that follows from it."""
    by_field = {**provenance.by_field}
    general_knowledge = list(provenance.general_knowledge)
    for derived, field in fields.items():
        if field in provenance.general_knowledge:
            general_knowledge.append(derived)
        elif provenance.sources_of(field):
            by_field.setdefault(derived, provenance.sources_of(field))
    return replace(provenance, by_field=by_field, general_knowledge=tuple(dict.fromkeys(general_knowledge)))


def _named_ids(texts: Iterable[str], services: Iterable[Service]) -> tuple[str, ...]:
    named = (named_service(text, services) for text in texts)
    return tuple(dict.fromkeys(service_id for service_id in named if service_id))


def _site_ids(draft: CatalogDraft) -> Mapping[str, SiteId]:
    """Return the ids of sites by each of their names."""
    return {
        name: SiteId(site_id)
        for site_id, node in draft.sites.items()
        for name in (node.value.name, *node.value.also_called)
    }


def _link_institution_sites(draft: CatalogDraft, site_ids: Mapping[str, SiteId]) -> None:
    for institution_id, node in draft.institutions.items():
        draft.institutions[institution_id] = _with_sites(node, _INSTITUTION_SITES, site_ids)


def _with_sites(node: Node[ModelT], keys: Sequence[str], site_ids: Mapping[str, SiteId]) -> Node[ModelT]:
    """Return a node in which each place that is written exactly like a site's name has the id of that site."""
    linked = {}
    for key in keys:
        references: tuple[SiteReference | Partner, ...] = getattr(node.value, key)
        if any(not reference.site and reference.text in site_ids for reference in references):
            linked[key] = tuple(_linked_site(reference, site_ids) for reference in references)
    return node.replaced(**linked) if linked else node


def _linked_site(reference: SiteReference | Partner, ids_by_name: Mapping[str, SiteId]) -> SiteReference | Partner:
    if reference.site or reference.text not in ids_by_name:
        return reference
    return replace(reference, site=(ids_by_name[reference.text],))


def _check_program(program: Node[Program], draft: CatalogDraft) -> None:
    _check_id(program, "institution", program.value.institution, draft.institutions)
    _check_id(program, "specialty", program.value.specialty, draft.specialties)
    _check_tracks(program)
    if not program.value.provenance.source:
        program.report("source", "is missing", "name the page that the program was read on")
    _check_sources(program, draft.sources)
    _check_items(program, draft)


def _check_references(draft: CatalogDraft) -> None:
    """Report ids that nothing has in everything but programs."""
    for site in draft.sites.values():
        if site.value.part_of:
            _check_id(site, "part_of", site.value.part_of, draft.sites, "site")
    for node in _nodes_with_sources(draft):
        _check_sources(node, draft.sources)
        _check_items(node, draft)
        _check_trained_in(node, "needs", getattr(node.value, "needs", None), draft)


def _nodes_with_sources(draft: CatalogDraft) -> Iterator[Node[Any]]:
    groups = (
        draft.institutions.values(),
        draft.specialties.values(),
        draft.services.values(),
        draft.requirements.values(),
        draft.sites.values(),
        draft.salaries,
    )
    return chain.from_iterable(cast("tuple[Iterable[Node[Any]], ...]", groups))


def _check_id(node: Node[Any], key: str, wanted: str, known_ids: Mapping[str, object], noun: str = "") -> None:
    """Report `wanted` when it is not among the known ids; `noun` names what it should be, `key` unless given."""
    if wanted not in known_ids:
        hint = did_you_mean(wanted, known_ids) or f"add one with that id, or correct the {key}"
        node.report(key, f"unknown {noun or key} “{wanted}”", hint)


def _check_sources(node: Node[Any], known_ids: Mapping[str, object]) -> None:
    provenance = node.value.provenance
    _check_field_names(node, "sources", provenance.by_field)
    _check_field_names(node, "third_party", provenance.third_party_fields)
    records = (*getattr(node.value, "statements", ()), *getattr(node.value, "routes", ()))
    if known_ids.keys() >= provenance.pages.union(*(record.source for record in records)):
        return
    named = [("source", provenance.source), ("also_read", provenance.also_read)]
    named += [(f"sources.{source}", (source,)) for sources in provenance.by_field.values() for source in sources]
    for table_name, records in (
        ("statement", getattr(node.value, "statements", ())),
        ("route", getattr(node.value, "routes", ())),
    ):
        named += [(f"{table_name}[{index}].source", record.source) for index, record in enumerate(records)]
    for key, source_ids in named:
        for source_id in source_ids:
            _check_id(node, key, source_id, known_ids, "page")


def _check_field_names(node: Node[Any], key: str, names: Iterable[str]) -> None:
    """Report names of fields that the table cannot have."""
    for name in names:
        known_keys = sorted(field.key for field in _fields_of_table(node))
        if name not in known_keys:
            hint = did_you_mean(name, known_keys) or "write a key of this table"
            node.report(key, f"unknown field “{name}”", hint)


def _check_items(node: Node[Any], draft: CatalogDraft) -> None:
    """Report ids inside lists that nothing has."""
    for key in _ITEM_KEYS[_table_name(node)]:
        for index, item in enumerate(getattr(node.value, key)):
            for source_id in item.source:
                _check_id(node, f"{key}[{index}].source", source_id, draft.sources, "page")
            for site_id in getattr(item, "site", ()):
                _check_id(node, f"{key}[{index}].site", site_id, draft.sites, "site")
            if needs := getattr(item, "needs", None):
                _check_trained_in(node, f"{key}[{index}].needs", needs, draft)


def _check_trained_in(node: Node[Any], key: str, needs: Needs | None, draft: CatalogDraft) -> None:
    for specialty_id in needs.trained_in if needs else ():
        _check_id(node, key, specialty_id, draft.specialties, "specialty")


def _fields_of_table(node: Node[Any]) -> Sequence[Any]:
    return TABLES[_table_name(node)]


def _table_name(node: Node[Any]) -> str:
    return node.table_path.partition("[")[0]


def _check_tracks(node: Node[Program]) -> None:
    """Report codes and requirements that name a track the program does not have."""
    track_names = [track.name for track in node.value.tracks]
    for key in ("nrmp_codes", "requirements"):
        for index, item in enumerate(getattr(node.value, key)):
            if item.track and item.track not in track_names:
                tracks = f"use one of {', '.join(track_names)}" if track_names else "the program has no tracks"
                hint = did_you_mean(item.track, track_names) or tracks
                node.report(f"{key}[{index}].track", f"unknown track “{item.track}”", hint)
