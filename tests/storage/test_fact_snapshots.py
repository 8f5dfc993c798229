"""Changes in the facts of listed programs, shown until they are seen."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from msgspec.structs import replace

from gmetui.catalog.catalog import Catalog
from gmetui.catalog.models import Program
from gmetui.shortlist.entries import Entry, Shortlist, entry_of
from gmetui.shortlist.fact_changes import fact_changes, fingerprint, snapshot_of
from gmetui.storage.fact_snapshots import FactSnapshots, save_snapshots

PROGRAM_ID = "larkspur-surgery-residency"


@pytest.fixture
def snapshots(tmp_path: Path) -> FactSnapshots:
    return FactSnapshots(tmp_path)


@pytest.fixture
def entry(catalog: Catalog, snapshots: FactSnapshots) -> Entry:
    """An entry whose facts are saved."""
    entry = entry_of(catalog, catalog.program[PROGRAM_ID])
    save_snapshots(snapshots, catalog, Shortlist(), Shortlist(entries=(entry,)))
    return entry


def with_program_replaced(catalog: Catalog, program: Program) -> Catalog:
    programs = (program if existing.id == PROGRAM_ID else existing for existing in catalog.programs)
    return replace(catalog, programs=tuple(programs))


def test_unchanged_program_has_no_changes(catalog: Catalog, snapshots: FactSnapshots, entry: Entry) -> None:
    assert fact_changes(catalog, entry.id, entry.fingerprint, snapshots.get) is None


def test_changes_are_shown_until_they_are_seen(catalog: Catalog, tmp_path: Path, entry: Entry) -> None:
    program = replace(catalog.program[PROGRAM_ID], name="Surgery Residency", length_years=6)
    catalog = with_program_replaced(catalog, program)
    find_snapshot = FactSnapshots(tmp_path).get  # as after a restart
    changes = fact_changes(catalog, entry.id, entry.fingerprint, find_snapshot)
    assert changes is not None
    assert changes.lines() == ["Name: General Surgery Residency → Surgery Residency", "Length: 5 → 6"]
    seen_fingerprint = fingerprint(snapshot_of(catalog, program))
    assert fact_changes(catalog, entry.id, seen_fingerprint, find_snapshot) is None
    assert fact_changes(catalog, entry.id, "", find_snapshot) is None, "saved without a fingerprint"


def test_missing_snapshot_is_reported(catalog: Catalog, entry: Entry) -> None:
    catalog = with_program_replaced(catalog, replace(catalog.program[PROGRAM_ID], length_years=6))
    changes = fact_changes(catalog, entry.id, entry.fingerprint, lambda _: None)
    assert changes is not None
    assert changes.lines() == ["Facts changed, but the earlier facts were not saved."]


def test_removed_program_has_its_last_facts_and_successor(
    catalog: Catalog, snapshots: FactSnapshots, entry: Entry
) -> None:
    renamed = replace(catalog.program[PROGRAM_ID], id="larkspur-general-surgery", name="Surgery")
    changes = fact_changes(with_program_replaced(catalog, renamed), entry.id, entry.fingerprint, snapshots.get)
    assert changes is not None
    assert changes.is_removed
    assert changes.successor == renamed, "it has the same ACGME id"
    assert changes.lines()[:3] == [
        "No longer in the data.",
        "Possibly replaced by Surgery (larkspur-general-surgery)",
        "Last known facts:",
    ]
    assert "Length: 5" in changes.lines()


def test_program_with_another_acgme_id_is_no_successor(
    catalog: Catalog, snapshots: FactSnapshots, entry: Entry
) -> None:
    other = replace(catalog.program[PROGRAM_ID], id="larkspur-other", acgme_id="4402499999")
    changes = fact_changes(with_program_replaced(catalog, other), entry.id, entry.fingerprint, snapshots.get)
    assert changes is not None
    assert changes.successor is None


def test_successor_must_be_unambiguous(catalog: Catalog, snapshots: FactSnapshots, entry: Entry) -> None:
    first = replace(catalog.program[PROGRAM_ID], id="larkspur-first")
    catalog = with_program_replaced(catalog, first)
    catalog = replace(catalog, programs=(*catalog.programs, replace(first, id="larkspur-second")))
    changes = fact_changes(catalog, entry.id, entry.fingerprint, snapshots.get)
    assert changes is not None
    assert changes.successor is None


def test_facts_that_do_not_match_their_fingerprint_are_ignored(tmp_path: Path, entry: Entry) -> None:
    file = tmp_path / "known" / "000001.json.gz"
    content = gzip.decompress(file.read_bytes()).replace(b"General Surgery", b"Other Surgery")
    file.write_bytes(gzip.compress(content))
    assert FactSnapshots(tmp_path).get(entry.fingerprint) is None


def test_damaged_and_other_files_are_ignored(catalog: Catalog, tmp_path: Path, entry: Entry) -> None:
    directory = tmp_path / "known"
    (directory / "9junk.json.gz").write_text("junk", encoding="utf-8")
    (directory / "000001 2.json.gz").write_text("junk", encoding="utf-8")
    other = entry_of(catalog, catalog.programs[0])
    save_snapshots(FactSnapshots(tmp_path), catalog, Shortlist(), Shortlist(entries=(other,)))
    file = directory / "000001.json.gz"
    file.write_bytes(file.read_bytes()[:30])
    snapshots = FactSnapshots(tmp_path)
    assert snapshots.get(entry.fingerprint) is None
    assert snapshots.get(other.fingerprint) == snapshot_of(catalog, catalog.programs[0])


def test_snapshot_is_saved_once(catalog: Catalog, tmp_path: Path, entry: Entry) -> None:
    for _ in range(3):
        save_snapshots(FactSnapshots(tmp_path), catalog, Shortlist(), Shortlist(entries=(entry,)))
    assert len(list((tmp_path / "known").glob("*.json.gz"))) == 1
