"""What has been read so far: values with their position in the files, by id, before references are checked."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from ..catalog.models import (
    Ambiguity,
    Edition,
    GeneralRequirement,
    Institution,
    Program,
    Salary,
    Service,
    Site,
    Source,
    Specialty,
)
from ..catalog.season import Fee, Guidance, SeasonDate, SeasonGap, SeasonRule, SignalAllotment
from .program_spool import ProgramSpool
from .reader import TableReader

ModelT = TypeVar("ModelT", bound=Struct)


@dataclass(frozen=True, slots=True)
class Node(Generic[ModelT]):
    """A value, and the file and table it was read from."""

    value: ModelT
    reader: TableReader
    table_path: str

    def replaced(self, **changes: Any) -> Node[ModelT]:
        """Return the node with some fields of its value changed."""
        return Node(replace(self.value, **changes), self.reader, self.table_path)

    def report(self, key: str, message: str, hint: str = "", *, fatal: bool = True, doubtful: bool = False) -> None:
        """Record a problem with one key of the value."""
        self.reader.report(f"{self.table_path}.{key}", message, hint, fatal=fatal, doubtful=doubtful)


class ProgramNodes(MutableMapping[str, Node[Program]]):
    """Programs by id, each decoded when it is looked at. Drafts that share programs share the spool they are in."""

    def __init__(self, spool: ProgramSpool | None = None) -> None:
        self.spool = spool or ProgramSpool()
        self._entries: dict[str, int] = {}  # positions in the arrays
        self._numbers, self._table_numbers, self._reader_numbers = array("Q"), array("Q"), array("I")
        self._readers: list[TableReader] = []

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._entries)

    def __iter__(self) -> Iterator[str]:
        """Yield each id."""
        return iter(self._entries)

    def __contains__(self, program_id: object) -> bool:
        """Tell whether there is a program with an id, without decoding it."""
        return program_id in self._entries

    def __getitem__(self, program_id: str) -> Node[Program]:
        """Return the program with an id, as it was put there last."""
        entry = self._entries[program_id]
        reader = self._readers[self._reader_numbers[entry]]
        return Node(self.spool[self._numbers[entry]], reader, _table_path(self._table_numbers[entry]))

    def __setitem__(self, program_id: str, node: Node[Program]) -> None:
        """Add a program, or replace the one with its id."""
        self._put(program_id, self.spool.append(node.value), node)

    def __delitem__(self, program_id: str) -> None:
        """Remove the program with an id."""
        del self._entries[program_id]

    def adopt(self, program_id: str, node: Node[Program], others: ProgramNodes) -> None:
        """Add a program that `others`, which share the spool, have as it is."""
        self._put(program_id, others.number_of(program_id), node)

    def number_of(self, program_id: str) -> int:
        """Return the number of a program in the spool."""
        return self._numbers[self._entries[program_id]]

    def _put(self, program_id: str, number: int, node: Node[Program]) -> None:
        if not self._readers or self._readers[-1] is not node.reader:
            self._readers.append(node.reader)
        self._entries[program_id] = len(self._numbers)
        self._numbers.append(number)
        self._reader_numbers.append(len(self._readers) - 1)
        self._table_numbers.append(_table_number(node.table_path))


def _table_number(table_path: str) -> int:
    """Return 0 for "program", the only one of a file, and 1 + n for "program[n]"."""
    return int(table_path[len("program[") : -1]) + 1 if table_path.endswith("]") else 0


def _table_path(table_number: int) -> str:
    return f"program[{table_number - 1}]" if table_number else "program"


@dataclass(slots=True)
class CatalogDraft:
    """Everything read so far, by id; the last layer wins. The references of `linked_reader`'s tables hold already."""

    editions: list[Node[Edition]] = field(default_factory=list)
    institutions: dict[str, Node[Institution]] = field(default_factory=dict)
    programs: ProgramNodes = field(default_factory=ProgramNodes)
    specialties: dict[str, Node[Specialty]] = field(default_factory=dict)
    sites: dict[str, Node[Site]] = field(default_factory=dict)
    services: dict[str, Node[Service]] = field(default_factory=dict)
    requirements: dict[str, Node[GeneralRequirement]] = field(default_factory=dict)
    sources: dict[str, Node[Source]] = field(default_factory=dict)
    salaries: list[Node[Salary]] = field(default_factory=list)
    season_dates: dict[str, Node[SeasonDate]] = field(default_factory=dict)
    fees: dict[str, Node[Fee]] = field(default_factory=dict)
    signals: list[Node[SignalAllotment]] = field(default_factory=list)
    season_rules: dict[str, Node[SeasonRule]] = field(default_factory=dict)
    guidance: list[Node[Guidance]] = field(default_factory=list)
    season_gaps: list[Node[SeasonGap]] = field(default_factory=list)
    ambiguities: dict[str, Ambiguity] = field(default_factory=dict)
    boards: dict[str, str] = field(default_factory=dict)
    acgme_states: dict[str, str] = field(default_factory=dict)
    publishers: dict[str, str] = field(default_factory=dict)
    linked_reader: TableReader | None = None
