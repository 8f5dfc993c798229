"""Programs side by side: one row per field, one cell per program. A cell without values is "not stated", never "no"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..lean_typing import NamedTuple
from .catalog import Catalog
from .facts import NOTE_FIELDS, Citation, Fact, citations, program_facts
from .models import Program
from .pay import pay_scale

#: The fields in the order in which applicants ask for them; `_SALARY` and `_MISSION` are not fields of a program.
_ROW_ORDER = (
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
    "own_residents",
    "mission",
    "highlights",
    "pay",
    "benefits",
    "accreditation",
    "disagreements",
    "acgme_id",
    "nrmp_codes",
    "url",
)


class ComparisonCell(NamedTuple):
    """What the data states about one field of one program."""

    values: tuple[str, ...]
    citations: tuple[Citation, ...] = ()


class ComparisonRow(NamedTuple):
    """One field of every compared program."""

    key: str
    label: str
    cells: tuple[ComparisonCell, ...]

    @property
    def differs(self) -> bool:
        """Whether the programs do not all state the same; stating nothing differs from stating something."""
        return len({cell.values for cell in self.cells}) > 1


def compare_programs(
    catalog: Catalog, programs: Sequence[Program], *, differences: bool = False
) -> list[ComparisonRow]:
    """Return the fields that at least one program states, as rows; with `differences` only those that differ."""
    facts = [{fact.key: fact for fact in program_facts(catalog, program)} for program in programs]
    rows = [_row(catalog, programs, facts, key) for key in _ROW_ORDER]
    stated = [row for row in rows if any(cell.values for cell in row.cells)]
    return [row for row in stated if row.differs] if differences else stated


def _row(catalog: Catalog, programs: Sequence[Program], facts: Sequence[Mapping[str, Fact]], key: str) -> ComparisonRow:
    if key == "pay":
        return ComparisonRow(key, "Salary", tuple(_salary_cell(catalog, program) for program in programs))
    if key == "mission":
        return ComparisonRow(key, "Mission", tuple(_mission_cell(catalog, program) for program in programs))
    label = facts[0][key].label if facts else key
    return ComparisonRow(key, label, tuple(_fact_cell(program_facts, key) for program_facts in facts))


def _fact_cell(facts: Mapping[str, Fact], key: str) -> ComparisonCell:
    """Return the values of a fact, followed by its note in parentheses."""
    fact, note = facts[key], facts.get(NOTE_FIELDS.get(key, ""))
    note_texts = tuple(f"({text})" for text in note.values) if note else ()
    cited = (*fact.citations, *(note.citations if note else ()))
    return ComparisonCell((*fact.display_values, *note_texts), tuple(dict.fromkeys(cited)))


def _salary_cell(catalog: Catalog, program: Program) -> ComparisonCell:
    """Return the pay scale that holds for a program: the sponsor's most recent complete one."""
    scale = pay_scale(catalog, program)
    if scale is None:
        return ComparisonCell(())
    levels = tuple(f"{level} ${dollars:,.0f}" for level, dollars in scale.levels)
    cited = citations(catalog, scale.provenance, scale.provenance.source)
    return ComparisonCell((f"{scale.year}: {scale.employer}", *levels), cited)


def _mission_cell(catalog: Catalog, program: Program) -> ComparisonCell:
    missions = [statement for statement in program.statements if statement.what == "mission"]
    quotes = tuple(f"“{quote}”" for mission in missions for quote in mission.quote)
    sources = [source for mission in missions for source in mission.source]
    return ComparisonCell(quotes, citations(catalog, program.provenance, sources))
