"""What has been read so far: values with the place they stand at, by id, before references are checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

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
from .reader import Reader

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A value and where it stands."""

    value: T
    reader: Reader
    path: str


@dataclass(slots=True)
class Draft:
    """Everything read so far, by id; the last layer wins."""

    editions: list[Placed[Edition]] = field(default_factory=list)
    institutions: dict[str, Placed[Institution]] = field(default_factory=dict)
    programs: dict[str, Placed[Program]] = field(default_factory=dict)
    specialties: dict[str, Placed[Specialty]] = field(default_factory=dict)
    sites: dict[str, Placed[Site]] = field(default_factory=dict)
    services: dict[str, Placed[Service]] = field(default_factory=dict)
    requirements: dict[str, Placed[GeneralRequirement]] = field(default_factory=dict)
    sources: dict[str, Placed[Source]] = field(default_factory=dict)
    salaries: list[Placed[Salary]] = field(default_factory=list)
    ambiguities: dict[str, Ambiguity] = field(default_factory=dict)
    boards: dict[str, str] = field(default_factory=dict)
    acgme_states: dict[str, str] = field(default_factory=dict)
