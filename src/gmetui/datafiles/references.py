"""From what was read to one `Catalog`: every reference must hold, and everything gets its order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, cast

from ..catalog import schema as f
from ..catalog.completeness import rank_of
from ..catalog.models import Catalog, Edition, Program, Provenance, SiteId, SpecialtyId
from ..text import nearest
from .draft import Draft, Placed


def linked(draft: Draft) -> Catalog:
    """Check that every reference holds and put everything in its order."""
    _link_parents(draft)
    _link_sites(draft)
    _check_references(draft)
    names = {own: placed.value.name.casefold() for own, placed in draft.institutions.items()}
    programs = sorted(
        (placed.value for placed in draft.programs.values()),
        key=lambda p: (rank_of(p), names.get(p.institution, ""), p.institution, p.name.casefold(), p.id),
    )
    return Catalog(
        edition=draft.editions[-1].value if draft.editions else Edition(version="own data", date="undated"),
        institutions=tuple(
            sorted((p.value for p in draft.institutions.values()), key=lambda i: (i.name.casefold(), i.id))
        ),
        programs=tuple(programs),
        specialties=tuple(placed.value for placed in draft.specialties.values()),
        services=tuple(placed.value for placed in draft.services.values()),
        salaries=tuple(placed.value for placed in draft.salaries),
        requirements=tuple(placed.value for placed in draft.requirements.values()),
        sources=tuple(placed.value for placed in draft.sources.values()),
        boards=draft.boards,
        ambiguities=tuple(draft.ambiguities.values()),
        sites=tuple(placed.value for placed in draft.sites.values()),
    )


def _check_references(draft: Draft) -> None:
    for placed in draft.programs.values():
        _refer(placed, "institution", placed.value.institution, draft.institutions)
        _refer(placed, "specialty", placed.value.specialty, draft.specialties)
        _check_tracks(placed)
        if not placed.value.provenance.source:
            placed.reader.complain(f"{placed.path}.source", "is missing", "every program names the page it stands on")
    for home in draft.sites.values():
        if home.value.part_of:
            _refer(home, "part_of", home.value.part_of, draft.sites, "site")
    owners: tuple[Iterable[Placed[Any]], ...] = (
        draft.programs.values(),
        draft.institutions.values(),
        draft.specialties.values(),
        draft.services.values(),
        draft.requirements.values(),
        draft.sites.values(),
        draft.salaries,
    )
    for placed in chain.from_iterable(owners):
        _check_sources(placed, draft.sources)
        _check_items(placed, draft)


def _link_parents(draft: Draft) -> None:
    """Replace the parents' names by their ids."""
    by_name = {placed.value.name.casefold(): own for own, placed in draft.specialties.items()}
    for own, placed in list(draft.specialties.items()):
        ids = []
        for index, name in enumerate(placed.value.parents):
            parent = by_name.get(name.casefold())
            if parent is None:
                near = nearest(name, list(by_name))
                right = f"did you mean {near!r}?" if near else "the name of a specialty"
                placed.reader.complain(f"{placed.path}.parents[{index}]", f"no specialty is called {name!r}", right)
            else:
                ids.append(SpecialtyId(parent))
        if ids:
            linked = placed.value._replace(parents=tuple(ids))
            draft.specialties[own] = Placed(linked, placed.reader, placed.path)


def _link_sites(draft: Draft) -> None:
    """A place that is written exactly as a site is called is that site."""
    by_name = {
        name: SiteId(own) for own, site in draft.sites.items() for name in (site.value.name, *site.value.also_called)
    }
    groups: tuple[tuple[dict[str, Placed[Any]], tuple[str, ...]], ...] = (
        (cast("dict[str, Placed[Any]]", draft.programs), ("sites", "joint_with")),
        (cast("dict[str, Placed[Any]]", draft.institutions), ("system_hospitals",)),
    )
    for group, keys in groups:
        for own, placed in group.items():
            changed = {}
            for key in keys:
                items = getattr(placed.value, key)
                if any(not item.site and item.text in by_name for item in items):
                    changed[key] = tuple(
                        item if item.site or item.text not in by_name else item._replace(site=(by_name[item.text],))
                        for item in items
                    )
            if changed:
                group[own] = Placed(placed.value._replace(**changed), placed.reader, placed.path)


def _refer(placed: Placed[Any], key: str, wanted: str, known: Mapping[str, object], what: str = "") -> None:
    """Complain when `wanted` is not among the ids of `known`."""
    if wanted not in known:
        near = nearest(wanted, list(known))
        right = f"did you mean {near!r}?" if near else f"add one with that id, or correct the {key}"
        placed.reader.complain(f"{placed.path}.{key}", f"no {what or key} has the id {wanted!r}", right)


def _check_sources(placed: Placed[Any], known: Mapping[str, object]) -> None:
    provenance: Provenance = placed.value.provenance
    for key, pages in (
        ("source", provenance.source),
        ("also_read", provenance.also_read),
        *((f"sources.{page}", (page,)) for named in provenance.by_field.values() for page in named),
        *((f"statement[{n}].source", s.source) for n, s in enumerate(getattr(placed.value, "statements", ()))),
        *((f"route[{n}].source", s.source) for n, s in enumerate(getattr(placed.value, "routes", ()))),
    ):
        for page in pages:
            _refer(placed, key, page, known, "page")
    _check_field_names(placed, "sources", provenance.by_field)
    _check_field_names(placed, "third_party", provenance.third_party_fields)


def _check_field_names(placed: Placed[Any], key: str, names: Iterable[str]) -> None:
    """`sources` and `third_party` may only speak of keys that the table can have."""
    known = {field.key for field in f.TABLES[placed.path.partition("[")[0]]}
    for name in names:
        if name not in known:
            near = nearest(name, sorted(known))
            right = f"did you mean {near!r}?" if near else "a key of this table"
            placed.reader.complain(f"{placed.path}.{key}", f"{name!r} is no key of this table", right)


def _check_items(placed: Placed[Any], draft: Draft) -> None:
    """Every id inside a list stands for something."""
    for declared in f.TABLES[placed.path.partition("[")[0]]:
        if declared.shape != "items":
            continue
        for number, item in enumerate(getattr(placed.value, declared.key)):
            path = f"{declared.key}[{number}]"
            for page in item.source:
                _refer(placed, f"{path}.source", page, draft.sources, "page")
            for site in getattr(item, "site", ()):
                _refer(placed, f"{path}.site", site, draft.sites, "site")
            needs = getattr(item, "needs", None)
            for specialty in needs.trained_in if needs else ():
                _refer(placed, f"{path}.needs", specialty, draft.specialties, "specialty")


def _check_tracks(placed: Placed[Program]) -> None:
    """A code or a requirement that names a track names one that the program has."""
    names = [track.name for track in placed.value.tracks]
    for key in ("nrmp_codes", "requirements"):
        for number, item in enumerate(getattr(placed.value, key)):
            if item.track and item.track not in names:
                near = nearest(item.track, names)
                right = f"did you mean {near!r}?" if near else f"one of {', '.join(names) or 'its tracks; it has none'}"
                path = f"{placed.path}.{key}[{number}].track"
                placed.reader.complain(path, f"the program has no track {item.track!r}", right)
