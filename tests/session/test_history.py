"""Navigation history, like that of a web browser."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gmetui.session.history import Location, NavigationHistory

FIRST, SECOND, THIRD = (Location("explore", query) for query in ("", "cards", "cards kind:fellowship"))


def test_back_and_forward() -> None:
    history = NavigationHistory().visit(FIRST).visit(SECOND)
    history, location = history.back(THIRD)
    assert location == SECOND
    history, location = history.back(SECOND)
    assert location == FIRST
    assert history.back(FIRST) == (history, None)
    history, location = history.forward(FIRST)
    assert location == SECOND
    history, location = history.forward(SECOND)
    assert location == THIRD
    assert history.forward(THIRD) == (history, None)


def test_a_visit_discards_the_future() -> None:
    history, _ = NavigationHistory().visit(FIRST).visit(SECOND).back(THIRD)
    assert history.future
    assert not history.visit(SECOND).future
    assert not history.visit(FIRST).future, "also when the location is the last one of the past"


def test_leaving_the_same_location_twice_records_it_once() -> None:
    assert NavigationHistory().visit(FIRST).visit(FIRST).past == (FIRST,)


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=300))
def test_going_back_retraces_the_last_hundred_visits(screens: list[str]) -> None:
    history, current = NavigationHistory(), Location("start")
    visited = [current]
    for screen in screens:
        if Location(screen) != current:
            history, current = history.visit(current), Location(screen)
            visited.append(current)
    expected_locations = list(reversed(visited[max(0, len(visited) - 101) : -1]))
    for expected in expected_locations:
        history, location = history.back(current)
        assert location == expected
        current = expected
    assert history.back(current) == (history, None)
