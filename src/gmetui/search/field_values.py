"""The values of one search field over a whole catalog."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from ..compiled.numbers import smallest_array
from ..compiled.tables import MemoryTable, PrefixTable
from ..lean_typing import NamedTuple
from .bitset import Bitset, CompactSet, compact, count, members_of, union
from .normalize import fold_key
from .value_columns import ValueColumn, counting_cost, in_runs, slices_of


class ValueTotals(NamedTuple):
    """Sums over a field: the number of programs with each value, those with any, and what counting costs.

    `counting_cost` is the number of programs whose value can be looked up in the time that counting by runs, slices or
    sets takes.
    """

    by_value: Mapping[str, int]
    stated: Bitset
    counting_cost: int


class FieldValues:
    """Every value of one field with its label and programs.

    - `size`: the number of programs in the catalog
    - `labels`: the label of each value, sorted by label
    - `program_sets`: the programs of each value
    - `ids_by_name`: the values that each folded name can mean

    A compiled catalog stores the totals, the column and its slices, which are computed otherwise. What a user decides,
    `is_personal`, changes while gmetui runs, and is counted by sets alone.
    """

    def __init__(
        self,
        size: int,
        labels: Mapping[str, str],
        program_sets: Mapping[str, CompactSet],
        ids_by_name: PrefixTable[Sequence[str]],
        read_totals: Callable[[], ValueTotals] | None = None,
        read_column: Callable[[], ValueColumn] | None = None,
        read_slices: Callable[[], Sequence[Bitset]] | None = None,
        is_personal: bool = False,
    ) -> None:
        self.size = size
        self.labels, self.program_sets, self.ids_by_name = labels, program_sets, ids_by_name
        self._read_totals = read_totals or self._compute_totals
        self._read_column = read_column or self._compute_column
        self._read_slices = read_slices or self._compute_slices
        self.is_personal = is_personal

    @cached_property
    def totals(self) -> ValueTotals:
        """The number of programs of each value, and of all."""
        return self._read_totals()

    @cached_property
    def column(self) -> ValueColumn:
        """The values of each program."""
        return self._read_column()

    @cached_property
    def slices(self) -> Sequence[Bitset]:
        """The codes of the column sliced into bits, where counting by them is faster than counting by sets."""
        return self._read_slices()

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The position of each value by label."""
        return {value: position for position, value in enumerate(self.labels)}

    @property
    def stated(self) -> Bitset:
        """The programs that have a value."""
        return self.totals.stated

    @cached_property
    def decoded_sets(self) -> Mapping[str, CompactSet]:
        """The programs of each value, all of them in memory, for counting them again and again."""
        return dict(self.program_sets)

    def _compute_totals(self) -> ValueTotals:
        counts = {value: count(program_set) for value, program_set in self.program_sets.items()}
        cost = 0 if self.is_personal else counting_cost(self.column, self.slices, counts.values())
        return ValueTotals(counts, union(self.program_sets.values(), self.size), cost)

    def _compute_column(self) -> ValueColumn:
        values_by_program: list[tuple[str, ...]] = [()] * self.size
        for value, program_set in self.program_sets.items():
            single = (value,)  # one tuple for the many programs that have this value alone
            for number in members_of(program_set):
                values = values_by_program[number]
                values_by_program[number] = (*values, value) if values else single
        combinations = {values: code for code, values in enumerate(dict.fromkeys(values_by_program))}
        codes = smallest_array(map(combinations.__getitem__, values_by_program), len(combinations))
        return ValueColumn(in_runs(codes), tuple(combinations))

    def _compute_slices(self) -> Sequence[Bitset]:
        return slices_of(self.column, map(count, self.program_sets.values()))


def by_label(labels: Mapping[str, str]) -> dict[str, str]:
    """Return labels by value, sorted by label."""
    return dict(sorted(labels.items(), key=lambda pair: pair[1].casefold()))


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
        by_label({value: labels[value] for value in members}),
        {value: compact(numbers, size) for value, numbers in members.items()},
        MemoryTable({value: [value] for value in members}),
        is_personal=True,
    )
