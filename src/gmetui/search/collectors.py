"""What an index stores of programs, collected program by program: one look at each can answer all questions."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from ..compiled.numbers import NumberLists
from ..compiled.tables import MemoryTable
from .bitset import Bitset, CompactSet, compact_all, from_members
from .field_values import FieldValues, by_label
from .fields import SearchField
from .normalize import fold_key, folded_words
from .sort import SORT_KEYS
from .stated_facts import StatedFact

if TYPE_CHECKING:
    from ..catalog.catalog import Catalog
    from ..catalog.models import Program

_SHORT_TEXT = 32  # letters of a text that can be offered as a value


class Collector(Protocol):
    """Learns something from every program of a catalog, in order.

    Programs that state none of the data keys in `keys` need not be shown to it; () if it must see every program.
    """

    keys: tuple[str, ...]

    def add(self, number: int, program: Program) -> None:
        """Look at the program with a number."""


class ValueCollector:
    """The values of a search field."""

    def __init__(self, field: SearchField, catalog: Catalog) -> None:
        self._field = field
        self.keys = field.keys
        self._catalog = catalog
        self._labels: dict[str, str] = {}
        self._members: NumberLists[str] = NumberLists()
        self._extract = field.extract

    def add(self, number: int, program: Program) -> None:
        """Look at the program with a number."""
        members = self._members
        for value, label in self._extract(program, self._catalog):
            if value in members:
                members[value].append(number)
            else:
                self._labels[value] = label
                members[value] = array("I", (number,))

    def result(self) -> FieldValues:
        """Return every value with its label and programs."""
        field, catalog = self._field, self._catalog
        ids_by_name: dict[str, list[str]] = defaultdict(list)
        for value, label in self._labels.items():
            synonyms = field.synonyms(value, catalog) if field.synonyms else ()
            for name in dict.fromkeys(map(fold_key, (value, label, *synonyms))):
                if name:
                    ids_by_name[name].append(value)
        size = len(catalog.programs)
        return FieldValues(
            size, by_label(self._labels), compact_all(self._members, size), MemoryTable(dict(ids_by_name))
        )


class ParentCollector:
    """The value of the parent field that the programs of each value of a field have."""

    keys: tuple[str, ...] = ()

    def __init__(self, field: SearchField, parent: SearchField, catalog: Catalog) -> None:
        self._field, self._parent, self._catalog = field, parent, catalog
        self.parents: dict[str, str] = {}

    def add(self, number: int, program: Program) -> None:
        """Look at the program with a number."""
        for value, _ in self._field.extract(program, self._catalog):
            if value not in self.parents:
                for parent_value, _ in self._parent.extract(program, self._catalog):
                    self.parents.setdefault(value, parent_value)


class FactCollector:
    """What programs state about a fact."""

    def __init__(self, fact: StatedFact, catalog: Catalog) -> None:
        self._texts, self._catalog = fact.texts, catalog
        self.keys = fact.keys
        self._stating = array("I")
        self._numbers_by_text: NumberLists[str] = NumberLists()

    def add(self, number: int, program: Program) -> None:
        """Look at the program with a number."""
        texts = tuple(self._texts(program, self._catalog))
        if texts:
            self._stating.append(number)
            for text in dict.fromkeys(texts) if len(texts) > 1 else texts:
                self._numbers_by_text[text].append(number)

    def stating(self) -> Bitset:
        """Return the programs that state the fact."""
        return from_members(self._stating, len(self._catalog.programs))

    def words(self) -> Mapping[str, CompactSet]:
        """Return the programs that state each folded word about the fact."""
        members: NumberLists[str] = NumberLists()
        for text, numbers in self._numbers_by_text.items():
            for word in set(folded_words(text)):
                members[word] += numbers
        return compact_all(members, len(self._catalog.programs))

    def short_texts(self) -> Mapping[str, int]:
        """Return the short texts that programs state, with the number of programs that state each."""
        return {
            text: len(numbers)
            for text, numbers in self._numbers_by_text.items()
            if len(text) <= _SHORT_TEXT and '"' not in text
        }


class OrderCollector:
    """The programs by the value that they are sorted by."""

    keys: tuple[str, ...] = ()

    def __init__(self, key: str, catalog: Catalog) -> None:
        self._value_of, self._catalog = SORT_KEYS[key], catalog
        self._members: NumberLists[Any] = NumberLists()

    def add(self, number: int, program: Program) -> None:
        """Look at the program with a number."""
        self._members[self._value_of(program, self._catalog)].append(number)

    def numbers(self, *, descending: bool) -> Sequence[int]:
        """Return all program numbers in order. Programs without a value come last either way."""
        values = sorted((value for value in self._members if value is not None), reverse=descending)
        return _concatenated(self._members[value] for value in (*values, None) if value in self._members)

    def sum(self) -> int:
        """Return the sum of the values, which are numbers."""
        return sum(value * len(numbers) for value, numbers in self._members.items())


def _concatenated(parts: Iterable[array[int]]) -> array[int]:
    numbers = array("I")
    for part in parts:
        numbers += part
    return numbers
