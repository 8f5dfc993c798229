"""The documentation lists every field and heading."""

from __future__ import annotations

from pathlib import Path

import gmetui
from gmetui.importing.column_detection import FIELD_HEADINGS, FIELD_LABELS

PAGE = Path(gmetui.__file__).parents[2] / "docs" / "guide" / "import.md"
_INTERNAL_FIELDS = ("import", "made", "row", "says", "extra", "nothing")


def test_the_import_page_lists_every_heading() -> None:
    text = PAGE.read_text(encoding="utf-8")
    table = text.partition("<!-- fields -->\n")[2].partition("<!-- /fields -->")[0]
    expected = "".join(
        f"| {FIELD_LABELS[field]} (`{field}`) | {', '.join(headings)} |\n"
        for field, headings in FIELD_HEADINGS.items()
        if field not in _INTERNAL_FIELDS
    )
    assert table == expected, "replace the table between the marks with:\n" + expected
