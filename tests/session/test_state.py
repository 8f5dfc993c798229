"""The state that survives a restart."""

from __future__ import annotations

from gmetui.session.state import SessionState


def test_a_recent_query_is_remembered_once_and_last() -> None:
    state = SessionState()
    for query in ("a", "b", "a", ""):
        state = state.with_recent_query(query)
    assert state.recent_queries == ("b", "a")


def test_very_long_queries_are_not_remembered() -> None:
    assert SessionState().with_recent_query("x" * 5000).recent_queries == ()


def test_the_oldest_queries_are_forgotten() -> None:
    state = SessionState()
    for number in range(250):
        state = state.with_recent_query(str(number))
    assert state.recent_queries == tuple(str(number) for number in range(50, 250))
