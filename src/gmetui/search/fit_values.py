"""The field `fits`: the verdicts about the reader, which are handed in. The search knows nothing of a profile.

A condition on it is never dropped: without verdicts it matches nothing, and the mistake says how to get some.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..compiled.tables import MemoryTable
from .bitset import Bitset, compact, to_bitset
from .field_values import FieldValues
from .normalize import fold_key

FITS = "fits"
#: The programs with each verdict, by their numbers in ascending order.
ProgramsByVerdict = Mapping[str, Sequence[int]]
NO_PROFILE = "fits needs a profile; `gmetui profile set` makes one, or Plan, You in the explorer"
_LABELS: Mapping[str, str] = {
    "meets": "Meets what is stated",
    "cant-tell": "Can't tell",
    "nothing-stated": "Nothing stated",
    "no": "Does not meet",
    "not-yet": "Does not meet yet",
}
#: Other names of the verdicts. A name is not taken for one that it only begins.
_SYNONYMS: Mapping[str, Sequence[str]] = {
    "meets": ("met", "yes"),
    "cant-tell": ("cannot-tell", "cannot tell", "unclear", "?"),
    "nothing-stated": (),
    "no": ("does-not-meet", "not-met", "against"),
    "not-yet": ("yet",),
}
#: The verdicts that `sort:fits` puts in order; every program has exactly one of them.
_SORTED_VERDICTS = ("meets", "cant-tell", "no")


def fit_values(programs: ProgramsByVerdict, size: int) -> FieldValues:
    """Return the values of the field for a catalog of `size` programs; a verdict without programs is a value too."""
    names: dict[str, list[str]] = {}
    for verdict, label in _LABELS.items():
        for name in filter(None, map(fold_key, (verdict, label, *_SYNONYMS[verdict]))):
            names.setdefault(name, []).append(verdict)
    program_sets = {verdict: compact(programs.get(verdict, ()), size) for verdict in _LABELS}
    return FieldValues(size, _LABELS, program_sets, MemoryTable(names), is_personal=True)


def grouped_by_verdict(groups: Iterable[Bitset], values: FieldValues, *, descending: bool) -> Iterator[Bitset]:
    """Yield groups of programs of equal score by their verdicts: those that meet first, then in the given order."""
    groups = tuple(groups)
    for verdict in reversed(_SORTED_VERDICTS) if descending else _SORTED_VERDICTS:
        programs = to_bitset(values.program_sets[verdict], values.size)
        yield from (part for group in groups if (part := group & programs))
