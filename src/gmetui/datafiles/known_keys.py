"""The keys that a table may have, each with how its value is read and the values that were read before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from ..catalog.schema import Field

_MAX_REMEMBERED_VALUES = 5_000  # of one key

#: Reads a value, given a reader, the path of the key, the raw value and the field.
ReadValue = Callable[[Any, str, object, Field], Any]


class KnownKey(NamedTuple):
    """A key that a table may have, how its value is read, and texts and lists that were read without a problem."""

    field: Field
    read: ReadValue
    valid_values: dict[str | tuple[Any, ...], Any]

    def value_of(self, raw_value: object) -> Any:
        """Return the value that a text or a list of texts was read as before, or None."""
        if isinstance(raw_value, str):
            return self.valid_values.get(raw_value)
        if isinstance(raw_value, list):
            with suppress(TypeError):  # tables can't be looked up
                return self.valid_values.get(tuple(raw_value))
        return None

    def remember(self, raw_value: object, value: object) -> None:
        """Remember that a text or a list of texts is valid. Most of a list are repeated many times."""
        if len(self.valid_values) >= _MAX_REMEMBERED_VALUES:
            self.valid_values.clear()
        if isinstance(raw_value, str):
            self.valid_values[raw_value] = value
        elif isinstance(raw_value, list) and all(isinstance(element, str) for element in raw_value):
            self.valid_values[tuple(raw_value)] = value


class KnownKeys(NamedTuple):
    """The keys that a table may have, and those that it must have."""

    by_name: Mapping[str, KnownKey]
    required: Sequence[str]


#: The known keys of each sequence of fields, by its identity: looking its content up would take longer than reading.
_known_keys: dict[int, tuple[Sequence[Field], KnownKeys]] = {}


def keys_of(fields: Sequence[Field], readers: Mapping[str, ReadValue]) -> KnownKeys:
    """Return the keys of fields, whose values are read by the reader of their shape."""
    entry = _known_keys.get(id(fields))
    if entry is None:
        by_name = {field.key: KnownKey(field, readers[field.shape], {}) for field in fields}
        required = tuple(field.key for field in fields if field.required)
        entry = _known_keys[id(fields)] = fields, KnownKeys(by_name, required)
    return entry[1]
