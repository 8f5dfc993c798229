"""A page to read: a heading and tabs that stay, and sections that scroll."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.timer import Timer

from ..actions import bindings
from ..contexts import READING
from ..rendering.page_writer import Detail
from ..rendering.spans import BLANK, Line, marked
from .line_view import LineView

_EDGE = 1  # empty cells at the left
#: Returns (start, end) of the words of a text that were asked for.
Highlighter = Callable[[str], list[tuple[int, int]]]
#: Makes a page for a width; the number is of the lines that are wanted at least, None for the whole page.
Maker = Callable[[int, int | None], Detail]
_LATER = 0.3  # seconds after which the rest of a page is made
_GAP = "  "
_SHORT = {"Requirements": "Required", "Institution": "Hospital"}


class ReadingPane(LineView):
    """A page about one thing. Its lines are made when they are first drawn at a width."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(*READING)

    class AddressChosen(Message):
        """The address of a source was activated."""

        def __init__(self, address: str) -> None:
            self.address = address
            super().__init__()

    class QueryChosen(Message):
        """A value that narrows was activated."""

        def __init__(self, query: str) -> None:
            self.query = query
            super().__init__()

    class FindOn(Message):
        """This page has no further place with the words."""

        def __init__(self, step: int) -> None:
            self.step = step
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._make: Maker | None = None
        self._made: tuple[int, Detail] | None = None
        self._later: Timer | None = None
        self._hurried = False
        self._words: Highlighter | None = None
        self._chosen: int | None = None  # the line of the link, or of the match, that was gone to

    def show_page(self, make: Maker | None) -> None:
        """Show another page from its top: first the part that is seen, and when no key comes for a while the rest."""
        self._hurried = self._make is not None  # the page that a place opens with is made whole
        self._make = make
        self._made = None
        if self._later is not None:
            self._later.stop()
        self._later = self.set_timer(_LATER, self.complete) if make else None
        self._chosen = None
        self.top = 0
        self.update()

    def show_words(self, words: Highlighter | None) -> None:
        """Mark other words; `words` finds them in a text."""
        self._words = words
        self.update()

    def has_cursor(self, number: int) -> bool:
        """Tell whether line `number` is the link or the match that was gone to."""
        return number == self._chosen and self.has_focus

    def _detail(self, width: int) -> Detail | None:
        if self._make is None:
            return None
        if self._made is None or self._made[0] != width:
            least = self.size.height if self._hurried and not self.top else None
            self._made = (width, self._make(max(10, width - _EDGE - 1), least))
        return self._made[1]

    def complete(self) -> None:
        """Make the rest of the page."""
        detail = self._detail(self.text_width)
        if detail is not None and self._make is not None and not detail.whole:
            self._made = (self.text_width, self._make(max(10, self.text_width - _EDGE - 1), None))
            self.update()

    def scroll_top(self, top: int) -> None:
        """Show line `top` first, as far as there are lines."""
        self.complete()
        super().scroll_top(top)

    def count(self) -> int:
        """Return how many lines the sections have."""
        detail = self._detail(self.text_width)
        return len(detail.lines) if detail else 0

    def line(self, number: int, width: int) -> Line:
        """Return line `number` of the sections."""
        detail = self._detail(width)
        if detail is None:
            return BLANK
        line = detail.lines[number].line
        if self._words is not None:
            line = tuple(span for text, style in line for span in marked(text, self._words(text), style))
        return ((" " * _EDGE, "text"), *line)

    def head(self, width: int) -> tuple[Line, ...]:
        """Return the program's name and the tabs."""
        detail = self._detail(width)
        if detail is None:
            return ((("  Nothing to show.", "muted"),),)
        edge = (" " * _EDGE, "text")
        return (*((edge, *line) for line in detail.heading), self._tabs(detail, width), BLANK)

    def _tabs(self, detail: Detail, width: int) -> Line:
        line: list[tuple[str, str]] = [(" " * _EDGE, "text")]
        tabs = tabs_in(detail, width, self.section)
        for place, title in tabs:
            line += [(title, "tab-on" if place == self.section else "tab"), (_GAP, "text")]
        return tuple(line)

    @property
    def section(self) -> int:
        """The section that is seen at the top."""
        detail = self._made[1] if self._made else None
        if detail is None:
            return 0
        last_seen = self.top + max(1, self.size.height - len(detail.heading) - 2)
        if self.top and last_seen >= len(detail.lines):
            chosen = [place for place, (_, start) in enumerate(detail.sections) if start >= self.top]
            return chosen[0] if chosen else len(detail.sections) - 1
        return max((place for place, (_, start) in enumerate(detail.sections) if start <= self.top), default=0)

    def to_section(self, place: int) -> None:
        """Scroll to section `place`, counted from 0."""
        self.complete()
        detail = self._detail(self.text_width)
        if detail is not None:
            self.scroll_top(detail.sections[max(0, min(place, len(detail.sections) - 1))][1])

    def to_titled(self, title: str) -> None:
        """Scroll to the section of a title, where there is one."""
        self.complete()
        detail = self._detail(self.text_width)
        titles = [own for own, _ in detail.sections] if detail else []
        if title in titles:
            self.to_section(titles.index(title))

    def action_section(self, step: int) -> None:
        """Scroll to the next section, or to the one before."""
        self.to_section(self.section + step)

    # Links and matches.

    def action_link(self, step: int) -> None:
        """Go to the next line that leads on, beginning with those in sight."""
        self.complete()
        detail = self._detail(self.text_width)
        lines = detail.lines if detail else ()
        links = [n for n, line in enumerate(lines) if line.target and (not n or lines[n - 1].target != line.target)]
        self._go_on(links, step)

    def action_find(self, step: int) -> None:
        """Go to the next place that has the words; past the last one, say so."""
        if not self._go_on(self.matches(), step):
            self.post_message(self.FindOn(step))

    def matches(self) -> list[int]:
        """Return the lines that have words asked for."""
        self.complete()
        detail = self._detail(self.text_width)
        if detail is None or self._words is None:
            return []
        return [n for n, line in enumerate(detail.lines) if any(self._words(text) for text, _ in line.line)]

    def _go_on(self, lines: Sequence[int], step: int) -> bool:
        here = self._chosen
        if here is None or not self.top <= here < self.top + self.room:
            here = self.top - 1 if step > 0 else self.top + self.room
        further = [number for number in lines if (number > here if step > 0 else number < here)]
        if not further:
            return False
        self._chosen = further[0] if step > 0 else further[-1]
        self.show_line(self._chosen)
        self.update()
        return True

    def to_match(self, step: int) -> bool:
        """Go to the first place with the words, or coming from below to the last; tell whether there is one."""
        self._chosen, self.top = None, 0 if step > 0 else max(0, self.count() - self.room)
        return self._go_on(self.matches(), step)

    def action_follow(self) -> None:
        """Open the page, or ask for the value, of the chosen line."""
        if self._chosen is None:
            self.action_link(1)
        else:
            self._follow(self._chosen)

    def _follow(self, number: int) -> None:
        detail = self._detail(self.text_width)
        line = detail.lines[number] if detail else None
        if line is not None and line.address:
            self.post_message(self.AddressChosen(line.address))
        elif line is not None and line.query:
            self.post_message(self.QueryChosen(line.query))

    def on_focus(self) -> None:
        """Draw the chosen line as chosen."""
        super().on_focus()
        self.update()

    def on_blur(self) -> None:
        """Draw no line as chosen."""
        super().on_blur()
        self.update()

    def head_clicked(self, number: int, x: int) -> None:
        """Go to the section whose tab was clicked."""
        detail = self._detail(self.text_width)
        if detail is None or number != len(detail.heading):
            return
        place = _EDGE
        for index, title in tabs_in(detail, self.text_width, self.section):
            if place <= x < place + len(title):
                self.to_section(index)
            place += len(title) + len(_GAP)

    def clicked(self, number: int, x: int) -> None:
        """Open the page, or ask for the value, that was clicked."""
        self._follow(number)


def tabs_in(detail: Detail, width: int, section: int) -> list[tuple[int, str]]:
    """Return the tabs that have room, as (section, title): all of them, or those around the section in sight.

    A "‹" or "›" stands for the ones that are left out, and leads to the first of them.
    """
    titles = [title for title, _ in detail.sections]
    if _EDGE + sum(len(title) + len(_GAP) for title in titles) > width:
        titles = [_SHORT.get(title, title) for title in titles]
    room = width - _EDGE + len(_GAP)
    first = last = section
    size = len(titles[section]) + len(_GAP)
    while True:
        after = last + 1 < len(titles) and size + len(titles[last + 1]) + 2 * len(_GAP) + 4 <= room
        before = not after and first > 0 and size + len(titles[first - 1]) + 2 * len(_GAP) + 4 <= room
        if after:
            last += 1
            size += len(titles[last]) + len(_GAP)
        elif before:
            first -= 1
            size += len(titles[first]) + len(_GAP)
        else:
            break
    found = [(place, titles[place]) for place in range(first, last + 1)]
    return [*([(first - 1, "‹")] if first else []), *found, *([(last + 1, "›")] if last + 1 < len(titles) else [])]
