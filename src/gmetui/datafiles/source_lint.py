"""What `gmetui check` reports about sources: whose pages they are, and whether each fact may rest on them.

The publisher of a page follows from its host: `data/publishers.toml` lists the reviewed hosts. Some publishers do not
allow their data to be used: pages of FREIDA and Residency Explorer, and reports of the NRMP, cannot be sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from ..catalog.items import Item
from ..catalog.models import Institution, Program, Source
from .draft import CatalogDraft, Node

#: Hosts, and parts of addresses, whose owners do not allow the use of their data.
_FORBIDDEN = re.compile(
    r"//(?:[^/]*\.)?(?:freida[^/]*\.ama-assn\.org|residencyexplorer\.org)(?:[:/]|$)"
    r"|//(?:[^/]*\.)?nrmp\.org/.*(?:results-and-data|charting-outcomes|program-director-survey|data-report)",
    re.IGNORECASE,
)
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])\Z")
#: Words of whoever collected the data, which mean nothing to a reader.
_JARGON = re.compile(
    r"\(seed page\)|seed list|founding document|facts\.toml|\(third party\)|stored (?:page|copy|excerpt)"
    r"|Earlier value of|FREIDA",
    re.IGNORECASE,
)


def lint_sources(draft: CatalogDraft) -> None:
    """Report every source, and every fact with its sources, that breaks a rule of this module."""
    for page in draft.sources.values():
        _lint_page(page, draft.publishers)
    nodes: list[Node[Program] | Node[Institution]] = [*draft.institutions.values(), *draft.programs.values()]
    for node in nodes:
        _lint_third_party(node, draft)
        _lint_months(node)
        _lint_jargon(node)
    for program in draft.programs.values():
        _lint_accreditation(program)
        _lint_acgme_source(program, draft)


def publisher_of(url: str, publishers: dict[str, str]) -> str | None:
    """Return the publisher that the reviewed table names for the host of an address, or for a domain above it.

    On hosts that many share, the table names the host with the first part of the path: "sites.google.com/example.org".
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    shared_host = f"{host}/{parts.path.strip('/').partition('/')[0]}"
    if shared_host in publishers:
        return publishers[shared_host]
    while host:
        if host in publishers:
            return publishers[host]
        host = host.partition(".")[2]
    return None


def _lint_page(node: Node[Source], publishers: dict[str, str]) -> None:
    source = node.value
    if source.url and _FORBIDDEN.search(source.url):
        _report(node, "url", "is a source whose owner does not allow its use", "cite the program's own page")
    expected = publisher_of(source.url, publishers) if source.url else None
    if source.copy_of and source.publisher != "third-party":
        _report(node, "publisher", "a copy is a third party's page", 'write "third-party"')
    elif expected and not source.copy_of and source.publisher != expected:
        _report(node, "publisher", f"publishers.toml says “{expected}” for this host", "correct one of them")
    if source.read and not _MONTH.match(source.read):
        _report(node, "read", f"“{source.read}” is not a month", "write YYYY-MM")


def _lint_third_party(node: Node[Program] | Node[Institution], draft: CatalogDraft) -> None:
    """Report facts marked as a third party's although every page cited for them is the institution's own."""
    provenance = node.value.provenance
    for key in provenance.third_party_fields:
        if _all_own_pages(provenance.sources_of(key), draft):
            _report(node, "third_party", f"{key} rests on the institution's own page", "cite the other page")
    for key, item in _items(node.value):
        if item.third_party and _all_own_pages(item.source or provenance.sources_of(key.partition("[")[0]), draft):
            _report(node, key, "is marked as a third party's beside the institution's own page", "cite the other page")


def _all_own_pages(source_ids: Iterable[str], draft: CatalogDraft) -> bool:
    publishers = [draft.sources[source_id].value.publisher for source_id in source_ids if source_id in draft.sources]
    return bool(publishers) and all(publisher == "institution" for publisher in publishers)


def _items(value: Program | Institution) -> Iterator[tuple[str, Item]]:
    """Yield every item of a program or an institution with its key, such as "visa[0]"."""
    for key in value.__struct_fields__:
        items = getattr(value, key)
        if isinstance(items, tuple):
            yield from ((f"{key}[{index}]", item) for index, item in enumerate(items) if isinstance(item, Item))


def _lint_months(node: Node[Program] | Node[Institution]) -> None:
    confirmed = node.value.provenance.confirmed
    if confirmed and not _MONTH.match(confirmed):
        _report(node, "confirmed", f"“{confirmed}” is not a month", "write YYYY-MM")


def _lint_jargon(node: Node[Program] | Node[Institution]) -> None:
    texts = [(key, item.text) for key, item in _items(node.value)]  # type: ignore[attr-defined]  # every item has one
    texts += [
        (key, value) for key in node.value.__struct_fields__ if isinstance(value := getattr(node.value, key), str)
    ]
    for key, text in texts:
        match = _JARGON.search(text)
        if match:
            _report(node, key, f"“{match[0]}” means nothing to a reader", "say it in plain words, or use a mark")


def _lint_accreditation(node: Node[Program]) -> None:
    if node.value.accreditation == "other" and not node.value.accreditation_note:
        _report(
            node, "accreditation", "does not name the accreditor", 'name it in accreditation_note, or write "unknown"'
        )


def _lint_acgme_source(node: Node[Program], draft: CatalogDraft) -> None:
    """Report an ACGME id whose only page is the front page of a site."""
    if node.value.acgme_id is None:
        return
    source_ids = node.value.provenance.sources_of("acgme_id")
    urls = [draft.sources[source_id].value.url for source_id in source_ids if source_id in draft.sources]
    if urls and all(url and urlsplit(url).path in ("", "/") and not urlsplit(url).query for url in urls):
        _report(node, "acgme_id", "rests on the front page of a site", "cite the page that states it")


def _report(node: Node[Any], key: str, message: str, hint: str) -> None:
    node.report(key, message, hint, fatal=False, doubtful=True)
