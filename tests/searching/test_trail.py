"""Back and forward between the queries that were asked."""

from __future__ import annotations

from gmetui.catalog.model import Catalog
from gmetui.explorer.screens.explore import ExploreScreen
from gmetui.searching import Query
from gmetui.searching.trail import Trail
from support import app_of

ONE, TWO, THREE = (Query.parse(line) for line in ("one", "two", "three"))


def test_back_and_forward_are_each_others_opposite() -> None:
    trail = Trail().left(ONE).left(TWO)
    trail, query = trail.back(THREE)
    assert query == TWO
    trail, query = trail.back(TWO)
    assert query == ONE
    assert trail.back(ONE) == (trail, None)
    trail, query = trail.forward(ONE)
    assert query == TWO
    trail, query = trail.forward(TWO)
    assert query == THREE
    assert trail.forward(THREE) == (trail, None)


def test_another_query_forgets_what_came_after() -> None:
    trail, _ = Trail().left(ONE).left(TWO).back(THREE)
    assert not trail.left(TWO).future
    assert len(Trail().left(ONE).left(ONE).past) == 1
    many = Trail()
    for number in range(300):
        many = many.left(Query.parse(f"q{number}"))
    assert len(many.past) == 100


async def test_a_jump_can_be_taken_back(catalog: Catalog) -> None:
    app = app_of(catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(*"cards tufts", "enter", "I", "p")
        screen = app.screen
        assert isinstance(screen, ExploreScreen)
        assert str(screen.results.query) == "institution:bmc"
        await pilot.press("b")
        assert screen.line.value == "cards tufts"
        await pilot.press("b")
        assert screen.line.value == ""
        await pilot.press("b", "B", "B")
        assert screen.line.value == "institution:bmc"
        await pilot.press("B")
        assert screen.line.value == "institution:bmc"
