from __future__ import annotations

from collections.abc import Set

from gmetui.catalog.catalog import Catalog
from gmetui.search import Query, Results, search
from gmetui.tui.rendering.facet_rows import facet_lines, render_facet_line
from gmetui.tui.screens.explore_screen import ExploreScreen
from gmetui.tui.widgets.facet_list import FacetList
from support import make_app


async def test_group_of_specialties_opens_and_closes(catalog: Catalog) -> None:
    app = make_app(catalog, "larkspur medicine")
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("enter", "f")
        screen = app.screen
        assert isinstance(screen, ExploreScreen)
        facet_list = screen.query_one(FacetList)
        group_line = next(number for number, line in enumerate(facet_list._lines) if line.group_name)
        facet_list.move_cursor_to(group_line)
        closed_count = len(facet_list._lines)
        await pilot.press("right")
        members = [line for line in facet_list._lines if line.depth]
        assert members
        assert all(member.value and member.value.count for member in members)
        assert len(facet_list._lines) == closed_count + len(members)
        await pilot.press("down", "left")
        assert len(facet_list._lines) == closed_count
        assert facet_list.cursor == group_line
        await pilot.press("space")
        assert "family:" in str(screen.query_controller.query)


def _facet_text(results: Results, expanded: Set[str] = frozenset()) -> dict[str, list[str]]:
    """Return the lines of each facet, by its label."""
    texts: dict[str, list[str]] = {}
    for line in facet_lines(results.facets().items(), expanded):
        if line.search_field is not None:
            text = "".join(part for part, _ in render_facet_line(line, 40)).rstrip()
            texts.setdefault(line.search_field.label, []).append(text)
    return texts


def test_values_without_programs_are_one_line(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("institution:quillmont kind:residency"))
    texts = _facet_text(results)
    length = results.facet("length")
    with_programs = [value for value in length if value.count]
    assert len(with_programs) < len(length)
    others = len(length) - len(with_programs)
    assert texts["Length"][-1].strip() == f"{others} {'other' if others == 1 else 'others'}: none"
    assert len(texts["Length"]) == 1 + len(with_programs) + 1
    opened = _facet_text(results, frozenset({"length"}))["Length"]
    assert len(opened) == 1 + len(length) + 1
    assert opened[-1].strip() == "fewer"


def test_active_values_stay_without_programs(catalog: Catalog) -> None:
    results = search(catalog, Query.parse("institution:quillmont length:1 kind:combined"))
    assert not results.total
    assert any("✓" in text and "1 year" in text for text in _facet_text(results)["Length"])


def test_not_stated_is_always_shown(catalog: Catalog) -> None:
    results = search(catalog, Query())
    count = results.facet("visa").get("").count
    assert count
    assert any("Not stated" in text and text.endswith(str(count)) for text in _facet_text(results)["Visa"])


async def test_values_stay_while_the_pane_has_the_focus(catalog: Catalog) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("enter", "f")
        facets = app.explore_screen.facets

        def kinds() -> list[str]:
            lines = [line for line in facets._lines if line.value and line.search_field]
            return [line.value.value for line in lines if line.search_field.name == "kind"]  # type: ignore[union-attr]

        before = kinds()
        await pilot.press("space")
        assert kinds() == before
