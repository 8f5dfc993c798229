"""A page as lines: what a `PageView` draws, and the places on it where the cursor stops."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .spans import StyledLine

if TYPE_CHECKING:
    from ...catalog.facts import Citation
    from ...documents.document import Link


class PageStop(NamedTuple):
    """Lines that the cursor goes to at once, such as a value that takes several lines.

    `link` is what Enter opens, `group` the group or long list that it opens or closes. `key` names the stop
    on any version of its page. `row_key` and `value_index` tell the fact, for a search by its value, and `remark` says
    in words what makes it an exception.
    """

    key: str
    first_line: int
    last_line: int
    citations: tuple[Citation, ...] = ()
    link: Link | None = None
    group: str = ""
    row_key: str = ""
    value_index: int = 0
    remark: str = ""

    @property
    def is_link(self) -> bool:
        """Whether Enter leads somewhere."""
        return bool(self.link or self.group)


#: In place of the key of a stop: the sources of the facts in the heading.
STRIP_SOURCES = "strip"


class PageState(NamedTuple):
    """What the reader opened on a page: closed groups by their id, and the sources of stops by their key."""

    open_groups: frozenset[str] = frozenset()
    shown_sources: frozenset[str] = frozenset()

    def with_group_toggled(self, group: str) -> PageState:
        """Return the state with a group opened, or closed again."""
        return self._replace(open_groups=self.open_groups ^ {group})

    def with_sources_toggled(self, key: str) -> PageState:
        """Return the state with the sources of a stop shown, or hidden again."""
        return self._replace(shown_sources=self.shown_sources ^ {key})


NOTHING_OPEN = PageState()


class Page(NamedTuple):
    """A fixed heading above scrolling sections. `sections` holds (title, number of the first line)."""

    heading: tuple[StyledLine, ...]
    lines: tuple[StyledLine, ...]
    sections: tuple[tuple[str, int], ...]
    stops: tuple[PageStop, ...] = ()
    is_complete: bool = True  # False while only the sections that are seen first are written
