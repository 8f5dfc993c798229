"""What whole screens look like, as text. `pytest --golden-update` writes them anew; look at the diff."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from gmetui.catalog.model import Catalog
from gmetui.planning.shortlist import entry_of
from support import app_of, screen_text

SIZES = [(80, 24), (120, 40), (200, 50)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("name", "line", "keys"),
    [
        ("explore", "cards", ["enter"]),
        ("program", "internal medicine residency mgh", ["enter", "enter"]),
        ("filters", "boston kind:residency", ["enter", "f"]),
        ("shortlist", "", ["enter", "S"]),
        ("compare", "neurology kind:residency", ["enter", "space", "down", "space", "down", "space", "c"]),
        ("institutions", "", ["enter", "I", "enter"]),
        ("specialties", "", ["enter", "T"]),
        ("coverage", "", ["enter", "V", "enter"]),
    ],
)
async def test_screens(
    catalog: Catalog,
    golden: Callable[[str, bytes], None],
    size: tuple[int, int],
    name: str,
    line: str,
    keys: Sequence[str],
) -> None:
    app = app_of(catalog, line)
    async with app.run_test(size=size) as pilot:
        kept = app.shortlist
        for own in ("tufts-neurology-residency", "tufts-cardiovascular-disease-fellowship"):
            kept = kept.added(entry_of(catalog, catalog.program[own]))
        app.change_list(kept.noted("tufts-neurology-residency", "ask about nights"), "kept")
        await pilot.press(*keys)
        await pilot.pause()
        golden(f"{name}-{size[0]}x{size[1]}.txt", screen_text(app).encode())
