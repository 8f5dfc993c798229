"""Which programs should be read again first."""

from __future__ import annotations

from msgspec.structs import replace

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.ids import ProgramId, SourceId
from gmetui.catalog.items import DatedEvent, Deadline
from gmetui.catalog.models import Program, Provenance, Source
from gmetui.catalog.staleness import stale_programs

OLD_PAGE = Source(id=SourceId("old"), url="https://old.example.org/x.aspx", publisher="institution", old_address=True)
NEW_PAGE = Source(id=SourceId("new"), url="https://new.example.org/x", publisher="institution")


def fresh(catalog: Catalog, program_id: str, page: Source = NEW_PAGE, deadline: Deadline | None = None) -> Program:
    return replace(
        catalog.programs[0],
        id=ProgramId(program_id),
        provenance=Provenance(source=(page.id,), confirmed="2026-11"),
        deadlines=(deadline,) if deadline else (),
    )


def with_programs(catalog: Catalog, *programs: Program) -> Catalog:
    return replace(catalog, programs=programs, sources=(OLD_PAGE, NEW_PAGE))


def test_confirmed_programs_with_current_dates_are_not_listed(catalog: Catalog) -> None:
    deadline = Deadline(text="Sep 24, 2026", dates=(DatedEvent("application", on="2026-09-24"),))
    assert stale_programs(with_programs(catalog, fresh(catalog, "a", deadline=deadline)), season=2027) == []


def test_each_reason_is_told_and_past_dates_come_first(catalog: Catalog) -> None:
    past = fresh(catalog, "past", deadline=Deadline(text="Apply by October", cycle="2023-24"))
    moved = fresh(catalog, "moved", OLD_PAGE)
    unconfirmed = replace(fresh(catalog, "unconfirmed"), provenance=Provenance(source=(NEW_PAGE.id,)))
    stale = stale_programs(with_programs(catalog, moved, unconfirmed, past), season=2027)
    assert [entry.program.id for entry in stale] == ["past", "unconfirmed", "moved"]
    assert stale[0].reasons == ("dates of 2023",)
    assert "facts unconfirmed" in stale[1].reasons[0]
    assert stale[2].reasons == ("page at an old address",)
    assert stale[2].urls == (OLD_PAGE.url,)


def test_saved_programs_come_first_among_equals(catalog: Catalog) -> None:
    programs = (fresh(catalog, "a", OLD_PAGE), fresh(catalog, "b", OLD_PAGE))
    stale = stale_programs(with_programs(catalog, *programs), season=2027, saved_ids={"b"})
    assert [entry.program.id for entry in stale] == ["b", "a"]
