"""Differences between two sets of data."""

from __future__ import annotations

from msgspec.structs import replace

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.ids import ProgramId, SourceId
from gmetui.catalog.program_diff import Change, diff_catalogs, program_snapshot

NEUROLOGY = "larkspur-neurology-residency"


def changed(catalog: Catalog, **changes: object) -> Catalog:
    """Return the catalog with one program changed."""
    programs = (replace(p, **changes) if p.id == NEUROLOGY else p for p in catalog.programs)
    return replace(catalog, programs=tuple(programs))


def test_programs_added_removed_and_changed(catalog: Catalog) -> None:
    new = changed(catalog, length_years=5)
    renamed = tuple(
        replace(p, id=ProgramId("quillmont-x")) if p.id == "quillmont-pathology-residency" else p for p in new.programs
    )
    assert diff_catalogs(catalog, replace(new, programs=renamed)) == [
        Change(NEUROLOGY, "changed", "length_years", ("4",), ("5",)),
        Change("quillmont-pathology-residency", "removed"),
        Change("quillmont-x", "added"),
    ]
    assert not diff_catalogs(catalog, catalog)


def test_structure_counts_where_the_texts_are_equal(catalog: Catalog) -> None:
    track = replace(catalog.program[NEUROLOGY].tracks[0], length_years=4)
    tracks = (track, *catalog.program[NEUROLOGY].tracks[1:])
    (change,) = diff_catalogs(catalog, changed(catalog, tracks=tracks))
    assert (change.before[0], change.after[0]) == ("Categorical ()", "Categorical (length_years 4)")


def test_another_source_of_a_statement_counts(catalog: Catalog) -> None:
    statement = replace(catalog.program[NEUROLOGY].statements[0], source=(SourceId("another"),))
    (change,) = diff_catalogs(catalog, changed(catalog, statements=(statement,)))
    assert change.field == "statements"
    assert "source ('another',)" in change.after[0]


def test_a_snapshot_holds_what_is_stated(catalog: Catalog) -> None:
    snapshot = program_snapshot(catalog.program[NEUROLOGY])
    assert snapshot["length_years"] == ("4",)
    assert snapshot["statements"] == ("vision: Neurology within reach of every island.",)
    assert "campus" not in snapshot
