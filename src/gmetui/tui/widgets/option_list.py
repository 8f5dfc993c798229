"""Things to pick from, narrowed by what is typed above them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from textual.message import Message

from ...search.normalize import fold_word, raw_words
from ..rendering.spans import Line, fit, width_of
from .line_view import CursorView


class Pick(NamedTuple):
    """One thing: what stands for it, its name, what is said at the right, its sign, and other names of it."""

    key: str
    name: str
    right: str = ""
    sign: str = " "
    also: tuple[str, ...] = ()


@lru_cache(maxsize=50_000)
def _folded(name: str) -> tuple[str, ...]:
    return tuple(map(fold_word, raw_words(name)))


def fitting(picks: Sequence[Pick], typed: str) -> list[Pick]:
    """Return what has every typed word, as a word or its beginning; first what begins with them."""
    wanted = _folded(typed)
    if not wanted:
        return list(picks)
    found: tuple[list[Pick], list[Pick]] = [], []
    for pick in picks:
        own = [word for name in (pick.name, *pick.also) for word in _folded(name)]
        if all(any(word.startswith(start) for word in own) for start in wanted):
            found[not own[0].startswith(wanted[0])].append(pick)
    return found[0] + found[1]


class PickList(CursorView, can_focus=False):
    """What fits, with a cursor that the input above moves."""

    class Chosen(Message):
        """A thing was chosen; `aside`: with the other button or key."""

        def __init__(self, pick: Pick, *, aside: bool) -> None:
            self.pick = pick
            self.aside = aside
            super().__init__()

    def __init__(
        self,
        make: Callable[[], Sequence[Pick]],
        further: Callable[[str], Sequence[Pick]] | None = None,
        *,
        id: str | None = None,
    ) -> None:
        """Show what `make` returns, narrowed by what is typed, and below it what `further` finds for that."""
        super().__init__(id=id)
        self._make = make
        self._further = further
        self._typed = ""
        self._all = list(make())
        self._picks = list(self._all)

    @property
    def pick(self) -> Pick | None:
        """The thing under the cursor."""
        return self._picks[self.cursor] if self.cursor < len(self._picks) else None

    def narrow(self, typed: str) -> None:
        """Show what fits what was typed."""
        self._typed = typed
        self._fit()
        self.cursor = self.top = 0
        self.update()

    def _fit(self) -> None:
        self._picks = fitting(self._all, self._typed)
        if self._further is not None and self._typed.strip():
            self._picks += self._further(self._typed)

    def remake(self) -> None:
        """Show the things as they are now, each where it stood."""
        order = {pick.key: place for place, pick in enumerate(self._all)}
        self._all = sorted(self._make(), key=lambda pick: order.get(pick.key, len(order)))
        self._fit()
        self.cursor = max(0, min(self.cursor, len(self._picks) - 1))
        self.update()

    def count(self) -> int:
        """Return how many things fit, and at least the line that says that none does."""
        return len(self._picks) or 1

    def choosable(self, number: int) -> bool:
        """Tell whether the cursor may stand on line `number`."""
        return bool(self._picks)

    def has_cursor(self, number: int) -> bool:
        """Tell whether the cursor stands on line `number`."""
        return bool(self._picks) and super().has_cursor(number)

    def line(self, number: int, width: int) -> Line:
        """Return line `number`."""
        if not self._picks:
            return (("   Nothing fits.", "muted"),)
        pick = self._picks[number]
        end = f" {pick.right} "
        sign = "warning" if pick.sign == "−" else "tick"
        room = width - 3 - width_of(((end, ""),))
        return ((f" {pick.sign} ", sign), (fit(pick.name, room), "text"), (end, "muted"))

    def choose(self, *, aside: bool) -> None:
        """Choose the thing under the cursor."""
        if self.pick is not None:
            self.post_message(self.Chosen(self.pick, aside=aside))

    def clicked(self, number: int, x: int) -> None:
        """Choose what was clicked."""
        super().clicked(number, x)
        self.choose(aside=False)

    def clicked_aside(self, number: int, x: int) -> None:
        """Choose what was clicked with the other button."""
        super().clicked(number, x)
        self.choose(aside=True)
