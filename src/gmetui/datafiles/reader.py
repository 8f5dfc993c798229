"""TOML tables to frozen values, by the declarations of `fields`; every fault becomes a `Problem`.

Text is cleaned as it is read. Dirty text is mended and named; anything else that is wrong is fatal.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

from ..catalog import schema as f
from ..catalog.item_schema import ITEMS
from ..catalog.items import CLASSES
from ..catalog.models import Provenance, Route, SourceId, Statement
from ..catalog.vocabulary import MOMENT_FORM, Field
from ..errors import Problem
from ..text import clean, is_address, is_id, nearest
from .line_numbers import Locator

Table = Mapping[str, Any]


@dataclasses.dataclass(slots=True)
class Reader:
    """Reads the tables of one file and collects what is wrong with them."""

    file: str
    text: str
    problems: list[Problem] = dataclasses.field(default_factory=list)
    _lines: Locator | None = None

    def complain(self, path: str, wrong: str, right: str = "", *, fatal: bool = True, doubtful: bool = False) -> None:
        """Note one fault at `path`."""
        if self._lines is None:
            self._lines = Locator(self.text)
        line = self._lines.line_of(path)
        self.problems.append(Problem(self.file, line, path, clean(wrong), clean(right), fatal, doubtful))

    def tables(self, document: Table, name: str) -> Iterator[tuple[str, Table]]:
        """Yield (path, table) for each `[[name]]` or the one `[name]` of `document`."""
        found = document.get(name, [])
        if isinstance(found, Mapping):
            yield name, found
        elif isinstance(found, list):
            for index, item in enumerate(found):
                path = f"{name}[{index}]"
                if isinstance(item, Mapping):
                    yield path, item
                else:
                    self.complain(path, f"{_kind(item)} where a table should be")
        else:
            self.complain(name, f"{_kind(found)} where a table should be", f"write [[{name}]]")

    def values(
        self, path: str, table: Table, declared: Sequence[Field], nested: Sequence[str] = ()
    ) -> dict[str, Any] | None:
        """Return the declared values of `table`, or None when a required one is missing or wrong."""
        before = sum(problem.fatal for problem in self.problems)
        known = {field.key: field for field in declared}
        found: dict[str, Any] = {}
        for key, raw in table.items():
            field = known.get(key)
            if field is None:
                if key not in nested:
                    self._unknown(path, key, [*known, *nested])
                continue
            value = _READERS[field.shape](self, f"{path}.{key}", raw, field)
            if value is not None:
                found[key] = value
        for field in declared:
            if field.required and field.key not in found and not self._named(f"{path}.{field.key}"):
                self.complain(f"{path}.{field.key}", "is missing", f"{field.label.lower()}: {field.meaning}")
        return found if sum(problem.fatal for problem in self.problems) == before else None

    def provenance(self, path: str, table: Table, found: dict[str, Any]) -> Provenance:
        """Take the provenance keys out of `found` and join them with the `sources` table."""
        by_field: dict[str, list[SourceId]] = {}
        raw = table.get("sources", {})
        if not isinstance(raw, Mapping):
            self.complain(f"{path}.sources", f"{_kind(raw)} where a table should be", "page = [fields]")
            raw = {}
        for page, names in raw.items():
            if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
                self.complain(f"{path}.sources.{page}", "must be a list of field names")
                continue
            for name in names:
                by_field.setdefault(clean(name), []).append(SourceId(clean(page)))
        third_party = found.pop("third_party", False)
        return Provenance(
            source=found.pop("source", ()),
            by_field={name: tuple(pages) for name, pages in by_field.items()},
            also_read=found.pop("also_read", ()),
            as_of=found.pop("as_of", None),
            as_of_added=found.pop("as_of_added", None),
            third_party=third_party is True,
            third_party_fields=third_party if isinstance(third_party, tuple) else (),
            general_knowledge=found.pop("general_knowledge", ()),
        )

    def statements(self, path: str, table: Table) -> tuple[Statement, ...]:
        """Read the quotations of an institution or a program."""
        rows = self._nested(path, table, "statement", f.STATEMENT)
        return tuple(Statement(**row) for row in rows)

    def routes(self, path: str, table: Table) -> tuple[Route, ...]:
        """Read an institution's routes for visitors."""
        return tuple(Route(**row) for row in self._nested(path, table, "route", f.ROUTE))

    def _nested(self, path: str, table: Table, name: str, declared: Sequence[Field]) -> Iterator[dict[str, Any]]:
        for inner, item in self.tables(table, name):
            found = self.values(f"{path}.{inner}", item, declared)
            if found is not None:
                yield found

    def _unknown(self, path: str, key: str, known: list[str]) -> None:
        near = nearest(key, known)
        right = f"did you mean {near!r}?" if near else f"known keys: {', '.join(known)}"
        self.complain(f"{path}.{key}", "no such key", right)

    def _named(self, path: str) -> bool:
        return any(problem.key == path and problem.fatal for problem in self.problems)

    # One method per shape: each returns the value, or None after a complaint.

    def _text(self, path: str, raw: object, field: Field) -> str | None:
        if not isinstance(raw, str):
            self.complain(path, f"{_kind(raw)} where text should be", 'write it in quotes: "…"')
            return None
        text = clean(raw)
        if text != raw:
            self.complain(path, "carries control or invisible characters", "remove them", fatal=False)
        if not text.strip():
            self.complain(path, "is empty", "leave the key out to say 'not stated'", fatal=field.required)
            return None
        if field.choices and text not in field.choices:
            near = nearest(text, list(field.choices))
            hint = f" (nearest: {near!r})" if near else ""
            self.complain(path, f"{text!r} is not known", f"one of {', '.join(field.choices)}{hint}")
            return None
        return text

    def _texts(self, path: str, raw: object, field: Field) -> tuple[str, ...] | None:
        if isinstance(raw, str):
            raw = [raw]
        if not isinstance(raw, list):
            self.complain(path, f"{_kind(raw)} where a list of texts should be", 'write ["…", "…"]')
            return None
        read = (self._text(f"{path}[{index}]", item, field) for index, item in enumerate(raw))
        return tuple(text for text in read if text is not None) or None

    def _id(self, path: str, raw: object, field: Field) -> str | None:
        text = self._text(path, raw, field)
        if text is not None and not is_id(text):
            self.complain(path, f"{text!r} is not an id", "lower-case letters, digits and hyphens")
            return None
        return text

    def _address(self, path: str, raw: object, field: Field) -> str | None:
        text = self._text(path, raw, field)
        if text is not None and not is_address(text):
            self.complain(path, f"{text!r} is not a web address", "http:// or https:// and a host")
            return None
        return text

    def _integer(self, path: str, raw: object, field: Field) -> int | None:
        if isinstance(raw, bool) or not isinstance(raw, int):
            self.complain(path, f"{_kind(raw)} where a whole number should be", "write it without quotes")
            return None
        if not 0 < raw < 10_000:
            self.complain(path, f"{raw} cannot be right", "leave the key out to say 'not stated'")
            return None
        return raw

    def _size(self, path: str, raw: object, field: Field) -> int | None:
        if isinstance(raw, bool) or not isinstance(raw, int) or raw < 0:
            self.complain(path, f"{_kind(raw)} where a number should be", "0 or more")
            return None
        return raw

    def _flag(self, path: str, raw: object, field: Field) -> bool | None:
        if not isinstance(raw, bool):
            self.complain(path, f"{_kind(raw)} where true or false should be")
            return None
        return raw

    def _pages(self, path: str, raw: object, field: Field) -> tuple[SourceId, ...] | None:
        return cast("tuple[SourceId, ...] | None", self._texts(path, raw, field))

    def _ids(self, path: str, raw: object, field: Field) -> tuple[str, ...] | None:
        if isinstance(raw, str):
            raw = [raw]
        if not isinstance(raw, list):
            self.complain(path, f"{_kind(raw)} where a list of ids should be", 'write ["…", "…"]')
            return None
        read = (self._id(f"{path}[{index}]", item, field) for index, item in enumerate(raw))
        return tuple(text for text in read if text is not None) or None

    def _flag_or_names(self, path: str, raw: object, field: Field) -> bool | tuple[str, ...] | None:
        return raw if isinstance(raw, bool) else self._texts(path, raw, field)

    def _moment(self, path: str, raw: object, field: Field) -> str | None:
        text = self._text(path, raw, field)
        if text is not None and not re.fullmatch(MOMENT_FORM, text):
            self.complain(path, f"{text!r} is no date", "YYYY-MM-DD or YYYY-MM; without a year MM-DD or MM")
            return None
        return text

    def _items(self, path: str, raw: object, field: Field) -> tuple[Any, ...] | None:
        """Read a list of items; one that is plain text has no structure."""
        if isinstance(raw, str):
            raw = [raw]
        if not isinstance(raw, list):
            self.complain(path, f"{_kind(raw)} where a list should be", 'write ["…", { text = "…" }]')
            return None
        read = (self._item(f"{path}[{index}]", item, field) for index, item in enumerate(raw))
        return tuple(item for item in read if item is not None) or None

    def _item(self, path: str, raw: object, field: Field) -> Any:
        if isinstance(raw, str) and field.shape == "items":
            raw = {"text": raw}
        if not isinstance(raw, Mapping):
            needed = " and ".join(declared.key for declared in ITEMS[field.table] if declared.required)
            if needed == "text":
                self.complain(path, f"{_kind(raw)} where text should be", 'write it in quotes: "…", or { text = "…" }')
            else:
                self.complain(path, f"{_kind(raw)} where a table should be", f"with {needed or 'its keys'}")
            return None
        found = self.values(path, raw, ITEMS[field.table])
        return None if found is None else CLASSES[field.table](**found)

    def _figures(self, path: str, raw: object, field: Field) -> Mapping[str, int] | None:
        if not isinstance(raw, Mapping) or not raw:
            self.complain(path, f"{_kind(raw)} where a table of figures should be", "{ programs = 60 }")
            return None
        for name, number in raw.items():
            at = f"{path}.{name}"
            if self._text(at, name, field) is None or self._integer(at, number, field) is None:
                return None
        return dict(raw)

    def _pay(self, path: str, raw: object, field: Field) -> Mapping[str, float] | None:
        if not isinstance(raw, Mapping) or not raw:
            self.complain(path, f"{_kind(raw)} where a table of years should be", "{ 1 = 70000, 2 = 72000 }")
            return None
        for year, dollars in raw.items():
            number = isinstance(dollars, int | float) and not isinstance(dollars, bool)
            if self._text(f"{path}.{clean(year)}", year, field) is None:
                return None
            if not number or not 0 < dollars < 10_000_000:
                self.complain(f"{path}.{clean(year)}", "is no pay", "postgraduate year, or level = dollars a year")
                return None
        return dict(raw)


_Read = Callable[[Reader, str, object, Field], Any]
_READERS: Mapping[str, _Read] = {
    "text": Reader._text,
    "texts": Reader._texts,
    "names": Reader._texts,
    "id": Reader._id,
    "address": Reader._address,
    "integer": Reader._integer,
    "size": Reader._size,
    "flag": Reader._flag,
    "pages": Reader._pages,
    "ids": Reader._ids,
    "flag or names": Reader._flag_or_names,
    "moment": Reader._moment,
    "item": Reader._item,
    "items": Reader._items,
    "figures": Reader._figures,
    "pay": Reader._pay,
}


def _kind(value: object) -> str:
    """Name a TOML value's kind for a complaint."""
    names = {bool: "true/false", int: "a number", float: "a number", str: "text", list: "a list", dict: "a table"}
    return names.get(type(value), "a date or time")
