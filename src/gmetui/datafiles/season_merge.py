"""Imported dates of services in a draft. The reviewed hosts say who publishes their pages, whatever the file says."""

from __future__ import annotations

from collections.abc import Iterable

from ..catalog.season import SeasonDate
from ..catalog.season_agreement import joined_dates
from .draft import CatalogDraft, Node
from .source_lint import publisher_of


def merge_dates(draft: CatalogDraft, imported: Iterable[Node[SeasonDate]]) -> None:
    """Add imported dates to a draft. One is official only if a page of it is on a host reviewed as official."""
    imported_nodes = {}
    for node in imported:
        is_official = any(_is_official(draft, page_id, node) for page_id in node.value.source)
        season_date = node.replaced(third_party=node.value.third_party or not is_official)
        imported_nodes[season_date.value.id] = season_date
    if not imported_nodes:
        return
    bundled = [node.value for node in draft.season_dates.values()]
    joined = joined_dates(bundled, [node.value for node in imported_nodes.values()])
    for date_id, date in joined.items():
        node = draft.season_dates.get(date_id) or imported_nodes[date_id]
        draft.season_dates[date_id] = Node(date, node.reader, node.table_path)


def _is_official(draft: CatalogDraft, page_id: str, date_node: Node[SeasonDate]) -> bool:
    """Tell whether a page of the imported file is official, and correct its publisher."""
    page = draft.sources.get(page_id)
    if page is None or page.reader is not date_node.reader:
        return False
    is_official = publisher_of(page.value.url or "", draft.publishers) == "official"
    draft.sources[page_id] = page.replaced(publisher="official" if is_official else "third-party")
    return is_official
