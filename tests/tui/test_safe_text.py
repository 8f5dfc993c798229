"""The door to the screen: no character that acts on a terminal passes it."""

from __future__ import annotations

import pytest
from rich.style import Style

from gmetui.tui.safe_text import safe_content, safe_line, safe_segment, safe_text
from support import HOSTILE_TEXTS, is_harmless


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_every_maker_sanitizes_and_reads_no_markup(text: str) -> None:
    made = (
        safe_content(text).plain,
        safe_line([(text, "")]).plain,
        safe_segment(text, Style()).text,
        safe_text(text).plain,
    )
    assert all(is_harmless(plain) for plain in made)
    assert "[b]x" not in HOSTILE_TEXTS or safe_content("[b]x").plain == "[b]x"


def test_lines_stay_in_labels_and_go_in_panes() -> None:
    assert safe_content("one\ntwo").plain == "one\ntwo"
    assert safe_segment("one\ntwo", Style()).text == "one two"
