"""A draft that starts from the compiled bundled data, to which lists are added without reading its TOML again."""

from __future__ import annotations

from collections.abc import Iterable

from ..catalog.catalog import Catalog
from .draft import CatalogDraft, ModelT, Node
from .program_spool import ProgramSpool
from .reader import TableReader

#: The file named by problems of the bundled data, which was checked when it was compiled.
_FILE = "data"


def draft_of(catalog: Catalog, spool: ProgramSpool) -> CatalogDraft:
    """Return a draft with everything that a catalog has, whose programs are put into `spool`."""
    reader = TableReader(_FILE, "")

    def nodes(table_name: str, values: Iterable[ModelT]) -> list[Node[ModelT]]:
        return [Node(value, reader, f"{table_name}[{index}]") for index, value in enumerate(values)]

    season = catalog.season
    draft = CatalogDraft(
        editions=nodes("edition", (catalog.edition,)),
        institutions={node.value.id: node for node in nodes("institution", catalog.institutions)},
        specialties={
            specialty.id: Node(specialty, reader, "specialty[0]" if specialty.listed else "unlisted[0]")
            for specialty in catalog.specialties
        },
        sites={node.value.id: node for node in nodes("site", catalog.sites)},
        services={node.value.id: node for node in nodes("service", catalog.services)},
        requirements={node.value.id: node for node in nodes("requirement", catalog.requirements)},
        sources={node.value.id: node for node in nodes("page", catalog.sources)},
        salaries=nodes("salary", catalog.salaries),
        season_dates={node.value.id: node for node in nodes("date", season.dates)},
        fees={node.value.id: node for node in nodes("fee", season.fees)},
        signals=nodes("signal", season.signals),
        season_rules={node.value.id: node for node in nodes("rule", season.rules)},
        guidance=nodes("guidance", season.guidance),
        season_gaps=nodes("not_found", season.gaps),
        ambiguities={ambiguity.token: ambiguity for ambiguity in catalog.ambiguities},
        boards=dict(catalog.boards),
        linked_reader=reader,
    )
    draft.programs.spool = spool
    for node in nodes("program", catalog.programs):
        draft.programs[node.value.id] = node
    return draft
