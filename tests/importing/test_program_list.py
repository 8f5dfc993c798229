"""Lists of programs as people have them: every format, every kind of dirt, and files that are none."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import gmetui
from gmetui.catalog.models import Catalog
from gmetui.catalog.us_states import STATES
from gmetui.datafiles.builder import REFERENCE, Document, assemble
from gmetui.datafiles.files import bundled_documents, load_catalog, parse
from gmetui.importing.column_detection import HEADINGS, Column, heading_of, shape_of
from gmetui.importing.data_file import About
from gmetui.importing.detect import kind_of
from gmetui.importing.import_errors import TableError
from gmetui.importing.program_list import look, name_for, parts_of
from gmetui.importing.report import doubts_csv
from importing.lists_of_programs import IDS, ROWS, as_csv, brought, changed, names, program, told, whys
from support import HOSTILE, Run, is_harmless


@pytest.fixture(scope="module")
def expected(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str, str]]:
    """What the list as it is makes."""
    made = told(brought(catalog, tmp_path_factory.mktemp("plain") / "list", as_csv(ROWS)))
    assert list(made) == sorted(made, key=list(made).index)
    assert set(made) == set(IDS)
    assert made["acgme-1411699905"] == ("cardiovascular-disease", "Prairie College", "IL")
    return made


def _json(whole: object) -> str:
    return json.dumps(whole, ensure_ascii=False)


def _without(*keys: str) -> list[dict[str, str]]:
    return [{key: cell for key, cell in row.items() if key not in keys} for row in ROWS]


def _by(key: str) -> dict[str, list[dict[str, str]]]:
    return {value: [own for own in ROWS if own[key] == value] for value in {row[key]: "" for row in ROWS}}


def _acgme(line: str, row: dict[str, str]) -> str:
    place = f"1 Main St, {row['city']}, {row['state']} 02111"
    return line.format(own=row["acgme_id"], name=row["name"], place=place)


FORMS: dict[str, Callable[[], str | bytes]] = {
    "utf-8 with a mark": lambda: as_csv(ROWS).encode("utf-8-sig"),
    "utf-16": lambda: as_csv(ROWS).encode("utf-16"),
    "utf-16 without a mark": lambda: as_csv(ROWS).encode("utf-16-le"),
    "windows": lambda: as_csv(ROWS).encode("cp1252"),
    "old mac": lambda: as_csv(ROWS).encode("mac_roman"),
    "dos": lambda: as_csv(ROWS).encode("cp437"),
    "semicolons": lambda: as_csv(ROWS, ";"),
    "tabs": lambda: as_csv(ROWS, "\t"),
    "bars": lambda: as_csv(ROWS, "|"),
    "told delimiter": lambda: "sep=;\r\n" + as_csv(ROWS, ";"),
    "junk above": lambda: "Programs of 2026\nmade by me, on Monday\n\n" + as_csv(ROWS),
    "no headings": lambda: as_csv(ROWS, heads=False),
    "headings on each page": lambda: as_csv(ROWS[:5]) + as_csv(ROWS[5:]),
    "line breaks in cells": lambda: as_csv(changed(name=lambda row: row["name"].replace(" ", "\n", 1))),
    "remarks below": lambda: as_csv(ROWS) + "\nTotal: 10 programs\n",
    "json": lambda: _json(list(ROWS)),
    "json in an object": lambda: _json({"date": "2026", "data": {"count": 10, "programs": list(ROWS)}}),
    "json by id": lambda: _json(dict(zip((row["acgme_id"] for row in ROWS), _without("acgme_id"), strict=True))),
    "json by name": lambda: _json({f"{row['name']} {number}": row for number, row in enumerate(ROWS)}),
    "json by specialty": lambda: _json(_by("specialty")),
    "json in institutions": lambda: _json(
        [{"name": name, "programs": [dict(r, institution="") for r in own]} for name, own in _by("institution").items()]
    ).replace('"institution": "", ', ""),
    "json of columns": lambda: _json({key: [row[key] for row in ROWS] for key in ROWS[0]}),
    "json of lists": lambda: _json([list(ROWS[0]), *(list(row.values()) for row in ROWS)]),
    "json, nested": lambda: _json(
        [
            {**row, "city": None, "state": None, "address": {"city": row["city"], "state": row["state"]}, "tags": ["a"]}
            for row in ROWS
        ]
    ),
    "geojson": lambda: _json(
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": dict(row)} for row in ROWS]}
    ),
    "json lines": lambda: "\n".join(map(_json, ROWS)),
    "toml": lambda: "\n".join(
        "[[program]]\n" + "\n".join(f"{key} = {_json(cell)}" for key, cell in row.items()) for row in ROWS
    ),
    "acgme": lambda: "\n".join(
        _acgme("[{own}] {name} | {place} | A. Person, MD | Continued Accreditation | 01/02/2026", row) for row in ROWS
    ),
    "acgme, wrapped": lambda: "\n".join(
        _acgme("[{own}] {name} |\n{place} | A. Person,\nMD | Continued\nAccreditation | 01/02/2026", row)
        for row in ROWS
    ),
    "eras, tabs": lambda: "\n".join(
        f"{STATES[row['state']]}\t{row['city']}\t{row['name']}\t{row['acgme_id']}\tParticipating" for row in ROWS
    ),
    "eras, spaces": lambda: (
        "State   City   Program   Accreditation ID   Status\n"
        + "\n".join(
            f"{STATES[row['state']]}   {row['city']}   {row['name']}   {row['acgme_id']}   Participating"
            for row in ROWS
        )
    ),
    "eras, a cell a line": lambda: "\n".join(
        f"{STATES[row['state']]}\n{row['city']}\n{row['name']}\n{row['acgme_id']}\nParticipating" for row in ROWS
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_the_same_list(
    catalog: Catalog, tmp_path: Path, form: str, expected: dict[str, tuple[str, str, str]]
) -> None:
    made = brought(catalog, tmp_path / "no-ending-that-helps", FORMS[form]())
    assert told(made) == expected
    assert not whys(made, "doubt")
    assert not whys(made, "left out")


DIRT: dict[str, Callable[[], str]] = {
    "a lost zero": lambda: as_csv(changed(acgme_id=lambda row: row["acgme_id"].lstrip("0"))),
    "decimals": lambda: as_csv(changed(acgme_id=lambda row: f"{row['acgme_id'].lstrip('0')}.0")),
    "a track letter": lambda: as_csv(changed(acgme_id=lambda row: f"{row['acgme_id']}C")),
    "brackets": lambda: as_csv(changed(acgme_id=lambda row: f"[{row['acgme_id']}]")),
    "an id in the name": lambda: as_csv(
        dict(row, acgme_id="", name=f"{row['name']} [{row['acgme_id']}]") for row in ROWS
    ),
    "an id in an address": lambda: as_csv(
        dict(row, acgme_id="", link=f"apps.example.org/Detail?programId={row['acgme_id']}&x=1") for row in ROWS
    ),
    "zero-width spaces": lambda: as_csv(
        changed(acgme_id=lambda row: f"{row['acgme_id'][:4]}\u200b{row['acgme_id'][4:]}", city="\ufeffX\u200d")
    ),
    "glued": lambda: as_csv(changed(name=lambda row: f"{row['name']}New Program!")),
    "capitals": lambda: as_csv(
        changed(
            name=lambda row: row["name"].upper(),
            institution=lambda row: row["institution"].upper(),
            specialty=lambda row: row["specialty"].upper(),
        )
    ),
    "tags": lambda: as_csv(
        changed(
            name=lambda row: f"<b>{row['name']}</b>",
            institution=lambda row: row["institution"].replace("'", "&amp;#39;").replace("é", "&eacute;"),
        )
    ),
    "states in words": lambda: as_csv(changed(state=lambda row: STATES[row["state"]].upper())),
    "one cell": lambda: as_csv(dict(row, city="", state="", location=f"{row['city']}, {row['state']}") for row in ROWS),
    "no state": lambda: as_csv(changed(state="N/A", city="--")),
    "no specialty": lambda: as_csv(changed(specialty="NaN")),
    "unknown headings": lambda: as_csv(
        {f"field {place}": cell for place, cell in enumerate(row.values())} for row in ROWS
    ),
    "other headings": lambda: as_csv(
        {
            "acgmeProgramId": row["acgme_id"],
            "Program_Title": row["name"],
            "Sponsoring Institution": row["institution"],
            "disciplineName": row["specialty"],
            "City": row["city"],
            "State": row["state"],
        }
        for row in ROWS
    ),
    "several rows": lambda: as_csv(
        row for own in ROWS for row in (own, dict(own, acgme_id=f"{own['acgme_id']}P", name="Preliminary"))
    ),
    "spelt otherwise": lambda: as_csv(
        dict(row, institution=row["institution"].replace("St ", "Saint ").replace("University", "Univ."))
        if number % 3 == 0
        else row
        for number, row in enumerate(ROWS)
    ),
}


@pytest.mark.parametrize("dirt", DIRT)
def test_dirt_is_put_right(
    catalog: Catalog, tmp_path: Path, dirt: str, expected: dict[str, tuple[str, str, str]]
) -> None:
    made = brought(catalog, tmp_path / "list", DIRT[dirt]())
    plain = {own: (specialty, _plain(home), state) for own, (specialty, home, state) in told(made).items()}
    assert plain == {own: (specialty, _plain(home), state) for own, (specialty, home, state) in expected.items()}
    assert not whys(made, "left out")


def _plain(name: str) -> str:
    return name.casefold().replace("saint ", "st ").replace("univ.", "university")


def test_columns_are_known_by_the_headings_of_the_table(catalog: Catalog, tmp_path: Path) -> None:
    for headings in HEADINGS.values():
        for heading in headings:
            assert heading_of(heading) == heading, "the table has headings as they are looked for"
            assert heading_of(heading.title().replace(" ", "_")) == heading
    text = as_csv(dict(row, quota="12 *", start="['July']", j1="True", h1b="0", web="x.org y.org/z") for row in ROWS)
    made = program(brought(catalog, tmp_path / "list", text), IDS[0])
    assert made["positions_per_year"] == 12
    assert made["positions_note"] == "the list says '12 *'"
    assert made["start"] == "July"
    assert made["visa"] == [
        {"text": "J-1: yes", "sponsored": ["J-1"]},
        {"text": "H-1B: no", "refused": ["H-1B"]},
    ]
    assert made["url"] == "https://x.org"
    assert made["also_listed"] == ["Further page: https://y.org/z"]


@pytest.mark.parametrize(
    ("cell", "number", "note"),
    [
        ("95.0", 95, None),
        ("7", 7, None),
        ("12 *", 12, "12 *"),
        ("4-6", None, "4-6"),
        ("4 to 6", None, "4 to 6"),
        ("0", None, "0"),
        ("about 8", 8, "about 8"),
        ("many", None, "many"),
        ("–", None, None),
    ],
)
def test_numbers(catalog: Catalog, tmp_path: Path, cell: str, number: int | None, note: str | None) -> None:
    made = program(brought(catalog, tmp_path / "list", as_csv(dict(row, positions=cell) for row in ROWS)), IDS[0])
    assert made.get("positions_per_year") == number
    assert made.get("positions_note") == (f"the list says {note!r}" if note else None)


def test_what_contradicts_is_said_and_kept_with_the_program(catalog: Catalog, tmp_path: Path) -> None:
    rows = [dict(ROWS[0], specialty="Surgery", state="OR"), *ROWS[1:]]
    made = brought(catalog, tmp_path / "list", as_csv(rows))
    assert "its id is one of Anesthesiology, but it says Surgery" in whys(made, "doubt")
    assert "its id is one of California, but it says Oregon" in whys(made, "doubt")
    own = program(made, IDS[0])
    assert own["specialty"] == "surgery"
    assert [item["about"] for item in own["disagreements"]] == ["specialty", "state"]  # type: ignore[attr-defined]
    assert all(finding.row == 2 for finding in made.report.findings)


@pytest.mark.parametrize(
    ("written", "meant", "doubt"),
    [
        ("IM", "internal-medicine", ""),
        ("Ob/Gyn", "obstetrics-and-gynecology", ""),
        ("Intrnal Medicine", "internal-medicine", ""),
        ("Cardiology Fellowship", "cardiovascular-disease", ""),
        ("Pediatrics-Cardiology", "pediatric-cardiology", ""),
        ("Sports Medicine", "list-sports-medicine", "may be"),
        ("Vascular surgery", "list-vascular-surgery", "may be"),
        ("Aerospace Surgery", "list-aerospace-surgery", "no specialty is called"),
        ("Pediatric Internal Medicine", "list-pediatric-internal-medicine", "no specialty is called"),
    ],
)
def test_specialties_are_matched_or_said_not_to_be(
    catalog: Catalog, tmp_path: Path, written: str, meant: str, doubt: str
) -> None:
    rows = [dict(row, acgme_id="", specialty=written) for row in ROWS[:1]] + [dict(row) for row in ROWS[1:]]
    made = brought(catalog, tmp_path / "list", as_csv(rows))
    own = next(row for row in made.tables["program"] if row["id"].startswith("list-"))
    assert own["specialty"] == meant
    assert any(doubt in why for why in whys(made, "doubt")) is bool(doubt)
    assert (written in made.report.not_matched) is bool(doubt)


def test_institutions_have_one_identity_where_the_evidence_is_strong(catalog: Catalog, tmp_path: Path) -> None:
    def homes(*rows: tuple[str, str, str]) -> int:
        made = [dict(ROWS[place], institution=row[0], city=row[1], state=row[2]) for place, row in enumerate(rows)]
        return brought(catalog, tmp_path / "list", as_csv(made)).report.institutions

    assert (
        homes(("St. Mary's Hosp", "A", "OH"), ("Saint Mary’s Hospital", "A", "OH"), ("ST MARYS HOSPITAL", "", "OH"))
        == 1
    )
    assert homes(("St Mary's Hospital", "A", "OH"), ("St Mary's Hospital", "B", "UT")) == 2, "two states"
    assert homes(("University of X (Salem)", "Salem", "OR"), ("University of X (Bend)", "Bend", "OR")) == 2
    assert homes(("University of X (Bend)", "Bend", "OR"), *[("University of X", "Bend", "OR")] * 2) == 1
    assert homes(("North Hospital", "A", "OH"), ("South Hospital", "A", "OH")) == 2
    assert homes(("Xylo Medical Sciences (XMS) College", "A", "OH"), ("Xylo Medical Sciences College", "A", "OH")) == 1
    assert homes(("Mercy Health-OH", "A", "OH"), ("Mercy Health", "A", "OH")) == 1
    assert homes(("Tufts Medical Center", "Boston", "MA"), ("Tufts MC", "Boston", "MA")) == 1, "known by both names"


SHAPES: dict[str, tuple[str, tuple[object, ...]]] = {
    "a match's list": (
        "Program Code,Program Name,Institution,City,State,Quota\n"
        "1007140C0,Internal Medicine-Categorical,Elm Med Ctr-AL,Elm,AL,30\n"
        "1007440P0,Surgery-Preliminary,Elm Med Ctr-AL,Elm,AL,8\n",
        ("nrmp-1007140c0", "internal-medicine", "Elm Med Ctr-AL", "AL", 30),
    ),
    "headings apart": (
        _json(
            {
                "columns": ["Program Code", "Program Name", "Sponsor Name", "Sponsor State", "Quota"],
                "data": [["1400199901", "Elm Program", "Elm", "AL", 3], ["3200199902", "Elm Program", "Elm", "AL", 4]],
            }
        ),
        ("acgme-1400199901", "internal-medicine", "Elm", "AL", 3),
    ),
    "things with names": (
        _json(
            {
                "hits": [
                    {
                        "_source": {
                            "acgme_id": own,
                            "program_title": "Elm Program",
                            "sponsor": {"id": 1, "name": "Elm", "city": "Elm", "state": "AL"},
                            "quota": 3,
                            "director": {"name": "Jane Roe, MD", "email": "jane@example.org"},
                        }
                    }
                    for own in ("1400199901", "3200199902")
                ]
            }
        ),
        ("acgme-1400199901", "internal-medicine", "Elm", "AL", 3),
    ),
    "states between": (
        "Programs of 2026,,,\n,,,\nState,Program,ID,Quota\nALABAMA,,,\n,Elm Program,1400199901,3\nALASKA,,,\n"
        ",Fir Program,3200299902,3\n",
        ("acgme-1400199901", "internal-medicine", "Elm", "AL", 3),
    ),
    "specialties between": (
        "Internal Medicine\nAlabama\tElm\tElm Program\t1400199901\tParticipating\n"
        "\tElm\tFir Program\t1400199902\tNot Participating\n",
        ("acgme-1400199901", "internal-medicine", "Elm", "AL", None),
    ),
    "single spaces": (
        "State City Program Accreditation ID Status\nInternal Medicine\n"
        "New York Utica Elm Program 1403599901 Participating\nAlabama Elm Fir Program 1400199902 Not Participating\n",
        ("acgme-1403599901", "internal-medicine", "Utica Elm", "NY", None),
    ),
    "the public page": (
        "List of Programs by Specialty\nAcademic Year 2026-2027\n\nInternal medicine\n"
        "[1400199901] Elm Program\n1 Elm Street,\nElm, AL 35294 | Jane Roe, MD | Continued Accreditation | 01/15/2020\n"
        "Page 1 of 22\nPediatrics\n[3200199902] Elm Program | Elm, AL | Jo Roe, DO | Accreditation Withdrawn | 2020\n",
        ("acgme-1400199901", "internal-medicine", "Elm", "AL", None),
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_other_shapes(catalog: Catalog, tmp_path: Path, shape: str) -> None:
    content, first = SHAPES[shape]
    made = brought(catalog, tmp_path / "list", content)
    own, specialty, home, state, positions = first
    assert told(made)[str(own)] == (specialty, home, state)
    assert program(made, str(own)).get("positions_per_year") == positions
    assert "Roe" not in "".join(parts_of(made))
    assert not whys(made, "doubt")


def test_what_gmetui_wrote_is_known_again(catalog: Catalog, tmp_path: Path, run: Run) -> None:
    found = json.loads(run("search", "inst:tufts", "--format", "json"))
    made = brought(catalog, tmp_path / "list", _json(found))
    assert sorted(made.report.joined) == sorted(own["id"] for own in found["programs"])
    data = Path(gmetui.__file__).parents[2] / "data" / "institutions" / "tufts.toml"
    made = brought(catalog, tmp_path / "list", data.read_bytes())
    there = sorted(own.id for own in catalog.programs if own.institution == "tufts")
    assert sorted(made.report.joined) == there


def test_programs_that_are_there_are_joined_by_id(catalog: Catalog, tmp_path: Path) -> None:
    there = next(own for own in catalog.programs if own.acgme_id and own.institution == "tufts")
    assert there.acgme_id is not None
    row = dict(ROWS[0], acgme_id=there.acgme_id, specialty="", institution="Somewhere", state="MA")
    made = brought(catalog, tmp_path / "list", as_csv([row, *ROWS[1:]]))
    assert made.report.joined == [there.id]


def test_withdrawn_programs_and_people_are_left_out(catalog: Catalog, tmp_path: Path) -> None:
    rows = [
        dict(row, status="Continued Accreditation" if place else "Accreditation Withdrawn", director="Dr. Jane Roe")
        for place, row in enumerate(ROWS)
    ]
    made = brought(catalog, tmp_path / "list", as_csv(rows))
    assert whys(made, "left out") == ["its status is 'Accreditation Withdrawn'"]
    assert IDS[0] not in told(made)
    assert program(made, IDS[1])["accreditation"] == "acgme"
    assert "Jane Roe" not in "".join(parts_of(made))


def test_codes_of_a_match_stand_in_for_ids(catalog: Catalog, tmp_path: Path) -> None:
    rows = [dict(row, acgme_id=f"12{place:02}140C0") for place, row in enumerate(ROWS[:4])] + list(ROWS[4:])
    made = brought(catalog, tmp_path / "list", as_csv(rows))
    assert program(made, "nrmp-1200140c0")["nrmp_codes"] == ["1200140C0"]
    assert made.report.mended["a match code stood in the column of ACGME ids"] == 4


def test_tracks_of_one_program_are_one_program(catalog: Catalog, tmp_path: Path) -> None:
    rows = [dict(ROWS[0], track="Categorical", nrmp_code="1200040C0"), dict(ROWS[0], track="A", nrmp_code="1200040A0")]
    made = brought(catalog, tmp_path / "list", as_csv([*rows, *(dict(r, track="", nrmp_code="") for r in ROWS[1:])]))
    own = program(made, IDS[0])
    assert own["tracks"] == ["Categorical", "Advanced"]
    assert [code["track"] for code in own["nrmp_codes"]] == ["Categorical", "Advanced"]  # type: ignore[attr-defined]
    assert made.report.several_rows == 1


def test_positions_of_tracks_stand_with_the_tracks(catalog: Catalog, tmp_path: Path) -> None:
    rows = [
        dict(ROWS[0], track=track, quota=quota)
        for track, quota in (("Categorical", "9"), ("Advanced", "4"), ("Research", "1"))
    ]
    made = brought(catalog, tmp_path / "list", as_csv([*rows, *(dict(r, track="", quota="") for r in ROWS[1:])]))
    own = program(made, IDS[0])
    assert own["tracks"] == [
        {"text": "Categorical", "positions_per_year": 9},
        {"text": "Advanced", "positions_per_year": 4},
        {"text": "Research", "positions_per_year": 1},
    ]
    assert own.get("positions_per_year") is None
    assert not whys(made, "doubt")
    assert "positions_per_year = None" not in "".join(parts_of(made))


@pytest.mark.parametrize("track", ["Research (2 years)", "A, B", ",", "Adv: x", "(x)", "C"])
def test_any_words_for_a_track_can_be_read_again(catalog: Catalog, tmp_path: Path, track: str) -> None:
    rows = [dict(row, track=track, nrmp_code=f"1{place:03}040C0") for place, row in enumerate(ROWS)]
    file = tmp_path / "programs.toml"
    file.write_text("".join(parts_of(brought(catalog, tmp_path / "list", as_csv(rows)))), encoding="utf-8")
    own = load_catalog([file]).program[IDS[0]]
    assert own.nrmp_codes[0].track == own.tracks[0].name


@pytest.mark.parametrize(
    ("name", "home"),
    [
        ("Elm Medical Center Internal Medicine Residency", "Elm Medical Center"),
        ("Elm Medical Center - Internal Medicine Program", "Elm Medical Center"),
        ("Internal Medicine Residency at Elm Medical Center", "Elm Medical Center"),
        ("Elm/Fir (Salem) Program", "Elm/Fir (Salem)"),
        ("Elm Medical Center Program New Program!", "Elm Medical Center"),
        ("ELM MEDICAL CENTER PROGRAM", "Elm Medical Center"),
        ("Alaska Family Medicine Residency", "Alaska Family Medicine"),
    ],
)
def test_the_institution_in_a_programs_name(catalog: Catalog, tmp_path: Path, name: str, home: str) -> None:
    rows = [{key: cell for key, cell in dict(row, name=name).items() if key != "institution"} for row in ROWS]
    made = brought(catalog, tmp_path / "list", as_csv(rows))
    assert {own for _, own, _ in told(made).values()} == {home}


def test_canada_and_coordinates(catalog: Catalog, tmp_path: Path) -> None:
    far = dict(ROWS[0], acgme_id="", state="Ontario", city="Toronto", country="Canada", lat="-79.4", long="43.7")
    rows = [far, *(dict(row, country="", lat="", long="") for row in ROWS[1:])]
    made = brought(catalog, tmp_path / "list", as_csv(rows))
    own = next(row for row in made.tables["program"] if row["id"].startswith("list-"))
    assert own["also_listed"] == ["Country: Canada", "Latitude and longitude: 43.7, -79.4"]
    assert "latitude and longitude stood in each other's column" in whys(made)
    home = next(home for home in made.tables["institution"] if home["id"] == own["institution"])
    assert (home["city"], home["state"]) == ("Toronto", "ON")


# Workbooks.


def _book(file: Path) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "About"
    page.append(["All programs, by specialty"])
    for specialty in ("Pediatrics", "Psychiatry"):
        page = book.create_sheet(specialty)
        page.append([specialty])
        page.append(["ACGME Code", "Program Name", "City", "State", "Quota"])
        for row in (own for own in ROWS if own["specialty"] == specialty):
            page.append([int(row["acgme_id"]), row["name"], row["city"], row["state"], 12.0])
    book.save(file)
    return file


def test_a_sheet_for_each_specialty(catalog: Catalog, tmp_path: Path) -> None:
    content = _book(tmp_path / "book").read_bytes()
    made = brought(catalog, tmp_path / "list", content)
    assert sorted(told(made)) == ["acgme-3200599907", "acgme-4000599908"]
    assert [(own.name, bool(own.passed_over)) for own in made.report.sheets] == [
        ("About", True),
        ("Pediatrics", False),
        ("Psychiatry", False),
    ]
    for sheet in ("pediatrics", "2"):
        assert list(told(brought(catalog, tmp_path / "list", content, sheet=sheet))) == ["acgme-3200599907"]
    with pytest.raises(TableError, match=r"no sheet 'Dermatology'; its sheets: About, Pediatrics, Psychiatry"):
        brought(catalog, tmp_path / "list", content, sheet="Dermatology")


# Columns that a person corrects, and the source.


def test_columns_can_be_corrected(catalog: Catalog, tmp_path: Path) -> None:
    rows = [{**row, "remark": "x", "thing": "8"} for row in ROWS]
    made = brought(
        catalog, tmp_path / "list", as_csv(rows), said=lambda titles: {"Thing": "positions", "remark": "nothing"}
    )
    own = program(made, IDS[0])
    assert own["positions_per_year"] == 8
    assert "also_listed" not in own
    columns = {column.title: column for column in made.report.sheets[0].columns}
    assert columns["thing"] == Column("thing", "positions", "as you said", ("8",))
    assert shape_of(["A", "b c"]) == shape_of(["B_C", "a"])


def test_every_fact_names_the_list_and_its_date(catalog: Catalog, tmp_path: Path) -> None:
    about = About("acgme", "Accredited programs", "x.csv", "https://www.acgme.org/list", "2026-11")
    made = brought(catalog, tmp_path / "list", as_csv(ROWS), about=about)
    file = tmp_path / "programs.toml"
    file.write_text("".join(parts_of(made)), encoding="utf-8")
    whole = load_catalog([file])
    page = whole.source["import-acgme"]
    assert (page.title, page.url, page.as_of, page.publisher) == (*about[1:2], about.url, "2026-11", "official")
    assert len(whole.programs) == len(catalog.programs) + len(ROWS)
    for own in IDS:
        assert whole.program[own].provenance.source == ("import-acgme",)
    undated = brought(catalog, tmp_path / "list", as_csv(ROWS))
    assert "as_of" not in "".join(parts_of(undated)).partition("[[institution]]")[0]


def test_the_file_that_is_written_passes_its_own_check(catalog: Catalog, tmp_path: Path) -> None:
    from gmetui.datafiles.files import check_files

    file = tmp_path / "programs.toml"
    file.write_text("".join(parts_of(brought(catalog, tmp_path / "list", as_csv(ROWS)))), encoding="utf-8")
    problems = [own for own in check_files([file]) if own.file == str(file) and "does not begin with" not in own.wrong]
    assert not [str(own) for own in problems]


# The report, a newer file, and doubts that are corrected.


def test_a_newer_file_says_what_is_new_gone_and_changed(catalog: Catalog, tmp_path: Path) -> None:
    kept = tmp_path / "kept.toml"
    kept.write_text("".join(parts_of(brought(catalog, tmp_path / "a", as_csv(ROWS[:9])))), encoding="utf-8")
    newer = [dict(ROWS[1], city="Rome"), *ROWS[2:]]
    report = brought(catalog, tmp_path / "b", as_csv(newer), before=kept).report
    assert report.refreshed
    assert report.added == ["Transitional year, Prairie College"]
    assert report.gone == ["Anesthesiology, Harbor University"]
    assert report.changed == ["Dermatology, St Elm's Hospital: city"]
    assert "against the list as it was: 1 new, 1 gone, 1 changed" in report.lines()


def test_doubts_are_corrected_in_a_spreadsheet_and_come_back(catalog: Catalog, tmp_path: Path) -> None:
    wrong = [dict(ROWS[0], specialty="Surgery"), dict(ROWS[1], acgme_id="", specialty="", name="", institution="=1+1")]
    first = brought(catalog, tmp_path / "a", as_csv([*wrong, *ROWS[2:]]))
    kept = tmp_path / "kept.toml"
    kept.write_text("".join(parts_of(first)), encoding="utf-8")
    doubts = list(csv.DictReader(io.StringIO(doubts_csv(first.report, "made-up"))))
    assert [row["gmetui row"] for row in doubts] == ["2", "3"]
    assert doubts[0]["gmetui says"] == "its id is one of Anesthesiology, but it says Surgery"
    assert doubts[1]["institution"] == "'=1+1", "nothing runs in a spreadsheet"
    doubts[0]["acgme_id"] = "4400599911"
    doubts[1].update(ROWS[1])
    second = brought(catalog, tmp_path / "b", as_csv(doubts), before=kept, about=About("doubts", "x", "b"))
    assert second.belongs == "made-up"
    ids = {own["id"] for own in second.tables["program"]}
    assert ids == {*IDS[1:], "acgme-4400599911"}, "the wrong one is gone, the one that was left out is there"
    assert second.tables["import"][0]["title"] == "A made-up list"


def test_the_report_counts_every_row_and_is_json(catalog: Catalog, tmp_path: Path) -> None:
    rows = [*ROWS, dict(ROWS[0]), dict.fromkeys(ROWS[0], ""), dict(ROWS[0], acgme_id="12345", name="Y", specialty="")]
    report = brought(catalog, tmp_path / "list", as_csv(rows)).report
    whole = json.loads(json.dumps(report.as_json()))
    assert whole["rows"] == 12, "an empty row is none"
    assert whole["programs"] == 10
    assert whole["several_rows"] == whole["left_out"] == 1
    assert [own["row"] for own in whole["findings"] if own["kind"] == "left out"] == [14]
    assert "'12345' is no ACGME id, which has ten digits" in whys_of(whole)


def whys_of(whole: dict[str, list[dict[str, str]]]) -> list[str]:
    """Return what a report as JSON says of rows."""
    return [own["why"] for own in whole["findings"]]


# Files that are no lists, and hostile ones.

TAXONOMY = "Code,Grouping,Classification,Specialization,Definition\n" + "".join(
    f"{code}00000X,Physicians,{name},,A physician\n"
    for code, name in (("207R", "Internal Medicine"), ("207Q", "Family Medicine"))
)
NO_LISTS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\n\t\n", "is empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a picture"),
    "a script": (b"#!/bin/sh\necho hello\n", "a script"),
    "a program": (Path(gmetui.__file__).read_bytes() * 9, "no list of programs"),
    "a taxonomy": (TAXONOMY.encode(), "no list of programs"),
    "a page": (b"<!DOCTYPE html><html><body>1402431164</body></html>", "a web page"),
    "a letter": (b"Dear applicant,\nthank you, and goodbye.\n" * 9, "no list of programs"),
    "zeros": (bytes(100_000), "is empty|bytes that no text has"),
    "noise": (bytes((number * 7919 >> 3) % 256 for number in range(5000)), "cannot be understood|no list"),
    "json without records": (b'{"a": 1, "b": [1, 2, 3]}', "no list of records"),
    "broken json": (b'[{"acgme_id": "1402431164",', "no JSON"),
    "deep json": (b"[" * 200_000, "nested too deeply"),
    "deep toml": (b"a = " + b"[" * 100_000, "nested too deeply|no list"),
    "a million columns": (b"a," * 1_000_000 + b"\n" + b"1," * 1_000_000, "columns|letters"),
    "a huge cell": (b'acgme_id,name\n1402431164,"' + b"A" * 6_000_000 + b'"\n', "letters|too long"),
    "an open quotation": (b'acgme_id,name,x\n1402431164,"open,X\n' + b"1402431165,b,c\n" * 50_000, "never closed"),
    "an archive": (b"PK\x05\x06" + bytes(18), "not a workbook"),
}


@pytest.mark.parametrize("what", NO_LISTS)
def test_what_is_no_list_is_refused_with_the_reason(catalog: Catalog, tmp_path: Path, what: str) -> None:
    content, why = NO_LISTS[what]
    with pytest.raises(TableError, match=why) as error:
        brought(catalog, tmp_path / "file", content)
    assert str(error.value).startswith("gmetui: file: ")
    assert is_harmless(str(error.value))


def test_workbooks_that_attack(catalog: Catalog, tmp_path: Path) -> None:
    good = _book(tmp_path / "good").read_bytes()

    def made(change: Callable[[bytes], bytes], more: bytes = b"") -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for part in old.infolist():
                content = old.read(part)
                new.writestr(part.filename, change(content) if part.filename.endswith("sheet2.xml") else content)
            if more:
                new.writestr("xl/media/more.bin", more)
        return out.getvalue()

    directory = good.index(b"PK\x01\x02")
    nowhere = good[: directory + 42] + b"\xff\xff\xff\x7f" + good[directory + 46 :]
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    for content, why in (
        (made(lambda xml: entity + xml.split(b"?>", 1)[-1]), "entities"),
        (made(lambda xml: xml[:-40]), "damaged"),
        (nowhere, "damaged"),
        (good[:-40], "damaged|not a zip"),
        (made(lambda xml: xml, bytes(1100 * 1024 * 1024)), "unpacks to more"),
        (made(lambda xml: xml.replace(b"<v>", b"<v>" + b"9" * 40_000, 1)), "letters|damaged|ten digits|digits"),
    ):
        with pytest.raises(TableError, match=why):
            brought(catalog, tmp_path / "list", content, sheet="2")


def test_places_that_are_no_files(catalog: Catalog, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zeros").symlink_to("/dev/zero")
    (tmp_path / "loop").symlink_to("loop")
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(10 * 1024**3)
    for name, error in (("pipe", TableError), ("zeros", TableError), ("sparse", TableError), ("loop", OSError)):
        with pytest.raises(error):
            look(catalog, tmp_path / name)
    with pytest.raises(OSError, match="directory"):
        look(catalog, tmp_path)
    (tmp_path / "list.csv").write_text(as_csv(ROWS), encoding="utf-8")
    (tmp_path / "link").symlink_to("list.csv")
    assert look(catalog, tmp_path / "link")[0].columns


def test_a_file_that_changes_while_it_is_read_is_refused(catalog: Catalog, tmp_path: Path) -> None:
    from gmetui.importing.readers.sniff import grids

    file = tmp_path / "list.csv"
    file.write_text(as_csv(ROWS), encoding="utf-8")

    def read_while_it_changes() -> None:
        with grids(file) as found:
            list(next(found).rows)
            file.write_text("other", encoding="utf-8")

    with pytest.raises(TableError, match="changed while it was read"):
        read_while_it_changes()


def test_nothing_in_a_cell_acts_on_anything(catalog: Catalog, tmp_path: Path) -> None:
    rows = [dict(row, name=HOSTILE[place % len(HOSTILE)], note=HOSTILE[-place - 1]) for place, row in enumerate(ROWS)]
    rows = [{key: value.replace("\x00", "") for key, value in row.items()} for row in rows]
    made = brought(catalog, tmp_path / "list", as_csv(rows))
    whole = "".join(parts_of(made))
    assert is_harmless(whole.replace("\n", ""))
    assert all(is_harmless(line) for line in made.report.lines(whole=True))
    assert "<script>" not in whole


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(content=st.binary(max_size=600))
@example(content=b"acgme_id,name\n" + b"\xff" * 40)
@example(content=b"[1402431164] |||\n[140")
@example(content=b'{"a":{"b":[{"acgme_id":[[[]]]}]}}')
def test_no_bytes_do_more_than_be_refused(catalog: Catalog, tmp_path: Path, content: bytes) -> None:
    with contextlib.suppress(TableError):
        assert brought(catalog, tmp_path / "list", content).report.programs


_ODD = ["1200140C0 1200140P0", "Research (2 years)", "(x)", "12 *", "0", "yes", "-71.0", "x.org", "Accredited", ","]
_CELLS = (
    st.sampled_from(_ODD)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
    | st.sampled_from(
        [
            *HOSTILE,
            "1402431164",
            "402421062",
            "2200111018.0",
            "1400100893C",
            "1200140C0",
            "IM",
            "Boston, MA",
            "N/A",
            "['x']",
        ]
    )
)
_MORE = (
    *("track", "nrmp_code", "quota", "length", "start", "status", "status date", "web", "j1", "h1b", "lat", "long"),
    *("kind", "country", "address", "location", "specialty_code", "match", "thing"),
)
_FORMS: dict[str, Callable[[list[dict[str, str]]], str]] = {
    "csv": as_csv,
    "json": _json,
    "lines": lambda rows: "\n".join(map(_json, rows)),
}


@pytest.fixture(scope="module")
def reference() -> list[Document]:
    """The tables that programs refer to, parsed once."""
    own = [{name: rows for name, rows in file.tables.items() if name in REFERENCE} for file in bundled_documents()]
    return [Document("reference", tables) for tables in own]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    rows=st.lists(st.tuples(*[_CELLS] * (6 + len(_MORE))), min_size=1, max_size=5),
    form=st.sampled_from([*_FORMS]),
)
def test_any_cells_make_a_file_that_can_be_read(
    catalog: Catalog, reference: list[Document], tmp_path: Path, rows: list[tuple[str, ...]], form: str
) -> None:
    tables = [dict(zip((*ROWS[0], *_MORE), row, strict=True)) for row in rows]
    tables += [{**row, **dict.fromkeys(_MORE, "")} for row in ROWS]
    try:
        made = brought(catalog, tmp_path / "list", _FORMS[form](tables))
    except TableError:
        return
    whole, problems = assemble([reference, [parse("made.toml", "".join(parts_of(made)).encode())]])
    assert not problems
    assert set(IDS) <= set(whole.program)
    assert made.report.rows >= made.report.programs


# What a file is.


@pytest.mark.parametrize(
    ("heads", "kind"),
    [
        ("acgme_id,name,institution", "programs"),
        ("Program,Hospital,Notes", "shortlist"),
        ("Rank,Program,Institution", "shortlist"),
        ("ACGME ID,Program Name,City,State,Quota,Status", "programs"),
        ("Id,Program,By third parties,Source speaks of", "shortlist"),
        ("ACGME ID,Program,Rating", "shortlist"),
    ],
)
def test_what_looks_like_whose_list(tmp_path: Path, heads: str, kind: str) -> None:
    file = tmp_path / "file"
    file.write_text(f"{heads}\n{','.join('x' for _ in heads.split(','))}\n", encoding="utf-8")
    assert kind_of(file) == kind


def test_names_for_imports() -> None:
    assert name_for(Path("US Residencies (2021).csv")) == "us-residencies-2021"
    assert name_for(Path("日本.csv")) == "list"
    assert names(ROWS)[0] == "Harbor University Program"


SAMPLE = Path(__file__).parents[3] / "shared" / "samples" / "us_residencies_directory.csv"


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample directory is not part of the project")
def test_the_sample_as_it_is(catalog: Catalog, tmp_path: Path) -> None:
    made = brought(catalog, tmp_path / "list", SAMPLE.read_bytes())
    with SAMPLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert made.report.programs == len({row["acgme_id"] for row in rows})
    assert not made.report.not_matched
    codes = {own.code: own.id for own in catalog.specialties if own.code}
    found = told(made)
    for row in rows:
        specialty, _, state = found[f"acgme-{row['acgme_id']}"]
        assert specialty == codes[row["specialty_code"]]
        assert state == row["state"]
    own = {program.acgme_id for program in catalog.programs if program.acgme_id}
    assert len(made.report.joined) - len(made.report.by_place) == sum(row["acgme_id"] in own for row in rows)
