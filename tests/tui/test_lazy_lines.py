"""Lines are made only as far as they are looked at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gmetui.tui.rendering.lazy_lines import LazyLines


def test_lines_are_made_when_they_are_looked_at() -> None:
    made: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(10):
            made.append(number)
            yield number

    lines = LazyLines(numbers())
    assert lines.reaches(0)
    assert made == []
    assert lines[2] == 2
    assert made == [0, 1, 2]
    assert lines.reaches(5)
    assert made == [0, 1, 2, 3, 4]
    assert list(lines) == list(range(10))
    assert len(lines) == len(made) == 10
    assert not lines.reaches(11)
    with pytest.raises(IndexError):
        lines[10]
