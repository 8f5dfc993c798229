"""TOML tables to values, checked against the schema; every fault becomes a `Problem`.

Text is sanitized as it is read. Text that had to be repaired is reported without stopping; every other fault is fatal.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol, cast

from ..catalog.ids import SourceId
from ..catalog.models import Provenance, Route, Statement
from ..catalog.schema import TABLES, Field, fields_of
from ..catalog.vocabulary import CLOCK_PATTERN, DATE_PATTERN, PARTIAL_DATE_PATTERN
from ..errors import Problem
from ..text import did_you_mean, is_slug, is_web_url, sanitize
from .known_keys import keys_of
from .line_numbers import LineLocator

Table = Mapping[str, Any]

_MAX_INTEGER, _MAX_SALARY, _MAX_AMOUNT = 10_000, 10_000_000, 1_000_000
_LARGEST_SHOWN_INTEGER = 10**18
_TYPE_NAMES = {bool: "true/false", int: "a number", float: "a number", str: "text", list: "a list", dict: "a table"}


def type_name(value: object) -> str:
    """Name the type of a TOML value for an error message."""
    return _TYPE_NAMES.get(type(value), "a date or time")


class Locator(Protocol):
    """Knows where things are in a file."""

    def line_of(self, key_path: str) -> int:
        """Return the line of a key, from 1."""


@dataclasses.dataclass(slots=True)
class TableReader:
    """Reads the tables of one file and collects the problems in them.

    `locator` finds lines where the file is read in parts, whose tables are numbered on.
    """

    file: str
    text: str
    locator: Locator | None = None
    problems: list[Problem] = dataclasses.field(default_factory=list)
    _table_counts: Counter[str] = dataclasses.field(default_factory=Counter)
    _fatal_count: int = 0

    def report(
        self, key_path: str, message: str, hint: str = "", *, fatal: bool = True, doubtful: bool = False
    ) -> None:
        """Record one problem at `key_path`."""
        if self.locator is None:
            self.locator = LineLocator(self.text)
        line = self.locator.line_of(key_path)
        self._fatal_count += fatal
        self.problems.append(Problem(self.file, line, key_path, sanitize(message), sanitize(hint), fatal, doubtful))

    def soften_problems(self) -> None:
        """Let the problems so far prevent nothing: what is wrong was skipped."""
        self.problems = [problem._replace(fatal=False) for problem in self.problems]
        self._fatal_count = 0

    def tables(self, document: Table, name: str) -> Iterator[tuple[str, Table]]:
        """Yield (key_path, table) for each `[[name]]` or the one `[name]` of `document`."""
        content = document.get(name, [])
        if isinstance(content, Mapping):
            yield name, content
        elif isinstance(content, list):
            for index, element in enumerate(content, self._table_counts[name]):
                key_path = f"{name}[{index}]"
                if isinstance(element, Mapping):
                    yield key_path, element
                else:
                    self.report(key_path, f"expected a table, got {type_name(element)}")
        else:
            self.report(name, f"expected a table, got {type_name(content)}", f"write [[{name}]]")

    def finish_part(self, document: Table) -> None:
        """Number the tables of the next part of the file on."""
        for name, content in document.items():
            self._table_counts[name] += len(content) if isinstance(content, list) else 0

    def values(
        self, key_path: str, table: Table, fields: Sequence[Field], nested_tables: Sequence[str] = ()
    ) -> dict[str, Any] | None:
        """Return the values of `table` by key, or None when a required one is missing or one is wrong."""
        fatal_before = self._fatal_count
        keys = keys_of(fields, _READERS)
        values: dict[str, Any] = {}
        for key, raw_value in table.items():
            known = keys.by_name.get(key)
            if known is None:
                if key not in nested_tables:
                    self._report_unknown_key(key_path, key, [*keys.by_name, *nested_tables])
                continue
            known_value = known.value_of(raw_value)
            if known_value is not None:
                values[key] = known_value
                continue
            problem_count = len(self.problems)
            value = known.read(self, _below(key_path, key), raw_value, known.field)
            if value is not None:
                values[key] = value
                if len(self.problems) == problem_count:
                    known.remember(raw_value, value)
        for key in keys.required:
            if key not in values and not self._is_reported(_below(key_path, key)):
                field = keys.by_name[key].field
                self.report(_below(key_path, key), "is missing", f"{field.label.lower()}: {field.meaning}")
        return values if self._fatal_count == fatal_before else None

    def provenance(self, key_path: str, table: Table, values: dict[str, Any]) -> Provenance:
        """Take the provenance keys out of `values` and combine them with the `sources` table."""
        by_field: dict[str, list[SourceId]] = {}
        raw_value = table.get("sources", {})
        if not isinstance(raw_value, Mapping):
            self.report(
                f"{key_path}.sources", f"expected a table, got {type_name(raw_value)}", "write page-id = [fields]"
            )
            raw_value = {}
        for source_id, names in raw_value.items():
            if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
                self.report(f"{key_path}.sources.{source_id}", "expected a list of field names")
                continue
            for name in names:
                by_field.setdefault(sanitize(name), []).append(SourceId(sanitize(source_id)))
        third_party = values.pop("third_party", False)
        return Provenance(
            source=values.pop("source", ()),
            by_field={name: tuple(source_ids) for name, source_ids in by_field.items()},
            also_read=values.pop("also_read", ()),
            as_of=values.pop("as_of", None),
            as_of_added=values.pop("as_of_added", None),
            third_party=third_party is True,
            third_party_fields=third_party if isinstance(third_party, tuple) else (),
            general_knowledge=values.pop("general_knowledge", ()),
            confirmed=values.pop("confirmed", None),
            unconfirmed=values.pop("unconfirmed", ()),
        )

    def statements(self, key_path: str, table: Table) -> tuple[Statement, ...]:
        """Read the quotations of an institution or a program."""
        return tuple(Statement(**values) for values in self._nested(key_path, table, "program.statement"))

    def routes(self, key_path: str, table: Table) -> tuple[Route, ...]:
        """Read an institution's routes for visitors."""
        return tuple(Route(**values) for values in self._nested(key_path, table, "institution.route"))

    def _nested(self, key_path: str, table: Table, name: str) -> Iterator[dict[str, Any]]:
        for inner_path, inner_table in self.tables(table, name.partition(".")[2]):
            values = self.values(f"{key_path}.{inner_path}", inner_table, TABLES[name])
            if values is not None:
                yield values

    def _report_unknown_key(self, key_path: str, key: str, known_keys: list[str]) -> None:
        hint = did_you_mean(key, known_keys) or f"known keys: {', '.join(known_keys)}"
        self.report(_below(key_path, key), "unknown key", hint)

    def _is_reported(self, key_path: str) -> bool:
        return any(problem.key == key_path and problem.fatal for problem in self.problems)

    # One method per shape: each returns the value, or None after reporting a problem.

    def _text(self, key_path: str, raw_value: object, field: Field) -> str | None:
        if not isinstance(raw_value, str):
            self.report(key_path, f"expected text, got {type_name(raw_value)}", 'write it in quotes: "…"')
            return None
        text = sanitize(raw_value)
        if text != raw_value:
            self.report(key_path, "contains control or invisible characters", "remove them", fatal=False)
        if not text.strip():
            self.report(key_path, "is empty", "leave the key out to mean “not stated”", fatal=field.required)
            return None
        if field.choices and text not in field.choices:
            hint = did_you_mean(text, field.choices) or f"use one of {', '.join(field.choices)}"
            self.report(key_path, f"unknown {field.label.lower()} “{text}”", hint)
            return None
        return text

    def _texts(self, key_path: str, raw_value: object, field: Field) -> tuple[str, ...] | None:
        return self._list(key_path, raw_value, field, "texts", TableReader._text)

    def _id(self, key_path: str, raw_value: object, field: Field) -> str | None:
        text = self._text(key_path, raw_value, field)
        if text is not None and not is_slug(text):
            self.report(key_path, f"“{text}” is not a valid id", "use lower-case letters, digits and hyphens")
            return None
        return text

    def _ids(self, key_path: str, raw_value: object, field: Field) -> tuple[str, ...] | None:
        return self._list(key_path, raw_value, field, "ids", TableReader._id)

    def _pages(self, key_path: str, raw_value: object, field: Field) -> tuple[SourceId, ...] | None:
        return cast("tuple[SourceId, ...] | None", self._texts(key_path, raw_value, field))

    def _list(
        self,
        key_path: str,
        raw_value: object,
        field: Field,
        noun: str,
        read: Callable[[TableReader, str, object, Field], Any],
    ) -> tuple[Any, ...] | None:
        """Read a list, or one value that is written without brackets."""
        if isinstance(raw_value, str):
            raw_value = [raw_value]
        if not isinstance(raw_value, list):
            self.report(key_path, f"expected a list of {noun}, got {type_name(raw_value)}", 'write ["…", "…"]')
            return None
        elements = (read(self, f"{key_path}[{index}]", element, field) for index, element in enumerate(raw_value))
        return tuple(element for element in elements if element is not None) or None

    def _address(self, key_path: str, raw_value: object, field: Field) -> str | None:
        text = self._text(key_path, raw_value, field)
        if text is not None and not is_web_url(text):
            self.report(key_path, f"“{text}” is not a web address", "write http:// or https:// and a host")
            return None
        return text

    def _integer(self, key_path: str, raw_value: object, field: Field) -> int | None:
        if isinstance(raw_value, bool) or not isinstance(raw_value, int):
            self.report(key_path, f"expected a whole number, got {type_name(raw_value)}", "write it without quotes")
            return None
        if not 0 < raw_value < _MAX_INTEGER:
            number = str(raw_value) if abs(raw_value) < _LARGEST_SHOWN_INTEGER else "the number"
            self.report(key_path, f"{number} is out of range", "leave the key out to mean “not stated”")
            return None
        return raw_value

    def _size(self, key_path: str, raw_value: object, field: Field) -> int | None:
        if isinstance(raw_value, bool) or not isinstance(raw_value, int) or raw_value < 0:
            self.report(key_path, f"expected a number, got {type_name(raw_value)}", "write 0 or more")
            return None
        return raw_value

    def _flag(self, key_path: str, raw_value: object, field: Field) -> bool | None:
        if not isinstance(raw_value, bool):
            self.report(key_path, f"expected true or false, got {type_name(raw_value)}")
            return None
        return raw_value

    def _flag_or_names(self, key_path: str, raw_value: object, field: Field) -> bool | tuple[str, ...] | None:
        return raw_value if isinstance(raw_value, bool) else self._texts(key_path, raw_value, field)

    def _moment(self, key_path: str, raw_value: object, field: Field) -> str | None:
        text = self._text(key_path, raw_value, field)
        if text is not None and not re.fullmatch(DATE_PATTERN, text):
            hint = "write YYYY-MM-DD or YYYY-MM; without a year MM-DD or MM"
            self.report(key_path, f"“{text}” is not a date", hint)
            return None
        return text

    def _items(self, key_path: str, raw_value: object, field: Field) -> tuple[Any, ...] | None:
        """Read a list of items; one that is plain text has no structure."""
        if not isinstance(raw_value, str | list):
            self.report(key_path, f"expected a list, got {type_name(raw_value)}", 'write ["…", { text = "…" }]')
            return None
        return self._list(key_path, raw_value, field, "items", TableReader._item)

    def _item(self, key_path: str, raw_value: object, field: Field) -> Any:
        assert field.item_type is not None
        item_fields = fields_of(field.item_type)
        if isinstance(raw_value, str) and field.shape == "items":
            raw_value = {"text": raw_value}
        if not isinstance(raw_value, Mapping):
            required = " and ".join(item_field.key for item_field in item_fields if item_field.required)
            if required == "text":
                self.report(key_path, f"expected text, got {type_name(raw_value)}", 'write "…" or { text = "…" }')
            else:
                self.report(key_path, f"expected a table, got {type_name(raw_value)}", f"with {required or 'its keys'}")
            return None
        values = self.values(key_path, raw_value, item_fields)
        return None if values is None else field.item_type(**values)


def _below(key_path: str, key: str) -> str:
    """Return the path of a key of a table, "" for the file itself."""
    return f"{key_path}.{key}" if key_path else key


def _partial_date(reader: TableReader, key_path: str, raw_value: object, field: Field) -> str | None:
    """Read a year, a month, or a day; TOML's own dates are accepted without quotes, and a year as a number."""
    import datetime

    if isinstance(raw_value, datetime.date) or (isinstance(raw_value, int) and not isinstance(raw_value, bool)):
        raw_value = str(raw_value)[: len("YYYY-MM-DD")]
    text = reader._text(key_path, raw_value, field)
    if text is not None and not _is_partial_date(text):
        reader.report(key_path, f"“{text}” is not a date", "write YYYY, YYYY-MM, or YYYY-MM-DD")
        return None
    return text


def _is_partial_date(text: str) -> bool:
    import datetime

    if not re.fullmatch(PARTIAL_DATE_PATTERN, text):
        return False
    year, *parts = map(int, text.split("-"))
    try:
        datetime.date(year, *parts, *(1,) * (2 - len(parts)))
    except ValueError:
        return False
    return True


def _figures(reader: TableReader, key_path: str, raw_value: object, field: Field) -> Mapping[str, int] | None:
    if not isinstance(raw_value, Mapping) or not raw_value:
        reader.report(key_path, f"expected a table of figures, got {type_name(raw_value)}", "write { programs = 60 }")
        return None
    for name, number in raw_value.items():
        name_path = f"{key_path}.{name}"
        if reader._text(name_path, name, field) is None or reader._integer(name_path, number, field) is None:
            return None
    return dict(raw_value)


def _pay(reader: TableReader, key_path: str, raw_value: object, field: Field) -> Mapping[str, float] | None:
    if not isinstance(raw_value, Mapping) or not raw_value:
        hint = "write { 1 = 70000, 2 = 72000 }"
        reader.report(key_path, f"expected a table of salaries, got {type_name(raw_value)}", hint)
        return None
    for level, dollars in raw_value.items():
        level_path = f"{key_path}.{sanitize(level)}"
        is_number = isinstance(dollars, int | float) and not isinstance(dollars, bool)
        if reader._text(level_path, level, field) is None:
            return None
        if not is_number or not 0 < dollars < _MAX_SALARY:
            reader.report(level_path, "is not a valid salary", "write level = dollars a year")
            return None
    return dict(raw_value)


def _integers(reader: TableReader, key_path: str, raw_value: object, field: Field) -> tuple[int, ...] | None:
    return reader._list(key_path, raw_value, field, "whole numbers", TableReader._integer)


def _money(reader: TableReader, key_path: str, raw_value: object, field: Field) -> Decimal | None:
    """Read an amount of dollars, with cents or without, as an exact number."""
    is_number = isinstance(raw_value, int | float) and not isinstance(raw_value, bool)
    amount = Decimal(str(raw_value)) if is_number else None
    if amount is None or not 0 < amount < _MAX_AMOUNT or amount != round(amount, 2):
        reader.report(key_path, "is not an amount of money", "write it as 95 or 309.01, without quotes")
        return None
    return amount


def _clock_time(reader: TableReader, key_path: str, raw_value: object, field: Field) -> str | None:
    text = reader._text(key_path, raw_value, field)
    if text is not None and not re.fullmatch(CLOCK_PATTERN, text):
        reader.report(key_path, f"“{text}” is not a time", "write HH:MM on a 24-hour clock")
        return None
    return text


_READERS: Mapping[str, Callable[[TableReader, str, object, Field], Any]] = {
    "text": TableReader._text,
    "texts": TableReader._texts,
    "names": TableReader._texts,
    "id": TableReader._id,
    "address": TableReader._address,
    "integer": TableReader._integer,
    "integers": _integers,
    "size": TableReader._size,
    "money": _money,
    "clock time": _clock_time,
    "flag": TableReader._flag,
    "pages": TableReader._pages,
    "ids": TableReader._ids,
    "flag or names": TableReader._flag_or_names,
    "moment": TableReader._moment,
    "partial date": _partial_date,
    "item": TableReader._item,
    "items": TableReader._items,
    "figures": _figures,
    "pay": _pay,
}
