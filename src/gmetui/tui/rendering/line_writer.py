"""Lines of a page: labeled values in columns, wrapped texts, and section titles."""

from __future__ import annotations

from dataclasses import dataclass, field

from .page import PageState, PageStop
from .spans import BLANK_LINE, StyledLine, fit, wrap

INDENT = 1
_LABEL_WIDTHS = ((80, 18), (56, 16), (0, 14))  # (page width from which on, width of the column of labels)
_NARROW = 36  # page width below which a label gets a line of its own
#: Labels that are too long for their column.
_SHORT_LABELS = {
    "International graduates": "International",
    "Clinical experience": "Experience",
    "Hospitals of the system": "Hospitals",
    "Eligible graduates": "Eligibility",
    "Eligible graduates (MA)": "Eligibility (MA)",
    "ECFMG certification": "ECFMG",
    "Board certification": "Board",
    "Positions a year": "Positions",
    "Applications open": "Opens",
    "Programs review from": "Review from",
    "Tracks, sites and curriculum": "Training",
}
#: Labels that have room in a wide column only.
_NARROW_LABELS = {
    "Does not meet": "Not met",
    "Does not meet, yet": "Not met yet",
    "Meets, in part": "Met in part",
    "Status in the US": "US status",
    "Home hospitals": "Home",
    "Medical school": "School",
    "Prior training": "Training",
    "Published counts": "Counts",
    "Programs listed": "Listed",
    "In the program": "In program",
    "AOA parent board": "AOA board",
}


@dataclass(slots=True)
class LineWriter:
    """Collects the lines of a page of `width` cells, and the stops of its cursor."""

    width: int
    state: PageState
    lines: list[StyledLine] = field(default_factory=list)
    stops: list[PageStop] = field(default_factory=list)
    sections: list[tuple[str, int]] = field(default_factory=list)
    path: str = ""

    def start_section(self, section_id: str, title: str) -> None:
        """Add a section title, below a blank line."""
        if self.lines:
            self.add(BLANK_LINE)
        self.path = section_id
        self.sections.append((title, len(self.lines)))
        self.add(((title.upper(), "heading"),))

    @property
    def value_width(self) -> int:
        """The width of a value beside its label."""
        return self.width - INDENT - (self._label_width if self.width >= _NARROW else 2)

    @property
    def value_indent(self) -> int:
        """The cells to the left of a value."""
        return self.width - self.value_width

    @property
    def _label_width(self) -> int:
        return next(label_width for least, label_width in _LABEL_WIDTHS if self.width >= least)

    def add(self, styled_line: StyledLine) -> None:
        """Add a line."""
        self.lines.append(styled_line)

    def add_wrapped(self, shown_text: str, style: str, indent: int = INDENT) -> None:
        """Add wrapped text."""
        for text_line in wrap(shown_text, self.width - indent):
            self.add(((" " * indent + text_line, style),))

    def add_gap(self) -> None:
        """Add an empty line, except below a section title or another empty line."""
        if self.lines[-1] and len(self.lines) > self.sections[-1][1] + 1:
            self.add(BLANK_LINE)

    def add_labeled(self, label: str, *rows: StyledLine, style: str = "label") -> None:
        """Add lines with a label before the first one."""
        label = _SHORT_LABELS.get(label, label)
        if len(label) >= self._label_width:
            label = _NARROW_LABELS.get(label, label)
        if self.width < _NARROW:
            if label:
                self.add_wrapped(label, style)
            first_indent = indent = " " * (INDENT + 2)
        else:
            first_indent = f"{' ' * INDENT}{fit(label, self._label_width - 1)} "
            indent = " " * (INDENT + self._label_width)
        for row_index, styled_row in enumerate(rows):
            self.add(((indent if row_index else first_indent, style), *styled_row))
