"""The field `triage`: what the user decided in a quick pass over programs, which is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ..compiled.tables import MemoryTable
from ..lean_typing import NamedTuple
from .bitset import Bitset, compact, to_bitset
from .field_values import FieldValues
from .normalize import fold_key

TRIAGE = "triage"
#: The verdict by program id: "maybe" or "no".
VerdictsById = Mapping[str, str]
_PASSED = ("maybe", "no")
_LABELS: Mapping[str, str] = {
    "new": "Not decided yet",
    "interested": "Interested: on your shortlist",
    "maybe": "Maybe",
    "no": "No",
}
_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "new": ("undecided", "open"),
    "interested": ("yes", "listed"),
    "maybe": (),
    "no": ("passed", "passed over", "not interested"),
}


class Decisions(NamedTuple):
    """What a user decided: the verdicts, and the programs on their shortlist, which are of interest."""

    verdicts: VerdictsById
    listed_ids: Sequence[str]


def triage_values(decisions: Decisions, number_of: Callable[[str], int | None], size: int) -> FieldValues:
    """Return the values of the field: every program has exactly one. `number_of` is None for one of other data."""

    def programs(program_ids: Iterable[str]) -> Bitset:
        numbers = (number_of(program_id) for program_id in program_ids)
        return to_bitset(compact(sorted(number for number in numbers if number is not None), size), size)

    verdicts = decisions.verdicts
    listed = programs(decisions.listed_ids)
    passed = {
        verdict: programs(program_id for program_id in verdicts if verdicts[program_id] == verdict) & ~listed
        for verdict in _PASSED
    }
    new = ((1 << size) - 1) & ~listed
    for passed_programs in passed.values():
        new &= ~passed_programs
    names: dict[str, list[str]] = {}
    for value, label in _LABELS.items():
        for name in filter(None, map(fold_key, (value, label, *_SYNONYMS[value]))):
            names.setdefault(name, []).append(value)
    return FieldValues(
        size, _LABELS, {"new": new, "interested": listed, **passed}, MemoryTable(names), is_personal=True
    )
