"""The values of one search field over a whole catalog."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..catalog.catalog import Catalog
from .bitset import Bitset, CompactSet, compact, count, members_of, to_bitset, union
from .fields import SearchField
from .normalize import fold_key


@dataclass(eq=False)
class FieldValues:
    """Every value of one field with its label and programs, in the order of the catalog.

    `size` is the number of programs in the catalog; `ids_by_name` maps each folded name to the ids it can mean.
    """

    size: int
    labels: Mapping[str, str]
    program_sets: Mapping[str, CompactSet]
    ids_by_name: Mapping[str, Sequence[str]]

    @cached_property
    def stated(self) -> Bitset:
        """The programs that have a value."""
        return union(self.program_sets.values(), self.size)

    @cached_property
    def totals(self) -> Mapping[str, int]:
        """The number of programs with each value."""
        return {value: count(program_set) for value, program_set in self.program_sets.items()}

    @cached_property
    def stored_size(self) -> int:
        """The number of elements that counting every value reads: one for a bitset, the members of an array."""
        return sum(1 if isinstance(members, int) else len(members) for members in self.program_sets.values())

    @cached_property
    def by_label(self) -> Sequence[str]:
        """The value ids, sorted by label."""
        return sorted(self.labels, key=lambda value: self.labels[value].casefold())

    @cached_property
    def by_program(self) -> Sequence[tuple[str, ...]]:
        """The value ids of each program, by program number."""
        values_by_program: list[tuple[str, ...]] = [()] * self.size
        for value, program_set in self.program_sets.items():
            single = (value,)  # one tuple for the many programs that have this value alone
            for number in members_of(program_set):
                values = values_by_program[number]
                values_by_program[number] = (*values, value) if values else single
        return values_by_program

    def bitset(self, value: str) -> Bitset:
        """Return the programs that have `value`."""
        return to_bitset(self.program_sets[value], self.size)


def collect_values(field: SearchField, catalog: Catalog) -> FieldValues:
    """Read the values of `field` from every program."""
    labels: dict[str, str] = {}
    members: dict[str, list[int]] = defaultdict(list)
    for number, program in enumerate(catalog.programs):
        for value, label in field.extract(program, catalog):
            labels.setdefault(value, label)
            members[value].append(number)
    ids_by_name: dict[str, list[str]] = defaultdict(list)
    for value, label in labels.items():
        synonyms = field.synonyms(value, catalog) if field.synonyms else ()
        for name in dict.fromkeys(map(fold_key, (value, label, *synonyms))):
            if name:
                ids_by_name[name].append(value)
    size = len(catalog.programs)
    program_sets = {value: compact(numbers, size) for value, numbers in members.items()}
    return FieldValues(size, labels, program_sets, dict(ids_by_name))


def shortlist_values(statuses: Mapping[str, str], numbers_by_id: Mapping[str, int]) -> FieldValues:
    """Return the values of the field `listed` for a shortlist: the status by program id, "" where it has none."""
    labels = {"yes": "On your shortlist"}
    members: dict[str, list[int]] = defaultdict(list)
    for program_id, status in statuses.items():
        number = numbers_by_id.get(program_id)
        if number is None:
            continue
        members["yes"].append(number)
        if status:
            value = fold_key(status)
            labels.setdefault(value, status[:1].upper() + status[1:])
            members[value].append(number)
    size = len(numbers_by_id)
    return FieldValues(
        size,
        {value: labels[value] for value in members},
        {value: compact(numbers, size) for value, numbers in members.items()},
        {value: [value] for value in members},
    )
