"""Lists in every format, and seeded mutations of them."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import openpyxl

from importing.opendocument_files import plain_spreadsheet
from importing.program_lists import ROWS, as_csv, as_json, specialty_workbook
from support import HOSTILE_TEXTS

_SHORTLIST_ROWS = [
    {**row, "rank": str(number), "status": "applied", "rating": "4", "my dates": "interview 2027-01-15", "Miles": "12"}
    for number, row in enumerate(ROWS, 1)
]
#: Bytes that matter in one of the formats, or that break careless readers.
_TOKENS: Sequence[bytes] = (
    *(text.encode("utf-8") for text in HOSTILE_TEXTS),
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1a", b"\r", b"\n", b"\t", b",", b";", b"|", b'"', b"'", b"[", b"]"),
    *(b"{", b"}", b"(", b"<", b"&#99999999999;", b"&amp;", b"null", b"true", b"-1", b"1e999", b"NaN", b"[]", b"{}"),
    *(b"9" * 40, b"9" * 4400, b"0x" + b"f" * 4000, b"1402431164", b"1200140C0", b"id", b"\xe2\x80\xae", b"sep=;"),
    *(b'"id": []', b'"column": [{"name": "x", "weight": ' + b"9" * 400 + b"}],", b'"score": {}', b"[[program]]"),
    *(
        b"[import]\n",
        b"0001-01-01",
        b"9999-12-31",
        b"a.b.c.d=1\n",
        b"<row r='5'>",
        b"<c t='s'><v>99</v></c>",
        b"</row>",
    ),
    *(b"<sheets/>", b"r:id", b'r="1048577"', b't="b"', b't="d"', b's="99"', b"numFmtId", b"<si/>", b"date1904"),
    *(
        b"<td rowspan=999 colspan=999>",
        b"<table>",
        b"<!--",
        b"</tr>",
        b"|---|---|",
        b"\\|",
        b"<mergeCell ref='A1:A9'/>",
    ),
    *(b"<f/>", b" hidden='1'", b'number-columns-repeated="9999"', b'number-rows-repeated="999999"', b"<text:s/>"),
    *(b"export default ", b"2.5", b"DNR", b"Jan 15", b"46037.5", b"9:30am-4pm EST", b"(Boston, MA)", b"\n\n\n"),
)


def seed_files(directory: Path) -> list[bytes]:
    """Return a list in each format."""
    export = {"format": 1, "edition": {}, "column": [{"name": "Miles", "kind": "number"}], "programs": _SHORTLIST_ROWS}
    acgme_page = "\n".join(f"[{row['acgme_id']}] {row['name']} | {row['city']} 02111 | A | OK | 2026" for row in ROWS)
    eras_page = "\n".join(f"Alabama\tElm\t{row['name']}\t{row['acgme_id']}\tParticipating" for row in ROWS)
    toml = "\n".join(
        "[[program]]\n" + "\n".join(f"{key} = {as_json(cell)}" for key, cell in row.items()) for row in ROWS
    )
    lines = [list(ROWS[0]), *(list(row.values()) for row in ROWS)]
    bars = [f"| {' | '.join(cells)} |" for cells in lines]
    markdown = "\n".join(("# Medicine", "", bars[0], "|---" * len(lines[0]) + "|", *bars[1:]))
    html_rows = ("".join(f"<td rowspan=1><a href='https://x.org'>{cell}</a>" for cell in cells) for cells in lines)
    html = f"<html><h2>A &amp; B</h2><table><tr>{'<tr>'.join(html_rows)}</table></html>"
    r_table = "\n".join(" ".join(f'"{cell}"' for cell in cells) for cells in lines)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    fixed = "\n".join("  ".join(map(str.ljust, cells, widths)) for cells in lines)
    directory_page = "\n".join(
        f"Internal Medicine\nElm, Alabama\n{row['institution']}-AL\nERAS.\nNRMP code\n1007140C0\nACGME code\n"
        f"{row['acgme_id']}\nVisit Program"
        for row in ROWS
    )
    dates = ("Jan 15", "1/15/27 9am-3pm ET", "46037.4", "declined", "15-Jan-27", "TBD", "", "", "", "")
    applicant = [
        ["My list 2027"],
        ["ROL", "Hospital", "Specialty", "City/State", "Interview", "Signal", "Status", "Pros"],
    ]
    applicant += [
        [
            f"#{number}",
            row["institution"],
            row["specialty"],
            f"{row['city']}, {row['state']}",
            day,
            "Gold",
            "Withdrew",
            "x",
        ]
        for number, (row, day) in enumerate(zip(ROWS, dates, strict=True))
    ]
    texts = (
        *(as_csv(ROWS), as_csv(_SHORTLIST_ROWS, ";"), as_csv(ROWS, "\t"), as_json(list(ROWS)), as_json(export)),
        *("\n".join(map(as_json, ROWS)), toml, markdown, acgme_page, eras_page, html, r_table, fixed, directory_page),
        as_json({key: {str(number): row[key] for number, row in enumerate(ROWS)} for key in ROWS[0]}),
        f"export default {as_json(list(ROWS))};",
        "\n".join(",".join(f'"{cell}"' for cell in cells) for cells in applicant),
        as_json([{"name": "Elm", "programs": list(ROWS)}]),
    )
    return [
        *(text.encode() for text in texts),
        as_csv(ROWS).encode("utf-16"),
        as_csv(ROWS).encode("cp1252"),
        specialty_workbook(directory / "seed"),
        applicant_workbook(applicant),
        plain_spreadsheet(lines),
    ]


def applicant_workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook with merged cells, a link, a formula without a value, a hidden row, and a hidden sheet."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for cells in rows:
        sheet.append(list(cells))
    sheet["B3"].hyperlink = "https://example.org/program"
    sheet["A4"] = "=1+1"
    sheet.merge_cells("C5:C7")
    sheet.row_dimensions[6].hidden = True
    workbook.create_sheet("old").sheet_state = "hidden"
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def mutations(seeds: Sequence[bytes], seed: int, count: int) -> Iterator[bytes]:
    """Yield mutated files: in turn of each format, with one to six changes."""
    rng = random.Random(seed)
    for number in range(count):
        content = seeds[number % len(seeds)]
        yield _mutate_workbook(content, rng) if content[:2] == b"PK" else _mutate(content, rng)


def _mutate(content: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.randint(1, 6)):
        content = rng.choice(_MUTATIONS)(content, rng)
    return content


def _mutate_workbook(content: bytes, rng: random.Random) -> bytes:
    """Mutate the bytes of an archive, or those of one of its parts, or leave a part out."""
    if rng.random() < 0.3:
        return _mutate(content, rng)
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new:
        parts = old.infolist()
        target = rng.choice(
            [part for part in parts if "xl/" in part.filename or part.filename == "content.xml"]
        ).filename
        is_dropped = rng.random() < 0.15
        for part in parts:
            if part.filename != target:
                new.writestr(part.filename, old.read(part))
            elif not is_dropped:
                new.writestr(part.filename, _mutate(old.read(part), rng))
    return output.getvalue()


def _insert(content: bytes, rng: random.Random) -> bytes:
    position = rng.randrange(len(content) + 1)
    return content[:position] + rng.choice(_TOKENS) + content[position:]


def _replace(content: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(content) + 1)
    return content[:start] + rng.choice(_TOKENS) + content[start + rng.randint(1, 12) :]


def _delete(content: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(content) + 1)
    return content[:start] + content[start + rng.randint(1, max(2, len(content) // 6)) :]


def _repeat(content: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(content) + 1)
    piece = content[start : start + rng.randint(1, 60)]
    return content[:start] + piece * rng.randint(2, 30) + content[start:]


def _flip(content: bytes, rng: random.Random) -> bytes:
    if not content:
        return content
    position = rng.randrange(len(content))
    return content[:position] + bytes([content[position] ^ (1 << rng.randrange(8))]) + content[position + 1 :]


def _truncate(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randrange(len(content) + 1)] if rng.random() < 0.3 else content


def _swap_lines(content: bytes, rng: random.Random) -> bytes:
    lines = content.split(b"\n")
    first, second = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return b"\n".join(lines)


_MUTATIONS: Sequence[Callable[[bytes, random.Random], bytes]] = (
    _insert, _insert, _replace, _replace, _delete, _repeat, _flip, _truncate, _swap_lines,
)  # fmt: skip
