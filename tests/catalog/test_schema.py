"""The keys of the data format follow from the model's annotations."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from msgspec import Struct

from gmetui.catalog.annotations import Key
from gmetui.catalog.ids import SiteId, SourceId
from gmetui.catalog.items import Item, Note, Requirement
from gmetui.catalog.models import Program, Provenance
from gmetui.catalog.schema import PROGRAM, TABLES, Field, fields_of


class Sample(Struct, kw_only=True):
    """A class with every kind of field."""

    text: Annotated[str, Key("Text", "a text")]
    kind: Annotated[Literal["a", "b"] | None, Key("Kind", "a word")] = None
    address: Annotated[str | None, Key("Address", "a URL", shape="address")] = None
    site: Annotated[SiteId | None, Key("Site", "an id")] = None
    sites: Annotated[tuple[SiteId, ...], Key("Sites", "ids")] = ()
    source: Annotated[tuple[SourceId, ...], Key("Source", "pages")] = ()
    count: Annotated[int, Key("Count", "a number", required=False)]
    notes: Annotated[tuple[Note, ...], Key("Notes", "items")] = ()
    note: Annotated[Note | None, Key("Note", "an item")] = None
    derived: str = ""


def test_fields_follow_from_types_and_defaults() -> None:
    assert fields_of(Sample) == (
        Field("text", "text", "Text", "a text", required=True),
        Field("kind", "text", "Kind", "a word", choices=("a", "b")),
        Field("address", "address", "Address", "a URL"),
        Field("site", "id", "Site", "an id"),
        Field("sites", "ids", "Sites", "ids"),
        Field("source", "pages", "Source", "pages"),
        Field("count", "integer", "Count", "a number"),
        Field("notes", "items", "Notes", "items", item_type=Note),
        Field("note", "item", "Note", "an item", item_type=Note),
    )


def test_every_item_can_state_its_source() -> None:
    for fields in TABLES.values():
        for field in fields:
            if field.shape == "items" and field.item_type and issubclass(field.item_type, Item):
                keys = [inner.key for inner in fields_of(field.item_type)]
                assert keys[-4:] == ["source", "as_of", "third_party", "unconfirmed"]


@pytest.mark.parametrize("name", ["program", "institution", "specialty", "site", "salary", "requirement", "service"])
def test_tables_with_facts_state_their_sources(name: str) -> None:
    assert set(fields_of(Provenance)) <= set(TABLES[name])


def test_required_keys_of_a_program() -> None:
    assert {field.key for field in PROGRAM if field.required} == {"id", "name", "kind", "specialty"}
    assert [field.key for field in fields_of(Requirement) if field.required] == ["topic", "text"]
    assert set(Program.__struct_fields__) - {field.key for field in PROGRAM} == {"provenance", "statements"}
