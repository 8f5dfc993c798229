"""Keys, pastes and mouse events in the order in which they came: each waits until the one before has taken effect.

Textual passes everything that one read brings to the widget that is focused at that moment. Text typed right after a
key that opens a dialog would go to the list behind it, and a flood of keys would cost an edit, a search, and a repaint
each. Here, text that is waiting becomes one edit, and the quit key doesn't wait for a flood before it.
"""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeGuard

from textual.app import ScreenStackError
from textual.dom import DOMNode
from textual.errors import NoWidget
from textual.events import Callback, Event, InputEvent, Key, MouseEvent, MouseMove, Paste
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

if TYPE_CHECKING:
    from textual.widgets import TextArea

#: What a user does. To Textual, a paste is no input.
UserInput = InputEvent | Paste
QUIT_KEY = "ctrl+q"
QUIT_PATIENCE = 5.0  # seconds that the quit key waits for what was typed before it
MAX_WAITING = 100_000  # events, as many as the characters of the longest paste; more are ignored
_EFFECT_TIMEOUT = 0.25  # seconds until the next event is passed on, if the widget of the last one is busy or closed
_MAX_ROUNDS = 5  # of messages that an event causes: a key submits an input, which chooses an option, which opens a page


class InputTarget(Protocol):
    """The application that the events are for."""

    @property
    def screen(self) -> Screen[object]:
        """The screen on top."""

    @property
    def focused(self) -> Widget | None:
        """The focused widget."""

    @property
    def is_leaving(self) -> bool:
        """Whether the application is about to end, so that input has no effect any more."""

    def get_widget_at(self, x: int, y: int) -> tuple[Widget, object]:
        """Return the widget at a position of the screen. Raises `NoWidget`."""

    def call_later(self, callback: Callable[..., object], *args: object) -> bool:
        """Call a function after the messages that are waiting."""

    def notify_error(self, message: str) -> None:
        """Show what went wrong."""

    def quit_at_once(self) -> None:
        """Save what is open, and end."""


def is_text_area(widget: object) -> TypeGuard[TextArea]:
    """Tell whether a widget is a `TextArea`, without importing that for the first frame, which has none."""
    module = sys.modules.get("textual.widgets._text_area")
    return module is not None and isinstance(widget, module.TextArea)


class TypedText(NamedTuple):
    """Text that was typed into a field key by key, and is inserted at once."""

    text: str
    field: Input | TextArea

    def insert(self) -> None:
        """Insert the text as the field does for each key."""
        field = self.field
        if is_text_area(field):
            field.replace(self.text, *field.selection, maintain_selection_offset=False)
            return
        assert isinstance(field, Input)
        if field.selection.is_empty:
            field.insert_text_at_cursor(self.text)
        else:
            field.replace(self.text, *field.selection)


class InputQueue:
    """Passes events to `dispatch` one after the other. `add` passes an event on at once if none is being handled."""

    def __init__(self, app: InputTarget, dispatch: Callable[[Event], Awaitable[None]]) -> None:
        self._app = app
        self._dispatch = dispatch
        self._waiting: deque[UserInput] = deque()
        self._ignored_count = 0
        self._handled_number = 0  # of the event that is being handled
        self._is_handling = False
        self._timeout: asyncio.TimerHandle | None = None
        self._quit_timer: asyncio.TimerHandle | None = None

    @property
    def waiting_count(self) -> int:
        """The number of events that are waiting."""
        return len(self._waiting)

    @property
    def is_busy(self) -> bool:
        """Whether an event is waiting or has not yet had its effect."""
        return self._is_handling or bool(self._waiting)

    async def add(self, event: UserInput) -> None:
        """Pass an event on once those before it have taken effect."""
        is_quit_key = isinstance(event, Key) and event.key == QUIT_KEY
        if len(self._waiting) >= MAX_WAITING and not is_quit_key:
            self._ignored_count += 1
            return
        if isinstance(event, MouseMove) and self._waiting and isinstance(self._waiting[-1], MouseMove):
            self._waiting.pop()  # only where the mouse is now matters
        self._waiting.append(event)
        if is_quit_key and self._quit_timer is None:
            self._quit_timer = asyncio.get_running_loop().call_later(QUIT_PATIENCE, self._quit)
        if not self._is_handling:
            await self._pass_on()

    def _quit(self) -> None:
        """End the application although the quit key is still waiting behind other keys."""
        self._quit_timer = None
        if any(isinstance(event, Key) and event.key == QUIT_KEY for event in self._waiting):
            self._waiting.clear()
            self._app.quit_at_once()

    async def _pass_on(self) -> None:
        """Pass on what is waiting, until something takes time to have an effect."""
        while self._waiting and not self._is_handling:
            if self._app.is_leaving:
                self._waiting.clear()
                return
            event = self._take()
            route = self._route(event)
            self._is_handling = bool(route)
            self._handled_number += 1
            try:
                if isinstance(event, TypedText):
                    event.field.call_later(event.insert)
                else:
                    await self._dispatch(event)
            finally:
                if route:
                    number = self._handled_number
                    loop = asyncio.get_running_loop()
                    self._timeout = loop.call_later(_EFFECT_TIMEOUT, self._app.call_later, self._continue, number)
                    _Follower(self._app, route, partial(self._continue, number))()
        if self._ignored_count and not self._waiting:
            self._app.notify_error(f"Ignored {self._ignored_count:,} keys that came too fast.")
            self._ignored_count = 0

    def _take(self) -> UserInput | TypedText:
        """Return the next event. Text that is waiting for one field becomes a single edit."""
        event = self._waiting.popleft()
        field = self._app.focused
        if not (isinstance(event, Key) and self._waiting and _takes_text(field)):
            return event
        line_end = "\n" if is_text_area(field) else None
        text = _text_of(event, line_end)
        if text is None:
            return event
        parts = [text]
        while self._waiting and (text := _text_of(self._waiting[0], line_end)) is not None:
            parts.append(text)
            self._waiting.popleft()
        assert isinstance(field, Input) or is_text_area(field)
        return TypedText("".join(parts), field) if len(parts) > 1 else event

    def _route(self, event: UserInput | TypedText) -> list[MessagePump]:
        """Return the widgets that an event passes through: what handles it, and its ancestors up to the application."""
        if isinstance(event, MouseMove):
            return []
        target: DOMNode | None = _screen_of(self._app)
        if isinstance(event, MouseEvent):
            with suppress(NoWidget, ScreenStackError):
                target, _ = self._app.get_widget_at(event.x, event.y)
        else:
            target = self._app.focused or target
        return list(target.ancestors_with_self) if target else []

    async def _continue(self, number: int) -> None:
        """Pass on the next event, unless that was done already."""
        if number != self._handled_number or not self._is_handling:
            return
        self._is_handling = False
        if self._timeout is not None:
            self._timeout.cancel()
        await self._pass_on()


class _Follower:
    """Follows an event along its route, behind it in each queue of messages, and then the messages that it caused.

    A new screen is followed too, until it has chosen what is focused. Then `on_effect` is called by the application.
    """

    _param_count = 0  # Textual would find out with `inspect`, which takes longer than a key

    def __init__(
        self, app: InputTarget, route: Sequence[MessagePump], on_effect: Callable[[], Awaitable[None]]
    ) -> None:
        self._app = app
        self._route = route
        self._on_effect = on_effect
        self._screen = _screen_of(app)
        self._position = 0
        self._rounds = 1

    def __call__(self) -> None:
        """Go on to the next widget that still has a queue."""
        while self._position < len(self._route):
            pump = self._route[self._position]
            self._position += 1
            if pump.post_message(Callback(callback=self)):
                return
        screen = _screen_of(self._app)
        if screen is not None and screen is not self._screen:
            self._route = (screen, self._route[-1])
        elif self._rounds >= _MAX_ROUNDS or not _is_busy(screen):
            self._app.call_later(self._on_effect)
            return
        self._screen = screen
        self._position = 0
        self._rounds += 1
        self()


def _screen_of(app: InputTarget) -> Screen[object] | None:
    try:
        return app.screen
    except ScreenStackError:
        return None


def _is_busy(screen: Screen[object] | None) -> bool:
    """Tell whether messages are waiting on a screen."""
    return screen is not None and any(node.message_queue_size for node in screen.walk_children(with_self=True))


def _takes_text(field: Widget | None) -> bool:
    """Tell whether a widget takes text of any kind and length, so that its keys may be inserted at once.

    The first key in an empty field may mean something else, such as `?` for help.
    """
    if isinstance(field, Input):
        return bool(field.value) and field.type == "text" and not field.restrict and not field.max_length
    return is_text_area(field) and not field.read_only


def _text_of(event: UserInput, line_end: str | None) -> str | None:
    """Return the text that a key inserts, None if it does something else."""
    if not isinstance(event, Key):
        return None
    return event.character if event.is_printable else line_end if event.key == "enter" else None
