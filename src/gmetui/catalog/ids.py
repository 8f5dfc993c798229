"""The ids of the catalog's values, each a type of its own."""

from __future__ import annotations

from typing import NewType

ProgramId = NewType("ProgramId", str)
InstitutionId = NewType("InstitutionId", str)
SpecialtyId = NewType("SpecialtyId", str)
SiteId = NewType("SiteId", str)
SourceId = NewType("SourceId", str)
