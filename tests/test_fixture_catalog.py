"""The fixture catalog is free of problems and uses every key of the data format."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.schema import TABLES, Field, fields_of
from gmetui.datafiles.builder import build_catalog
from gmetui.datafiles.files import directory_documents
from gmetui.datafiles.lint import lint_draft
from support import FIXTURE_DATA

IMPORTED_LIST = FIXTURE_DATA.parent / "imported-list.toml"
#: Keys that every table or item can have: one use in the fixture is enough.
SHARED_KEYS = frozenset({"confirmed", "unconfirmed"})


def test_the_fixture_has_no_problems(catalog: Catalog) -> None:
    loaded, problems = build_catalog([directory_documents(FIXTURE_DATA)], lint_draft)
    assert not problems
    assert loaded.programs == catalog.programs


def test_the_imported_list_adds_one_program_and_merges_one(catalog: Catalog) -> None:
    layers = [directory_documents(FIXTURE_DATA), directory_documents(IMPORTED_LIST)]
    merged, problems = build_catalog(layers, lint_draft)
    assert not problems
    assert merged.program.keys() - catalog.program.keys() == {"saltmarsh-family-medicine"}
    assert merged.program["quillmont-vascular-neurology-fellowship"].acgme_id == "1883299037"


def test_every_key_of_the_data_format_occurs() -> None:
    used: dict[str, set[str]] = defaultdict(set)
    for file in (*FIXTURE_DATA.rglob("*.toml"), IMPORTED_LIST):
        document = tomllib.loads(file.read_text(encoding="utf-8"))
        for table_name, fields in TABLES.items():
            for table in tables_called(document, table_name):
                collect_keys(used, table_name, table, fields)
    item_types = {field.item_type for fields in TABLES.values() for field in fields if field.item_type}
    nested_types = {field.item_type for model in item_types for field in fields_of(model) if field.item_type}
    declared = {**TABLES, **{model.__name__: fields_of(model) for model in item_types | nested_types}}
    used_anywhere = set().union(*used.values())
    unused = {
        name: {field.key for field in fields} - (used_anywhere & SHARED_KEYS) - used[name]
        for name, fields in declared.items()
    }
    assert {name: keys for name, keys in unused.items() if keys} == {}


def tables_called(document: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    """Yield each table of a document by its name: "program", "program.statement"."""
    outer_name, _, inner_name = name.partition(".")
    for table in listed(document.get(outer_name, [])):
        if inner_name:
            yield from listed(table.get(inner_name, []))
        else:
            yield table


def listed(value: Any) -> list[Any]:
    """Return a value as a list, whether the file writes one table or several."""
    return value if isinstance(value, list) else [value]


def collect_keys(used: dict[str, set[str]], name: str, table: Mapping[str, Any], fields: Sequence[Field]) -> None:
    """Add the keys of a table, and of the items in it, to `used`."""
    for field in fields:
        if field.key not in table:
            continue
        used[name].add(field.key)
        if field.item_type is not None:
            for item in listed(table[field.key]):
                item_table = item if isinstance(item, dict) else {"text": item}
                collect_keys(used, field.item_type.__name__, item_table, fields_of(field.item_type))
