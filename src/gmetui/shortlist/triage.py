"""What was passed over in a quick pass over many programs: "maybe" or "no", program by program. Pure values.

A program that interests the user goes to the shortlist instead. One on the shortlist counts as interesting, whatever
was said of it before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

#: What may be said of a program without adding it to the shortlist.
VERDICTS = ("maybe", "no")


class PassedProgram(NamedTuple):
    """A program that was passed over: its id and names, the verdict, and the day on which it was given."""

    id: str
    verdict: str
    name: str = ""
    institution: str = ""
    on: str = ""


@dataclass(frozen=True)
class Triage:
    """The programs that were passed over, in the order in which that was first done. It never changes."""

    programs: tuple[PassedProgram, ...] = ()

    @cached_property
    def verdicts(self) -> Mapping[str, str]:
        """The verdict by program id."""
        return {program.id: program.verdict for program in self.programs}

    def __len__(self) -> int:
        """Return how many programs were passed over."""
        return len(self.programs)

    def __iter__(self) -> Iterator[PassedProgram]:
        """Yield the programs."""
        return iter(self.programs)

    def with_programs(self, programs: Iterable[PassedProgram]) -> Triage:
        """Return the list with other programs passed over; those that are on it keep their place."""
        by_id = {program.id: program for program in self.programs}
        by_id.update({program.id: program for program in programs})
        return Triage(tuple(by_id.values()))

    def without(self, program_ids: Container[str]) -> Triage:
        """Return the list without some programs: nothing is said of them then."""
        return Triage(tuple(program for program in self.programs if program.id not in program_ids))


class TriageCounts(NamedTuple):
    """How far a pass over some programs has come."""

    interested: int = 0
    maybe: int = 0
    no: int = 0
    new: int = 0

    @classmethod
    def of(cls, decisions: Iterable[str]) -> TriageCounts:
        """Return how often each decision, as `verdict_of` returns it, occurs."""
        counts = Counter(decisions)
        return cls(counts["interested"], counts["maybe"], counts["no"], counts[""])

    @property
    def decided(self) -> int:
        """How many are decided."""
        return self.interested + self.maybe + self.no

    @property
    def total(self) -> int:
        """How many programs there are."""
        return self.decided + self.new


def decisions_of(verdicts: Mapping[str, str], listed_ids: Container[str], program_ids: Iterable[str]) -> dict[str, str]:
    """Return what was decided about programs, by id; nothing if none of them was passed over.

    Programs of the shortlist count as interesting only beside some that were passed over: the list may be all that the
    user has made.
    """
    ids = tuple(program_ids)
    if not any(program_id in verdicts for program_id in ids):
        return {}
    return {
        program_id: "interested" if program_id in listed_ids else verdicts[program_id]
        for program_id in ids
        if program_id in listed_ids or program_id in verdicts
    }


def verdict_of(program_id: str, triage: Triage, listed_ids: Container[str]) -> str:
    """Return what was decided about a program: "interested", "maybe", "no", or "" for nothing."""
    return "interested" if program_id in listed_ids else triage.verdicts.get(program_id, "")
