"""What is drawn already isn't drawn again, and whatever may have changed is."""

from __future__ import annotations

from rich.segment import Segment
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from gmetui.tui.drawn_rows import DrawnRows

WIDTH = 10


def strip(text: str) -> Strip:
    return Strip([Segment(text.ljust(WIDTH))], WIDTH)


def screen(*texts: str) -> LayoutUpdate:
    return LayoutUpdate([[strip(text)] for text in texts], Region(0, 0, WIDTH, len(texts)))


def part(y: int, text: str, start: int = 0, end: int = WIDTH) -> ChopsUpdate:
    chops = [{0: strip(text) if row == y else None} for row in range(y + 1)]
    return ChopsUpdate(chops, [(y, start, end)], [[WIDTH]] * (y + 1))


def test_the_same_screen_is_drawn_once() -> None:
    rows = DrawnRows()
    assert not rows.has_drawn(screen("a", "b"))
    assert rows.has_drawn(screen("a", "b"))
    assert not rows.has_drawn(screen("a", "c"))
    assert rows.has_drawn(part(1, "c"))


def test_a_changed_row_is_drawn_and_remembered() -> None:
    rows = DrawnRows()
    rows.has_drawn(screen("a", "b"))
    assert not rows.has_drawn(part(0, "x"))
    assert not rows.has_drawn(screen("a", "b")), "the first row shows x now"
    assert rows.has_drawn(screen("a", "b"))


def test_a_row_that_is_drawn_in_part_is_forgotten() -> None:
    rows = DrawnRows()
    rows.has_drawn(screen("a", "b"))
    assert not rows.has_drawn(part(0, "a", 2, 5))
    assert not rows.has_drawn(part(0, "a", 2, 5)), "what else is in the row isn't known"
    assert not rows.has_drawn(screen("a", "b"))


def test_after_an_interruption_everything_is_drawn() -> None:
    rows = DrawnRows()
    rows.has_drawn(screen("a", "b"))
    rows.clear()
    assert not rows.has_drawn(screen("a", "b"))
