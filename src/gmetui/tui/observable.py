"""A value that can be watched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Observable(Generic[Value]):
    """Holds a value and calls its watchers whenever the value changes."""

    def __init__(self, value: Value) -> None:
        self._value = value
        self._watchers: list[Callable[[Value], None]] = []

    @property
    def value(self) -> Value:
        """The current value."""
        return self._value

    def set(self, value: Value) -> None:
        """Replace the value and, if it changed, call every watcher with it."""
        if value == self._value:
            return
        self._value = value
        for watcher in list(self._watchers):
            watcher(value)

    def watch(self, watcher: Callable[[Value], None]) -> Callable[[], None]:
        """Call `watcher` now and on every change, until the returned function is called."""
        self._watchers.append(watcher)
        watcher(self._value)
        return lambda: self._watchers.remove(watcher)
