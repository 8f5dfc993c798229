"""The description of the data format, generated from the model: `python -m gmetui.tools.data_format`.

Writes `data/schema.json` and the tables of keys in `data/README.md`. A test checks that both are up to date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from ..catalog.schema import INSTITUTION, PROGRAM, PROVENANCE, SERVICE, TABLES, Field, fields_of
from ..datafiles.files import bundled_data_directory
from ..datafiles.json_schema import json_schema
from ..storage.atomic import write_atomic

_SECTION = re.compile(r"(<!-- keys: ([\w.-]+) -->\n).*?(<!-- /keys -->)", re.DOTALL)
_VALUES: Mapping[str, str] = {
    "text": "text",
    "texts": "text or list of texts",
    "names": "list of keys",
    "id": "id",
    "ids": "id or list of ids",
    "pages": "page id or list of page ids",
    "address": "web address",
    "integer": "whole number",
    "integers": "list of whole numbers",
    "size": "number",
    "money": "amount of money",
    "clock time": "time",
    "flag": "true or false",
    "flag or names": "true, or list of keys",
    "moment": "date",
    "partial date": "year, month, or day",
    "pay": "table of numbers",
    "figures": "table of numbers",
    "item": "table",
    "items": "list of texts or tables",
}


def main() -> None:
    """Write both files in place."""
    root = Path(str(bundled_data_directory()))
    readme = root / "README.md"
    write_atomic(root / "schema.json", schema_text())
    write_atomic(readme, with_key_tables(readme.read_text(encoding="utf-8")))


def schema_text() -> str:
    """Return the content of `data/schema.json`."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def with_key_tables(text: str) -> str:
    """Return the text of `data/README.md` with its tables of keys replaced."""
    return _SECTION.sub(lambda section: f"{section[1]}{_section(section[2])}{section[3]}", text)


def _section(section_name: str) -> str:
    if section_name == "sources":
        return _markdown_table(("key", "value", "meaning"), map(_key_row, PROVENANCE))
    if section_name == "items":
        return _markdown_table(("list", "key", "value", "meaning"), _item_rows())
    fields = [field for field in TABLES[section_name] if field not in PROVENANCE]
    return _markdown_table(("key", "value", "meaning"), map(_key_row, fields))


def _key_row(field: Field) -> tuple[str, str, str]:
    value = _VALUES[field.shape] + (" (required)" if field.required else "")
    choices = ", ".join(f"`{choice}`" for choice in field.choices)
    return f"`{field.key}`", value, f"{field.meaning} ({choices})" if choices else field.meaning


def _item_rows() -> Iterator[tuple[str, ...]]:
    """Yield the keys of every kind of item but `text` and those that all items have, with the lists that hold it."""
    common_keys = {"text", *(field.key for field in PROVENANCE)}
    lists_by_type: dict[type[Struct], list[str]] = {}
    for name, item_type in _item_types((*PROGRAM, *INSTITUTION, *SERVICE, *TABLES["fee"])):
        names = lists_by_type.setdefault(item_type, [])
        if name not in names:
            names.append(name)
    for item_type, names in lists_by_type.items():
        for field in fields_of(item_type):
            if field.key not in common_keys:
                yield ", ".join(f"`{name}`" for name in names), *_key_row(field)


def _item_types(fields: Sequence[Field], parent: str = "") -> Iterator[tuple[str, type[Struct]]]:
    """Yield the name of each list of items with their class; a list inside items is named "deadlines.dates"."""
    for field in fields:
        if field.item_type is not None:
            yield f"{parent}{field.key}", field.item_type
            yield from _item_types(fields_of(field.item_type), f"{field.key}.")


def _markdown_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (headings, ["---"] * len(headings), *rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    main()
