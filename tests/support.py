"""Data and helpers that several tests use."""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.pilot import Pilot

from gmetui.catalog.models import Catalog
from gmetui.cli import main
from gmetui.loader import load
from gmetui.storage.paths import user_paths
from gmetui.tui.app import GmetuiApp

#: How many programs the data holds, and what the screen says when all are listed.
TOTAL = len(load().programs)
ALL = f"{TOTAL} of {TOTAL}"
#: Texts that act on a careless terminal, markup parser, spreadsheet or page.
HOSTILE = (
    "[b]x",
    "x [/",
    "[/b]",
    "[@click=app.quit]hi[/]",
    "a\x1b[2Jb",
    "\x1b]52;c;cHduZWQ=\x07",
    "e\u0301",
    "日本",
    "👩‍⚕️ doctor",
    "right\u202eleft",
    "zero\u200bwidth",
    "=HYPERLINK(1)",
    "<script>alert(1)</script>",
    "line\nbreak\ttab",
)

INSTITUTION = """
[institution]
id = "harbor"
name = "Harbor Hospital"
also_called = ["HH"]
city = "Río"
state = "MA"
source = "page"
general_knowledge = ["also_called"]

[[institution.statement]]
what = "mission"
quote = "Care for all."
source = "page"

[[institution.route]]
kind = "rotator"
steps = ["Ask", "Come"]
source = "page"

[[page]]
id = "page"
url = "https://example.org/page"
publisher = "institution"
as_of = "2024"

[[page]]
id = "other"
url = "https://example.org/other"
title = "Another | page"
publisher = "third-party"

[[program]]
id = "harbor-cardiology"
name = "Cardiology, \\"Heart\\" Fellowship"
kind = "fellowship"
specialty = "cardiovascular-disease"
accreditation = "acgme"
length_years = 3
requirements = [
  { topic = "examination", text = "=cmd|' /C calc'!A0" },
  { topic = "letters", text = "Three letters | at least" },
]
visa = ["J-1 [only]", "H-1B <b>never</b>"]
deadlines = ["1 August 2025"]
source = "page"
[program.sources]
other = ["visa"]

[[program]]
id = "harbor-surgery"
name = "@General Surgery Residency 東京"
kind = "residency"
specialty = "surgery"
accreditation = "unknown"
positions_per_year = 6
source = "other"
third_party = true
"""
SECOND = """
[institution]
id = "elm"
name = "Elm Street Clinic"
city = "Boston"
state = "MA"
source = "page"

[[program]]
id = "elm-psychiatry"
name = "Psychiatry [R3 track] [/b]"
kind = "residency"
specialty = "psychiatry"
accreditation = "unknown"
length_years = 4
source = "page"

[[program.statement]]
what = "mission"
quote = "[b]To heal[/b]"
source = "page"

[[program]]
id = "elm-wilderness"
name = "Wilderness Medicine Fellowship"
kind = "fellowship"
specialty = "wilderness-medicine-fellowship"
accreditation = "non-acgme"
length_years = 1
source = "page"
"""


def write_data(directory: Path) -> Path:
    """Write two made-up institutions into `directory` and return it."""
    (directory / "harbor.toml").write_text(INSTITUTION, encoding="utf-8")
    (directory / "elm.toml").write_text(SECOND, encoding="utf-8")
    return directory


async def typed_in(pilot: Pilot[None], text: str) -> None:
    """Press the keys of a text."""
    names = {" ": "space", ":": "colon", "-": "minus", '"': "quotation_mark", "/": "slash"}
    await pilot.press(*(names.get(letter, letter) for letter in text))


async def until_notified(pilot: Pilot[None], text: str) -> None:
    """Wait until a notification says `text`; a message may be a frame late, and on screen it wraps anywhere."""
    messages: list[str] = []
    for _ in range(50):
        messages = [notification.message for notification in pilot.app._notifications]
        if any(text in message for message in messages):
            return
        await pilot.pause(0.02)
    pytest.fail(f"no notification says {text!r}: {messages}")


def app_of(catalog: Catalog, line: str | None = "") -> GmetuiApp:
    """Return the application over `catalog`, with the test's own home, for somebody who has met it before."""
    app = GmetuiApp(catalog, user_paths(), line=line)
    app.state = app.state._replace(met=True)
    return app


_CELL = 12.2  # width of a character in rich's SVG
_LINE = re.compile(r"line-(\d+)\)")


def screen_text(app: App[Any]) -> str:
    """Return what the screen shows, as lines of text, from the public SVG export."""
    root = ET.fromstring(app.export_screenshot())
    rows: dict[int, list[tuple[int, str]]] = {}
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        match = _LINE.search(text.get("clip-path", ""))
        if match:
            column = round(float(text.get("x", "0")) / _CELL)
            rows.setdefault(int(match[1]), []).append((column, (text.text or "").replace("\xa0", " ")))
    lines = []
    for y in range(max(rows, default=-1) + 1):
        line = ""
        for column, part in sorted(rows.get(y, [])):
            line += " " * (column - cell_len(line)) + part
        lines.append(line.rstrip())
    return "\n".join(lines) + "\n"


_STYLE = re.compile(r"\.([\w-]+) \{([^}]*)\}")


def screen_looks(app: App[Any]) -> str:
    """Return how the screen looks, row by row: each text with its colour and weight, from the public SVG export."""
    svg = app.export_screenshot()
    styles = {name: _short_style(rules) for name, rules in _STYLE.findall(svg)}
    root = ET.fromstring(svg)
    rows: dict[int, list[tuple[int, str]]] = {}
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        match = _LINE.search(text.get("clip-path", ""))
        words = (text.text or "").replace("\xa0", " ").strip()
        if match and words:
            column = round(float(text.get("x", "0")) / _CELL)
            style = styles.get(text.get("class", ""), "")
            rows.setdefault(int(match[1]), []).append((column, f"{column:>3} {style}  {words}"))
    return "".join(f"row {y}\n" + "".join(f"  {part}\n" for _, part in sorted(rows[y])) for y in sorted(rows))


def _short_style(rules: str) -> str:
    """Return "#rrggbb", with "b", "i", "u" for bold, italic, underlined."""
    colour = re.search(r"fill: (#\w+)", rules)
    marks = [mark for mark, words in (("b", "bold"), ("i", "italic"), ("u", "underline")) if words in rules]
    return " ".join([colour[1] if colour else "", *marks])


def is_harmless(text: str, *, lines: bool = True) -> bool:
    """Tell whether `text` can go to any terminal."""
    allowed = "\u200c\u200d" + ("\n\r" if lines else "")
    return all(c in allowed or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co") for c in text)


class Run:
    """Runs commands in this process and keeps what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.err = ""

    def __call__(self, *argv: str, code: int = 0) -> str:
        try:
            found = main(argv)
        except SystemExit as stop:
            found = int(stop.code or 0)
        captured = self._capsys.readouterr()
        self.err = captured.err
        assert found == code, captured.err
        assert "Traceback" not in captured.err
        return captured.out
