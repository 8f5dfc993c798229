"""What has been read so far: values with their position in the files, by id, before references are checked."""

from __future__ import annotations

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


@dataclass(slots=True)
class CatalogDraft:
    """Everything read so far, by id; the last layer wins."""

    editions: list[Node[Edition]] = field(default_factory=list)
    institutions: dict[str, Node[Institution]] = field(default_factory=dict)
    programs: dict[str, Node[Program]] = field(default_factory=dict)
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
