"""Files that are small on disk and large when read: workbooks, TOML, JSON and delimited text."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, NamedTuple

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BLOCK = 1 << 20
_HEAD_ROWS = (
    b'<row r="1"><c t="inlineStr"><is><t>acgme_id</t></is></c><c t="inlineStr"><is><t>institution</t></is></c></row>'
    b'<row r="2"><c><v>1400100001</v></c><c t="inlineStr"><is><t>Elm</t></is></c></row>'
)
MEGABYTE = 1_000_000


class Repeated(NamedTuple):
    """A piece of XML, and how often it is written."""

    piece: bytes
    times: int


_NOTHING = Repeated(b"", 0)


def write_workbook(
    path: Path,
    rows: Repeated = _NOTHING,
    strings: Repeated = _NOTHING,
    styles: Repeated = _NOTHING,
    sheets: str = '<sheet name="S" sheetId="1" r:id="r1"/>',
    layout: Repeated = _NOTHING,
    more_rows: Repeated = _NOTHING,
) -> None:
    """Write a workbook with one program, and the pieces repeated in its parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        head = f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONSHIPS}">'
        archive.writestr("xl/workbook.xml", f"{head}<sheets>{sheets}</sheets></workbook>")
        targets = (("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "strings.xml"), ("styles", "styles.xml"))
        relationships = "".join(
            f'<Relationship Id="r{number}" Type="{_RELATIONSHIPS}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(targets, 1)
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{relationships}</Relationships>")
        _write_sheet(archive, rows, more_rows, layout)
        _write_part(archive, "xl/strings.xml", b"<sst>", strings)
        _write_part(archive, "xl/styles.xml", b"<styleSheet><cellXfs>", styles)


def _write_sheet(archive: zipfile.ZipFile, rows: Repeated, more_rows: Repeated, layout: Repeated) -> None:
    with archive.open("xl/worksheets/sheet1.xml", "w") as stream:
        stream.write(b"<worksheet><sheetData>" + _HEAD_ROWS)
        _write_repeated(stream, rows)
        _write_repeated(stream, more_rows)
        stream.write(b"</sheetData><layout>")
        _write_repeated(stream, layout)
        stream.write(b"</layout></worksheet>")


def _write_repeated(stream: IO[bytes], body: Repeated) -> None:
    pieces = max(1, _BLOCK // max(1, len(body.piece)))
    for _ in range(body.times // pieces):
        stream.write(body.piece * pieces)
    stream.write(body.piece * (body.times % pieces))


def _write_part(archive: zipfile.ZipFile, name: str, head: bytes, body: Repeated) -> None:
    tags = [tag.split(b" ")[0] for tag in head.strip(b"<>").split(b"><")]
    with archive.open(name, "w") as stream:
        stream.write(head)
        _write_repeated(stream, body)
        stream.write(b"".join(b"</%s>" % tag for tag in reversed(tags)))


def _rows(piece: bytes, count: int) -> Callable[[Path], None]:
    return lambda path: write_workbook(path, rows=Repeated(piece, count))


def _strings(piece: bytes, count: int) -> Callable[[Path], None]:
    return lambda path: write_workbook(path, strings=Repeated(piece, count))


def _opendocument(start: bytes, end: bytes, count: int, content: bytes = b"") -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            _write_part(archive, "content.xml", b"<spreadsheet><table>", Repeated(start + content + end, count))

    return write


def _text(text: Callable[[], str]) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_text(text(), encoding="utf-8")

    return write


def _repeated_text(head: str, piece: str, length: int) -> Callable[[Path], None]:
    return _text(lambda: head + piece * (length // len(piece)))


def _cells(cell: str, length: int = 30_000) -> Callable[[Path], None]:
    """Return a writer of 1 MB of rows whose cells repeat a text."""
    text = (cell * (length // len(cell))).replace('"', '""')
    rows = max(2, MEGABYTE // (4 * len(text)))
    heading = "acgme_id,name,institution,specialty,location\n"
    return _text(
        lambda: heading + "".join(f'14001{row:05},"{text}","{text}","{text}","{text}"\n' for row in range(rows))
    )


#: Name -> a function that writes the file.
BOMBS: Mapping[str, Callable[[Path], None]] = {
    "400 MB of styles": lambda path: write_workbook(path, styles=Repeated(b'<xf numFmtId="0"/>', 400 * MEGABYTE // 18)),
    "30 MB of styles": lambda path: write_workbook(path, styles=Repeated(b'<xf numFmtId="0"/>', 30 * MEGABYTE // 18)),
    "300 MB of empty rows": _rows(b"<row/>", 300 * MEGABYTE // 6),
    "5 MB of empty rows": _rows(b"<row/>", 5 * MEGABYTE // 6),
    "a row numbered 999,999,999": _rows(b'<row r="999999999"><c><v>1</v></c></row>', 1),
    "a cell in the last row and column": _rows(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', 1),
    "20 MB of shared strings": _strings(b"<si><t>x</t></si>", 20 * MEGABYTE // 17),
    "300 MB of shared strings": _strings(b"<si><t>x</t></si>", 300 * MEGABYTE // 17),
    "one shared string of 300 MB": _strings(b"a", 300 * MEGABYTE),
    "one shared string of 20 MB": _strings(b"a", 20 * MEGABYTE),
    "a tag of 30 MB": lambda path: write_workbook(path, rows=Repeated(b"<row" + b" " * 30 * MEGABYTE + b"/>", 1)),
    "elements a million deep": _rows(b"<a>", MEGABYTE),
    "wide rows": _rows(b"<row>" + b"<c/>" * 16_384 + b"</row>", 400),
    "300,000 rows": _rows(b'<row><c><v>1400100001</v></c><c t="str"><v>Elm</v></c></row>', 300_000),
    "TOML: 40,000 dotted keys": _text(lambda: "[[program]]\nid = 1\n[x]\n" + ".".join("a" * 40_000) + " = 1\n"),
    "TOML: dotted keys in a table": _text(lambda: "[[program]]\nk = {" + ".".join("a" * 40_000) + " = 1}\n"),
    "TOML: 100,000 headers": _text(lambda: "".join(f"[a.b.c.d.e{number}]\n" for number in range(100_000))),
    "TOML: deep headers": _text(lambda: "".join(f"[{number}{'.a' * 15}]\n" for number in range(120_000))),
    "TOML: two million values": _text(lambda: "[[a]]\na = [" + "1," * 2_000_000 + "]"),
    "TOML: 10,000 lists deep": _text(lambda: "[[a]]\na = " + "[" * 10_000 + "]" * 10_000),
    "TOML: a long number": _text(lambda: "[[a]]\nb = " + "9" * 5_000),
    "TOML: a long hexadecimal number": _text(lambda: "[[a]]\nacgme_id = 0x" + "f" * 50_000),
    "JSON: 100,000 lists deep": _text(lambda: "[" * 100_000),
    "JSON: a long number": _text(lambda: '[{"id": ' + "9" * 5_000 + "}]"),
    "JSON: 600,000 records": _text(lambda: "[" + '{"a":1},' * 600_000 + "{}]"),
    "JSON: an institution copied to every program": _text(
        lambda: (
            '[{"p":[{"acgme_id":"1","name":"x"}'
            + ",{}" * MEGABYTE
            + "],"
            + ",".join(f'"a{number}":1' for number in range(1_900))
            + "}]"
        )
    ),
    "CSV: 200,000 programs": _text(
        lambda: (
            "acgme_id,institution\n"
            + "".join(f"140{1 + number // 100_000:02}{number % 100_000:05},A{number}\n" for number in range(200_000))
        )
    ),
    "CSV: 500 columns": _text(
        lambda: "\n".join(",".join(f"x{column * row % 9999}" for column in range(500)) for row in range(1_500))
    ),
    **{
        f"CSV: cells of {cell}": _cells(cell)
        for cell in (*"([-'\"", *("[(", "- ", "<!--", "<a ", "program ", "1 ", "A, ", "&#9;", "(A)", "a - ", "; "))
    },
    "CSV: cells of combining marks": _cells("\u0301" * 15_000 + "\u0323" * 15_000),
    "CSV: 300-letter cells": _cells("a - (b) program ", 300),
    "merged cells: a long text over 300,000 rows": lambda path: write_workbook(
        path,
        Repeated(b"<row><c t='str'><v>%s</v></c><c><v>1</v></c></row>" % (b"x" * 30_000), 2),
        layout=Repeated(b'<mergeCell ref="A3:A1048576"/>', 1),
        more_rows=Repeated(b"<row><c/><c><v>1</v></c></row>", 300_000),
    ),
    "merged cells: 400,000": lambda path: write_workbook(path, layout=Repeated(b'<mergeCell ref="A2:B9"/>', 400_000)),
    "merged cells: 400,000 links": lambda path: write_workbook(
        path, layout=Repeated(b'<hyperlink ref="A2" r:id="r1"/>', 400_000)
    ),
    "ODS: a cell repeated in a row, which is repeated": _opendocument(
        b'<table-row number-rows-repeated="1048576"><table-cell number-columns-repeated="16384"><p>' + b"x" * 30_000,
        b"</p></table-cell></table-row>",
        1,
    ),
    "ODS: rows of one cell, each repeated": _opendocument(
        b'<table-row number-rows-repeated="1000"><table-cell><p>x</p></table-cell><table-cell><p>x',
        b"</p></table-cell></table-row>",
        200_000,
    ),
    "ODS: 30 MB of rows": _opendocument(b"<table-row><table-cell/>", b"</table-row>", 30 * MEGABYTE // 36),
    "ODS: a million blanks": _opendocument(
        b"<table-row><table-cell><p>", b"</p></table-cell></table-row>", 25, b'<s c="999999999"/>' * 10_000
    ),
    "ODS: nested tables": _opendocument(b"<table-row><table-cell><table>", b"</table></table-cell></table-row>", 60),
    **{
        f"HTML: {name}": _repeated_text(head, piece, 2 * MEGABYTE)
        for name, head, piece in (
            ("nested tables", "<table>", "<table><tr><td>"),
            ("cells over a thousand columns", "<table><tr>", "<td colspan=1000>x"),
            ("cells over a thousand rows", "<table><tr>", f"<tr><td rowspan=1000>{'x' * 900}"),
            ("line breaks in a cell", "<table><tr><td>", "<br>"),
            ("letters in a cell", "<table><tr><td>", "&amp;"),
            ("an open comment", "<html><!--", "-> "),
            ("open tags", "<html>", "<a "),
            ("declarations", "<html>", "<!"),
            ("processing instructions", "<html>", "<?"),
            ("an open attribute", "<html><a b='", 'c="'),
            ("references", "<table><tr><td>", "&#9999999999;"),
            ("end tags", "<table><tr><td>", "</td"),
            ("empty rows", "<table>", "<tr></tr>"),
        )
    },
    **{
        f"text: {name}": _repeated_text(head, piece, MEGABYTE)
        for name, head, piece in (
            ("open quotations", "acgme_id,name,specialty\n", '1400100001,"Elm Program,x\n'),
            ("quotations over lines", "acgme_id,name,specialty\n", '1400100001,"\n\n","x"\n'),
            ("tables in Markdown", "", "|a|b|\n|-|-|\n|1|2|\n\n"),
            ("links in Markdown", "|a|b|\n|-|-|\n|", "[x](http://"),
            ("brackets in Markdown", "|a|b|\n|-|-|\n|", "[!"),
            ("quoted cells with blanks", '"id" "b"\n"1" "', '\\" "'),
            ("columns of one width", "program  institution  state\n", "x        y            z\n"),
            ("blanks", "program  institution  state\n", " "),
            ("pages of codes", "", "Medicine\nElm, AL\nElm-AL\nNRMP code\n1007140C0\n"),
            ("labels of codes", "Elm, AL\n", "NRMP code\n"),
            ("lines of code", "", "import x\n"),
            ("assignments", "", "const x = "),
            ("ranks", "Rank,Hospital,Interview\n", "1st,Elm Hospitl of Neurologyy,1/15 9-9-9-9-9 EST\n"),
            ("dates", "Rank,Hospital,Interview\n", f"1,Elm,{'1/15 ' * 5_000}\n"),
            ("places", "Rank,Hospital,Specialty\n", f"1,{'Elm, (' * 5_000},{'int med ' * 3_000}\n"),
            ("dates of an export", "id,my dates,rank\n", f"x,{chr(34)}{'a 2027-01-15; ' * 2_000}{chr(34)},1\n"),
            ("tags", "id,tags,rank\n", f"x,{chr(34) * 20_000},1\n"),
        )
    },
}
