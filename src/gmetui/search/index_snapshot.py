"""An index as JSON: a wheel carries one, so that gmetui starts without folding any text."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping
from typing import Any, TypeVar

from ..catalog.catalog import Catalog
from .bitset import CompactSet, decode, encode
from .corpus import CodeTable
from .field_values import FieldValues
from .fields import FACETS
from .index import Index

Key = TypeVar("Key", bound=str)


def encode_index(index: Index, digest: str) -> str:
    """Return `index` as JSON, marked with the digest of the data it was built from."""
    document = {
        "digest": digest,
        "size": index.size,
        "postings": list(map(_encode_sets, index.postings)),
        "aliases": _encode_sets(index.aliases),
        "unordered_aliases": _encode_sets(index.unordered_aliases),
        "spaced_aliases": index.spaced_aliases,
        "institution_names": _encode_sets(index.institution_names),
        "equivalents": index.equivalents,
        "codes": [list(index.codes.codes), list(index.codes.numbers)],
        "default_kind": f"{index.default_kind:x}",
        "field_values": {facet.name: _encode_values(index.values(facet)) for facet in FACETS},
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def decode_index(text: str | bytes, catalog: Catalog, digest: str) -> Index | None:
    """Return the index of `catalog`, or None when it was built from other data or by another version.

    Raises ValueError, KeyError or TypeError when the text is damaged.
    """
    document = json.loads(text)
    size = len(catalog.programs)
    if document["digest"] != digest or document["size"] != size:
        return None
    codes, code_numbers = document["codes"]
    return Index(
        catalog=catalog,
        postings=list(map(_decode_sets, document["postings"])),
        aliases=_decode_sets(document["aliases"]),
        unordered_aliases=_decode_sets(document["unordered_aliases"]),
        spaced_aliases=document["spaced_aliases"],
        institution_names=_decode_sets(document["institution_names"]),
        equivalents=document["equivalents"],
        codes=CodeTable(codes, array("I", code_numbers)),
        default_kind=int(document["default_kind"], 16),
        field_values={
            name: FieldValues(size, labels, _decode_sets(program_sets), ids_by_name)
            for name, (labels, program_sets, ids_by_name) in document["field_values"].items()
        },
    )


def _encode_values(values: FieldValues) -> list[Any]:
    return [values.labels, _encode_sets(values.program_sets), values.ids_by_name]


def _encode_sets(program_sets: Mapping[Key, CompactSet]) -> dict[Key, Any]:
    return {key: encode(program_set) for key, program_set in program_sets.items()}


def _decode_sets(encoded: Mapping[Key, Any]) -> dict[Key, CompactSet]:
    return {key: decode(program_set) for key, program_set in encoded.items()}
