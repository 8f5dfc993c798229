"""The queue of saves: order, failures, and what counts as pending."""

from __future__ import annotations

import threading
from concurrent.futures import Future

import pytest

from gmetui.storage.save_queue import SaveQueue

LIMIT = 30.0  # seconds; a quiet machine needs none


def test_saves_run_in_order_and_exceptions_belong_to_their_futures() -> None:
    queue, order = SaveQueue(), list[int]()
    futures = [queue.submit(str(number), lambda number=number: order.append(number)) for number in range(20)]  # type: ignore[misc]
    failing = queue.submit("division", lambda: 1 // 0)
    assert queue.wait(LIMIT) == []
    assert order == list(range(20))
    assert all(future.done() for future in futures)
    assert isinstance(failing.exception(), ZeroDivisionError)


def test_a_callback_does_not_see_its_own_save_as_pending_but_sees_those_after_it() -> None:
    """The callback runs in the thread of the queue before the save has left the queue."""
    queue, is_allowed, pending = SaveQueue(), threading.Event(), list[list[str]]()
    first = queue.submit("first", lambda: is_allowed.wait(LIMIT))
    queue.submit("second", lambda: None)
    first.add_done_callback(lambda done: pending.append(queue.pending()))
    assert queue.pending() == ["first", "second"]
    is_allowed.set()
    assert queue.wait(LIMIT) == []
    assert pending == [["second"]]


def test_pending_is_empty_as_soon_as_the_last_future_is_done() -> None:
    queue = SaveQueue()
    for _ in range(200):
        future = queue.submit("save", lambda: None)
        future.result(LIMIT)
        assert queue.pending() == []


def test_closing_waits_for_a_bounded_time_and_refuses_more() -> None:
    queue, is_allowed = SaveQueue(), threading.Event()
    hanging: Future[bool] = queue.submit("hanging", lambda: is_allowed.wait(LIMIT))
    queue.submit("behind it", lambda: None)
    assert queue.close(timeout=0.01) == ["hanging", "behind it"]
    with pytest.raises(RuntimeError):
        queue.submit("too late", lambda: None)
    is_allowed.set()
    assert queue.wait(LIMIT) == []
    assert hanging.result()
