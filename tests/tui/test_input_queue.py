"""Input that arrives faster than it is handled: its order, text as one edit, and the quit key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.errors import NoWidget
from textual.events import Event, Key, MouseMove, Paste
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from gmetui.catalog.catalog import Catalog
from gmetui.tui import input_queue
from gmetui.tui.input_queue import InputQueue
from gmetui.tui.widgets.query_input import QueryInput
from support import make_app, until


def post_keys(pilot: Pilot[None], text: str, *keys: str) -> None:
    """Send the keys of a text and then other keys, all in one read."""
    for letter in text:
        pilot.app.post_message(Key("enter" if letter == "\n" else letter, letter))
    for key in keys:
        pilot.app.post_message(Key(key, None))


async def test_text_after_a_key_goes_where_the_key_leads(catalog: Catalog, home: Path) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.focused_pane_id == "query")
        searches: list[str] = []
        handler = app.query_controller
        search, handler.query_typed = handler.query_typed, searches.append  # type: ignore[method-assign,assignment]
        post_keys(pilot, "cards larkspur")
        await until(pilot, lambda: searches[-1:] == ["cards larkspur"], "the last search")
        assert len(searches) <= 2  # the first key, which finds nothing waiting, and the text after it
        handler.query_typed = search  # type: ignore[method-assign]
        post_keys(pilot, " fellow", "enter")
        post_keys(pilot, "nseeks eggs\nand quiet", "ctrl+s")
        post_keys(pilot, "n")
        await until(pilot, lambda: isinstance(app.focused, TextArea) and app.focused.text == "seeks eggs\nand quiet")
        assert app.explore_screen.query_one(QueryInput).value.endswith(" fellow")
        post_keys(pilot, " again", "ctrl+q")
        await until(pilot, lambda: app.is_leaving, "end")
    drafts = "".join(file.read_text(encoding="utf-8") for file in home.rglob("*.json"))
    assert "again" in drafts
    assert "and quiet" in drafts


class Target:
    """An application whose widgets never handle anything: what the queue passes on stays without effect."""

    def __init__(self, focused: Widget | None = None) -> None:
        self.focused = focused
        self.screen: Screen[Any] = Screen()
        self.is_leaving = False
        self.errors: list[str] = []
        self.passed_on: list[Event] = []
        self.callbacks: list[Callable[[], Any]] = []
        self.queue = InputQueue(self, self.dispatch)

    async def dispatch(self, event: Event) -> None:
        self.passed_on.append(event)

    def get_widget_at(self, x: int, y: int) -> tuple[Widget, object]:
        raise NoWidget

    def call_later(self, callback: Callable[..., object], *arguments: object) -> bool:
        self.callbacks.append(lambda: callback(*arguments))
        return True

    def notify_error(self, message: str) -> None:
        self.errors.append(message)

    def quit_at_once(self) -> None:
        self.is_leaving = True

    async def finish_one(self) -> None:
        """Let the event that was passed on last have its effect."""
        handled = self.queue._handled_number
        await self.queue._continue(handled)


async def add_keys(target: Target, keys: str) -> None:
    for key in keys:
        await target.queue.add(Key(key, key))


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (None, ["a", "b", "\n", "c"]),
        (Input(), ["a", "b", "\n", "c"]),  # empty, and not drawn either
        (TextArea(), ["a", "b\nc"]),
        (Input(max_length=9), ["a", "b", "\n", "c"]),
        (Input(type="integer"), ["a", "b", "\n", "c"]),
        (TextArea(read_only=True), ["a", "b", "\n", "c"]),
    ],
)
async def test_waiting_text_becomes_one_edit_where_that_is_the_same(
    field: Widget | None, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    target, texts = Target(field), list[str]()
    monkeypatch.setattr(TextArea, "call_later", lambda field, insert: texts.append(insert.__self__.text))
    for key, character in (("a", "a"), ("b", "b"), ("enter", None), ("c", "c")):
        await target.queue.add(Key(key, character))
        assert len(target.passed_on) == 1  # the others wait
    while target.queue.waiting_count:
        await target.finish_one()
    keys = [event.character or "\n" for event in target.passed_on if isinstance(event, Key)]
    assert keys + texts == expected


async def test_the_quit_key_does_not_wait_for_a_flood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_queue, "QUIT_PATIENCE", 0.0)
    target = Target()
    await add_keys(target, "abc")
    await target.queue.add(Key(input_queue.QUIT_KEY, None))
    while not target.is_leaving:  # noqa: ASYNC110  # no event tells it
        await asyncio.sleep(0)
    assert [event.key for event in target.passed_on if isinstance(event, Key)] == ["a"]
    assert target.queue.waiting_count == 0


async def test_the_quit_key_waits_for_its_turn_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    target = Target()
    await add_keys(target, "a")
    await target.queue.add(Key(input_queue.QUIT_KEY, None))
    await target.finish_one()
    assert not target.is_leaving
    assert [event.key for event in target.passed_on if isinstance(event, Key)] == ["a", "ctrl+q"]


async def test_a_widget_that_is_busy_delays_the_next_key_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_queue, "_EFFECT_TIMEOUT", 0.0)
    target = Target()
    await add_keys(target, "ab")
    target.callbacks.clear()  # as if the widget had been closed
    while not target.callbacks:  # noqa: ASYNC110  # no event tells it
        await asyncio.sleep(0)
    await target.callbacks[0]()
    assert len(target.passed_on) == 2


async def test_what_waits_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_queue, "MAX_WAITING", 3)
    target = Target()
    await add_keys(target, "abcdefgh")
    await target.queue.add(Key(input_queue.QUIT_KEY, None))
    assert target.queue.waiting_count == 4
    while target.queue.waiting_count:
        await target.finish_one()
    assert [event.key for event in target.passed_on if isinstance(event, Key)] == ["a", "b", "c", "d", "ctrl+q"]
    await target.finish_one()
    assert target.errors == ["Ignored 4 keys that came too fast."]


async def test_a_paste_keeps_its_place() -> None:
    target = Target()
    await add_keys(target, "a")
    await target.queue.add(Paste("b"))
    await add_keys(target, "c")
    while target.queue.is_busy:
        await target.finish_one()
    assert [type(event) for event in target.passed_on] == [Key, Paste, Key]


async def test_only_the_last_of_waiting_mouse_moves_counts() -> None:
    target = Target()
    await add_keys(target, "a")
    for x in range(5):
        await target.queue.add(MouseMove(None, x, 0, 0, 0, 0, False, False, False))
    await target.finish_one()
    assert [event.x for event in target.passed_on if isinstance(event, MouseMove)] == [4]
