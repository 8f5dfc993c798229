"""A compiled catalog: what a wheel carries, and the cache keeps, so that starting reads no TOML.

The first line is the key of the code and data that the catalog was made from, the rest the catalog as JSON; values that
equal their default are left out. Decoding checks the types and can only make the catalog's own classes.
"""

from __future__ import annotations

from msgspec import json

from ..catalog.catalog import Catalog


def encode_catalog(catalog: Catalog, key: str) -> bytes:
    """Return `catalog` as bytes, marked with `key`."""
    return key.encode() + b"\n" + json.encode(catalog)


def decode_catalog(content: bytes, key: str) -> Catalog | None:
    """Return the catalog, or None when its key is another. Raises ValueError when the content is damaged."""
    marked_key, _, body = content.partition(b"\n")
    return json.decode(body, type=Catalog) if marked_key == key.encode() else None
