"""Programs side by side: one row a field, one cell a program. A cell without values is "not stated", never "no"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .facts import NOTES, Citation, Fact, citations, program_facts
from .models import Catalog, Program
from .years import year_of

#: What is compared, in this order: what applicants ask first.
_FIRST = (
    "institution",
    "kind",
    "specialty",
    "length_years",
    "positions_per_year",
    "start",
    "application_service",
    "match",
    "deadlines",
    "visa",
    "requirements",
    "tracks",
    "sites",
    "joint_with",
    "curriculum",
    "highlights",
    "benefits",
    "accreditation",
    "disagreements",
    "acgme_id",
    "nrmp_codes",
    "url",
)


_WHOLE = 3  # levels from which a scale is one for all residents


class Cell(NamedTuple):
    """What one program says of one field."""

    values: tuple[str, ...]
    citations: tuple[Citation, ...] = ()


class Row(NamedTuple):
    """One field of every program that is compared."""

    key: str
    label: str
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        """Whether the programs do not all say the same; saying nothing is unlike saying something."""
        return len({cell.values for cell in self.cells}) > 1


def compared(catalog: Catalog, programs: Sequence[Program], *, differences: bool = False) -> list[Row]:
    """Return the fields that at least one program states, as rows; with `differences` only where they differ."""
    facts = [{fact.key: fact for fact in program_facts(catalog, program)} for program in programs]
    rows = [_row(facts, key) for key in _FIRST]
    missions = tuple(_mission(catalog, program) for program in programs)
    rows.insert(_FIRST.index("benefits"), Row("pay", "Sponsor pays", tuple(_pay(catalog, own) for own in programs)))
    rows.insert(_FIRST.index("highlights"), Row("mission", "Mission", missions))
    stated = [row for row in rows if any(cell.values for cell in row.cells)]
    return [row for row in stated if row.differs] if differences else stated


def _row(facts: Sequence[dict[str, Fact]], key: str) -> Row:
    cells = []
    for known in facts:
        fact, note = known[key], known.get(NOTES.get(key, ""))
        beside = tuple(f"({text})" for text in note.values) if note else ()
        pages = (*fact.citations, *(note.citations if note else ()))
        cells.append(Cell((*fact.measured, *beside), tuple(dict.fromkeys(pages))))
    return Row(key, facts[0][key].label if facts else key, tuple(cells))


def _pay(catalog: Catalog, program: Program) -> Cell:
    """Return the newest whole scale of the sponsor; one of few levels, or of no year, only where there is no other."""
    scales = [own for own in catalog.salaries if own.institution == program.institution and "1" in own.pgy]
    if not scales:
        return Cell(())
    newest = max(scales, key=lambda own: (len(own.pgy) >= _WHOLE, year_of(own.year) or 0, len(own.pgy)))
    levels = tuple(f"{own}  {dollars:,.0f}" for own, dollars in newest.levels)
    pages = citations(catalog, newest.provenance, newest.provenance.source)
    return Cell((f"{newest.year}: {newest.employer}", *levels), pages)


def _mission(catalog: Catalog, program: Program) -> Cell:
    quoted = [statement for statement in program.statements if statement.what == "mission"]
    quotes = tuple(f"“{quote}”" for statement in quoted for quote in statement.quote)
    pages = [page for statement in quoted for page in statement.source]
    return Cell(quotes, citations(catalog, program.provenance, pages))
