"""Whether a file is a shortlist or a list of programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gmetui.catalog.catalog import Catalog
from gmetui.export.formats import export_table
from gmetui.export.table import shortlist_table
from gmetui.importing.detect import detect_list_kind
from gmetui.shortlist.entries import Shortlist, entry_of


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        ("acgme_id,name,institution", "programs"),
        ("Program,Hospital,Notes", "shortlist"),
        ("Rank,Program,Institution", "shortlist"),
        ("ACGME ID,Program Name,City,State,Quota,Status", "programs"),
        ("Id,Program,By third parties,Source speaks of", "shortlist"),
        ("ACGME ID,Program,Rating", "shortlist"),
        ("programName,institutionName,myRank,myNotes", "shortlist"),
        ("program_name,hospital,my_notes", "shortlist"),
        ("Program,Remarks", "shortlist"),
        ("Rank", "programs"),
    ],
)
def test_headings_tell_shortlists_from_program_lists(tmp_path: Path, headings: str, kind: str) -> None:
    path = tmp_path / "file"
    path.write_text(f"{headings}\n{','.join('x' for _ in headings.split(','))}\n", encoding="utf-8")
    assert detect_list_kind(path) == kind


@pytest.mark.parametrize(
    ("records", "kind"),
    [
        ([{"program": "Neurology", "institution": "Tufts", "rank": 1, "note": "near home"}] * 2, "shortlist"),
        ([{"acgme_id": "1402499003", "name": "Internal medicine"}] * 2, "programs"),
    ],
)
def test_keys_of_json_lines_are_headings(tmp_path: Path, records: list[dict[str, object]], kind: str) -> None:
    path = tmp_path / "file"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    assert detect_list_kind(path) == kind


@pytest.mark.parametrize("format_name", ["csv", "tsv", "xlsx", "json", "toml"])
def test_exported_shortlists_are_shortlists(catalog: Catalog, tmp_path: Path, format_name: str) -> None:
    shortlist = Shortlist(entries=tuple(entry_of(catalog, program) for program in catalog.programs[:3]))
    path = tmp_path / "file"
    path.write_bytes(export_table(shortlist_table(catalog, shortlist), format_name))
    assert detect_list_kind(path) == "shortlist"
