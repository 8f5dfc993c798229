"""A catalog as JSON and back, without checking again: what a wheel carries so that starting costs no TOML.

Only values that differ from their default are written. Safe to read from anywhere: it can only make these classes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..catalog import schema as f
from ..catalog.item_schema import ITEMS
from ..catalog.items import CLASSES
from ..catalog.models import (
    Ambiguity,
    Catalog,
    Edition,
    GeneralRequirement,
    Institution,
    Program,
    Provenance,
    Route,
    Salary,
    Service,
    Site,
    Source,
    Specialty,
    Statement,
)

#: Raise it whenever the model changes: files of another schema are not read.
SCHEMA = 4

_PARTS: Mapping[str, type] = {
    "institutions": Institution,
    "programs": Program,
    "specialties": Specialty,
    "services": Service,
    "salaries": Salary,
    "requirements": GeneralRequirement,
    "sources": Source,
    "ambiguities": Ambiguity,
    "sites": Site,
}
#: The class of the values under each key, by the class that holds the key ("" for statements and routes of any).
_NESTED: Mapping[str, Mapping[str, type]] = {
    owner: {field.key: CLASSES[field.table] for field in declared if field.table}
    for owner, declared in {
        "Program": f.PROGRAM,
        "Institution": f.INSTITUTION,
        "Service": f.SERVICE,
        **{CLASSES[table].__name__: declared for table, declared in ITEMS.items()},
    }.items()
}
_ANYWHERE: Mapping[str, type] = {"statements": Statement, "routes": Route}


def dumps(catalog: Catalog, digest: str) -> str:
    """Return `catalog` as JSON, marked with the digest of the files it was made from."""
    whole: dict[str, Any] = {"schema": SCHEMA, "digest": digest, "edition": catalog.edition._asdict()}
    whole["boards"] = dict(catalog.boards)
    for name in _PARTS:
        whole[name] = [_plain(value) for value in getattr(catalog, name)]
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> dict[str, Any]:
    defaults = value._field_defaults
    named = zip(value._fields, value, strict=True)
    return {key: _plain_item(item) for key, item in named if key not in defaults or item != defaults[key]}


def _plain_item(item: Any) -> Any:
    if hasattr(item, "_fields"):
        return _plain(item)
    if isinstance(item, tuple):
        return [_plain_item(part) for part in item]
    return dict(item) if isinstance(item, Mapping) else item


def loads(text: str | bytes, digest: str) -> Catalog | None:
    """Return the catalog, or None when it was made from other files or by another version.

    Raises ValueError, KeyError or TypeError when the text is damaged.
    """
    whole = json.loads(text)
    if whole["schema"] != SCHEMA or whole["digest"] != digest:
        return None
    parts = {name: tuple([_value(cls, row) for row in whole[name]]) for name, cls in _PARTS.items()}
    return Catalog(edition=Edition(**whole["edition"]), boards=whole["boards"], **parts)


def _value(cls: type, row: dict[str, Any]) -> Any:
    nested = _NESTED.get(cls.__name__, _ANYWHERE)
    for key, item in row.items():
        if item.__class__ is list:
            inner = nested.get(key) or _ANYWHERE.get(key)
            row[key] = tuple([_value(inner, part) for part in item] if inner else item)
        elif item.__class__ is dict and key in nested:
            row[key] = _value(nested[key], item)
    provenance = row.get("provenance")
    if provenance is not None:
        row["provenance"] = _provenance(provenance)
    return cls(**row)


def _provenance(row: dict[str, Any]) -> Provenance:
    for key, item in row.items():
        if item.__class__ is list:
            row[key] = tuple(item)
        elif key == "by_field":
            row[key] = {name: tuple(pages) for name, pages in item.items()}
    return Provenance(**row)
