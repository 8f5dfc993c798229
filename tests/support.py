"""Data and helpers that several tests use."""

from __future__ import annotations

import re
import time
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Label

from gmetui.catalog.catalog import Catalog
from gmetui.cli import main
from gmetui.storage.paths import user_paths

if TYPE_CHECKING:
    from gmetui.storage.review_store import ReviewStore
    from gmetui.tui.app import GmetuiApp

#: The fixture catalog: three invented institutions with a reference of their own.
FIXTURE_DATA = Path(__file__).parent / "fixtures" / "catalog"
#: Its files that describe no institution.
REFERENCE_FILES = ("specialties.toml", "services.toml", "requirements.toml", "sites.toml", "sources.toml", "acgme.toml")
#: How many programs it has, and how the first screen counts them.
PROGRAM_COUNT = sum(file.read_text(encoding="utf-8").count("\n[[program]]\n") for file in FIXTURE_DATA.rglob("*.toml"))
ALL_PROGRAMS = f"{PROGRAM_COUNT} programs of "
#: Texts that attack a careless terminal, markup parser, spreadsheet or page.
HOSTILE_TEXTS = (
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

HOSTILE_INSTITUTION = """
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
  { topic = "exam", text = "=cmd|' /C calc'!A0" },
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
HOSTILE_CLINIC = """
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


def write_hostile_data(directory: Path) -> Path:
    """Write two invented institutions with hostile texts into `directory` and return it."""
    (directory / "harbor.toml").write_text(HOSTILE_INSTITUTION, encoding="utf-8")
    (directory / "elm.toml").write_text(HOSTILE_CLINIC, encoding="utf-8")
    return directory


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Press the keys of a text."""
    key_names = {" ": "space", ":": "colon", "-": "minus", '"': "quotation_mark", "/": "slash"}
    await pilot.press(*(key_names.get(letter, letter) for letter in text))


def notifications(app: App[Any]) -> list[str]:
    """Return the messages of all notifications; on screen they wrap anywhere, and they may be a frame late."""
    return [notification.message for notification in app._notifications]


async def until_notified(pilot: Pilot[None], text: str) -> None:
    """Wait until a notification contains `text`."""
    await until(pilot, lambda: any(text in message for message in notifications(pilot.app)), f"notification {text!r}")


async def until_problem(pilot: Pilot[None], text: str) -> None:
    """Wait until a dialog says below its field that something is wrong, with `text` in it."""

    def is_shown() -> bool:
        return any(text in str(label.content) for label in pilot.app.screen.query("#trouble").results(Label))

    await until(pilot, is_shown, f"problem {text!r}")


async def until(pilot: Pilot[None], condition: Callable[[], object], description: str = "the condition") -> None:
    """Wait until a condition holds, at most ten seconds."""
    deadline = time.monotonic() + 10
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"no {description} within ten seconds; notifications: {notifications(pilot.app)}")
        await pilot.pause(0.02)


def make_app(catalog: Catalog, line: str | None = "", review: ReviewStore | None = None) -> GmetuiApp:
    """Return the explorer over `catalog` in the test's own home, or over a shared list."""
    from gmetui.tui.app import GmetuiApp
    from gmetui.tui.preferences import Start, read_preferences

    paths = user_paths()
    return GmetuiApp(catalog, paths, Start(read_preferences(paths), query_text=line, review=review))


_CELL_WIDTH = 12.2  # of a character in rich's SVG
_SCREEN_ROW = re.compile(r"line-(\d+)\)")
_STYLE_RULE = re.compile(r"\.([\w-]+) \{([^}]*)\}")
_SVG_TEXT = "{http://www.w3.org/2000/svg}text"


def screen_text(app: App[Any]) -> str:
    """Return the screen as lines of text, from the public SVG export."""
    rows: dict[int, list[tuple[int, str]]] = {}
    for row, column, element in _text_elements(app.export_screenshot()):
        rows.setdefault(row, []).append((column, (element.text or "").replace("\xa0", " ")))
    lines = []
    for row in range(max(rows, default=-1) + 1):
        line = ""
        for column, part in sorted(rows.get(row, [])):
            line += " " * (column - cell_len(line)) + part
        lines.append(line.rstrip())
    return "\n".join(lines) + "\n"


def screen_styles(app: App[Any]) -> str:
    """Return each text of the screen with its color and weight, row by row, from the public SVG export."""
    screenshot = app.export_screenshot()
    styles = {name: _short_style(rules) for name, rules in _STYLE_RULE.findall(screenshot)}
    rows: dict[int, list[tuple[int, str]]] = {}
    for row, column, element in _text_elements(screenshot):
        words = (element.text or "").replace("\xa0", " ").strip()
        if words:
            style = styles.get(element.get("class", ""), "")
            rows.setdefault(row, []).append((column, f"{column:>3} {style}  {words}"))
    return "".join(
        f"row {row}\n" + "".join(f"  {part}\n" for _, part in sorted(parts)) for row, parts in sorted(rows.items())
    )


def _text_elements(screenshot: str) -> Iterator[tuple[int, int, ET.Element]]:
    """Yield (row, column, element) for each text on the screen."""
    for element in ET.fromstring(screenshot).iter(_SVG_TEXT):
        match = _SCREEN_ROW.search(element.get("clip-path", ""))
        if match:
            yield int(match[1]), round(float(element.get("x", "0")) / _CELL_WIDTH), element


def _short_style(rules: str) -> str:
    """Return "#rrggbb", with "b", "i", "u" for bold, italic, underlined."""
    color = re.search(r"fill: (#\w+)", rules)
    weights = [letter for letter, word in (("b", "bold"), ("i", "italic"), ("u", "underline")) if word in rules]
    return " ".join([color[1] if color else "", *weights])


def is_harmless(text: str, *, lines: bool = True) -> bool:
    """Tell whether `text` is safe to write to any terminal."""
    allowed = "\u200c\u200d" + ("\n\r" if lines else "")
    return all(letter in allowed or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co") for letter in text)


class CommandRunner:
    """Runs commands in this process and returns what they print; `err` is the error output of the last one."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.err = ""

    def __call__(self, *argv: str, code: int = 0) -> str:
        try:
            exit_code = main(argv)
        except SystemExit as error:
            exit_code = int(error.code or 0)
        captured = self._capsys.readouterr()
        self.err = captured.err
        assert exit_code == code, captured.err
        assert "Traceback" not in captured.err
        return captured.out
