"""docs/importing.md names every field with its headings, as the table in the code has them."""

from __future__ import annotations

from pathlib import Path

import gmetui
from gmetui.importing.column_detection import FIELDS, HEADINGS

PAGE = Path(gmetui.__file__).parents[2] / "docs" / "importing.md"
_INTERNAL = ("import", "made", "row", "says", "extra", "nothing")


def test_the_page_has_every_heading() -> None:
    text = PAGE.read_text(encoding="utf-8")
    table = text.partition("<!-- fields -->\n")[2].partition("<!-- /fields -->")[0]
    wanted = "".join(
        f"| {FIELDS[field]} (`{field}`) | {', '.join(headings)} |\n"
        for field, headings in HEADINGS.items()
        if field not in _INTERNAL
    )
    assert table == wanted, "the table between the marks in docs/importing.md is to be:\n" + wanted
