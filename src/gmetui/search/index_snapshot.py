"""An index as JSON and back: what a wheel carries so that starting folds no text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..catalog.models import Catalog
from .bitset import Kept, read, written
from .fields import FACETS
from .index import Codes, Index, Values

#: Raise it whenever folding, tiers or the index change: files of another schema are not read.
SCHEMA = 6


def dumps(index: Index, digest: str) -> str:
    """Return `index` as JSON, marked with the digest of the data it was made from."""
    whole = {
        "schema": SCHEMA,
        "digest": digest,
        "size": index.size,
        "postings": {word: [_plain(kept) for kept in tiers] for word, tiers in index.postings.items()},
        "vocabulary": index.vocabulary,
        "aliases": _plain_names(index.aliases),
        "shuffled": _plain_names(index.shuffled),
        "alias_words": index.alias_words,
        "places": _plain_names(index.places),
        "equivalents": index.equivalents,
        "usual": f"{index.usual:x}",
        "codes": [list(index.codes.texts), list(index.codes.numbers)],
        "gathered": {facet.name: _plain_values(index.values(facet)) for facet in FACETS},
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def _plain(kept: Kept) -> Any:
    return written(kept) if kept else 0


def _plain_names(names: Mapping[str, Kept]) -> dict[str, Any]:
    return {key: _plain(kept) for key, kept in names.items()}


def _plain_values(values: Values) -> list[Any]:
    return [values.labels, _plain_names(values.kept), values.names, f"{values.stated:x}"]


def _values(labels: dict[str, str], kept: dict[str, Any], names: dict[str, list[str]], stated: str) -> Values:
    ready = {value: read(way) if isinstance(way, str) else way for value, way in kept.items()}
    return Values(labels, ready, names, int(stated, 16))


def loads(text: str | bytes, catalog: Catalog, digest: str) -> Index | None:
    """Return the index of `catalog`, or None when it was made from other data or by another version.

    Raises ValueError, KeyError or TypeError when the text is damaged.
    """
    whole = json.loads(text)
    if whole.pop("schema") != SCHEMA or whole.pop("digest") != digest or whole.pop("size") != len(catalog.programs):
        return None
    gathered = {name: _values(*parts) for name, parts in whole.pop("gathered").items()}
    codes, usual = Codes(*whole.pop("codes")), int(whole.pop("usual"), 16)
    return Index(catalog=catalog, **whole, codes=codes, usual=usual, gathered=gathered)
